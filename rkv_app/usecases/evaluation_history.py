# SPDX-License-Identifier: MIT
"""What a supervisor has attested to so far for a request, and whether an answer was written to a file before."""

from dataclasses import dataclass
from datetime import datetime

from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import Direction, IncomingRequest, MessageType
from rkv_app.domain.response_states import Revision, is_completed
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EvaluationHistory:
    """What was done with an evaluation.

    Attributes:
        completed: everything that was attested to, newest first; what counts now among them.
        reason: why it is being amended or was amended last, was left, or was withdrawn; else empty.
        sent_at: when an answer was last written to a file; None where none was.
    """

    completed: tuple[Revision, ...] = ()
    reason: str = ""
    sent_at: datetime | None = None

    @property
    def sent_before_amended(self) -> bool:
        """Whether what was last written to a file was amended since."""
        # The clock tells seconds, and nobody can both amend and send in one: then the amendment came last.
        is_amended = len(self.completed) > 1
        return is_amended and self.sent_at is not None and self.sent_at <= self.completed[0].at


def evaluation_history(ws: Workspace, incoming: IncomingRequest, evaluation: Evaluation) -> EvaluationHistory:
    """Returns what was done with the evaluation of a request."""
    before = tuple(ws.store.evaluations.revisions(evaluation.id))
    reason = ws.store.evaluations.reason(evaluation.id)
    return EvaluationHistory((*_now(evaluation, before, reason), *reversed(before)), reason, _sent_at(ws, incoming))


def _now(evaluation: Evaluation, before: tuple[Revision, ...], reason: str) -> tuple[Revision, ...]:
    """What is attested to now, unless it is kept as a revision already: an amendment of it was given up."""
    attested = evaluation.attestation
    if attested is None or (before and (before[-1].answers, before[-1].at) == (evaluation.answers, attested.at)):
        return ()
    now = Revision(
        number=len(before) + 1,
        answers=evaluation.answers,
        at=attested.at,
        by=attested.name,
        reason=reason if before and is_completed(evaluation.state) else "",
    )
    return (now,)


def _sent_at(ws: Workspace, incoming: IncomingRequest) -> datetime | None:
    # A supervisor's store has no cases: what is sent from it belongs to none.
    return max(
        (
            one.at
            for one in ws.store.exchange.for_case("")
            if one.answers == incoming.message_id
            and one.direction is Direction.SENT
            and one.type is MessageType.EVALUATION
        ),
        default=None,
    )
