# SPDX-License-Identifier: MIT
"""The practice evaluation as a document: what one supervisor says about each aim, for one placement."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.parts import carried_said, known_ways, listed, plan_facts, transcribed_facts
from rkv_app.documents.record import record_attachment
from rkv_app.documents.wording import (
    language_tag,
    written_date,
    written_day_of,
    written_percent,
    written_period,
)
from rkv_app.domain.evaluations import AimRating, Evaluation
from rkv_app.domain.placements import Placement
from rkv_app.domain.plans import in_sets
from rkv_app.foundation.i18n import Words

if TYPE_CHECKING:
    from rkv_app.documents.form_answers import Answered


def render_evaluation(
    evaluation: Evaluation,
    ratings: Sequence[AimRating],
    placement: Placement,
    candidate_name: str,
    *,
    words: Words,
    at: datetime,
    record: bytes,
    beside_aims: "Sequence[Answered]" = (),
) -> bytes:
    """Makes the evaluation as a PDF.

    Args:
        evaluation: for the curriculum, its aims and the supervisor's attestation.
        ratings: what is said, by aim; aims that nothing is said about are shown as such.
        placement: the placement that is evaluated.
        candidate_name: whose work it is about.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.
        record: the evaluation as its packet carries it, see `documents.record`.
        beside_aims: what the form asks besides the aims, with its answers.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    where_and_when = listed(placement.workplace.name, written_day_of(at, words))
    document = DocumentBuilder(words("Practice evaluation"), where_and_when, words, at)
    document.subtitle(where_and_when)
    document.facts(
        [
            (words("Candidate"), candidate_name),
            (words("Workplace"), listed(placement.workplace.name, placement.workplace.org_number)),
            (words("Supervisor"), listed(placement.supervisor.name, placement.supervisor.position)),
            (words("Period"), written_period(placement.start, placement.end, words)),
            (words("Share of full time"), written_percent(placement.percent, words)),
            (words("Tasks"), placement.tasks),
            *plan_facts(evaluation.plans, words),
        ]
    )
    document.note(
        words(
            "The supervisor says what the workplace has seen the candidate do. It is documentation, not a decision: "
            "only the county decides what is recognised. An aim that was not tried here says nothing about what "
            "the candidate can do."
        )
    )
    _aims(document, evaluation, ratings, words)
    for part in beside_aims:
        document.heading(part.title, language=part.language)
        document.facts(part.facts)
    _attestation(document, evaluation, words)
    return document.pdf((record_attachment(record, words),))


def _aims(document: DocumentBuilder, evaluation: Evaluation, ratings: Sequence[AimRating], words: Words) -> None:
    by_code = {rating.aim.code: rating for rating in ratings}
    document.heading(words("Competence aims"))
    for part in in_sets(evaluation.aims, lambda aim: aim):
        if part.begins is not None:
            document.paragraph(part.begins.named, keep_with_next=True)
        document.subheading(part.title, language=language_tag(part.language))
        document.table(
            (words("Code"), words("Competence aim"), words("Rating"), words("Example")),
            [
                (
                    [Said(aim.code, theme.CELL_CODE)],
                    [Said(aim.text, language=language_tag(aim.language))],
                    _rating(by_code.get(aim.code), words),
                    _example(by_code.get(aim.code), words),
                )
                for aim in part.of_set
            ],
            (0.13, 0.33, 0.23, 0.31),
        )


def _rating(rating: AimRating | None, words: Words) -> list[Said]:
    if rating is None:
        return [Said(words("Not rated"), theme.CELL_SMALL)]
    said = [Said(words.say(labels.RATING[rating.rating]), theme.CELL_STRONG)]
    ways = known_ways(rating.known_by, words)
    return [*said, Said(words("Known by: {ways}", ways=ways), theme.CELL_SMALL)] if ways else said


def _example(rating: AimRating | None, words: Words) -> list[Said]:
    if rating is None:
        return []
    said = [Said(rating.example)] if rating.example else []
    if rating.observed_on is not None:
        said.append(Said(written_date(rating.observed_on, words), theme.CELL_SMALL))
    said.extend(carried_said(rating.carried, rating.aim, words))
    return said


def _attestation(document: DocumentBuilder, evaluation: Evaluation, words: Words) -> None:
    document.heading(words("Confirmation"))
    attestation = evaluation.attestation
    if attestation is None:
        document.paragraph(words("The supervisor has not confirmed these answers yet."))
        return
    document.paragraph(attestation.statement)
    document.facts(
        [
            (words("Name"), attestation.name),
            (words("Position"), attestation.position),
            (words("Date"), written_day_of(attestation.at, words)),
            *transcribed_facts(evaluation, words),
        ]
    )
