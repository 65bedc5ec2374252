# SPDX-License-Identifier: MIT
"""Letters that go with packets: the request to a supervisor, the county's answers, and what is sent to the county."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.parts import add_decisions, ground_facts, in_groups, listed, party_facts, versioned
from rkv_app.documents.record import record_attachment
from rkv_app.documents.wording import (
    language_tag,
    written_date,
    written_day_of,
    written_percent,
    written_period,
)
from rkv_app.domain.exchange import (
    EvaluationRequest,
    ListedDocument,
    Outcome,
    Receipt,
    Supplement,
    SupplementRequest,
)
from rkv_app.domain.people import Party
from rkv_app.domain.plans import in_sets
from rkv_app.foundation.i18n import Words


def render_request(request: EvaluationRequest, sender: Party, *, words: Words, at: datetime, record: bytes) -> bytes:
    """Makes the letter that asks a supervisor for a practice evaluation. It holds no secret code.

    Args:
        request: what is asked.
        sender: the adviser who asks.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.
        record: the same as the packet carries it, see `documents.record`.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    placement = request.placement
    who_and_when = listed(sender.organisation, sender.unit, written_day_of(at, words))
    document = DocumentBuilder(words("Request for a practice evaluation"), who_and_when, words, at)
    document.subtitle(who_and_when)
    document.paragraph(words("To {name}", name=listed(placement.supervisor.name, placement.workplace.name)))
    document.paragraph(
        words(
            "{candidate} wants to have skills from working life assessed against the national curriculum. "
            "You have seen the candidate work, so you can say what nobody else can. "
            "Please say for each competence aim how the candidate does it with you.",
            candidate=request.candidate_name,
        )
    )
    document.facts(
        [
            (words("Candidate"), request.candidate_name),
            (words("Wanted final competence"), request.wanted),
            (words("Workplace"), placement.workplace.name),
            (words("Period"), written_period(placement.start, placement.end, words)),
            (words("Share of full time"), written_percent(placement.percent, words)),
            (words("Tasks"), placement.tasks),
        ]
    )
    _how(document, words)
    _asked_aims(document, request, words)
    document.heading(words("Questions?"))
    document.paragraph(words("Ask the person who sent this request."))
    document.facts(party_facts(sender, words))
    return document.pdf((record_attachment(record, words),))


def render_receipt(receipt: Receipt, *, words: Words, at: datetime, record: bytes) -> bytes:
    """Makes the county's receipt for an application.

    Args:
        receipt: what is confirmed.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.
        record: the same as the packet carries it, see `documents.record`.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    document = _letter(words("Receipt for an application"), receipt.journal_number, receipt.intake, words, at)
    document.paragraph(
        words("The application has been received and put in the queue. Nothing has been decided about it yet.")
    )
    document.facts(
        [
            (words("Journal number"), receipt.journal_number),
            (words("Received on"), written_day_of(receipt.received_at, words)),
            (words("Fingerprint of what was received"), in_groups(receipt.application_sha256)),
        ]
    )
    document.paragraph(
        words(
            "The fingerprint (SHA-256) is worked out from the packet that was received. "
            "The sender's app compares it with what was sent."
        )
    )
    return _signed_by(document, words("Received by"), receipt.intake, words, record)


def render_supplement_request(request: SupplementRequest, *, words: Words, at: datetime, record: bytes) -> bytes:
    """Makes the county's letter that asks for more documentation.

    Args:
        request: what is missing.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.
        record: the same as the packet carries it, see `documents.record`.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    document = _letter(words("Request for more documentation"), request.journal_number, request.intake, words, at)
    document.paragraph(
        words("The county needs more before it can decide on the application. Nothing has been decided yet.")
    )
    document.facts(
        [
            (words("Journal number"), request.journal_number),
            (words("Wanted by"), written_date(request.deadline, words)),
        ]
    )
    document.heading(words("What is missing"))
    document.steps([item.text for item in request.items])
    if request.note:
        document.paragraph(request.note)
    document.note(
        words(
            "Does something not exist, or does it take longer? Tell the county, so that the application is not held up."
        )
    )
    return _signed_by(document, words("Asked by"), request.intake, words, record)


