# SPDX-License-Identifier: MIT
"""What somebody changes in a spreadsheet of ours, conditions, rules, calculations: it comes back so, or is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.forms.exchange.workbook import read_workbook, write_workbook
from rkv_app.forms.exchange.xlsform import WRITTEN, Sheets, xlsform
from rkv_app.forms.exchange.xlsform_reading import Proposal, read_xlsform
from rkv_app.forms.loader import checked, form_from_bytes
from rkv_app.forms.model import CalculatedItem, Form
from support.shipped_answers import every_form

LABEL = {"nb": "Ord", "nn": "Ord", "en": "Words"}
FORM = b"""\
id: edits
version: "2026.1"
title: {nb: T, nn: T, en: T}
items:
  - {id: begun, type: date, label: {nb: A, nn: A, en: A}}
  - id: weekly
    type: hours
    max: 80
    label: {nb: A, nn: A, en: A}
    constraints:
      - {code: law, operator: "<=", value: 40, message: {nb: For mange, nn: For mange, en: Too many}}
  - {id: note, type: text, maxLength: 50, label: {nb: A, nn: A, en: A}}
  - {id: trade, type: choice, label: {nb: A, nn: A, en: A}, options: [
      {code: cook, label: {nb: A, nn: A, en: A}, score: 2}, {code: smith, label: {nb: B, nn: B, en: B}, score: 1}]}
  - id: jobs
    type: repeat
    label: {nb: A, nn: A, en: A}
    columns:
      - {id: hours, type: hours, label: {nb: A, nn: A, en: A}}
      - {id: days, type: integer, label: {nb: A, nn: A, en: A}}
      - {id: kind, type: choice, label: {nb: A, nn: A, en: A}, options: [
          {code: paid, label: {nb: A, nn: A, en: A}}, {code: unpaid, label: {nb: B, nn: B, en: B}}]}
  - {id: ended, type: date, label: {nb: A, nn: A, en: A}}
  - {id: total, type: calculated, label: {nb: A, nn: A, en: A}, calculate: {function: sum, of: [jobs/hours]}}
