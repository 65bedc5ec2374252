# SPDX-License-Identifier: MIT
"""Trades by the words of somebody's experience. Nothing of it is kept."""

from dataclasses import dataclass

from rkv_app.domain.finder import FoundTrade
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.find_trades import experience_in_case, find_trades


@dataclass(frozen=True, slots=True)
class FinderState:
    """What the page shows.

    Attributes:
        experience: what the placements and the forms of the case say, to begin with.
        found: None where nobody has searched so far.
    """

    experience: str
    found: tuple[FoundTrade, ...] | None = None


class FinderViewModel(ViewModel):
    """See the module."""

    def __init__(self, session: Session, words: Words, case_id: str) -> None:
        super().__init__(session, words)
        self._case_id = case_id
        self.state = FinderState("")

    def load(self) -> None:
        """See ViewModel."""
        if self.state.found is not None or not self._case_id:
            self.run(lambda _: self.state, self.changed.emit)
        else:
            self.run(lambda ws: FinderState(experience_in_case(ws, self._case_id)), self._on_state)

    def find(self, experience: str) -> None:
        """Looks for trades."""
        self.run(lambda ws: FinderState(experience, find_trades(ws, experience)), self._on_state)

    def _on_state(self, state: FinderState) -> None:
        self.state = state
        self.changed.emit(state)
