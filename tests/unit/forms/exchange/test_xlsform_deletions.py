# SPDX-License-Identifier: MIT
"""What somebody takes out of a spreadsheet of ours is gone from the form, or is told; never replaced in silence."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.forms.exchange.workbook import read_workbook, write_workbook
from rkv_app.forms.exchange.xlsform import NOT_OBSERVED_LIST, PART, USUAL_KEY, Sheets, xlsform
from rkv_app.forms.exchange.xlsform_reading import Proposal, read_xlsform
from rkv_app.forms.loader import checked, form_from_bytes
from rkv_app.forms.model import Form

_WORDS = "{nb: A, nn: B, en: C}"
FORM = f"""\
id: deletions
version: "2026.7"
title: {{nb: T, nn: Tn, en: Te}}
description: {_WORDS}
items:
  - {{id: begun, type: date, min: "2020-01-01", max: today, required: true, label: {_WORDS}, hint: {_WORDS}}}
  - id: weekly
    type: hours
    unit: percent
    decimals: 1
    min: 5
    max: 80
    label: {_WORDS}
    guidance: {_WORDS}
    constraints:
      - {{code: law, operator: "<=", value: 40, message: {{nb: For mange, nn: For mange, en: Too many}}}}
  - {{id: note, type: text, minLength: 3, maxLength: 50, label: {{nb: A, nn: B, en: C, uk: D}}}}
  - {{id: story, type: long_text, label: {_WORDS}}}
  - {{id: files, type: attachment, accept: [pdf], max: 3, label: {_WORDS}}}
  - {{id: time, type: period, openEnd: true, min: "2020-01-01", label: {_WORDS}}}
  - {{id: years, type: integer, unit: years, min: 1, max: 9, label: {_WORDS}}}
  - id: own
    type: scale
    label: {_WORDS}
    options:
      - {{code: little, label: {_WORDS}, hint: {_WORDS}, score: 1}}
      - {{code: much, label: {_WORDS}, score: 2}}
      - {{code: unseen, label: {_WORDS}, apart: true}}
  - {{id: seen, type: yes_no, notObserved: true, label: {_WORDS}}}
  - id: jobs
    type: repeat
    min: 1
    max: 4
    label: {_WORDS}
    rowLabel: {_WORDS}
    enableWhen: {{all: [{{item: seen, operator: "=", value: true}}]}}
    columns:
      - {{id: hours, type: hours, label: {_WORDS}}}
  - {{id: total, type: calculated, decimals: 2, label: {_WORDS}, calculate: {{function: sum, of: [jobs/hours]}}}}
""".encode()
# Cells that say for other programs, or for us, what another cell says: without them the form is the same.
_DERIVED = ("default_language", "rkv_relevant")
_WRITTEN = "rkv_written_"


def _read(sheets: Sheets) -> Proposal:
    return read_xlsform(read_workbook(write_workbook(sheets)), form_id="x", version="2026.1")


def _cells(form: Form) -> Iterator[tuple[str, int, str]]:
    for name, rows in xlsform(form).items():
        cells = ((name, number, column) for number, row in enumerate(rows) for column in row)
        yield from (cell for cell in cells if not cell[2].startswith(_WRITTEN))


def _is_derived(form: Form, name: str, number: int, column: str) -> bool:
    row = xlsform(form)[name][number]
    ours = row.get("rkv_type") == PART or row.get("list_name") == NOT_OBSERVED_LIST or row.get("key") == USUAL_KEY
    return ours or column.startswith(_DERIVED) or row.get("type") == f"select_one {NOT_OBSERVED_LIST}"


CELLS = list(_cells(form_from_bytes(FORM, "")))


@given(st.sets(st.sampled_from(CELLS), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_cells_that_are_emptied_are_gone_from_the_form_or_told(cells: set[tuple[str, int, str]]) -> None:
    form = form_from_bytes(FORM, "")
    sheets = xlsform(form)
    # Through no file: that is the same for all, and slow.
    for name, number, column in cells:
        del sheets[name][number][column]
    proposal = read_xlsform(sheets, form_id="x", version="2026.1")
    read = checked(proposal.plain)
    if proposal.untaken or not isinstance(read, Form) or read == form:
        return
    again = xlsform(read)
    for name, number, column in cells:
        kept = number < len(again[name]) and column in again[name][number]
        assert not kept or _is_derived(form, name, number, column)


def test_what_was_written_down_of_a_cell_can_go_and_the_form_stays_as_it_is() -> None:
    form = form_from_bytes(FORM, "")
    sheets = xlsform(form)
    for row in sheets["survey"]:
        for column in [column for column in row if column.startswith(_WRITTEN)]:
            kept = row.pop(column)
            assert checked(read_xlsform(sheets, form_id="x", version="2026.1").plain) == form, column
            row[column] = kept


def _told(name: str, **cells: str) -> tuple[Form, list[tuple[int, str]]]:
    sheets = xlsform(form_from_bytes(FORM, ""))
    next(row for row in sheets["survey"] if row.get("name") == name).update(cells)
    proposal = _read(sheets)
    form = checked(proposal.plain)
    assert isinstance(form, Form), form
    return form, [(one.row, str(one.what)) for one in proposal.untaken]


def test_a_text_limit_that_is_deleted_is_told_to_become_the_usual_one() -> None:
    form, told = _told("note", constraint="string-length(.) >= 3")
    assert getattr(form.find("note"), "max_length", None) == 200
    ((row, said),) = told
    assert row == 4
    assert "maxLength" in said
    assert said.endswith("200")


def test_words_of_a_rule_that_are_changed_beside_the_question_are_taken_over() -> None:
    form, told = _told("weekly", **{"constraint_message::Norsk bokmål (nb)": "Over førti"})
    assert told == []
    assert getattr(form.find("weekly"), "constraints", ())[0].message.nb == "Over førti"


def test_a_type_that_is_changed_is_told_and_not_taken_over() -> None:
    form, told = _told("note", type="integer")
    assert form == form_from_bytes(FORM, "")
    assert told == [(4, "type is not taken over: integer. In the form stands: text")]


@pytest.mark.parametrize(("name", "kind"), [("seen", "select_one  yes-no-other"), ("jobs", " begin  repeat")])
def test_blanks_that_change_nothing_about_a_type_are_not_told(name: str, kind: str) -> None:
    form, told = _told(name, type=kind)
    assert form == form_from_bytes(FORM, "")
    assert told == []


def test_an_older_sheet_that_does_not_say_what_is_usual_is_read_without_a_word() -> None:
    form = form_from_bytes(FORM, "")
    sheets = xlsform(form)
    sheets["rkv_form"] = [row for row in sheets["rkv_form"] if row["key"] != "usual"]
    story = next(row for row in sheets["survey"] if row.get("name") == "story")
    del story["rkv_max_length"]
    proposal = _read(sheets)
    assert proposal.untaken == ()
    assert checked(proposal.plain) == form
