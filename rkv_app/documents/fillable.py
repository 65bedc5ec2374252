# SPDX-License-Identifier: MIT
"""Any form to fill in outside the app, in any PDF reader or on paper; and the practice evaluation of a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rkv_app.documents.fillable_binding import REQUEST_FILE, Asked, hidden_values, qr_text, request_json
from rkv_app.documents.fillable_layout import FormDocument
from rkv_app.documents.parts import listed, party_facts
from rkv_app.documents.tagged.finish import Attachment
from rkv_app.documents.wording import written_day_of, written_period
from rkv_app.domain.evaluations import AimText, FormPin
from rkv_app.domain.exchange import EvaluationRequest
from rkv_app.domain.people import Party
from rkv_app.forms.model import Form
from rkv_app.forms.parts import Said
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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Around:
    """What stands around the questions.

    Attributes:
        title: generic, with the language it is in.
        reference: stands on each page; carries nothing of the person.
        subtitle: stands below the title.
        facts: name and value of what is known already.
        intro: what the form is, in its own words.
        who: whether somebody says below the answers who they are.
        sender: whom to ask.
    """

    title: Said
    reference: str
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    intro: Said | None = None
    who: bool = False
    sender: Party | None = None


def render_to_fill(
    form: Form, asked: Asked, around: Around, *, key: bytes = b"", fillable: bool, words: Words, at: datetime
) -> bytes:
    """Makes a form with fields for a PDF reader, or with boxes for a pen.

    Args:
        form: what is asked.
        asked: what the form will be known by when it comes back; says which language the form's own words are in.
        around: what stands around the questions.
        key: a secret of the sender's, see `fillable_binding.seal`; without it, only accidents show.
        fillable: whether it has fields.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes. Once it is filled in by another program it
        need not be either any more.
    """
    data = request_json(asked)
    document = FormDocument(around.title, around.reference, words, at, fillable=fillable, language=asked.language)
    if around.subtitle:
        document.subtitle(around.subtitle)
    if asked.language in form.machine_translated:
        document.small(words("The words of this form were translated by a machine and read by nobody."))
    document.facts_beside_code(around.facts, qr_text(asked, data), _code_said(asked, words), around.intro)
    document.note(_how(words, fillable=fillable))
    document.form(form, asked.aims)
    if asked.attested:
        document.confirmation()
    if around.who:
        document.who()
    if around.sender is not None:
        document.heading(words("Questions?"))
        document.paragraph(words("Ask the person who sent this form."))
        document.facts(party_facts(around.sender, words))
    if not fillable:
        return document.pdf()
    made_from = (
        words("The request that the form belongs to") if asked.request_id else words("What the form is made from")
    )
    attachment = Attachment(REQUEST_FILE, data, "application/json", made_from)
    return document.pdf((attachment,), lambda pages, fields: hidden_values(pages, fields, asked.request_id, data, key))


def render_blank(
    form: Form,
    pin: FormPin,
    aims: Sequence[AimText] = (),
    *,
    language: str = "",
    fillable: bool,
    words: Words,
    at: datetime,
) -> bytes:
    """Makes a form that belongs to no case, for anybody to fill in.

    Args:
        form: what is asked.
        pin: the exact form, by which it is known when it comes back.
        aims: that its matrices ask about, where they are known.
        language: BCP 47 tag of the form's own words, where they are wanted in another language than the document's.
        fillable: whether it has fields for a PDF reader; else there are boxes for a pen.
        words: the document's language.
        at: when the document is made.

    Returns:
        See `render_to_fill`.
    """
    asked = Asked(request_id="", language=language or words.language.value, form=pin, aims=tuple(aims), attested=False)
    around = Around(
        title=form.title.said(asked.language),
        reference=f"{form.id} {form.version}",
        facts=[(words("Form"), f"{form.id} {form.version}"), (words("Made on"), written_day_of(at, words))],
        intro=form.description.said(asked.language) if form.description else None,
        who=not form.anonymous,
    )
    return render_to_fill(form, asked, around, fillable=fillable, words=words, at=at)


def render_fillable(
    request: EvaluationRequest, form: Form, sender: Party, bound: Bound, *, words: Words, at: datetime
) -> bytes:
    """Makes the practice evaluation that a request asks for, with fields for a PDF reader.

    Args:
        request: what is asked.
        form: the form that the request is about.
        sender: the adviser who asks.
        bound: the request that a filled form will be known by.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

    Returns:
        See `render_to_fill`.
    """
    return _evaluation(request, form, sender, bound, words, at, fillable=True)


def render_paper_form(
    request: EvaluationRequest, form: Form, sender: Party, bound: Bound, *, words: Words, at: datetime
) -> bytes:
    """Makes the form with boxes for a pen. See `render_fillable`."""
    return _evaluation(request, form, sender, bound, words, at, fillable=False)


def _evaluation(
    request: EvaluationRequest, form: Form, sender: Party, bound: Bound, words: Words, at: datetime, *, fillable: bool
) -> bytes:
    placement = request.placement
    language = words.language.value
    where_and_when = listed(placement.workplace.name, written_day_of(at, words))
    around = Around(
        title=Said(words("Practice evaluation"), language),
        reference=f"{where_and_when} · {bound.request_id}",
        subtitle=where_and_when,
        facts=[
            (words("Candidate"), request.candidate_name),
            (words("Workplace"), placement.workplace.name),
            (words("Supervisor"), listed(placement.supervisor.name, placement.supervisor.position)),
            (words("Period"), written_period(placement.start, placement.end, words)),
            *((words("Curriculum"), plan.named) for plan in request.plans),
            (words("From"), listed(sender.name, sender.organisation)),
        ],
        sender=sender,
    )
    asked = Asked(request_id=bound.request_id, language=language, form=request.form, aims=request.aims)
    return render_to_fill(form, asked, around, key=bound.key, fillable=fillable, words=words, at=at)


def _code_said(asked: Asked, words: Words) -> str:
    if asked.request_id:
        return words("Square code by which the app finds the case this form belongs to.")
    return words("Square code by which the app knows the form again.")


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
