# SPDX-License-Identifier: MIT
"""Work leaves the thread of the windows and comes back to it, whatever happens on the way."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks: Tasks, qtbot: QtBot) -> None:
    threads: list[str] = []
    here = threading.current_thread().name
    tasks.run(
        lambda: threading.current_thread().name,
        done=lambda there: threads.extend((there, threading.current_thread().name)),
        failed=lambda _: None,
    )
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] != here
    assert threads[1] == here


def test_work_is_done_in_the_order_in_which_it_is_given(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(50):
        tasks.run(lambda number=number: number, done=done.append, failed=lambda _: None)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert done == list(range(50))


def test_what_the_user_can_understand_is_passed_on_as_it_is(tasks: Tasks, qtbot: QtBot) -> None:
    refused = UserError("RKV-SYS-001", message("The disk is full, so the file was not written."), message("Free some."))
    failed: list[UserError] = []

    def work() -> None:
        raise refused

    tasks.run(work, done=lambda _: None, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == [refused]


def test_our_own_error_is_told_and_logged_without_its_content(
    tasks: Tasks, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    failed: list[UserError] = []

    def work() -> None:
        raise LookupError("Kari Nordmann")

    with caplog.at_level(logging.ERROR):
        tasks.run(work, done=lambda _: None, failed=failed.append)
        qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].code == "RKV-SYS-900"
    assert "LookupError" in str(failed[0])
    assert "Nordmann" not in str(failed[0]) + caplog.text


def test_the_result_for_a_page_that_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    release = threading.Event()
    done: list[object] = []
    tasks.run(release.wait, done=done.append, failed=done.append, owner=owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    release.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert done == []


def test_one_error_does_not_stop_the_work_that_follows(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[object] = []
    tasks.run(lambda: 1 // 0, done=done.append, failed=lambda _: None)
    tasks.run(lambda: "saved", done=done.append, failed=done.append)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert done == ["saved"]
