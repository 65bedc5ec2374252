# SPDX-License-Identifier: MIT
"""The life of one set of answers to a form: which step may follow which state, and what a step needs.

The states are the five of FHIR R4 `QuestionnaireResponse.status`. Answers that were completed are never written over:
amending begins a new revision beside the one that was completed, and both are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message


class ResponseStep(StrEnum):
    """What can be done with a set of answers."""

    COMPLETE = "complete"
    AMEND = "amend"
    STOP = "stop"
    RESUME = "resume"
    WITHDRAW = "withdraw"


_AFTER: Mapping[tuple[EvaluationState, ResponseStep], EvaluationState] = {
    (EvaluationState.IN_PROGRESS, ResponseStep.COMPLETE): EvaluationState.COMPLETED,
    (EvaluationState.IN_PROGRESS, ResponseStep.STOP): EvaluationState.STOPPED,
    (EvaluationState.IN_PROGRESS, ResponseStep.WITHDRAW): EvaluationState.ENTERED_IN_ERROR,
    (EvaluationState.STOPPED, ResponseStep.RESUME): EvaluationState.IN_PROGRESS,
    (EvaluationState.STOPPED, ResponseStep.WITHDRAW): EvaluationState.ENTERED_IN_ERROR,
    (EvaluationState.COMPLETED, ResponseStep.AMEND): EvaluationState.AMENDED,
    (EvaluationState.COMPLETED, ResponseStep.WITHDRAW): EvaluationState.ENTERED_IN_ERROR,
    (EvaluationState.AMENDED, ResponseStep.AMEND): EvaluationState.AMENDED,
    (EvaluationState.AMENDED, ResponseStep.WITHDRAW): EvaluationState.ENTERED_IN_ERROR,
}
STATE_WORDS: Mapping[EvaluationState, Message] = {
    EvaluationState.IN_PROGRESS: message("Being written"),
    EvaluationState.COMPLETED: message("Completed"),
    EvaluationState.AMENDED: message("Completed, amended"),
    EvaluationState.ENTERED_IN_ERROR: message("Entered in error"),
    EvaluationState.STOPPED: message("Left unfinished"),
}
"""Where answers stand, as it is told to a reader."""
# What somebody relied on is not changed, left or taken back without saying why.
_NEED_A_REASON = frozenset({ResponseStep.AMEND, ResponseStep.WITHDRAW, ResponseStep.STOP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One set of answers as it was completed; never changed afterwards.

    Attributes:
        number: 1 for the first, one more for each amendment.
        answers: item path to JSON value, only what counted.
        reason: why this revision was made; empty for the first.
    """

    number: int
    answers: Mapping[str, object]
    at: datetime
    by: str
    reason: str = ""


def may_follow(state: EvaluationState, step: ResponseStep) -> bool:
    """Whether a step can be taken from a state."""
    return (state, step) in _AFTER


def is_completed(state: EvaluationState) -> bool:
    """Whether answers in this state count as completed."""
    return state in (EvaluationState.COMPLETED, EvaluationState.AMENDED)


def can_be_written(state: EvaluationState) -> bool:
    """Whether single answers may be changed in this state."""
    return state is EvaluationState.IN_PROGRESS


def after(state: EvaluationState, step: ResponseStep, reason: str = "") -> EvaluationState:
    """Returns the state that a step leads to.

    Raises:
        UserError: RKV-FRM-030 the step does not follow this state; RKV-FRM-031 it needs a reason.
    """
    if not may_follow(state, step):
        raise UserError("RKV-FRM-030", _REFUSED[step], message("Nothing was changed. All answers are kept."))
    if step in _NEED_A_REASON and not reason.strip():
        raise UserError(
            "RKV-FRM-031",
            message("A reason is missing."),
            message("Nothing was changed. Write in a few words why; those who read the answers will see it."),
        )
    return _AFTER[state, step]


def completed_as(number: int) -> EvaluationState:
    """Returns the state of answers whose last revision has this number."""
    return EvaluationState.COMPLETED if number == 1 else EvaluationState.AMENDED


def without_amendment(state: EvaluationState, revisions: Sequence[Revision]) -> EvaluationState:
    """Returns the state of answers whose amendment is given up: what was completed last counts again.

    Raises:
        UserError: RKV-FRM-051 no amendment is being written.
    """
    if not can_be_written(state) or not revisions:
        raise UserError(
            "RKV-FRM-051",
            message("No amendment of these answers is being written."),
            message("Nothing was changed."),
        )
    return completed_as(len(revisions))


def amended(last: Revision, answers: Mapping[str, object], *, at: datetime, by: str, reason: str) -> Revision:
    """Returns the revision that follows `last`; `last` is kept beside it.

    Raises:
        UserError: RKV-FRM-031 no reason is given.
    """
    after(EvaluationState.COMPLETED, ResponseStep.AMEND, reason)
    return Revision(number=last.number + 1, answers=dict(answers), at=at, by=by, reason=reason.strip())


_REFUSED: Mapping[ResponseStep, Message] = {
    ResponseStep.COMPLETE: message("These answers are not being written any more, so they cannot be completed."),
    ResponseStep.AMEND: message("Only answers that are completed can be amended."),
    ResponseStep.STOP: message("Only answers that are still being written can be left."),
    ResponseStep.RESUME: message("Only answers that were left can be taken up again."),
    ResponseStep.WITHDRAW: message("These answers are marked as entered in error already."),
}
