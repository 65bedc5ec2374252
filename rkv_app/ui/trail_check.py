# SPDX-License-Identifier: MIT
"""Computes the audit trail of the open store again while somebody works: in parts, so that no save waits long."""

from PySide6.QtCore import QObject, QTimer

from rkv_app.domain.stores import Verified
from rkv_app.foundation.errors import UserError
from rkv_app.ui.page import Page
from rkv_app.ui.shell import Shell

# Milliseconds: the first page comes first.
_BEGIN_AFTER_MS = 500


class TrailCheck(QObject):
    """Begins soon after a store was opened. What it finds is said at once, and on every page from then on."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._so_far = Verified()
        self._is_stopped = False
        self._found: UserError | None = None
        shell.pageShown.connect(self._tell)
        QTimer.singleShot(_BEGIN_AFTER_MS, self, self._go_on)

    def stop(self) -> None:
        """Ends it; called before the store is closed."""
        self._is_stopped = True

    def _go_on(self) -> None:
        if not self._is_stopped:
            so_far = self._so_far
            self._shell.session.run(
                lambda ws: ws.store.verify_part(so_far), done=self._on_part, failed=self._on_found, owner=self
            )

    def _on_part(self, further: Verified | None) -> None:
        if further is not None:
            self._so_far = further
            # What was given in the meantime comes first.
            QTimer.singleShot(0, self, self._go_on)

    def _on_found(self, problem: UserError) -> None:
        self._found = problem
        if self._shell.page is not None:
            self._tell(self._shell.page)

    def _tell(self, page: Page) -> None:
        if self._found is not None:
            page.messages.error(self._found)
