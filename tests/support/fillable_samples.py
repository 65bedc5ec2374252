# SPDX-License-Identifier: MIT
"""The case of `document_samples` as a form to fill in, on the practice evaluation that comes with the app."""

from dataclasses import replace
from functools import cache

from rkv_app.documents.fillable import Bound, render_fillable, render_paper_form
from rkv_app.documents.form_answers import Answered, beside_aims
from rkv_app.domain.exchange import EvaluationRequest
from rkv_app.forms.model import Form
from rkv_app.forms.registry import Forms
from rkv_app.foundation.i18n import Words
from rkv_app.foundation.resources import forms_dir
from support.document_samples import AT, adviser, request

BOUND = Bound(request_id="0190f6c2-7d3a-7c11-9a5e-0123456789ab", key=b"a secret of this request")


@cache
def forms() -> Forms:
    """The forms that come with the app."""
    return Forms(forms_dir())


def form() -> Form:
    """The practice evaluation that is asked on."""
    return forms().newest("practice-evaluation")


def asked_on_form() -> EvaluationRequest:
    """The request of the case, on a form that is really there."""
    return replace(request(), form=forms().pin_of(form()))


def beside_aims_in(words: Words) -> tuple[Answered, ...]:
    """What a workplace says in general; one question is not answered."""
    answers = {
        "conduct_safety": "always",
        "conduct_cooperation": "Rolig og grei med alle. " * 12,
        "conduct_strengths": "Ser hva som må gjøres, og sier fra.",
    }
    return beside_aims(form(), answers, (), words, every=True)


def rendered(name: str, words: Words) -> bytes:
    """The form with fields, or the one on paper."""
    render = render_fillable if name == "fillable" else render_paper_form
    return render(asked_on_form(), form(), adviser(), BOUND, words=words, at=AT)
