# SPDX-License-Identifier: MIT
"""The practice evaluation as a form to fill in: in any PDF reader, or on paper, by somebody without the app."""

from dataclasses import dataclass
from datetime import datetime

from rkv_app.documents.fillable_binding import REQUEST_FILE, Asked, hidden_values, qr_text, request_json
from rkv_app.documents.fillable_layout import FormDocument
from rkv_app.documents.parts import listed, party_facts
from rkv_app.documents.tagged.finish import Attachment
from rkv_app.documents.wording import written_day_of, written_period
from rkv_app.domain.exchange import EvaluationRequest
from rkv_app.domain.people import Party
from rkv_app.forms.model import Form
from rkv_app.foundation.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bound:
    """What a form is bound to.

    Attributes:
        request_id: id of the message that asks.
        key: a secret of the sender's for this request; without it, only accidents show.
    """

    request_id: str
    key: bytes = b""


def render_fillable(
    request: EvaluationRequest, form: Form, sender: Party, bound: Bound, *, words: Words, at: datetime
) -> bytes:
    """Makes the form with fields for a PDF reader.

    Args:
        request: what is asked.
        form: the form that the request is about.
        sender: the adviser who asks.
        bound: the request that a filled form will be known by.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes. Once it is filled in by another program it
        need not be either any more.
    """
    document, data = _document(request, form, sender, bound, words, at, fillable=True)
    attachment = Attachment(REQUEST_FILE, data, "application/json", words("The request that the form belongs to"))
    return document.pdf(
        (attachment,), lambda pages, fields: hidden_values(pages, fields, bound.request_id, data, bound.key)
    )


def render_paper_form(
    request: EvaluationRequest, form: Form, sender: Party, bound: Bound, *, words: Words, at: datetime
) -> bytes:
    """Makes the form with boxes for a pen. See `render_fillable`."""
    document, _ = _document(request, form, sender, bound, words, at, fillable=False)
    return document.pdf()


def _document(
    request: EvaluationRequest, form: Form, sender: Party, bound: Bound, words: Words, at: datetime, *, fillable: bool
) -> tuple[FormDocument, bytes]:
    placement = request.placement
    asked = Asked(request_id=bound.request_id, language=words.language.value, form=request.form, aims=request.aims)
    data = request_json(asked)
    where_and_when = listed(placement.workplace.name, written_day_of(at, words))
    document = FormDocument(
        words("Practice evaluation"), f"{where_and_when} · {bound.request_id}", words, at, fillable=fillable
    )
    document.subtitle(where_and_when)
    document.facts_beside_code(
        [
            (words("Candidate"), request.candidate_name),
            (words("Workplace"), placement.workplace.name),
            (words("Supervisor"), listed(placement.supervisor.name, placement.supervisor.position)),
            (words("Period"), written_period(placement.start, placement.end, words)),
            *((words("Curriculum"), plan.named) for plan in request.plans),
            (words("From"), listed(sender.name, sender.organisation)),
        ],
        qr_text(bound.request_id, data),
    )
    document.note(_how(words, fillable=fillable))
    document.form(form, request.aims)
    document.confirmation()
    document.heading(words("Questions?"))
    document.paragraph(words("Ask the person who sent this form."))
    document.facts(party_facts(sender, words))
    return document, data


def _how(words: Words, *, fillable: bool) -> str:
    if fillable:
        return words(
            "Fill in the fields in your PDF reader, save the file and send it back. Do not print it first. "
            "Fields with * must be filled in. The file is not locked: send it in the way you have agreed on, "
            "and not by ordinary e-mail."
        )
    return words(
        "Tick and write with a dark pen. What has * must be filled in. Leave the square code free. "
        "Give the form back in the way you have agreed on, all pages together."
    )
