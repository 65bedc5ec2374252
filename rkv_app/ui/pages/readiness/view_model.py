# SPDX-License-Identifier: MIT
"""A case held against the county's list, and what the adviser says of its documents."""

from collections.abc import Callable

from rkv_app.domain.exchange import DocumentRole
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.check_readiness import (
    choose_county,
    say_item_is_there,
    say_what_document_is,
    view_readiness,
)
from rkv_app.usecases.workspace import Workspace


class ReadinessViewModel(ViewModel):
    """See the module; the state is a `ReadinessView`."""

    def __init__(self, session: Session, words: Words, case_id: str) -> None:
        super().__init__(session, words)
        self._case_id = case_id

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: view_readiness(ws, self._case_id), self.changed.emit)

    def choose(self, county: str) -> None:
        """Holds the case against another county's list."""
        self._change(lambda ws: choose_county(ws, self._case_id, county))

    def say_document(self, attachment_id: str, role: DocumentRole | None) -> None:
        """Says what an attached document is."""
        self._change(lambda ws: say_what_document_is(ws, self._case_id, attachment_id, role))

    def say_there(self, item: str, there: bool) -> None:
        """Says that something goes along in another way, or takes it back."""
        self._change(lambda ws: say_item_is_there(ws, self._case_id, item, there=there))

    def _change(self, change: Callable[[Workspace], None]) -> None:
        self.run(change, lambda _: self.load())
