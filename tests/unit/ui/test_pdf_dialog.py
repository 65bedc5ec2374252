# SPDX-License-Identifier: MIT
"""A PDF is looked at without waiting: found words are marked where they stand, pages listed, sizes chosen."""

import io
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.files import DialogFileChooser
from rkv_app.ui.pdf_dialog import PdfDialog
from rkv_app.ui.pdf_page_list import PageList
from rkv_app.ui.pdf_paper import Paper
from support import hostile_pdfs

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Open = Callable[..., PdfDialog]


@pytest.fixture
def look(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    """Shows a PDF in a window of a size."""
    made: list[PdfDialog] = []
    holder = QWidget()
    qtbot.addWidget(holder)

    def look(content: bytes, width: int = 900, height: int = 700, *, waits: bool = True) -> PdfDialog:
        dialog = PdfDialog(Words(Language.ENGLISH), "attest.pdf", content, DialogFileChooser(), holder)
        made.append(dialog)
        dialog.resize(width, height)
        dialog.show()
        if waits:
            settle(qtbot, dialog)
        return dialog

    yield look
    for dialog in made:
        work = dialog.view._work
        dialog.reject()
        qtbot.waitUntil(lambda work=work: work.reader._pages is None or work.reader._pages._child.poll() is not None)  # type: ignore[misc]


def settle(qtbot: QtBot, dialog: PdfDialog) -> None:
    """Waits until nothing is drawn any more, also what the last thing drawn gave rise to."""
    # The list looks what is in view after the layout is done, which is after one turn of the loop.
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not dialog.busy)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not dialog.busy)


def said(dialog: PdfDialog, name: str) -> str:
    return dialog.findChild(QWidget, name).text()  # type: ignore[attr-defined,no-any-return]


def search(qtbot: QtBot, dialog: PdfDialog, words: str) -> None:
    dialog.findChild(QLineEdit, "searchPdfEdit").setText(words)
    press(qtbot, dialog, "nextHitButton")


