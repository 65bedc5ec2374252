# SPDX-License-Identifier: MIT
"""The attest: what a workplace confirms about a period of practice, under its own name.

It holds what counties ask for (name, period, whether it goes on, share of full time, tasks described by the aims of the
plan, who signs and in which position), and never a word of decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.parts import carried_said, listed
from rkv_app.documents.wording import (
    language_tag,
    written_date,
    written_day_of,
    written_percent,
    written_period,
    written_practice,
)
from rkv_app.domain.evaluations import AimRating, Evaluation, Rating
from rkv_app.domain.placements import Placement
from rkv_app.domain.practice import sum_practice
from rkv_app.foundation.clock import archive_time
from rkv_app.foundation.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Attest:
    """What is confirmed.

    Attributes:
        candidate_birth: None where it is not known to the workplace.
        placement: without an address where the candidate's is protected.
        evaluation: for the plan and for who said the ratings are true.
        ratings: what is said, by aim.
    """

    candidate_name: str
    candidate_birth: date | None
    placement: Placement
    evaluation: Evaluation
    ratings: Sequence[AimRating]


def render_attest(attest: Attest, *, words: Words, at: datetime) -> bytes:
    """Makes the attest as a PDF with the workplace's name at its head.

    Args:
        attest: what is confirmed.
        words: the document's language.
        at: when the document is made; a placement that goes on is counted to this day.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    placement, workplace = attest.placement, attest.placement.workplace
    number = words("Organisation number {number}", number=workplace.org_number) if workplace.org_number else ""
    document = DocumentBuilder(
        words("Attest for practice"),
        listed(workplace.name, written_day_of(at, words)),
        words,
        at,
        letterhead=(workplace.name, workplace.address, number),
    )
    document.subtitle(written_day_of(at, words))
    document.paragraph(
        words(
            "{workplace} confirms that {candidate} has worked here, as said below.",
            workplace=workplace.name,
            candidate=attest.candidate_name,
        )
    )
    birth = attest.candidate_birth
    document.facts(
        [
            (words("Name"), attest.candidate_name),
            (words("Date of birth"), written_date(birth, words) if birth else ""),
            (words("Period"), written_period(placement.start, placement.end, words)),
            (words("Share of full time"), written_percent(placement.percent, words)),
            (words("Practice"), written_practice(sum_practice([placement], archive_time(at).date()), words)),
            (words("Tasks"), placement.tasks),
        ]
    )
    _work(document, attest, words)
    document.note(
        words("This says what the workplace has seen. Only the county decides what is recognised as competence.")
    )
    _signature(document, attest, words)
    return document.pdf()


def _work(document: DocumentBuilder, attest: Attest, words: Words) -> None:
    document.heading(words("The work, by the aims of the plan"))
    document.paragraph(listed(*(plan.named for plan in attest.evaluation.plans)), keep_with_next=True)
    done = [one for one in attest.ratings if one.rating is not Rating.NOT_TRIED]
    if not done:
        document.paragraph(words("Nobody at the workplace has said anything about the aims yet."))
        return
    document.table(
        (words("Code"), words("Competence aim"), words("What was seen")),
        [
            (
                [Said(one.aim.code, theme.CELL_CODE)],
                [Said(one.aim.text, language=language_tag(one.aim.language))],
                [
                    Said(words.say(labels.RATING[one.rating]), theme.CELL_STRONG),
                    *([Said(one.example)] if one.example else []),
                    *carried_said(one.carried, one.aim, words),
                ],
            )
            for one in done
        ],
        (0.13, 0.42, 0.45),
    )


def _signature(document: DocumentBuilder, attest: Attest, words: Words) -> None:
    supervisor, attestation = attest.placement.supervisor, attest.evaluation.attestation
    document.heading(words("Confirmed by"))
    if attestation is not None:
        document.paragraph(attestation.statement, keep_with_next=True)
    document.facts(
        [
            (words("Name"), attestation.name if attestation else supervisor.name),
            (words("Position"), attestation.position if attestation else supervisor.position),
            (words("Phone"), supervisor.phone),
            (words("E-mail"), supervisor.email),
            (words("Confirmed on"), written_day_of(attestation.at, words) if attestation else ""),
        ],
        keep_with_next=True,
    )
    document.line_to_sign(words("Signature, and stamp if there is one"))
