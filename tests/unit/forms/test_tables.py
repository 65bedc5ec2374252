# SPDX-License-Identifier: MIT
"""A section is a table where its questions can share one row of headings, and an author is told where they cannot."""

from pathlib import Path

import pytest

from rkv_app.forms.answers import relevant_answers, shown_items
from rkv_app.forms.lint import Severity, lint
from rkv_app.forms.migrations import move
from rkv_app.forms.model import MAX_TABLE_OPTIONS, ChoicesItem, Section
from rkv_app.forms.registry import Forms
from rkv_app.foundation.resources import forms_dir
from support.golden_answers import Golden, golden
from support.table_forms import TABLE_FORM, table_form

AGREEMENT = "workplace-agreement"
MANY = "".join(f"            - {{code: c{n}, label: {{nb: a, nn: a, en: a}}}}\n" for n in range(MAX_TABLE_OPTIONS - 2))


def told(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    file = tmp_path / "tables" / "2026.1.yaml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    return [(one.line, str(one.message)) for one in lint(file) if one.severity is Severity.ERROR]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_questions_with_the_same_options_make_a_table_whichever_of_the_four_types_they_are(tmp_path: Path) -> None:
    assert told(tmp_path, TABLE_FORM.replace("type: choice\n", "type: scale\n")) == []
    assert [item.id for item in table_form().items if isinstance(item, Section) and item.is_table] == [
        *("several", "one", "sure")
    ]


@pytest.mark.parametrize(
    ("before", "after", "at", "words"),
    [
        (
            "appearance: table\n    label: {nb: Hvem",
            "appearance: grid\n    label: {nb: Hvem",
            "appearance: grid",
            "table",
        ),
        ("- id: lock\n        type: choices", "- id: lock\n        type: choice", "type: choice\n", "lock and wash"),
        ("{code: you,", "{code: thou,", "options:\n            - {code: me", "lock and wash"),
        (
            "- {id: kind, type: yes_no, notObserved: true,",
            "- {id: kind, type: yes_no,",
            "- {id: kind",
            "kind and safe",
        ),
        (
            "- {id: kind, type: yes_no, notObserved: true,",
            "- {id: kind, type: text,",
            "- {id: kind",
            "Only choice, choices, scale and yes_no can stand in a table; kind is text.",
        ),
        (
            "- {id: kind, type: yes_no, notObserved: true,",
            "- {id: kind, type: note,",
            "- {id: kind",
            "kind is note",
        ),
    ],
)
def test_what_cannot_be_a_table_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, at: str, words: str
) -> None:
    # What differs, differs from the first row on.
    at_row = TABLE_FORM.index("- id: lock") if before.startswith("{code") else 0
    text = TABLE_FORM[:at_row] + TABLE_FORM[at_row:].replace(before, after, 1)
    ((line, said),) = told(tmp_path, text)
    wanted = line_of(text[at_row:], at) + text[:at_row].count("\n")
    assert line in (wanted, wanted + 1)
    assert words in said


def test_a_table_with_more_columns_than_a_screen_has_room_for_is_refused(tmp_path: Path) -> None:
    every = TABLE_FORM.replace("            - {code: county", MANY + "            - {code: county")
    assert [said for _, said in told(tmp_path, every)] == [f"A table has at most {MAX_TABLE_OPTIONS} options."]


def test_a_row_that_is_not_asked_is_just_not_there() -> None:
    form = table_form()
    assert "call" not in shown_items(form, {"wash": ["me"]}, ())
    assert {"wash", "lock", "call"} <= shown_items(form, {"wash": ["you"]}, ())
    assert relevant_answers(form, {"wash": ["me"], "call": ["me"]}, ()) == {"wash": ["me"]}


def test_the_responsibilities_of_the_workplace_agreement_are_a_table() -> None:
    table = Forms(forms_dir()).newest(AGREEMENT).find("usual_duties")
    assert isinstance(table, Section)
    assert table.is_table
    assert len(table.items) == 9
    assert all(isinstance(item, ChoicesItem) for item in table.items)


@pytest.mark.parametrize("one", [one for one in golden(AGREEMENT) if one.version == "2026.1"], ids=str)
def test_no_answer_on_the_older_agreement_is_lost_or_changed_by_moving(one: Golden) -> None:
    forms = Forms(forms_dir())
    old = forms.get(AGREEMENT, "2026.1")
    moved = move(forms.steps(old, forms.newest(AGREEMENT).version), one.answers, one.aims)
    asked = {path for path, _ in old.questions()}
    assert not [loss for loss in moved.lost if loss.path in asked]
    assert moved.changed == ()
    assert relevant_answers(old, one.answers, one.aims) == relevant_answers(
        forms.newest(AGREEMENT), moved.answers, one.aims
    )
