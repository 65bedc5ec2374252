# SPDX-License-Identifier: MIT
"""Checking the trail goes on beside the work of the user, and never holds it up for longer than one part takes."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.trail_check import InParts

CANCELLED = UserError("RKV-STO-034", message("It was cancelled."), message("Nothing was changed."))


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.settle()
    made.close()


def _counting(done: list[str], parts: int = 3) -> Callable[[Callable[[int, int], bool]], None]:
    def work(progress: Callable[[int, int], bool]) -> None:
        for number in range(1, parts + 1):
            done.append(f"part {number}")
            if not progress(number, parts):
                raise CANCELLED
        done.append("end")

    return work


def test_what_is_given_between_two_parts_is_done_between_them(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[str] = []
    parts = InParts(_counting(done))

    def on_part(more: bool) -> None:
        if more:
            tasks.run(lambda: done.append("save"), done=lambda _: None, failed=lambda _: None)
            tasks.run(parts.go_on, done=on_part, failed=lambda _: None)

    tasks.run(parts.go_on, done=on_part, failed=lambda _: None)
    qtbot.waitUntil(lambda: "end" in done)
    assert done == ["part 1", "save", "part 2", "save", "part 3", "save", "end"]


def test_nothing_goes_on_while_nobody_waits_for_it() -> None:
    done: list[str] = []
    parts = InParts(_counting(done))
    assert parts.go_on()
    assert done == ["part 1"]
    parts.call_off()
    assert done == ["part 1"]


def test_what_the_work_finds_reaches_who_waits() -> None:
    parts = InParts(_counting([], parts=1))
    assert parts.go_on()
    assert not parts.go_on()

    def failing(_progress: object) -> None:
        raise CANCELLED

    with pytest.raises(UserError):
        InParts(failing).go_on()  # type: ignore[arg-type]


def test_calling_off_what_never_began_or_has_ended_is_harmless() -> None:
    InParts(_counting([])).call_off()
    parts = InParts(_counting([], parts=0))
    assert not parts.go_on()
    parts.call_off()