def render_supplement(
    supplement: Supplement,
    asked: SupplementRequest,
    *,
    legal_bases: Mapping[str, str],
    words: Words,
    at: datetime,
    record: bytes,
) -> bytes:
    """Makes the cover letter of more documentation for the county.

    Args:
        supplement: what is sent.
        asked: the request that it answers.
        legal_bases: code to words.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.
        record: the same as the packet carries it, see `documents.record`.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    adviser = supplement.adviser
    document = _letter(words("More documentation for an application"), asked.journal_number, adviser, words, at)
    document.paragraph(words("To {name}", name=listed(asked.intake.organisation, asked.intake.unit)))
    if supplement.note:
        document.paragraph(supplement.note)
    wanted = {item.id: item.text for item in asked.items}
    answered = {one.item for one in supplement.documents}
    if supplement.documents:
        document.heading(words("Documents that go along"))
        _listed_documents(document, supplement.documents, wanted, words)
    left = [text for item, text in wanted.items() if item not in answered]
    if left:
        document.heading(words("Asked for, and not in this packet"))
        document.steps(left)
    document.heading(words("Why it may be shared"))
    document.facts(ground_facts(supplement.ground, words("The candidate was told on"), legal_bases, words))
    return _signed_by(document, words("Sent by"), adviser, words, record)


def render_outcome(outcome: Outcome, *, words: Words, at: datetime, record: bytes) -> bytes:
    """Makes the letter with the county's decision.

    Args:
        outcome: what was decided.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.
        record: the same as the packet carries it, see `documents.record`.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    document = _letter(words("Outcome of an application"), outcome.journal_number, outcome.intake, words, at)
    document.paragraph(words("The county has assessed the prior learning and decided on the application."))
    document.facts(
        [
            (words("Journal number"), outcome.journal_number),
            (words("Decided on"), written_date(outcome.decided_on, words)),
        ]
    )
    document.heading(words("What was decided"))
    add_decisions(document, outcome.decisions, (0.16, 0.62, 0.22), words)
    if outcome.reasons:
        document.heading(words("Reasons"))
        document.paragraph(outcome.reasons)
    if outcome.appeal or outcome.appeal_by is not None:
        document.heading(words("How to appeal"))
        document.paragraph(outcome.appeal)
    if outcome.appeal_by is not None:
        document.facts([(words("Last day for an appeal"), written_date(outcome.appeal_by, words))])
    if outcome.documents:
        document.heading(words("Documents that go along"))
        _listed_documents(document, outcome.documents, {}, words)
    return _signed_by(document, words("Decided by"), outcome.intake, words, record)


def _letter(title: str, journal_number: str, sender: Party, words: Words, at: datetime) -> DocumentBuilder:
    """A letter about an application, with its head."""
    document = DocumentBuilder(title, words("Journal number {number}", number=journal_number), words, at)
    document.subtitle(listed(sender.organisation, sender.unit, written_day_of(at, words)))
    return document


def _signed_by(document: DocumentBuilder, heading: str, party: Party, words: Words, record: bytes) -> bytes:
    """The letter, ended with who sends it and how to reach them."""
    document.heading(heading)
    document.facts(party_facts(party, words))
    return document.pdf((record_attachment(record, words),))


def _listed_documents(
    document: DocumentBuilder, documents: Sequence[ListedDocument], wanted: Mapping[str, str], words: Words
) -> None:
    """Documents with what they are; and what they answer, where something was asked for."""
    heads = [words("Document"), words("What it is")]
    rows = [[[Said(one.name)], [Said(words.say(labels.DOCUMENT_ROLE[one.role]))]] for one in documents]
    if not wanted:
        document.table(heads, rows, (0.6, 0.4))
        return
    heads.append(words("What it answers"))
    for one, row in zip(documents, rows, strict=True):
        row.append([Said(wanted.get(one.item, "–"))])
    document.table(heads, rows, (0.36, 0.24, 0.4))


def _how(document: DocumentBuilder, words: Words) -> None:
    document.heading(words("How to answer"))
    document.steps(
        [
            words("Open the request in the app with the code you are given by phone or in person."),
            words("Rate the aims you know about, say how you know, and give one short example for each."),
            words("Choose “Not tried here” for the rest. It says nothing about what the candidate can do."),
            words("Confirm that the answers are true, and send the file back the way it came."),
        ]
    )
    document.note(
        words(
            "You are asked what you have seen, not for a decision: only the county decides what is recognised. "
            "You may stop and go on later; nothing is lost."
        )
    )


def _asked_aims(document: DocumentBuilder, request: EvaluationRequest, words: Words) -> None:
    document.heading(words("Competence aims you are asked about"))
    if len(request.plans) == 1:
        document.paragraph(versioned(request.plan, words))
    for part in in_sets(request.aims, lambda aim: aim):
        if part.begins is not None:
            document.paragraph(versioned(part.begins, words), keep_with_next=True)
        document.subheading(part.title, language=language_tag(part.language))
        document.table(
            (words("Code"), words("Competence aim")),
            [
                ([Said(aim.code, theme.CELL_CODE)], [Said(aim.text, language=language_tag(aim.language))])
                for aim in part.of_set
            ],
            (0.14, 0.86),
        )
