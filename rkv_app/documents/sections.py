# SPDX-License-Identifier: MIT
"""Sections that the application and the candidate's own copy have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import DocumentBuilder, Part, Said
from rkv_app.documents.parts import (
    carried_said,
    covered_said,
    in_groups,
    known_ways,
    listed,
    placement_facts,
    transcribed_facts,
)
from rkv_app.documents.tagged.blocks import Look
from rkv_app.documents.wording import (
    language_tag,
    written_date,
    written_day_of,
    written_percent,
    written_period,
    written_practice,
)
from rkv_app.domain.coverage import AimCoverage, Covered, Source, counts
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.placements import Placement
from rkv_app.domain.plans import PlanCoverage, coverage_by_plan, in_sets
from rkv_app.domain.practice import sum_practice
from rkv_app.foundation.clock import archive_time
from rkv_app.foundation.i18n import Words

if TYPE_CHECKING:
    # Forms bring a library along that makes the first document of a process slower.
    from rkv_app.documents.form_answers import Answered

# Strongest first: the order in which a reader wants to know.
_ORDER = tuple(reversed(Covered))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that belongs to the case.

    Attributes:
        kept_since: the day it was put there.
        sha256: digest of its content, hexadecimal.
    """

    name: str
    kept_since: date
    sha256: str


def add_summary(document: DocumentBuilder, coverage: Sequence[AimCoverage], words: Words) -> None:
    """Adds how well the aims are documented: a bar, and the same as a table."""
    numbers = counts(coverage)
    plans = coverage_by_plan(coverage)
    document.heading(words("Overview of the competence aims"))
    if len(plans) > 1:
        document.paragraph(
            words(
                "The {plans} curricula have {n} competence aims together. The documentation of them is summed up here.",
                plans=len(plans),
                n=len(coverage),
            )
        )
    else:
        document.paragraph(
            words.plural(
                "The curriculum has {n} competence aim. The documentation of it is summed up here.",
                "The curriculum has {n} competence aims. The documentation of them is summed up here.",
                len(coverage),
            )
        )
    said = ", ".join(f"{words.say(labels.COVERED[one])}: {numbers[one]}" for one in _ORDER)
    document.bar([Part(numbers[one], theme.COVERED_COLOUR[one]) for one in _ORDER], said)
    document.table(
        (words("Documentation"), words("Aims"), words("What it means")),
        [
            (
                [covered_said(one, words)],
                [Said(str(numbers[one]), theme.CELL_STRONG)],
                [Said(words.say(labels.MEANING[one]))],
            )
            for one in _ORDER
        ],
        (0.26, 0.1, 0.64),
        keep_whole=True,
    )
    if len(plans) > 1:
        _by_plan(document, plans, words)


def _by_plan(document: DocumentBuilder, plans: Sequence[PlanCoverage], words: Words) -> None:
    document.subheading(words("By curriculum and module"))
    rows = []
    for plan, coverage in plans:
        if plan is not None:
            rows.append(_counted(Said(plan.named, theme.CELL_ASKED), coverage, theme.CELL_ASKED))
        for part in in_sets(coverage, lambda one: one.aim):
            title = Said(part.title, theme.CELL_MARKED, language=language_tag(part.language))
            rows.append(_counted(title, part.of_set, theme.CELL))
    heads = (words("Curriculum and module"), words("Aims"), *(words.say(labels.COVERED[one]) for one in _ORDER))
    document.table(heads, rows, (0.35, 0.09, 0.14, 0.14, 0.14, 0.14))


def _counted(name: Said, coverage: Sequence[AimCoverage], look: Look) -> Sequence[Sequence[Said]]:
    numbers = counts(coverage)
    return [[name], *([Said(str(number), look)] for number in (len(coverage), *(numbers[one] for one in _ORDER)))]


def add_placements(
    document: DocumentBuilder,
    placements: Sequence[Placement],
    measures: Mapping[str, str],
    words: Words,
    at: datetime,
) -> None:
    """Adds the placements, and what they make together."""
    document.heading(words("Practice placements"))
    if placements:
        practice = sum_practice(placements, archive_time(at).date())
        document.paragraph(written_practice(practice, words))
    else:
        document.paragraph(words("No placements are registered."))
    for placement in placements:
        document.subheading(placement.workplace.name)
        document.facts(
            [
                *_workplace_facts(placement, words),
                *placement_facts(placement, measures, words),
            ]
        )


def _workplace_facts(placement: Placement, words: Words) -> list[tuple[str, str]]:
    workplace, supervisor = placement.workplace, placement.supervisor
    return [
        (words("Organisation number"), workplace.org_number),
        (words("Address"), workplace.address),
        (words("Supervisor"), listed(supervisor.name, supervisor.position)),
        (words("Supervisor's phone"), supervisor.phone),
        (words("Supervisor's e-mail"), supervisor.email),
    ]