"""


def _read(sheets: Sheets) -> Proposal:
    return read_xlsform(read_workbook(write_workbook(sheets)), form_id="x", version="2026.1")


def _edited(name: str, **cells: str) -> tuple[Form, Proposal]:
    sheets = xlsform(form_from_bytes(FORM, ""))
    row = next(row for row in sheets["survey"] if row.get("name") == name)
    row.update(cells)
    proposal = _read(sheets)
    form = checked(proposal.plain)
    assert isinstance(form, Form), form
    return form, proposal


def _bounds(form: Form, name: str) -> tuple[object, object, list[tuple[str, str, object, object]]]:
    item = form.find(name)
    found = [(one.code, one.operator.value, one.value, one.item) for one in getattr(item, "constraints", ())]
    text = hasattr(item, "max_length")
    low, high = (getattr(item, f"{end}_length" if text else end, None) for end in ("min", "max"))
    return low, high, found


LAW = ("law", "<=", 40, None)


@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.id}-{form.version}")
def test_all_that_the_writer_says_is_understood_again(form: Form) -> None:
    sheets = xlsform(form)
    for row in sheets["survey"]:
        for column in WRITTEN.values():
            # As if each of them had been changed, and changed back in another program; what stands as a form says it
            # beside the expression does so since the expression alone does not tell it.
            if column in row and row[column] != "''" and not (column == WRITTEN["relevant"] and "rkv_relevant" in row):
                row[column] = "?"
    back = _read(sheets)
    assert back.untaken == ()
    assert checked(back.plain) == form


ORDER = ["<", "<=", ">", ">="]
AMOUNTS = st.integers(-50, 50) | st.sampled_from([0.5, -2.25])
RULES = st.lists(st.tuples(st.sampled_from([*ORDER, "=", "!="]), AMOUNTS), max_size=3, unique=True)


@settings(max_examples=80)
@given(RULES, st.none() | AMOUNTS, st.none() | AMOUNTS, st.sampled_from(["hours", "scale", "choices", "date"]))
def test_whatever_rules_a_question_has_they_are_understood_again(
    rules: list[tuple[str, float]], least: float | None, most: float | None, kind: str
) -> None:
    codes = ["a", "b", "c"]
    item: dict[str, object] = {"id": "q", "type": kind, "label": LABEL}
    values: list[object] = [value for _, value in rules]
    operators = [operator for operator, _ in rules]
    if kind == "hours":
        low, high = sorted([least if least is not None else -60, most if most is not None else 60])
        item |= {"min": low, "max": high}
    elif kind == "date":
        values = [f"2026-01-{1 + int(abs(value)) % 28:02}" for _, value in rules]
    else:
        item["options"] = [{"code": code, "label": LABEL, **({"apart": True} if code == "c" else {})} for code in codes]
        values = [codes[int(abs(value)) % 2] for _, value in rules]
        if kind == "choices":
            operators = ["=" if operator in ORDER else operator for operator in operators]
    item["constraints"] = [
        {"code": f"c{number}", "operator": operator, "value": value, "message": LABEL}
        for number, (operator, value) in enumerate(zip(operators, values, strict=True))
    ]
    form = checked({"id": "made-up", "version": "2026.1", "title": LABEL, "items": [item]})
    assert isinstance(form, Form), form
    sheets = xlsform(form)
    sheets["survey"][0][WRITTEN["constraint"]] = "?"
    back = read_xlsform(sheets, form_id="x", version="2026.1")
    assert back.untaken == ()
    assert checked(back.plain) == form


@pytest.mark.parametrize(
    ("name", "changed", "expected"),
    [
        ("weekly", ". >= 0 and . <= 60 and . <= 40", (0, 60, [LAW])),
        ("weekly", ". >= 0 and . <= 80 and . <= 37.5", (0, 80, [("law", "<=", 37.5, None)])),
        ("weekly", ".>=1 and .<=80 and .<=40", (1, 80, [LAW])),
        ("weekly", ". >= 0 and . <= 80", (0, 80, [])),
        ("weekly", ". >= 0 and . <= 80 and . <= 40 and . != 13", (0, 80, [LAW, ("rule_2", "!=", 13, None)])),
        ("note", "string-length(.) >= 5 and string-length(.) <= 30", (5, 30, [])),
        ("begun", ". <= today()", (None, "today", [])),
        ("begun", ". >= date('2020-01-01')", ("2020-01-01", None, [])),
        ("ended", "(${begun} = '' or . > ${begun})", (None, None, [("rule_1", ">", None, "begun")])),
        ("trade", ". != 'smith'", (None, None, [("rule_1", "!=", "smith", None)])),
    ],
)
def test_a_changed_rule_is_taken_over(name: str, changed: str, expected: object) -> None:
    words = {f"constraint_message::{tag}": "Ord" for tag in ("Bokmål (nb)", "Nynorsk (nn)", "English (en)")}
    form, proposal = _edited(name, constraint=changed, **words)
    assert proposal.untaken == ()
    assert _bounds(form, name) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("sum(${jobs.days})", {"function": "sum", "of": ["jobs/days"]}),
        ("sum(${jobs.hours}) + coalesce(${weekly}, 0)", {"function": "sum", "of": ["jobs/hours", "weekly"]}),
        ("count(${jobs})", {"function": "count", "of": ["jobs"]}),
        ("count(${jobs.kind}[. != ''])", {"function": "count", "of": ["jobs/kind"]}),
        ("count(${jobs.kind}[.='paid'])", {"function": "count", "of": ["jobs/kind"], "value": "paid"}),
        (
            "if(selected(${trade}, 'cook'), 2, 0) + if(selected(${trade}, 'smith'), 1, 0)",
            {"function": "score", "of": ["trade"]},
        ),
    ],
)
def test_a_changed_calculation_is_taken_over(changed: str, expected: dict[str, object]) -> None:
    form, proposal = _edited("total", calculation=changed)
    assert proposal.untaken == ()
    item = form.find("total")
    assert isinstance(item, CalculatedItem)
    assert item.calculate.model_dump(mode="json", exclude_none=True) == expected


@pytest.mark.parametrize(
    ("name", "column", "changed"),
    [
        ("weekly", "constraint", ". * 2 <= 80"),
        ("weekly", "constraint", ". >= 0 or . <= 80"),
        ("weekly", "constraint", ". <= 'many'"),
        ("weekly", "constraint", ". <= ${nobody}"),
        ("begun", "constraint", "(${ended} = '' or . < ${ended})"),
        ("trade", "constraint", ". = 'baker'"),
        ("trade", "constraint", ". != 'smith'"),
        ("note", "constraint", "regex(., '[0-9]+')"),
        ("jobs", "constraint", ". <= 3"),
        ("total", "calculation", ""),
        ("total", "calculation", "sum(${jobs.kind})"),
        ("total", "calculation", "sum(${jobs.hours}) * 2"),
        ("total", "calculation", "sum(${weekly})"),
        ("total", "calculation", "count(${jobs.kind}[. = 'stolen'])"),
        ("total", "calculation", "count(${jobs}) + sum(${jobs.hours})"),
        ("total", "calculation", "if(selected(${trade}, 'cook'), 9, 0)"),
        ("weekly", "calculation", "1 + 1"),
    ],
)
def test_what_is_not_understood_is_told_with_its_row_and_changes_nothing(name: str, column: str, changed: str) -> None:
    form, proposal = _edited(name, **{column: changed})
    assert form == form_from_bytes(FORM, "")
    row = [one.get("name") for one in xlsform(form)["survey"]].index(name) + 2
    assert [(one.sheet, one.row) for one in proposal.untaken] == [("survey", row)]


ASKED = b"""\
id: asked
version: "2026.1"
title: {nb: T, nn: T, en: T}
items:
  - {id: works, type: yes_no, label: {nb: A, nn: A, en: A}}
  - {id: weekly, type: hours, label: {nb: A, nn: A, en: A}}
  - id: skill
    type: scale
    label: {nb: A, nn: A, en: A}
    options:
      - {code: none, label: {nb: A, nn: A, en: A}}
      - {code: some, label: {nb: B, nn: B, en: B}}
      - {code: full, label: {nb: C, nn: C, en: C}}
  - {id: said, type: note, label: {nb: A, nn: A, en: A}, enableWhen: {all: [{item: works, operator: "=", value: true}]}}
  - id: where
    type: text
    label: {nb: A, nn: A, en: A}
    enableWhen: {all: [{item: skill, operator: ">", value: none}, {item: works, operator: "=", value: true}]}
  - id: jobs
    type: repeat
    label: {nb: A, nn: A, en: A}
    columns:
      - {id: own, type: hours, label: {nb: A, nn: A, en: A}}
      - {id: why, type: text, label: {nb: A, nn: A, en: A},
         enableWhen: {any: [{item: own, operator: "<", value: 5}]}}
  - {id: always, type: text, label: {nb: A, nn: A, en: A}}