def press(qtbot: QtBot, dialog: PdfDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
    settle(qtbot, dialog)


def chosen_in_view(dialog: PdfDialog) -> bool:
    paper = dialog.findChild(Paper)
    place = paper.sheet.chosen_place()
    if place is None:
        return False
    where = QRect(paper.sheet.mapTo(paper.viewport(), place.toRect().topLeft()), place.toRect().size())
    return paper.viewport().rect().contains(where)


def long_page(*words: tuple[str, float]) -> bytes:
    """One page with words at their heights."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for one, height in words:
        canvas.drawString(60, height, one)
    canvas.save()
    return out.getvalue()


def test_the_found_place_is_brought_into_view_and_marked_otherwise_than_the_others(qtbot: QtBot, look: Open) -> None:
    dialog = look(long_page(("praksis i", 800), ("bedrift", 786), ("midt", 400), ("praksis i bedrift", 30)))
    paper = dialog.findChild(Paper)
    white = paper.sheet.grab().toImage()
    search(qtbot, dialog, "Praksis i  bedrift")
    assert said(dialog, "hitsText") == "Hit 1 of 2, page 1"
    assert chosen_in_view(dialog)
    # The first goes over two lines.
    assert [place.hit for place in paper.sheet._places] == [0, 0, 1]
    marked = paper.sheet.grab().toImage()
    first, last = (paper.sheet._on_sheet(paper.sheet._places[at]).toRect() for at in (0, 2))
    inks = [marked.pixelColor(place.left(), place.center().y()) for place in (first, last)]
    assert inks[0] != inks[1]
    assert white.pixelColor(first.left(), first.center().y()) not in inks
    press(qtbot, dialog, "nextHitButton")
    assert said(dialog, "hitsText") == "Hit 2 of 2, page 1"
    assert chosen_in_view(dialog)
    assert paper.verticalScrollBar().value() > 0
    press(qtbot, dialog, "previousHitButton")
    assert paper.verticalScrollBar().value() < paper.verticalScrollBar().maximum()
    assert chosen_in_view(dialog)
    search(qtbot, dialog, "finnes ikke")
    assert list(paper.sheet._places) == []


def test_a_place_on_another_page_is_marked_there_and_selected_in_its_text(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.plain_pdf("En", "To praksis", "Tre praksis"))
    search(qtbot, dialog, "praksis")
    assert said(dialog, "pageText") == "Page 2 of 3"
    assert chosen_in_view(dialog)
    press(qtbot, dialog, "nextHitButton")
    assert said(dialog, "pageText") == "Page 3 of 3"
    assert chosen_in_view(dialog)
    press(qtbot, dialog, "asTextButton")
    written = next(one for one in dialog.findChildren(QPlainTextEdit) if one.accessibleName() == "Text of Page 3 of 3")
    assert written.textCursor().selectedText() == "praksis"
    press(qtbot, dialog, "nextHitButton")
    assert written.accessibleName() == "Text of Page 2 of 3"
    assert written.textCursor().selectedText() == "praksis"


def test_another_search_before_the_first_is_done_finds_its_own_words(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.plain_pdf(*(f"side {number}" for number in range(1, 41))))
    edit, button = dialog.findChild(QLineEdit, "searchPdfEdit"), dialog.findChild(QPushButton, "nextHitButton")
    told: list[object] = []
    dialog.view._search.chosen.connect(told.append)
    for words in ("side", "side 4", "side 39"):
        edit.setText(words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, dialog)
    assert said(dialog, "hitsText") == "Hit 1 of 1, page 39"
    assert len(told) == 1


def test_small_pictures_are_drawn_for_pages_in_view_alone_and_few_are_kept(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.plain_pdf(*map(str, range(1, 301))))
    pages = dialog.findChild(PageList)
    assert pages.isVisible()
    assert 0 < pages.kept() < 12
    bar = pages.verticalScrollBar()
    for part in range(25):
        bar.setValue(bar.maximum() * part // 24)
        QApplication.processEvents()
    settle(qtbot, dialog)
    # What went by was not waited for.
    assert pages.kept() < 60
    for part in range(25):
        bar.setValue(bar.maximum() * part // 24)
        settle(qtbot, dialog)
    assert pages.kept() == 64
    last = pages.model().index(299, 0)
    assert 299 in pages._pages.pictures
    assert pages.visualRect(last).intersects(pages.viewport().rect())


def test_the_list_is_walked_with_the_keyboard_and_read_aloud(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.plain_pdf(*map(str, range(1, 44))))
    pages = dialog.findChild(PageList)
    pages.setFocus()
    for key, place in (
        (Qt.Key.Key_Down, "Page 2 of 43"),
        (Qt.Key.Key_End, "Page 43 of 43"),
        (Qt.Key.Key_Up, "Page 42 of 43"),
        (Qt.Key.Key_Home, "Page 1 of 43"),
    ):
        qtbot.keyClick(pages, key)
        settle(qtbot, dialog)
        assert said(dialog, "pageText") == place
    third = QAccessible.queryAccessibleInterface(pages).child(2)
    assert third.text(QAccessible.Text.Name) == "Page 3 of 43"
    assert QAccessible.queryAccessibleInterface(pages).text(QAccessible.Text.Name) == "Pages"


def test_where_it_is_narrow_the_list_takes_the_place_of_the_page_until_one_is_chosen(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.plain_pdf("En", "To", "Tre"), 420, 700)
    pages, paper = dialog.findChild(PageList), dialog.findChild(Paper)
    assert (pages.isVisible(), paper.isVisible()) == (False, True)
    press(qtbot, dialog, "pagesButton")
    assert (pages.isVisible(), paper.isVisible()) == (True, False)
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    qtbot.keyClick(pages, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert (pages.isVisible(), paper.isVisible()) == (False, True)
    assert said(dialog, "pageText") == "Page 2 of 3"
    dialog.resize(1000, 700)
    settle(qtbot, dialog)
    press(qtbot, dialog, "pagesButton")
    assert (pages.isVisible(), paper.isVisible()) == (True, True)


def test_a_page_is_as_wide_as_the_window_whole_or_by_a_number(qtbot: QtBot, look: Open) -> None:
    dialog = look(long_page(("A4", 800)))
    paper, choice = dialog.findChild(Paper), dialog.findChild(QComboBox, "zoomChoice")
    assert paper.sheet.width() == pytest.approx(paper.room().width(), abs=2)
    dialog.resize(700, 600)
    settle(qtbot, dialog)
    assert paper.sheet.width() == pytest.approx(paper.room().width(), abs=2)
    choice.setCurrentIndex(choice.findText("Fit the page"))
    settle(qtbot, dialog)
    assert paper.verticalScrollBar().maximum() == 0
    assert paper.sheet.height() == pytest.approx(paper.room().height(), abs=2)
    choice.setCurrentIndex(choice.findText("100\N{NO-BREAK SPACE}%"))
    settle(qtbot, dialog)
    assert paper.sheet.width() == pytest.approx(595 * 96 / 72, abs=2)
    drawn = paper.sheet._image
    assert drawn is not None
    assert drawn.width() == pytest.approx(paper.sheet.width(), rel=0.02)


def _wheel(paper: Paper, turned: int, held: Qt.KeyboardModifier) -> None:
    at = QPointF(50, 50)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(paper.viewport(), event)


def test_keys_and_the_wheel_make_it_larger_and_smaller_within_bounds(qtbot: QtBot, look: Open) -> None:
    dialog = look(long_page(("A4", 800)))
    paper, choice = dialog.findChild(Paper), dialog.findChild(QComboBox, "zoomChoice")
    for _ in range(12):
        _wheel(paper, 120, Qt.KeyboardModifier.ControlModifier)
    assert choice.currentText() == "400\N{NO-BREAK SPACE}%"
    settle(qtbot, dialog)
    # Drawn no larger than a picture may be, and shown as large as was asked for.
    assert paper.sheet.width() == pytest.approx(4 * 595 * 96 / 72, abs=2)
    for _ in range(12):
        qtbot.keyClick(dialog, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert choice.currentText() == "50\N{NO-BREAK SPACE}%"
    qtbot.keyClick(dialog, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert choice.currentText() == "75\N{NO-BREAK SPACE}%"
    qtbot.keyClick(dialog, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert choice.currentText() == "Fit the width"
    settle(qtbot, dialog)
    at = paper.verticalScrollBar().value()
    _wheel(paper, -120, Qt.KeyboardModifier.NoModifier)
    assert choice.currentText() == "Fit the width"
    assert paper.verticalScrollBar().value() > at


def test_a_page_that_cannot_be_drawn_is_blank_and_the_others_stay(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.plain_pdf("En", "To"))
    paper = dialog.findChild(Paper)
    # More pages than there are, as a damaged file may claim.
    dialog.view._count = 3
    dialog.view._go_to(2)
    settle(qtbot, dialog)
    assert "RKV-DOC-001" in dialog.messages.said()
    assert paper.sheet._image is None
    dialog.view._go_to(1)
    settle(qtbot, dialog)
    assert paper.sheet._image is not None
    assert said(dialog, "pageText") == "Page 2 of 2"


class Pulse:
    """Counts how often the window could have answered, and notes the longest stretch of its own work, in seconds."""

    def __init__(self, parent: QWidget) -> None:
        self.longest_work, self.beats = 0.0, 0
        self._worked = time.thread_time()
        self._timer = QTimer(parent)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        worked = time.thread_time()
        self.longest_work = max(self.longest_work, worked - self._worked)
        self._worked, self.beats = worked, self.beats + 1


def test_a_page_that_takes_years_does_not_hold_the_window(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.endless_pdf(), waits=False)
    QApplication.processEvents()
    pulse = Pulse(dialog)
    qtbot.waitUntil(lambda: pulse.beats > 100)
    # A window that waits for the page would have it, or its refusal, before it beats so often.
    assert dialog.busy


def test_a_long_document_is_turned_and_scrolled_without_holding_the_window(qtbot: QtBot, look: Open) -> None:
    dialog = look(hostile_pdfs.plain_pdf(*("Praksis i bedrift " * 10 for _ in range(300))))
    pages = dialog.findChild(PageList)
    pulse = Pulse(dialog)
    for number in range(1, 61):
        dialog.view._go_to(number)
        pages.verticalScrollBar().setValue(number * 40)
        QApplication.processEvents()
    settle(qtbot, dialog)
    search(qtbot, dialog, "praksis")
    assert said(dialog, "hitsText").startswith("Hit 1 of 900")
    # What the window's own thread does at a stretch; how long it waits for a processor is the machine's affair.
    assert pulse.longest_work < 0.1
