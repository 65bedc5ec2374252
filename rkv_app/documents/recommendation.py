# SPDX-License-Identifier: MIT
"""Nav's written recommendation of an assessment of prior learning (opplæringslova § 18-8), made from the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rkv_app.documents.builder import DocumentBuilder
from rkv_app.documents.parts import listed, party_facts, placement_facts
from rkv_app.documents.wording import written_date, written_day_of, written_practice
from rkv_app.domain.cases import Case
from rkv_app.domain.coverage import AimCoverage, Covered, counts
from rkv_app.domain.people import Candidate, Party
from rkv_app.domain.placements import Placement
from rkv_app.domain.practice import Practice
from rkv_app.foundation.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What the letter says.

    Attributes:
        plan: code and title of the curriculum.
        placements: without places where the candidate has address protection.
        reasons: why, in the adviser's words.
    """

    case: Case
    candidate: Candidate
    plan: str
    placements: Sequence[Placement]
    practice: Practice
    coverage: Sequence[AimCoverage]
    reasons: str
    adviser: Party


def render_recommendation(said: Recommendation, *, measures: Mapping[str, str], words: Words, at: datetime) -> bytes:
    """Makes the letter.

    Args:
        said: what it says.
        measures: code to label.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    who_and_when = listed(said.adviser.organisation, said.adviser.unit, written_day_of(at, words))
    document = DocumentBuilder(
        words("Recommendation of an assessment of prior learning"), said.case.reference, words, at
    )
    document.subtitle(who_and_when)
    document.paragraph(
        words(
            "Nav recommends that {candidate} has prior learning assessed and documented."
            " The recommendation is given under section 18-8 of the Education Act (opplæringslova).",
            candidate=said.candidate.name,
        )
    )
    birth = said.candidate.birth_date
    document.facts(
        [
            (words("Candidate"), said.candidate.name),
            (words("Date of birth"), written_date(birth, words) if birth else ""),
            (words("Wanted final competence"), said.case.wanted.title),
            (words("Curriculum"), said.plan),
        ]
    )
    document.heading(words("Why we recommend it"))
    document.paragraph(said.reasons)
    document.heading(words("What the candidate has done"))
    for placement in said.placements:
        document.subheading(placement.workplace.name or words("Placement"))
        document.facts(placement_facts(placement, measures, words))
    document.paragraph(
        written_practice(said.practice, words) if said.placements else words("No placement is registered yet.")
    )
    number = counts(said.coverage)
    document.paragraph(
        words(
            "{aims} aims: {covered} well documented, {partly} partly",
            aims=len(said.coverage),
            covered=number[Covered.COVERED],
            partly=number[Covered.PARTLY],
        )
    )
    document.note(words("This is a recommendation. It is the county that assesses the competence and decides."))
    document.heading(words("Recommended by"))
    document.facts(party_facts(said.adviser, words), keep_with_next=True)
    document.line_to_sign(words("Signature of the sender: {name}", name=said.adviser.name))
    return document.pdf()
