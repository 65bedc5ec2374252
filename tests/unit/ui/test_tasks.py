# SPDX-License-Identifier: MIT
"""Work leaves the thread of the windows and comes back to it, whatever happens on the way."""

import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

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


# A fault here ends the process, so it is looked for in one of its own. Threads change places as often as they can.
CLOSED_WHILE_TOLD = """
import sys
import threading
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from rkv_app.ui.tasks import Tasks

app = QCoreApplication([])
sys.setswitchinterval(0.000001)
for _ in range(1500):
    page, go = QObject(), threading.Event()
    tasks = Tasks(page)
    for _ in range(5):
        tasks.run(go.wait, done=lambda _: None, failed=lambda _: None, owner=page)
    page.deleteLater()
    go.set()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
app.processEvents()
left = [one for one in threading.enumerate() if one.name.startswith("store")]
for one in left:
    one.join(20)
app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
ours = [one for one in app.children() if type(one).__module__.startswith("rkv_app")]
print(len(ours), sum(one.is_alive() for one in left))
"""


def test_a_page_may_be_closed_at_the_moment_in_which_it_is_told_something() -> None:
    ran = subprocess.run([sys.executable, "-c", CLOSED_WHILE_TOLD], capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    # Neither what the worker spoke through nor the worker itself stays behind.
    assert ran.stdout.split() == ["0", "0"]


def test_long_work_may_tell_how_far_it_is_when_everything_around_it_is_gone(qtbot: QtBot) -> None:
    page, release, told = QObject(), threading.Event(), queue.SimpleQueue[object]()

    def work(tell: Callable[[int, int], bool]) -> None:
        release.wait()
        try:
            told.put(tell(1, 2))
        except Exception as problem:
            told.put(problem)

    Tasks(page).run_long(work, done=lambda _: None, failed=lambda _: None)
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    release.set()
    assert told.get(timeout=20) is True
