# SPDX-License-Identifier: MIT
"""Long work says how far it is, can be called off, and is shown only where it really is long."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.ui.tasks import Job, Tasks
from rkv_app.ui.widgets.progress_line import ProgressLine

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CANCELLED = UserError("RKV-STO-034", message("It was cancelled."), message("Nothing was changed."))


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.settle()
    made.close()


class Work:
    """Goes on for as long as it is not released or cancelled."""

    def __init__(self) -> None:
        self.release = threading.Event()

    def __call__(self, progress: Callable[[int, int], bool]) -> str:
        while not self.release.wait(0.001):
            if not progress(5_000_000_000, 10_000_000_000):
                raise CANCELLED
        progress(10_000_000_000, 10_000_000_000)
        return "done"


def _run(tasks: Tasks, work: Work, ended: list[object], owner: QObject | None = None) -> Job:
    return tasks.run_long(work, done=ended.append, failed=ended.append, owner=owner)


def test_progress_is_told_on_the_thread_of_the_windows(tasks: Tasks, qtbot: QtBot) -> None:
    work, ended = Work(), list[object]()
    told: list[tuple[int, int, bool]] = []
    job = _run(tasks, work, ended)
    here = QThread.currentThread()
    job.progressed.connect(lambda done, total: told.append((done, total, QThread.currentThread() is here)))
    qtbot.waitUntil(lambda: bool(told))
    work.release.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["done"]
    assert told[0] == (5_000_000_000, 10_000_000_000, True)
    assert told[-1] == (10_000_000_000, 10_000_000_000, True)


def test_work_that_is_cancelled_stops_and_says_so(tasks: Tasks, qtbot: QtBot) -> None:
    ended: list[object] = []
    job = _run(tasks, Work(), ended)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert ended == [CANCELLED]


def test_work_whose_page_is_gone_still_ends(tasks: Tasks, qtbot: QtBot) -> None:
    owner, ended, work = QObject(), list[object](), Work()
    job = _run(tasks, work, ended, owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    with qtbot.waitSignal(job.ended):
        work.release.set()
    assert ended == []


def test_waiting_for_all_delivers_all(tasks: Tasks) -> None:
    order: list[str] = []

    def then() -> None:
        order.append("first")
        tasks.run(lambda: "second", done=order.append, failed=lambda _: None)

    tasks.run(lambda: None, done=lambda _: then(), failed=lambda _: None)
    tasks.settle()
    assert order == ["first", "second"]
    assert not tasks.busy


@pytest.fixture
def line(qtbot: QtBot) -> ProgressLine:
    made = ProgressLine(Words(Language.ENGLISH))
    qtbot.addWidget(made)
    return made


def test_short_work_shows_no_line(tasks: Tasks, line: ProgressLine, qtbot: QtBot) -> None:
    work, ended = Work(), list[object]()
    work.release.set()
    line.follow(_run(tasks, work, ended), "Making a copy …")
    assert not line.isVisible()
    qtbot.waitUntil(lambda: bool(ended))
    soon = line.findChild(QTimer)
    assert isinstance(soon, QTimer)
    assert not soon.isActive()
    assert not line.isVisible()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(tasks: Tasks, line: ProgressLine, qtbot: QtBot) -> None:
    ended: list[object] = []
    line.follow(_run(tasks, Work(), ended), "Making a copy …")
    qtbot.waitUntil(line.isVisible)
    bar, cancel = line.findChild(QProgressBar, "progressBar"), line.findChild(QPushButton, "cancelJobButton")
    assert isinstance(bar, QProgressBar)
    assert isinstance(cancel, QPushButton)
    assert bar.value() * 2 == bar.maximum()
    assert bar.accessibleName() == "Making a copy …"
    cancel.click()
    assert not cancel.isEnabled()
    qtbot.waitUntil(lambda: not line.isVisible())
    assert ended == [CANCELLED]
