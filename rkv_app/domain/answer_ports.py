# SPDX-License-Identifier: MIT
"""The repositories of answers, as Protocols: evaluations, and forms on a case; see `rkv_app.domain.ports`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from rkv_app.domain.evaluations import Attestation, Evaluation, EvaluationState
from rkv_app.domain.response_states import Revision
from rkv_app.domain.responses import FormResponse, SurveyAnswers, VersionMove


class EvaluationRepository(Protocol):
    """Evaluations and their answers, each answer saved with an audit row in the same transaction."""

    def add(self, *evaluations: Evaluation) -> None:
        """Adds evaluations with the answers they have, all or none; many go in faster together than one by one."""
        ...

    def get(self, evaluation_id: str) -> Evaluation | None:
        """One evaluation, or None where there is none."""
        ...

    def for_case(self, case_id: str) -> Sequence[Evaluation]:
        """Evaluations of all placements of a case, in the order of the placements."""
        ...

    def save_answer(self, evaluation_id: str, item: str, value: object, at: datetime) -> None:
        """Writes one answer and one audit row; None removes the answer. Saving the same twice is harmless.

        Args:
            evaluation_id: which evaluation.
            item: item path, see `Evaluation.answers`.
            value: a JSON value.
            at: when it was given.
        """
        ...

    def set_state(
        self,
        evaluation_id: str,
        state: EvaluationState,
        attestation: Attestation | None,
        at: datetime,
        reason: str = "",
    ) -> None:
        """Changes state, with the attestation where it is completed, and the reason where there has to be one."""
        ...

    def amend(self, evaluation_id: str, reason: str, at: datetime) -> None:
        """Keeps a completed evaluation as a revision, with its attestation, and lets its answers be written in again.

        Raises:
            LookupError: there is no such evaluation, or nobody attested it.
        """
        ...

    def go_back(self, evaluation_id: str, state: EvaluationState, at: datetime) -> None:
        """Puts the last revision and its attestation in the place of an amendment that is being written."""
        ...

    def revisions(self, evaluation_id: str) -> Sequence[Revision]:
        """What was completed before it was amended, oldest first."""
        ...

    def reason(self, evaluation_id: str) -> str:
        """Why it is being amended or was amended last, was left, or was withdrawn; else empty."""
        ...


class ResponseRepository(Protocol):
    """Answers to forms on a case; every change with an audit row in the same transaction."""

    def add(self, response: FormResponse) -> None:
        """Adds a response without revisions, with the answers it has."""
        ...

    def get(self, response_id: str) -> FormResponse | None:
        """One response, or None where there is none."""
        ...

    def for_case(self, case_id: str) -> Sequence[FormResponse]:
        """The responses of a case, oldest first."""
        ...

    def save_answer(self, response_id: str, item: str, value: object, at: datetime) -> None:
        """Writes one answer, as `EvaluationRepository.save_answer` does."""
        ...

    def set_state(self, response_id: str, state: EvaluationState, at: datetime, reason: str = "") -> None:
        """Changes state, with the reason for it."""
        ...

    def revise(self, response_id: str, revision: Revision, state: EvaluationState) -> None:
        """Keeps what was completed beside the revisions before; its answers are those of the response from now on."""
        ...

    def go_back(self, response_id: str, state: EvaluationState, at: datetime) -> None:
        """Puts the answers of the last revision in the place of what was written since."""
        ...

    def move(self, response_id: str, move: VersionMove, answers: Mapping[str, object]) -> None:
        """Binds a response to another version of its form, with the answers as they are there, and keeps the report."""
        ...

    def moves(self, response_id: str) -> Sequence[VersionMove]:
        """The reports, oldest first."""
        ...

    def add_survey(self, survey: SurveyAnswers) -> None:
        """Adds answers that nothing points to: not a case, not a day, and no other answers beside them."""
        ...

    def surveys(self, form_id: str) -> Sequence[SurveyAnswers]:
        """All anonymous answers to a form, by month, in no order within one."""
        ...
