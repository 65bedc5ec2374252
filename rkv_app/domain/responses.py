# SPDX-License-Identifier: MIT
"""Answers to a form on a case: self-assessment, mapping, meeting, plan and the like; and anonymous answers.

What was completed is kept as a revision for ever. While an amendment is being written the state is in-progress again,
and the last revision is what counts until the next one is completed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rkv_app.domain.evaluations import AimText, EvaluationState, FormPin
from rkv_app.domain.response_states import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class FormResponse:
    """One set of answers to a form.

    Attributes:
        form: the very form, which the answers stay on until somebody moves them.
        aims: the aims that were asked about, with the texts as they were; none where the form has no aim matrix.
        language: BCP 47 tag of the language that the form is answered in.
        answers: item path to JSON value, as they are now.
        reason: why the answers are being amended, were left, or were withdrawn; else empty.
        revisions: what was completed, oldest first.
    """

    id: str
    case_id: str
    form: FormPin
    language: str
    made: datetime
    changed: datetime
    aims: tuple[AimText, ...] = ()
    state: EvaluationState = EvaluationState.IN_PROGRESS
    answers: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    revisions: tuple[Revision, ...] = ()

    @property
    def is_being_amended(self) -> bool:
        """Whether an amendment of completed answers is being written."""
        return self.state is EvaluationState.IN_PROGRESS and bool(self.revisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionMove:
    """What became of every answer when they were moved to another version of their form; kept for ever.

    Attributes:
        kept: paths of answers that stayed as they were.
        changed: path before to path after, of answers that lie elsewhere or have other codes.
        lost: answers that had no place any more, by path.
    """

    before: FormPin
    after: FormPin
    at: datetime
    by: str
    kept: tuple[str, ...]
    changed: Mapping[str, str]
    lost: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswers:
    """Answers of somebody whom nothing here points to: no case, no day, no order of arrival.

    Attributes:
        month: when they were given, as YYYY-MM.
    """

    form: FormPin
    month: str
    answers: Mapping[str, object]
