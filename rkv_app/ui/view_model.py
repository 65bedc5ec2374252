# SPDX-License-Identifier: MIT
"""What all view-models share: they ask use cases on the worker and tell their page the outcome. No widgets here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session

if TYPE_CHECKING:
    from rkv_app.usecases.workspace import Workspace

T = TypeVar("T")


class ViewModel(QObject):
    """Stands between a page and the use cases.

    Signals:
        changed(object): there is a new state to render.
        failed(UserError): something was refused; nothing was changed.
        told(str): something went well that the state alone does not show.
    """

    changed = Signal(object)
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, session: Session, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.words = words

    def load(self) -> None:
        """Reads what the page shows."""
        raise NotImplementedError

    def flush(self) -> None:
        """Hands what was typed to the store at once; the page is about to go."""

    def is_saving(self) -> bool:
        """Whether something that was typed is not yet in the store."""
        return False

    def unsaved(self) -> Mapping[str, object]:
        """What was typed and the store has not taken, JSON values by a key of the heir's own."""
        return {}

    def take_unsaved(self, unsaved: Mapping[str, object]) -> None:
        """Takes what `unsaved` of the one before returned, and tries again."""

    def run(
        self,
        work: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Runs `work` on the worker, then `done` here.

        An error goes to `failed`; out as the signal of that name where there is none, or where it is a method of a
        dialog that was closed meanwhile.
        """

        def tell(problem: UserError) -> None:
            asker = getattr(failed, "__self__", None)
            is_gone = isinstance(asker, QObject) and not isValid(asker)
            told = self.failed.emit if failed is None or is_gone else failed
            told(problem)

        self.session.run(work, done=done, failed=tell, owner=self)
