# SPDX-License-Identifier: MIT
"""What stands in a window is read, kept as JSON, and put back into a window made anew, in any language."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rkv_app.ui.context import PageName, Route
from rkv_app.ui.locking.fields import Spot, return_to, spot, type_again, typed
from rkv_app.ui.locking.kept import Draft, Here, OpenDialog, WindowState, from_json, to_json
from rkv_app.ui.widgets.fields import Field, combo_box, line_edit, percent_box, text_edit

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Window(QWidget):
    """One of each field."""

    def __init__(self, label: str) -> None:
        super().__init__()
        inside = QVBoxLayout(self)
        self.line, self.tasks, self.percent = line_edit(), text_edit(), percent_box()
        self.secret = line_edit(secret=True)
        self.measure = combo_box([("a", f"{label} A"), ("b", f"{label} B")])
        self.twins = [QPlainTextEdit(), QPlainTextEdit()]
        self.shielded = QCheckBox(label)
        for name, control in {
            "lineEdit": self.line,
            "tasksEdit": self.tasks,
            "percentSpin": self.percent,
            "secretEdit": self.secret,
            "measureCombo": self.measure,
        }.items():
            inside.addWidget(Field(label, control, name=name))
        for twin in (*self.twins, self.shielded):
            inside.addWidget(twin)


@pytest.fixture
def before(qtbot: QtBot) -> Window:
    made = Window("English")
    qtbot.addWidget(made)
    made.line.setText("Amina")
    made.tasks.setPlainText("Fortøyning.\nKlargjøring.")
    made.percent.setValue(80)
    made.secret.setText("hemmelig passord")
    made.measure.setCurrentIndex(1)
    made.twins[1].setPlainText("den andre")
    made.shielded.setChecked(True)
    made.show()
    return made


def test_all_fields_are_filled_again_in_another_language(before: Window, qtbot: QtBot) -> None:
    kept = json.loads(json.dumps(typed(before)))
    after = Window("Nynorsk")
    qtbot.addWidget(after)
    type_again(after, kept)
    assert after.line.text() == "Amina"
    assert after.tasks.toPlainText() == "Fortøyning.\nKlargjøring."
    assert after.percent.value() == 80
    assert after.measure.currentData() == "b"
    assert [twin.toPlainText() for twin in after.twins] == ["", "den andre"]
    assert after.shielded.isChecked()


def test_a_passphrase_is_never_kept(before: Window) -> None:
    assert "hemmelig passord" not in json.dumps(typed(before))
    assert "hemmelig passord" not in json.dumps(to_json(_state(before, before.secret)))


@pytest.mark.parametrize(("anchor", "caret"), [(3, 3), (2, 7), (7, 2)])
def test_caret_and_selection_come_back(before: Window, qtbot: QtBot, anchor: int, caret: int) -> None:
    cursor = before.tasks.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(caret, cursor.MoveMode.KeepAnchor)
    before.tasks.setTextCursor(cursor)
    before.line.setText("Amina Eksempel")
    before.line.setCursorPosition(anchor)
    before.line.cursorForward(True, caret - anchor)
    kept = [spot(before, before.tasks), spot(before, before.line)]
    before.hide()
    after = Window("Nynorsk")
    qtbot.addWidget(after)
    after.show()
    type_again(after, typed(before))
    assert [return_to(after, one) for one in kept] == [True, True]
    cursor = after.tasks.textCursor()
    assert (cursor.anchor(), cursor.position()) == (anchor, caret)
    assert after.line.cursorPosition() == caret
    assert after.line.selectedText() == "Amina Eksempel"[min(anchor, caret) : max(anchor, caret)]


def test_what_is_gone_from_the_window_is_no_trouble(before: Window) -> None:
    type_again(before, {"noSuchEdit:QLineEdit": "x"})
    assert not return_to(before, Spot("noSuchEdit:QLineEdit", 5, 5, 5, {"noSuchTable:QTableWidget": 4}))


def test_a_field_of_another_kind_under_the_same_name_is_left_alone(before: Window) -> None:
    type_again(before, {"lineEdit:QPlainTextEdit": "x", "measureCombo:QComboBox": "c"})
    assert before.line.text() == "Amina"
    assert before.measure.currentData() == "b"


def _state(window: QWidget, focused: QWidget) -> WindowState:
    route = Route(PageName.CASES)
    dialog = OpenDialog("newCaseDialog", typed(window), spot(window, focused))
    here = Here(Route(PageName.CASE, "1"), (route,), 300, spot(window, focused))
    return WindowState(here, (Draft(route, typed(window), {"aims/A/rating": None}, dialog),))


def test_a_state_is_the_same_after_it_was_kept(before: Window) -> None:
    state = _state(before, before.tasks)
    assert from_json(json.loads(json.dumps(to_json(state)))) == state
    assert to_json(WindowState()) == {}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["page", "drafts", "typed"]), inner),
)
_PARTS = st.sampled_from(["here", "drafts", "route", "page", "history", "spot", "typed", "unsaved", "dialog"])


@given(st.dictionaries(_PARTS, _JSON))
def test_no_state_whatever_keeps_a_store_shut(kept: dict[str, Any]) -> None:
    assert isinstance(from_json(kept), WindowState)


def test_each_field_is_kept_once(before: Window) -> None:
    assert sorted(place.partition(":")[0] for place in typed(before) if "#" not in place) == [
        "",
        "",
        "lineEdit",
        "measureCombo",
        "percentSpin",
        "tasksEdit",
    ]
