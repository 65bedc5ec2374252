# SPDX-License-Identifier: MIT
"""The application: everything the county is given about one case, for reading, printing and the archive."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rkv_app.documents.builder import Cover, DocumentBuilder
from rkv_app.documents.parts import ground_facts, listed, party_facts, plan_facts
from rkv_app.documents.record import record_attachment
from rkv_app.documents.sections import Evidence, add_aims, add_attests, add_evidence, add_placements, add_summary
from rkv_app.documents.wording import written_date, written_day_of
from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.exchange import Application
from rkv_app.foundation.i18n import Words

if TYPE_CHECKING:
    from rkv_app.documents.form_answers import Answered


def render_application(
    application: Application,
    coverage: Sequence[AimCoverage],
    *,
    measures: Mapping[str, str],
    legal_bases: Mapping[str, str],
    words: Words,
    record: bytes,
    at: datetime,
    evidence: Sequence[Evidence] = (),
    beside_aims: "Mapping[str, Sequence[Answered]] | None" = None,
) -> bytes:
    """Makes the application as a PDF, with its record attached.

    Args:
        application: what is sent, as `domain.minimised` leaves it: nothing is hidden here.
        coverage: one for each aim of the application, in its order.
        measures: measure codes to what they are called in the document's language.
        legal_bases: legal basis codes to what they are called in the document's language.
        words: the document's language.
        record: the application as its packet carries it, see `documents.record`.
        at: when the document is made; it stands in the document and its metadata.
        evidence: the documents of the case, in the order they are to be listed.
        beside_aims: what the workplaces answered besides the aims, by the id of the evaluation.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    adviser = application.adviser
    document = DocumentBuilder(
        words("Application for recognition of prior learning"),
        words("Case {reference}", reference=application.reference),
        words,
        at,
        letterhead=(listed(adviser.organisation, adviser.unit),),
        cover=Cover(
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
    add_summary(document, coverage, words)
    add_placements(document, application.placements, measures, words, at)
    add_aims(document, application.plan.named, coverage, words)
    add_attests(document, application.evaluations, application.placements, beside_aims or {}, words)
    add_evidence(document, evidence, words)
    _sharing(document, application, legal_bases, words)
    _signatures(document, application, words)
    return document.pdf((record_attachment(record, words),))


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
            *plan_facts(application.plans, words),
        ]
    )


def _signatures(document: DocumentBuilder, application: Application, words: Words) -> None:
    document.heading(words("Signatures"), new_page=True)
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
        document.line_to_sign(said)


def _sharing(document: DocumentBuilder, application: Application, legal_bases: Mapping[str, str], words: Words) -> None:
    document.heading(words("Why this is shared"))
    document.facts(ground_facts(application.ground, words("Candidate informed on"), legal_bases, words))
    document.heading(words("Sender"))
    document.facts(party_facts(application.adviser, words))
