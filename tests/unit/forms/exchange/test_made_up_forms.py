# SPDX-License-Identifier: MIT
"""Whatever words, options and conditions a form has: it comes back from FHIR, from XLSForm and from its own file."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.forms.exchange.fhir import questionnaire
from rkv_app.forms.exchange.fhir_names import Release
from rkv_app.forms.exchange.fhir_reading import read_json, read_questionnaire
from rkv_app.forms.exchange.plain import form_text, plain_form
from rkv_app.forms.exchange.workbook import read_workbook, write_workbook
from rkv_app.forms.exchange.xlsform import xlsform
from rkv_app.forms.exchange.xlsform_reading import read_xlsform
from rkv_app.forms.loader import checked, form_from_bytes
from rkv_app.forms.model import Form

SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp"))
TEXTS = st.text(SIGNS, min_size=1, max_size=8) | st.sampled_from(
    [
        "=1",
        "yes",
        "null",
        "~",
        "1.0",
        "a: b",
        "# a",
        "it's",
        '"',
        "a\nb",
        "a  b",
        "${x}",
        "_x0041_",
        "or",
        "x' or 'y",
        "é",
    ]
)
LABELS = st.fixed_dictionaries({"nb": TEXTS, "nn": TEXTS, "en": TEXTS}, optional={"uk": TEXTS, "zh-Hant": TEXTS})
NUMBERS = st.integers(-1000, 1000) | st.sampled_from([0.5, -2.25, 1e-7, 12.0])
CODES = st.lists(st.sampled_from(["a", "b", "yes", "no", "true", "x1"]), min_size=1, max_size=4, unique=True)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    codes = draw(CODES)
    options = [
        {
            "code": code,
            "label": draw(LABELS),
            **draw(st.sampled_from([{}, {"score": 0}, {"score": 3}, {"apart": True}])),
        }
        for code in codes
    ]
    kind = draw(st.sampled_from(["choice", "choices", "scale"]))
    asked = [
        {"id": "t", "type": "text", "label": draw(LABELS), "hint": draw(LABELS)},
        {"id": "o", "type": kind, "label": draw(LABELS), "options": options},
        {"id": "n", "type": "hours", "min": -1000, "label": draw(LABELS)},
        {"id": "y", "type": "yes_no", "notObserved": draw(st.booleans()), "label": draw(LABELS)},
        {"id": "d", "type": "date", "label": draw(LABELS)},
    ]
    order = ["=", "!=", "<", "<=", ">", ">="]
    steps = [str(option["code"]) for option in options if kind == "scale" and not option.get("apart")]
    condition = (
        st.fixed_dictionaries({"item": st.sampled_from("tonyd"), "operator": st.just("exists"), "value": st.booleans()})
        | st.fixed_dictionaries({"item": st.just("t"), "operator": st.sampled_from(order[:2]), "value": TEXTS})
        | st.fixed_dictionaries(
            {"item": st.just("o"), "operator": st.sampled_from(order[:2]), "value": st.sampled_from(codes)}
        )
        | st.fixed_dictionaries({"item": st.just("n"), "operator": st.sampled_from(order), "value": NUMBERS})
        | st.fixed_dictionaries({"item": st.just("y"), "operator": st.sampled_from(order[:2]), "value": st.booleans()})
        | st.fixed_dictionaries(
            {"item": st.just("d"), "operator": st.sampled_from(order), "value": st.just("2020-01-01")}
        )
    )
    if steps:
        condition |= st.fixed_dictionaries(
            {"item": st.just("o"), "operator": st.sampled_from(order), "value": st.sampled_from(steps)}
        )
    when = {draw(st.sampled_from(["all", "any"])): draw(st.lists(condition, min_size=1, max_size=3))}
    table = {
        "id": "s",
        "type": "section",
        "label": draw(LABELS),
        **draw(st.sampled_from([{}, {"appearance": "table"}])),
    }
    row = {key: value for key, value in asked[draw(st.sampled_from([1, 3]))].items() if key != "id"}
    table["items"] = [{"id": f"s{at}", **row, "label": draw(LABELS)} for at in range(draw(st.integers(1, 3)))]
    rows = {"id": "r", "type": "repeat", "label": draw(LABELS), "rowLabel": draw(LABELS), "columns": asked}
    last = {"id": "last", "type": "note", "label": draw(LABELS), "enableWhen": when}
    inner = {**last, "id": "inner", "type": "integer"}
    plain = {
        "id": "made-up",
        "version": "2026.1",
        "title": draw(LABELS),
        "items": [*asked, last, table, {**rows, "columns": [*asked, inner]}],
    }
    form = checked(plain)
    assert isinstance(form, Form), form
    return form


@settings(max_examples=10)
@given(forms(), st.sampled_from(Release))
def test_it_comes_back_as_it_was(form: Form, release: Release) -> None:
    assert form_from_bytes(form_text(plain_form(form)).encode(), "") == form
    sent = json.dumps(questionnaire(form, (), release)).encode()
    assert read_questionnaire(read_json(sent)).form == form
    back = read_xlsform(read_workbook(write_workbook(xlsform(form))), form_id="x", version="2026.1")
    assert checked(back.plain) == form
    assert back.untaken == ()
