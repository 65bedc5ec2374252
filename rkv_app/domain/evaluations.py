# SPDX-License-Identifier: MIT
"""Practice evaluations: what a supervisor says about each aim.

Never approval: that word is the county's alone (forskrift til opplæringsloven § 15-3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rkv_app.domain.carried import Carried


class Rating(StrEnum):
    """The scale of a practice evaluation; ours, not the county's. NOT_TRIED says nothing about the candidate."""

    NOT_TRIED = "not_tried"
    LEARNING = "learning"
    GUIDED = "guided"
    INDEPENDENT = "independent"


class KnownBy(StrEnum):
    """How the supervisor knows."""

    OBSERVED = "observed"
    TALKED = "talked"
    PRODUCT = "product"
    COURSE = "course"


class EvaluationState(StrEnum):
    """FHIR R4 QuestionnaireResponse.status, the five values."""

    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    AMENDED = "amended"
    ENTERED_IN_ERROR = "entered-in-error"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class FormPin:
    """The exact form an evaluation was begun on: its id, its version, and the SHA-256 of its file."""

    form_id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PlanText:
    """A curriculum as it was when its aims were put to somebody.

    Attributes:
        changed: Grep's `sist-endret`; names the version with the code.
        title: in the language of whoever asked.
    """

    code: str
    changed: str
    title: str

    @property
    def named(self) -> str:
        """Its title and code, as it is named among others."""
        return f"{self.title} ({self.code})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AimText:
    """An aim as it was when it was put to somebody: an answer keeps its own copy of the text.

    Attributes:
        text: the official text in `language` (Grep code), to the letter.
        set_title: title of the set the aim stands in.
        plan: the curriculum it stands in, where aims of several are put together; None where all are of one, which
            then stands beside them.
    """

    code: str
    uri: str
    text: str
    language: str
    set_code: str
    set_title: str
    plan: PlanText | None = None


def plans_of(beside: PlanText, aims: Iterable[AimText]) -> tuple[PlanText, ...]:
    """Returns the curricula that aims stand in, in their order; `beside` is that of aims which name none."""
    return tuple(dict.fromkeys(aim.plan or beside for aim in aims)) or (beside,)


class AboutPlans:
    """What evaluations, requests and applications say of the curricula that their aims stand in."""

    __slots__ = ()

    curriculum_code: str
    curriculum_changed: str
    curriculum_title: str
    aims: tuple[AimText, ...]

    @property
    def plan(self) -> PlanText:
        """The curriculum of those aims that name none."""
        return PlanText(self.curriculum_code, self.curriculum_changed, self.curriculum_title)

    @property
    def plans(self) -> tuple[PlanText, ...]:
        """The curricula that the aims stand in, in order."""
        return plans_of(self.plan, self.aims)


@dataclass(frozen=True, slots=True, kw_only=True)
class AimRating:
    """What one supervisor says about one aim.

    Attributes:
        carried: where it was carried over from, where it was not given for this aim itself.
    """

    aim: AimText
    rating: Rating
    known_by: frozenset[KnownBy] = frozenset()
    example: str = ""
    observed_on: date | None = None
    carried: Carried | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """The supervisor's own statement that the answers are true."""

    name: str
    position: str
    statement: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(AboutPlans):
    """One supervisor's answers for one placement.

    Attributes:
        curriculum_code, curriculum_changed: which plan, and which version of it; of several, the first.
        aims: the aims that were asked about, with the texts as they were, in reading order.
        answers: item path (`item` or `matrix/<aim code>/<column>`) to its JSON value; beside them lie the marks of
            answers that were carried over, see `domain.carried`.
    """

    id: str
    placement_id: str
    form: FormPin
    curriculum_code: str
    curriculum_changed: str
    curriculum_title: str
    aims: tuple[AimText, ...]
    state: EvaluationState = EvaluationState.IN_PROGRESS
    answers: Mapping[str, object] = field(default_factory=dict)
    attestation: Attestation | None = None
