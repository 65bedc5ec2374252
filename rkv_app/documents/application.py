# SPDX-License-Identifier: MIT
"""The application: everything the county is given about one case, for reading, printing and the archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import Cover, DocumentBuilder, Part, Said
from rkv_app.documents.parts import carried_said, covered_said, in_groups, known_ways, listed, party_facts
from rkv_app.documents.tagged.finish import Attachment
from rkv_app.documents.wording import (
    language_tag,
    written_date,
    written_day_of,
    written_percent,
    written_period,
    written_practice,
    written_version,
)
from rkv_app.domain.coverage import AimCoverage, Covered, Source, counts
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import Application
from rkv_app.domain.placements import Placement
from rkv_app.domain.practice import sum_practice
from rkv_app.foundation.clock import archive_time
from rkv_app.foundation.i18n import Words

ATTACHMENT_NAME = "soknad.json"

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


def render_application(
    application: Application,
    coverage: Sequence[AimCoverage],
    *,
    measures: Mapping[str, str],
    legal_bases: Mapping[str, str],
    words: Words,
    content_json: bytes,
    at: datetime,
    evidence: Sequence[Evidence] = (),
) -> bytes:
    """Makes the application as a PDF, with its data attached as `soknad.json`.

    Args:
        application: what is sent, as `domain.minimised` leaves it: nothing is hidden here.
        coverage: one for each aim of the application, in its order.
        measures: measure codes to what they are called in the document's language.
        legal_bases: legal basis codes to what they are called in the document's language.
        words: the document's language.
        content_json: the application as the packet carries it; attached byte for byte.
        at: when the document is made; it stands in the document and its metadata.
        evidence: the documents of the case, in the order they are to be listed.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    adviser = application.adviser
    document = DocumentBuilder(
        words("Application for recognition of prior learning"),
        words("Case {reference}", reference=application.reference),
        words,
        at,
        cover=Cover(
            listed(adviser.organisation, adviser.unit),
            words("Case {reference}, {date}", reference=application.reference, date=written_day_of(at, words)),
            application.candidate.name,
            (words("Wanted final competence: {wanted}", wanted=application.wanted),),
        ),
    )
    document.note(
        words(
            "The ratings in this document are what the workplaces say about the work they have seen. "
            "They are documentation, not decisions: only the county decides what is recognised."
        )
    )
    document.contents()
    _candidate(document, application, words)
    _summary(document, coverage, words)
    _placements(document, application, measures, words, at)
    _aims(document, application, coverage, words)
    _attests(document, application, words)
    _evidence(document, evidence, words)
    _sharing(document, application, legal_bases, words)
    _signatures(document, application, words)
    attachment = Attachment(
        ATTACHMENT_NAME, content_json, "application/json", words("The application as machine-readable data")
    )
    return document.pdf((attachment,))


def _candidate(document: DocumentBuilder, application: Application, words: Words) -> None:
    candidate = application.candidate
    protection = words("Yes: addresses and contact details are left out") if candidate.shielded else ""
    document.heading(words("The candidate"), new_page=True)
    document.facts(
        [
            (words("Name"), candidate.name),
            (words("Date of birth"), written_date(candidate.birth_date, words) if candidate.birth_date else ""),
            (words("National identity number"), candidate.national_number),
            (words("Address protection"), protection),
            (words("Wanted final competence"), application.wanted),
            (words("Curriculum"), f"{application.curriculum_title} ({application.curriculum_code})"),
            (words("Version of the curriculum"), written_version(application.curriculum_changed, words)),
        ]
    )


def _summary(document: DocumentBuilder, coverage: Sequence[AimCoverage], words: Words) -> None:
    numbers = counts(coverage)
    document.heading(words("Overview of the competence aims"))
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
    )


def _placements(
    document: DocumentBuilder, application: Application, measures: Mapping[str, str], words: Words, at: datetime
) -> None:
    document.heading(words("Practice placements"))
    if application.placements:
        practice = sum_practice(application.placements, archive_time(at).date())
        document.paragraph(written_practice(practice, words))
    else:
        document.paragraph(words("No placements are registered."))
    for placement in application.placements:
        document.subheading(placement.workplace.name)
        document.facts(
            [
                *_workplace_facts(placement, words),
                (words("Measure"), measures.get(placement.measure, placement.measure)),
                (words("Period"), written_period(placement.start, placement.end, words)),
                (words("Share of full time"), written_percent(placement.percent, words)),
                (words("Tasks"), placement.tasks),
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


def _aims(document: DocumentBuilder, application: Application, coverage: Sequence[AimCoverage], words: Words) -> None:
    document.heading(words("Competence aims and documentation"))
    document.paragraph(f"{application.curriculum_title} ({application.curriculum_code})")
    if not coverage:
        document.paragraph(words("The curriculum has no competence aims."))
    for (_, title), group in groupby(coverage, key=lambda one: (one.aim.set_code, one.aim.set_title)):
        aims = list(group)
        document.subheading(title, language=language_tag(aims[0].aim.language))
        document.table(
            (words("Code"), words("Competence aim"), words("Documentation"), words("What the workplaces say")),
            [
                (
                    [Said(one.aim.code, theme.CELL_CODE)],
                    [Said(one.aim.text, language=language_tag(one.aim.language))],
                    _documentation(one, words),
                    _sources(one, words),
                )
                for one in aims
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
    said.extend(carried_said(rating, words))
    return said


def _attests(document: DocumentBuilder, application: Application, words: Words) -> None:
    document.heading(words("Confirmed by the workplaces"))
    if not application.evaluations:
        document.paragraph(words("No workplace has confirmed anything yet."))
    placements = {placement.id: placement for placement in application.placements}
    for evaluation in application.evaluations:
        placement = placements.get(evaluation.placement_id)
        if placement is not None:
            _attest(document, evaluation, placement, words)


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
        ]
    )


def _evidence(document: DocumentBuilder, evidence: Sequence[Evidence], words: Words) -> None:
    document.heading(words("Documents in the case"))
    if not evidence:
        document.paragraph(words("No documents are registered."))
        return
    document.paragraph(words("The fingerprint (SHA-256) shows that a document is the very one that lay in the case."))
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


def _signatures(document: DocumentBuilder, application: Application, words: Words) -> None:
    document.heading(words("Signatures"))
    document.paragraph(
        words(
            "When this document is sent as a packet, the packet is signed electronically, and nothing has to be "
            "signed here. Sign below where it is handed over on paper."
        )
    )
    sender = listed(application.adviser.name, application.adviser.organisation)
    for said in (
        words("Signature of the candidate: {name}", name=application.candidate.name),
        words("Signature of the sender: {name}", name=sender),
    ):
        document.lines_to_sign((words("Place and date"), said), (0.35, 0.65))


def _sharing(document: DocumentBuilder, application: Application, legal_bases: Mapping[str, str], words: Words) -> None:
    ground, adviser = application.ground, application.adviser
    document.heading(words("Why this is shared"), new_page=True)
    document.facts(
        [
            (words("Legal basis"), legal_bases.get(ground.legal_basis, ground.legal_basis)),
            (words("Purpose"), ground.purpose),
            (words("Candidate informed on"), written_date(ground.informed_on, words)),
        ]
    )
    document.heading(words("Sender"))
    document.facts(party_facts(adviser, words))
