# SPDX-License-Identifier: MIT
"""Dates are taken as people write them, and fields say in words what is wrong."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rkv_app.ui.theme import Theme
from rkv_app.ui.widgets.fields import DateEdit, Field, line_edit, read_date, text_edit

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CHRISTMAS = date(2026, 12, 24)


@pytest.mark.parametrize(
    "written", ["24.12.2026", "24.12.26", "24/12/2026", "24 12 2026", "2026-12-24", " 24. 12. 2026 ", "24-12-2026"]
)
def test_a_date_is_understood_as_it_is_written(written: str) -> None:
    assert read_date(written) == CHRISTMAS


@pytest.mark.parametrize(
    "written", ["", "24.12", "31.02.2026", "i dag", "24.12.226", "1.2.3.4", "0.0.0000", "99.99.99"]
)
def test_what_is_no_date_is_not_guessed_at(written: str) -> None:
    assert read_date(written) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_that_is_shown_is_read_back(value: date) -> None:
    assert read_date(f"{value.day:02}.{value.month:02}.{value.year}") == value


@given(st.text(max_size=30))
def test_nothing_that_is_written_breaks_the_field(written: str) -> None:
    read_date(written)


def test_a_half_written_date_is_not_an_answer(qtbot: QtBot) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    told: list[object] = []
    edit.dateChanged.connect(told.append)
    qtbot.keyClicks(edit, "24.12.")
    assert told == []
    assert edit.holds_no_date()
    qtbot.keyClicks(edit, "26")
    assert told == [CHRISTMAS]


def test_an_emptied_date_is_taken_back(qtbot: QtBot) -> None:
    edit = DateEdit(CHRISTMAS)
    qtbot.addWidget(edit)
    told: list[object] = []
    edit.dateChanged.connect(told.append)
    edit.selectAll()
    qtbot.keyClicks(edit, "\b")
    assert told == [None]


def test_a_field_is_named_for_those_who_do_not_see_its_label(qtbot: QtBot) -> None:
    edit = line_edit()
    field = Field("Workplace", edit, hint="Where the candidate works", name="workplaceEdit")
    qtbot.addWidget(field)
    assert edit.accessibleName() == "Workplace"
    assert edit.accessibleDescription() == "Where the candidate works"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """As the app looks once the first window is there."""
    sheet, font, palette = qapp.styleSheet(), qapp.font(), qapp.palette()
    theme = Theme(qapp)
    theme.complete()
    yield theme
    theme.set_zoom(1.0)
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.mark.parametrize("zoom", [1.0, 1.25, 1.5, 2.0])
def test_what_is_written_in_several_lines_is_seen_whole_until_it_is_very_long(
    qtbot: QtBot, theme: Theme, zoom: float
) -> None:
    theme.set_zoom(zoom)
    box = text_edit()
    qtbot.addWidget(box)
    box.resize(300, box.height())
    box.show()
    empty = box.height()
    box.setPlainText("\n".join(f"Line {number}" for number in range(10)))
    ten = box.height()
    assert ten > empty
    assert box.verticalScrollBar().maximum() == 0
    box.setPlainText("\n".join(f"Line {number}" for number in range(200)))
    assert ten < box.height() < 2 * ten
    box.clear()
    assert box.height() == empty


def test_a_text_that_wraps_in_a_narrow_window_gets_the_room_it_needs(qtbot: QtBot) -> None:
    box = text_edit("many words that wrap " * 10)
    qtbot.addWidget(box)
    box.resize(1200, box.height())
    box.show()
    wide = box.height()
    box.resize(200, box.height())
    assert box.height() > wide
