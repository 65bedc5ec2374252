# SPDX-License-Identifier: MIT
"""The parts of the pages show all they are given, as it is, at any width, and can be used without a mouse."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from rkv_app.crypto.codes import normalised_code
from rkv_app.domain.coverage import Source, coverage
from rkv_app.domain.evaluations import AimRating, AimText, KnownBy, Rating
from rkv_app.domain.self_assessment import Own, OwnAnswer
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.ui.coverage_view import CoverageView
from rkv_app.ui.messages import Banner
from rkv_app.ui.spoken_code import SpokenCodePanel
from rkv_app.ui.widgets.basics import chip, clear, text
from rkv_app.ui.widgets.choices import OptionCard
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout
from rkv_app.ui.widgets.table import Table, TableRow

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WORDS = Words(Language.ENGLISH)
LONG = "gjøre rede for hvilke plikter og rettigheter arbeidsgiver og arbeidstaker har på en arbeidsplass " * 3


def _table(qtbot: QtBot, *, wrap: bool) -> Table:
    table = Table("Aims", "aimsTable", stretch=1, wrap=wrap)
    qtbot.addWidget(table)
    table.fill(("Code", "Text"), [TableRow("a", ("KM1", LONG)), TableRow("b", ("KM2", "kort"))])
    table.resize(500, 300)
    table.show()
    return table


def test_what_came_in_a_packet_is_never_read_as_markup(qtbot: QtBot) -> None:
    label = text("<h1>Kjent kontakt</h1>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_regulation_text_stands_whole_in_the_table(qtbot: QtBot) -> None:
    table = _table(qtbot, wrap=True)

    def stands_whole() -> bool:
        room = table.columnWidth(1) - 2 * table.fontMetrics().averageCharWidth()
        needed = table.fontMetrics().boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), LONG).height()
        return table.rowHeight(0) >= needed

    qtbot.waitUntil(stands_whole)
    assert table.textElideMode() is Qt.TextElideMode.ElideNone


def test_a_row_is_opened_with_the_enter_key(qtbot: QtBot) -> None:
    table = _table(qtbot, wrap=False)
    table.setCurrentCell(1, 0)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["b"]


def _holder(qtbot: QtBot, width: int, layout: type[FlowLayout] | type[ColumnsLayout]) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    inside = layout(holder)
    for _ in range(4):
        part = QLabel("part")
        part.setMinimumSize(150, 20)
        inside.addWidget(part)
    holder.resize(width, 400)
    holder.show()
    return holder


def test_no_word_of_an_option_is_cut_however_long_the_quieter_line_has_it(qtbot: QtBot) -> None:
    short, long = OptionCard("PDF"), OptionCard("PDF", "For fylkeskommunens integrasjonspunkt")
    qtbot.addWidget(short)
    qtbot.addWidget(long)
    quiet = QFont(long.font())
    quiet.setPixelSize(max(12, round(quiet.pixelSize() * 0.88)))
    assert long.minimumSizeHint().width() > QFontMetrics(quiet).horizontalAdvance("integrasjonspunkt")
    assert long.minimumSizeHint().width() > short.minimumSizeHint().width()


@pytest.mark.parametrize("layout", [FlowLayout, ColumnsLayout])
@pytest.mark.parametrize("width", [160, 400, 1200])
def test_parts_stay_inside_and_apart_however_narrow_it_is(
    qtbot: QtBot, width: int, layout: type[FlowLayout] | type[ColumnsLayout]
) -> None:
    holder = _holder(qtbot, width, layout)
    places = [part.geometry() for part in holder.findChildren(QLabel)]
    assert all(place.right() < width for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one is not other)


def test_columns_become_fewer_where_it_is_narrow(qtbot: QtBot) -> None:
    holders = [_holder(qtbot, width, ColumnsLayout) for width in (1200, 450, 200)]
    assert [len({part.y() for part in holder.findChildren(QLabel)}) for holder in holders] == [1, 2, 4]


def test_an_error_says_what_happened_what_is_safe_and_its_code(qtbot: QtBot) -> None:
    banner = Banner(WORDS)
    qtbot.addWidget(banner)
    banner.error(UserError("RKV-SYS-001", message("The disk is full."), message("Nothing was changed.")))
    assert banner.said() == "The disk is full.\nNothing was changed.\nCode: RKV-SYS-001"
    assert banner.accessibleName() == "The disk is full."


def test_the_spoken_code_stands_in_its_groups_and_is_read_digit_by_digit(qtbot: QtBot) -> None:
    panel = SpokenCodePanel(WORDS, "12345 67890 12345 67890", "foresporsel.rkvpakke")
    qtbot.addWidget(panel)
    groups = [label for label in panel.findChildren(QLabel) if label.text().isdecimal()]
    assert [label.text() for label in groups] == ["12345", "67890", "12345", "67890"]
    assert groups[0].accessibleName() == "1 2 3 4 5"


def test_the_spoken_code_is_shown_as_words_or_as_digits_and_is_the_same(qtbot: QtBot) -> None:
    panel = SpokenCodePanel(WORDS, "12345 67890 12345 67890", "foresporsel.rkvpakke")
    qtbot.addWidget(panel)
    panel.show()

    def shown() -> str:
        return " ".join(
            one.text() for one in panel.findChildren(QLabel) if one.isVisible() and one.property("kind") == "code"
        )

    assert normalised_code(shown()) == "12345678901234567890"
    assert "1 " in shown()
    qtbot.mouseClick(panel.findChild(QPushButton, "codeAsDigitsButton"), Qt.MouseButton.LeftButton)
    assert shown() == "12345 67890 12345 67890"
    qtbot.mouseClick(panel.findChild(QPushButton, "codeAsWordsButton"), Qt.MouseButton.LeftButton)
    assert len(shown().split()) == 12


def test_a_chip_is_one_line_where_there_is_room_and_no_word_of_it_is_cut_where_there_is_not(qtbot: QtBot) -> None:
    said = chip("Known contact, checked 3 March 2026 by Ola Veileder", "success")
    holder = QWidget()
    qtbot.addWidget(holder)
    FlowLayout(holder).addWidget(said)
    holder.resize(2000, 400)
    holder.show()
    line, width = said.height(), said.width()
    assert line < 2 * said.fontMetrics().height() + said.contentsMargins().top() + said.contentsMargins().bottom()
    holder.resize(width // 2, 400)
    qtbot.waitUntil(lambda: said.width() <= width // 2)
    assert said.height() >= line + said.fontMetrics().height()
    holder.resize(2000, 400)
    qtbot.waitUntil(lambda: said.width() == width)
    assert said.height() == line


def test_every_source_of_an_aim_is_shown_side_by_side(qtbot: QtBot) -> None:
    aim = AimText(code="KM1", uri="", text="fortøye skip", language="nob", set_code="KV1", set_title="Sett")
    seen = AimRating(aim=aim, rating=Rating.INDEPENDENT, known_by=frozenset({KnownBy.OBSERVED}), example="I sidevind.")
    untried = AimRating(aim=aim, rating=Rating.NOT_TRIED)
    view = CoverageView(WORDS)
    qtbot.addWidget(view)
    view.show_coverage(coverage([aim], [Source("1", "Havna", "Kari", seen), Source("2", "Verftet", "Per", untried)]))
    view.show_aim("KM1")
    said = " ".join(label.text() for label in view.findChildren(QLabel))
    for expected in ("Havna", "Verftet", "I sidevind.", "Not tried here", "Does it independently", "● Well documented"):
        assert expected in said


def test_what_the_candidate_says_stands_beside_what_workplaces_say_and_changes_nothing(qtbot: QtBot) -> None:
    aims = [
        AimText(code=code, uri="", text="fortøye skip", language="nob", set_code="KV1", set_title="Sett")
        for code in ("KM1", "KM2")
    ]
    documented = coverage(aims, [Source("1", "Havna", "Kari", AimRating(aim=aims[0], rating=Rating.LEARNING))])

    def shown(own: Sequence[OwnAnswer], code: str) -> tuple[list[str], list[str], str]:
        """The heads of the table, its row for an aim, and all that is said about the aim."""
        view = CoverageView(WORDS)
        qtbot.addWidget(view)
        view.show_coverage(documented, own)
        view.show_aim(code)
        table = view.findChild(Table, "coverageTable")
        assert table is not None
        model, row = table.model(), [one.code for one in aims].index(code)
        columns = range(model.columnCount())
        heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
        said = " ".join(label.text() for label in view.findChildren(QLabel))
        return heads, [model.index(row, column).data() for column in columns][2:], said

    own = [OwnAnswer(aim_code=aim.code, own=Own.CAN, example="Ti år til sjøs.") for aim in aims]
    heads, row, said = shown(own, "KM1")
    assert heads == ["Aim", "Competence aim", "Documented", "The candidate says", "Havna"]
    assert row == ["◑ Partly documented", "■ Can", "◔ In training"]
    for expected in ("The candidate says more than the workplace has seen.", "Ti år til sjøs.", "does not count"):
        assert expected in said
    assert "Ask a workplace" not in said

    _, row, said = shown(own, "KM2")
    assert row == ["○ No information", "■ Can", "Not answered"]
    assert "Ask a workplace to let the candidate try it." in said

    heads, row, said = shown([], "KM2")
    assert heads == ["Aim", "Competence aim", "Documented", "Havna"]
    assert row == ["○ No information", "Not answered"]
    assert "candidate" not in said


@pytest.mark.parametrize("kind", [FlowLayout, ColumnsLayout])
def test_a_layout_takes_what_it_kept_of_its_parts_with_it(kind: type[FlowLayout | ColumnsLayout], qtbot: QtBot) -> None:
    holder = QWidget()
    layout = kind(holder)
    layout.addWidget(text("Arbeidsattest"))
    kept = layout.itemAt(0)
    holder.deleteLater()
    qtbot.waitUntil(lambda: not isValid(holder))
    assert not isValid(kept)


@pytest.mark.parametrize("kind", [QVBoxLayout, FlowLayout])
def test_a_column_that_is_filled_again_and_again_keeps_nothing_of_before(kind: type[QLayout], qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = kind(holder)
    before = text("Arbeidsattest")
    layout.addWidget(before)
    kept = layout.itemAt(0)
    clear(layout)
    qtbot.waitUntil(lambda: not isValid(before))
    assert layout.count() == 0
    assert not isValid(kept)
