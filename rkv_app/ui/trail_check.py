# SPDX-License-Identifier: MIT
"""Computes the audit trail of the open store again while somebody works: in parts, so that no save waits long."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.ui.page import Page
from rkv_app.ui.shell import Shell
from rkv_app.usecases.workspace import Workspace

# Milliseconds: the first page comes first.
_BEGIN_AFTER_MS = 500


class InParts:
    """Work that tells of its progress, on a thread of its own that only ever runs while `go_on` waits for it.

    So whoever calls `go_on` can do something else between two parts, and the two never touch the same thing at once.
    """

    def __init__(self, work: Callable[[Progress], None]) -> None:
        self._turn = threading.Semaphore(0)
        self._over = threading.Semaphore(0)
        self._is_called_off = False
        self._is_ended = False
        self._problem: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), name="parts", daemon=True)

    def go_on(self) -> bool:
        """Has the next part done; returns whether there is more to do. Raises what the work raises."""
        if self._thread.ident is None:
            self._thread.start()
        else:
            self._turn.release()
        self._over.acquire()
        if self._problem is not None:
            raise self._problem
        return not self._is_ended

    def call_off(self) -> None:
        """Ends the work."""
        self._is_called_off = True
        if self._thread.is_alive():
            self._turn.release()
            self._thread.join()

    def _run(self, work: Callable[[Progress], None]) -> None:
        try:
            work(self._tell)
        except BaseException as problem:
            self._problem = problem
        finally:
            self._is_ended = True
            self._over.release()

    def _tell(self, _done: int, _total: int) -> bool:
        self._over.release()
        self._turn.acquire()
        return not self._is_called_off


class TrailCheck(QObject):
    """Begins soon after a store was opened. What it finds is said at once, and on every page from then on."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._parts: InParts | None = None
        self._is_stopped = False
        self._found: UserError | None = None
        shell.pageShown.connect(self._tell)
        QTimer.singleShot(_BEGIN_AFTER_MS, self, self._go_on)

    def stop(self) -> None:
        """Ends it; called before the store is closed."""
        self._is_stopped = True
        parts = self._parts
        if parts is not None:
            self._shell.session.run(lambda _: parts.call_off(), done=lambda _: None, failed=lambda _: None)

    def _go_on(self) -> None:
        if not self._is_stopped:
            self._shell.session.run(self._part, done=self._on_part, failed=self._on_found, owner=self)

    def _part(self, ws: Workspace) -> bool:
        if self._parts is None:
            self._parts = InParts(ws.store.verify_trail)
        return self._parts.go_on()

    def _on_part(self, more: bool) -> None:
        if more:
            # What was given in the meantime comes first.
            QTimer.singleShot(0, self, self._go_on)

    def _on_found(self, problem: UserError) -> None:
        self._found = problem
        if self._shell.page is not None:
            self._tell(self._shell.page)

    def _tell(self, page: Page) -> None:
        if self._found is not None:
            page.messages.error(self._found)
