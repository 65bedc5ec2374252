# SPDX-License-Identifier: MIT
"""Whatever a dialog says can be read whole, with large text too, and it takes no more room than what stands in it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from rkv_app.documents.returned.refusals import not_ours
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.theme import Theme
from rkv_app.ui.widgets.basics import text

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LINES = 30


class Asking(FormDialog):
    """A dialog with so many lines."""

    def __init__(self, lines: int, parent: QWidget) -> None:
        super().__init__(Words(Language.BOKMAL), "Spørsmål", "Svar", "askingDialog", parent)
        for number in range(lines):
            self.fields.addWidget(text(f"Linje {number}"))
        self.fields.addStretch(1)
        self.make_room(560, 700, snug=True)

    def submit(self) -> None:
        """See FormDialog."""


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    theme = Theme(qapp)
    theme.complete()
    theme.set_zoom(2.0)
    yield
    theme.set_zoom(1.0)


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def shown(holder: QWidget, lines: int) -> Asking:
    dialog = Asking(lines, holder)
    dialog.show()
    QApplication.processEvents()
    return dialog


@pytest.mark.usefixtures("large")
def test_a_long_refusal_is_not_cut_with_text_at_twice_the_size_and_is_in_view_at_once(holder: QWidget) -> None:
    dialog = shown(holder, LINES)
    bar = dialog.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    dialog.show_error(not_ours())
    QApplication.processEvents()
    said = [one for one in dialog.messages.findChildren(QLabel) if one.isVisible()]
    assert len(said) == 3
    for label in said:
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert bar.value() == 0


def test_it_is_no_higher_than_what_stands_in_it_and_scrolls_where_that_is_much(holder: QWidget) -> None:
    few, many = shown(holder, 2), shown(holder, LINES)
    bars = [dialog.findChildren(QScrollArea)[0].verticalScrollBar() for dialog in (few, many)]
    assert few.height() < many.height() / 2
    assert [bar.maximum() > 0 for bar in bars] == [False, True]
