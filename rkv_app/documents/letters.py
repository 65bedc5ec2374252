# SPDX-License-Identifier: MIT
"""Letters that go with packets: the request to a supervisor, and the county's receipt."""

from datetime import datetime
from itertools import groupby

from rkv_app.documents import theme
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.parts import listed, party_facts
from rkv_app.documents.wording import language_tag, written_day_of, written_percent, written_period, written_version
from rkv_app.domain.exchange import EvaluationRequest, Receipt
from rkv_app.domain.people import Party
from rkv_app.foundation.i18n import Words


def render_request(request: EvaluationRequest, sender: Party, *, words: Words, at: datetime) -> bytes:
    """Makes the letter that asks a supervisor for a practice evaluation. It holds no secret code.

    Args:
        request: what is asked.
        sender: the adviser who asks.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

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
    return document.pdf()


def render_receipt(receipt: Receipt, *, words: Words, at: datetime) -> bytes:
    """Makes the county's receipt for an application.

    Args:
        receipt: what is confirmed.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    document = DocumentBuilder(
        words("Receipt for an application"),
        words("Journal number {number}", number=receipt.journal_number),
        words,
        at,
    )
    document.subtitle(listed(receipt.intake.organisation, receipt.intake.unit, written_day_of(at, words)))
    document.paragraph(
        words("The application has been received and put in the queue. Nothing has been decided about it yet.")
    )
    document.facts(
        [
            (words("Journal number"), receipt.journal_number),
            (words("Received on"), written_day_of(receipt.received_at, words)),
            (words("Fingerprint of what was received"), _in_groups(receipt.application_sha256)),
        ]
    )
    document.paragraph(
        words(
            "The fingerprint (SHA-256) is worked out from the packet that was received. "
            "The sender's app compares it with what was sent."
        )
    )
    document.heading(words("Received by"))
    document.facts(party_facts(receipt.intake, words))
    return document.pdf()


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
    document.paragraph(
        words(
            "{title} ({code}), version of {version}",
            title=request.curriculum_title,
            code=request.curriculum_code,
            version=written_version(request.curriculum_changed, words),
        )
    )
    for (_, title), group in groupby(request.aims, key=lambda aim: (aim.set_code, aim.set_title)):
        aims = list(group)
        document.subheading(title, language=language_tag(aims[0].language))
        document.table(
            (words("Code"), words("Competence aim")),
            [
                ([Said(aim.code, theme.CELL_CODE)], [Said(aim.text, language=language_tag(aim.language))])
                for aim in aims
            ],
            (0.14, 0.86),
        )


def _in_groups(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
