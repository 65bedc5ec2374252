# SPDX-License-Identifier: MIT
"""The one way to leave the thread of the windows. A single worker, because a store has one writer."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

T = TypeVar("T")
_LOG = logging.getLogger("rkv_app.ui")


def bug(problem: BaseException) -> UserError:
    """What a user is told about an error that is ours: the type of it and nothing else, as it may carry anything."""
    return UserError(
        "RKV-SYS-900",
        message("The app made an error of its own ({kind}).", kind=type(problem).__name__),
        message("What was saved is safe. Try again; if it happens again, report the code and what you did."),
        ExitStatus.NO,
    )


class Tasks(QObject):
    """Runs work in the order in which it is given and delivers the results on the thread it was made on.

    On failure: a UserError goes to `failed` as it is; any other error goes to `failed` as RKV-SYS-900 and to the log
    by its type alone. A result whose owner is gone is dropped.

    Signals:
        busyChanged(bool): whether anything is running or waiting.
    """

    busyChanged = Signal(bool)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._waiting = 0
        self._finished.connect(self._deliver)

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

        def wanted() -> bool:
            return owner is None or isValid(owner)

        def working() -> None:
            try:
                result = work()
            except UserError as problem:
                # Bound here: `problem` itself is gone when the except block ends.
                told = problem
                self._finished.emit(lambda: failed(told) if wanted() else None)
            except Exception as problem:  # the worker must outlive our own errors
                _LOG.error("RKV-SYS-900 %s", type(problem).__name__)
                told = bug(problem)
                self._finished.emit(lambda: failed(told) if wanted() else None)
            else:
                self._finished.emit(lambda: done(result) if wanted() else None)

        self._executor.submit(working)

    def close(self) -> None:
        """Waits for what was given and takes no more."""
        self._executor.shutdown(wait=True)

    @Slot(object)
    def _deliver(self, deliver: Callable[[], None]) -> None:
        self._waiting -= 1
        try:
            deliver()
        finally:
            if self._waiting == 0:
                self.busyChanged.emit(False)
