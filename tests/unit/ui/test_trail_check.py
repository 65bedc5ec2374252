# SPDX-License-Identifier: MIT
"""Checking the trail goes on beside the work of the user, and never holds it up for longer than one part takes."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from rkv_app.domain.stores import Verified
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.ui.session import Session
from rkv_app.ui.shell import Shell
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.trail_check import TrailCheck
from rkv_app.usecases.workspace import Workspace

BROKEN = UserError("RKV-STO-020", message("Somebody has altered it."), message("Keep it."), ExitStatus.DAMAGED)


class Window(QObject):
    """As much of the window as the check speaks to."""

    pageShown = Signal(object)  # noqa: N815  # as Qt names signals
    wantsToSave = Signal()  # noqa: N815

    def __init__(self, verify_part: Callable[[Verified], Verified | None], tasks: Tasks) -> None:
        super().__init__()
        workspace = cast(Workspace, SimpleNamespace(store=SimpleNamespace(verify_part=verify_part)))
        self.session = Session(workspace, tasks, self)
        self.told: list[object] = []
        self.page = SimpleNamespace(messages=SimpleNamespace(error=self.told.append))


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.settle()
    made.close()


def test_what_is_given_between_two_parts_is_done_between_them(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[str] = []

    def part(so_far: Verified) -> Verified | None:
        if so_far.entries == 3:
            done.append("end")
            return None
        done.append(f"part {so_far.entries}")
        window.wantsToSave.emit()
        return Verified(so_far.entries + 1)

    window = Window(part, tasks)
    # As a save is given by the thread of the windows while a part is computed on the other.
    window.wantsToSave.connect(
        lambda: tasks.run(lambda: done.append("save"), done=lambda _: None, failed=lambda _: None),
        Qt.ConnectionType.QueuedConnection,
    )
    TrailCheck(cast(Shell, window))
    qtbot.waitUntil(lambda: "end" in done)
    assert done == ["part 0", "save", "part 1", "save", "part 2", "save", "end"]


def test_what_it_finds_is_told_on_the_page_that_is_shown_and_on_every_later_one(tasks: Tasks, qtbot: QtBot) -> None:
    def part(_so_far: Verified) -> Verified | None:
        raise BROKEN

    window = Window(part, tasks)
    TrailCheck(cast(Shell, window))
    qtbot.waitUntil(lambda: window.told == [BROKEN])
    window.pageShown.emit(window.page)
    assert window.told == [BROKEN, BROKEN]


def test_once_it_is_stopped_nothing_more_is_computed(tasks: Tasks, qtbot: QtBot) -> None:
    parts: list[int] = []

    def part(so_far: Verified) -> Verified | None:
        parts.append(so_far.entries)
        return Verified(so_far.entries + 1)

    window = Window(part, tasks)
    check = TrailCheck(cast(Shell, window))
    qtbot.waitUntil(lambda: len(parts) > 2)
    check.stop()
    tasks.settle()
    computed = len(parts)
    with qtbot.waitSignal(tasks.busyChanged):
        tasks.run(lambda: None, done=lambda _: None, failed=lambda _: None)
    tasks.settle()
    assert len(parts) == computed
