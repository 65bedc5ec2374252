# SPDX-License-Identifier: MIT
"""Where answers stand that are completed and amended: forms on a case, practice evaluations. No widgets here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rkv_app.domain.evaluations import AimText, EvaluationState
from rkv_app.domain.response_states import Revision
from rkv_app.forms.model import Form


class Situation(StrEnum):
    """What answers are in the middle of: their state, with amending told from writing for the first time."""

    WRITTEN = "written"
    AMENDED = "amended"
    COMPLETED = "completed"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


_OF_STATE: Mapping[EvaluationState, Situation] = {
    EvaluationState.IN_PROGRESS: Situation.WRITTEN,
    EvaluationState.COMPLETED: Situation.COMPLETED,
    EvaluationState.AMENDED: Situation.COMPLETED,
    EvaluationState.STOPPED: Situation.STOPPED,
    EvaluationState.ENTERED_IN_ERROR: Situation.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Completed:
    """What was completed once, and the form it was completed on; None where that is not on this machine."""

    revision: Revision
    form: Form | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where answers stand, and what they were.

    Attributes:
        reason: why they are being amended, were left or withdrawn; else empty.
        completed: everything that was completed, newest first.
        form, aims, answers: as they are now.
        language: BCP 47 tag of the language they are given in; empty for the window's.
        files: what the attached files are called, by their ids.
        removed: the questions whose answers completing will remove.
    """

    state: EvaluationState
    form: Form
    aims: tuple[AimText, ...]
    answers: Mapping[str, object]
    reason: str = ""
    completed: tuple[Completed, ...] = ()
    language: str = ""
    files: Mapping[str, str] | None = None
    removed: tuple[str, ...] = ()

    @property
    def is_being_amended(self) -> bool:
        """Whether completed answers are being written in again."""
        return self.state is EvaluationState.IN_PROGRESS and bool(self.completed)

    @property
    def situation(self) -> Situation:
        """See `Situation`."""
        return Situation.AMENDED if self.is_being_amended else _OF_STATE[self.state]