"""
ABOVE = ("skill", ">", "none")
WORKS = ("works", "=", True)
SKILLED = "(${skill} = 'some' or ${skill} = 'full')"


def _condition_edited(name: str, changed: str) -> tuple[Form, Proposal]:
    sheets = xlsform(form_from_bytes(ASKED, ""))
    next(row for row in sheets["survey"] if row.get("name") == name)["relevant"] = changed
    proposal = _read(sheets)
    form = checked(proposal.plain)
    assert isinstance(form, Form), form
    return form, proposal


@pytest.mark.parametrize(
    ("name", "changed", "joined", "expected"),
    [
        ("said", "${works} = 'no'", "all", [("works", "=", False)]),
        ("said", "${works} = 'no' or ${weekly} > 10", "any", [("works", "=", False), ("weekly", ">", 10)]),
        ("said", "", "", []),
        ("always", "${works} != ''", "all", [("works", "exists", True)]),
        # What it stands beside is no condition for good.
        ("where", "${works} = 'yes'", "all", [WORKS]),
        ("where", "", "", []),
        ("where", f"{SKILLED} and ${{works}} = 'no'", "all", [ABOVE, ("works", "=", False)]),
        ("where", f"{SKILLED}  or  ${{works}} = 'yes'", "any", [ABOVE, WORKS]),
        ("where", "(${skill} = 'full') and ${works} = 'yes'", "all", [("skill", ">=", "full"), WORKS]),
        ("jobs.why", "${jobs.own} < 5 and ${jobs.own} > 1", "all", [("own", "<", 5), ("own", ">", 1)]),
    ],
)
def test_a_changed_condition_is_taken_over(
    name: str, changed: str, joined: str, expected: list[tuple[str, str, object]]
) -> None:
    form, proposal = _condition_edited(name, changed)
    assert proposal.untaken == ()
    found = {ref.replace("/", "."): item for ref, item in form.questions()}.get(name) or form.find(name)
    assert found is not None
    when = found.enable_when
    assert (when.conditions if when else ()) == (getattr(when, joined) if when else ())
    assert [(one.item, one.operator.value, one.value) for one in (when.conditions if when else ())] == expected


@pytest.mark.parametrize("name", ["said", "where", "jobs.why", "always"])
@pytest.mark.parametrize(
    "changed",
    ["${works} * 2 = 4", "${nobody} = 'yes'", "${skill} = 'slight'", "(${skill} = 'none' or ${skill} = 'full')"],
)
def test_a_condition_that_is_not_understood_is_told_and_the_one_before_is_kept(name: str, changed: str) -> None:
    form, proposal = _condition_edited(name, changed)
    assert form == form_from_bytes(ASKED, "")
    row = [one.get("name") for one in xlsform(form)["survey"]].index(name) + 2
    assert [(one.sheet, one.row) for one in proposal.untaken] == [("survey", row)]
    assert str(proposal.untaken[0].what).startswith("What was changed in relevant")


def test_a_sheet_from_before_edits_were_read_is_read_as_it_was() -> None:
    sheets = xlsform(form_from_bytes(FORM, ""))
    for row in sheets["survey"]:
        for column in WRITTEN.values():
            row.pop(column, None)
    assert checked(_read(sheets).plain) == form_from_bytes(FORM, "")