def add_aims(document: DocumentBuilder, plan: str, coverage: Sequence[AimCoverage], words: Words) -> None:
    """Adds each aim with what the workplaces say, set by set; each of several curricula below a heading of its own.

    Args:
        document: where to.
        plan: the curriculum, where it is one.
        coverage: one for each aim.
        words: the document's language.
    """
    if len(coverage_by_plan(coverage)) <= 1:
        document.heading(words("Competence aims and documentation"))
        document.paragraph(plan, keep_with_next=True)
    if not coverage:
        document.paragraph(words("The curriculum has no competence aims."))
    for part in in_sets(coverage, lambda one: one.aim):
        if part.begins is not None:
            document.heading(words("Competence aims and documentation: {plan}", plan=part.begins.named))
        document.subheading(part.title, language=language_tag(part.language))
        document.table(
            (words("Code"), words("Competence aim"), words("Documentation"), words("What the workplaces say")),
            [
                (
                    [Said(one.aim.code, theme.CELL_CODE)],
                    [Said(one.aim.text, language=language_tag(one.aim.language))],
                    _documentation(one, words),
                    _sources(one, words),
                )
                for one in part.of_set
            ],
            (0.13, 0.32, 0.2, 0.35),
        )


def _documentation(one: AimCoverage, words: Words) -> list[Said]:
    said = [covered_said(one.covered, words)]
    if one.why in labels.WHY_PARTLY:
        said.append(Said(words.say(labels.WHY_PARTLY[one.why]), theme.CELL_DOTTED_REASON))
    return said


def _sources(one: AimCoverage, words: Words) -> list[Said]:
    if not one.sources:
        return [Said(words("Nobody has rated this aim."), theme.CELL_SMALL)]
    return [said for source in one.sources for said in _source(source, words)]


def _source(source: Source, words: Words) -> list[Said]:
    rating = source.rating
    said = [Said(words.say(labels.RATING[rating.rating]), theme.CELL_STRONG)]
    if rating.example:
        said.append(Said(rating.example))
    ways = known_ways(rating.known_by, words)
    if ways:
        said.append(Said(words("Known by: {ways}", ways=ways), theme.CELL_SMALL))
    day = written_date(rating.observed_on, words) if rating.observed_on else ""
    said.append(Said(listed(source.supervisor, source.workplace, day), theme.CELL_SMALL))
    if source.transcribed is not None:
        said.append(Said(words("Not signed electronically"), theme.CELL_SMALL))
    said.extend(carried_said(rating.carried, rating.aim, words))
    return said


def add_attests(
    document: DocumentBuilder,
    evaluations: Sequence[Evaluation],
    placements: Sequence[Placement],
    beside_aims: "Mapping[str, Sequence[Answered]]",
    words: Words,
) -> None:
    """Adds what each workplace confirmed, and what it said besides the aims, by the id of the evaluation."""
    document.heading(words("Confirmed by the workplaces"))
    if not evaluations:
        document.paragraph(words("No workplace has confirmed anything yet."))
    by_id = {placement.id: placement for placement in placements}
    for evaluation in evaluations:
        placement = by_id.get(evaluation.placement_id)
        if placement is not None:
            _attest(document, evaluation, placement, words)
            for part in beside_aims.get(evaluation.id, ()):
                document.facts(part.facts)


def _attest(document: DocumentBuilder, evaluation: Evaluation, placement: Placement, words: Words) -> None:
    attestation = evaluation.attestation
    document.subheading(placement.workplace.name)
    if attestation is None:
        document.paragraph(words("Not confirmed by the supervisor yet"))
        return
    period = written_period(placement.start, placement.end, words)
    document.facts(
        [
            (words("What is said"), attestation.statement),
            (words("Who said it"), listed(attestation.name, attestation.position)),
            (words("Date"), written_day_of(attestation.at, words)),
            (words("Period"), listed(period, written_percent(placement.percent, words))),
            *transcribed_facts(evaluation, words),
        ]
    )


def add_evidence(document: DocumentBuilder, evidence: Sequence[Evidence], words: Words) -> None:
    """Adds the documents of a case with their fingerprints."""
    document.heading(words("Documents in the case"))
    if not evidence:
        document.paragraph(words("No documents are registered."))
        return
    document.paragraph(
        words("The fingerprint (SHA-256) shows that a document is the very one that lay in the case."),
        keep_with_next=True,
    )
    document.table(
        (words("Document"), words("In the case since"), words("Fingerprint (SHA-256)")),
        [
            (
                [Said(one.name, theme.CELL)],
                [Said(written_date(one.kept_since, words))],
                [Said(in_groups(one.sha256), theme.CELL_SMALL)],
            )
            for one in evidence
        ],
        (0.36, 0.22, 0.42),
        keep_whole=True,
    )
