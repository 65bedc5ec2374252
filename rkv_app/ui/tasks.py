# SPDX-License-Identifier: MIT
"""The one way to leave the thread of the windows. A single worker, because a store has one writer."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from shiboken6 import isValid

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

T = TypeVar("T")
_LOG = logging.getLogger("rkv_app.ui")
# Seconds between two tellings of progress: more often than the eye can tell is only work.
_TELL_EVERY = 0.05


def bug(problem: BaseException) -> UserError:
    """What a user is told about an error that is ours: the type of it and nothing else, as it may carry anything."""
    return UserError(
        "RKV-SYS-900",
        message("The app made an error of its own ({kind}).", kind=type(problem).__name__),
        message("What was saved is safe. Try again; if it happens again, report the code and what you did."),
        ExitStatus.NO,
    )


class Job(QObject):
    """Long work under way: how far it is, and the way to call it off.

    Signals:
        progressed(int, int): so much is done of so much, in units of the work's own.
        ended: it is done, refused or cancelled.

    Attributes:
        is_given_up: who asked for it has gone, and is not to be told how it ended.
    """

    # Objects: a count of bytes does not fit into Qt's own integers.
    progressed = Signal(object, object)
    ended = Signal()
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._told_at = 0.0
        self.is_given_up = False
        # By way of a slot, so that it is told on the thread of the windows whatever listens.
        self._told.connect(self._on_told)

    def cancel(self) -> None:
        """Has the work stop at its next step; it then fails with RKV-STO-034, having changed nothing."""
        self._cancelled.set()

    def tell(self, done: int, total: int) -> bool:
        """What the work calls on its own thread, see `domain.stores.Progress`."""
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY or done == total:
            self._told_at = now
            self._told.emit(done, total)
        return not self._cancelled.is_set()

    @Slot(object, object)
    def _on_told(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)


class _Post(QObject):
    """What the worker speaks through. It is no part of `Tasks`, which may go while the worker says something.

    An object whose signal is sent on one thread must not be deleted on another meanwhile: Qt reads it until the end.

    Signals:
        sent(object): what is to be called on the thread of the windows.
    """

    sent = Signal(object)


class Tasks(QObject):
    """Runs work in the order in which it is given and delivers the results on the thread it was made on.

    On failure: a UserError goes to `failed` as it is; any other error goes to `failed` as RKV-SYS-900 and to the log
    by its type alone. A result whose owner is gone is dropped.

    Signals:
        busyChanged(bool): whether anything is running or waiting.
        calledOff: long work has stopped because of `call_off`, and left nothing behind.
    """

    busyChanged = Signal(bool)
    calledOff = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        # The app's, as nobody here is there for long enough; see _end.
        self._post = post = _Post(QCoreApplication.instance())
        self._waiting = 0
        post.sent.connect(self._deliver)
        self.destroyed.connect(lambda: _end(executor, post))

    @property
    def busy(self) -> bool:
        """Whether anything is running or waiting to be delivered."""
        return self._waiting > 0

    def run(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        owner: QObject | None = None,
    ) -> None:
        """Runs `work` on the worker, then calls `done` or `failed` here.

        Args:
            work: must touch no widget.
            done: takes what `work` returned.
            failed: takes the error.
            owner: the results are dropped where it is gone by then.
        """
        self._waiting += 1
        if self._waiting == 1:
            self.busyChanged.emit(True)

        post = self._post

        def wanted() -> bool:
            return owner is None or isValid(owner)

        def working() -> None:
            try:
                result = work()
            except UserError as problem:
                # Bound here: `problem` itself is gone when the except block ends.
                told = problem
                post.sent.emit(lambda: failed(told) if wanted() else None)
            except Exception as problem:  # the worker must outlive our own errors
                _LOG.error("RKV-SYS-900 %s", type(problem).__name__)
                told = bug(problem)
                post.sent.emit(lambda: failed(told) if wanted() else None)
            else:
                post.sent.emit(lambda: done(result) if wanted() else None)

        self._executor.submit(working)

    def run_long(
        self,
        work: Callable[[Callable[[int, int], bool]], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        owner: QObject | None = None,
    ) -> Job:
        """Runs `work` as `run` does, and hands it a `domain.stores.Progress` to call.

        Returns what follows it and cancels it; it is gone when the work has ended.
        """
        # The worker speaks through it too, so it stays for as long as the worker may.
        job = Job(self._post)

        def ending() -> None:
            job.ended.emit()
            job.deleteLater()

        def succeeded(result: T) -> None:
            ending()
            if owner is None or isValid(owner):
                done(result)

        def refused(problem: UserError) -> None:
            ending()
            if job.is_given_up:
                self.calledOff.emit()
            elif owner is None or isValid(owner):
                failed(problem)

        self.run(lambda: work(job.tell), done=succeeded, failed=refused)
        return job

    def call_off(self) -> None:
        """Has all long work stop at its next step, because its page is left: the next one would have to wait for it."""
        for job in self._post.findChildren(Job) if isValid(self._post) else ():
            job.is_given_up = True
            job.cancel()

    def settle(self) -> None:
        """Waits for what was given, delivers it, and so on for whatever that gives in turn."""
        while self.busy:
            self._executor.submit(lambda: None).result()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def close(self, *, wait: bool = True) -> None:
        """Takes no more work, and waits for what was given unless `wait` is False."""
        _end(self._executor, self._post, wait=wait)

    @Slot(object)
    def _deliver(self, deliver: Callable[[], None]) -> None:
        self._waiting -= 1
        try:
            deliver()
        finally:
            if self._waiting == 0:
                self.busyChanged.emit(False)


def _end(executor: ThreadPoolExecutor, post: _Post, *, wait: bool = False) -> None:
    """Has the worker let go of its post as the last thing it does, and end."""
    # Refused where the worker was ended before, or ends with the app.
    with contextlib.suppress(RuntimeError):
        executor.submit(post.deleteLater)
    executor.shutdown(wait=wait)
