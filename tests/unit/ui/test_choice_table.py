# SPDX-License-Identifier: MIT
"""Questions with the same options are a table, answered by mouse and keys; where it is narrow, each stands alone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from rkv_app.forms.model import MAX_TABLE_OPTIONS, Form
from rkv_app.forms.problems import Problem
from rkv_app.forms.registry import Forms
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.foundation.resources import forms_dir
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.theme import Scheme, load_tokens, style_sheet
from support.table_forms import one_table, table_form

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WIDE, NARROW = 900, 380
WORDS = Words(Language.BOKMAL)


def shown(
    qtbot: QtBot,
    answers: dict[str, object],
    *,
    form: Form | None = None,
    width: int = WIDE,
    locked: bool = False,
    language: str = "",
) -> FormView:
    view = FormView(WORDS, language)
    qtbot.addWidget(view)
    # As high as a page that scrolls makes it: what has no room is laid over what follows.
    view.resize(width, 2400)
    view.show_content(FormContent(form or table_form(), (), answers, locked))
    view.show()
    view.activateWindow()
    qtbot.waitUntil(lambda: view.isActiveWindow())
    # Rows take their places when the layouts around them have been told.
    QApplication.processEvents()
    return view


def button(view: FormView, row: str, code: str) -> QAbstractButton:
    part = view.findChild(object, f"{row}Part")
    return part.findChild(QAbstractButton, f"{code}Option")  # type: ignore[union-attr]


def place(view: FormView, row: str, code: str) -> QPoint:
    one = button(view, row, code)
    return one.mapTo(view, one.rect().center())


def head(view: FormView, words: str) -> QLabel:
    return next(one for one in view.findChildren(QLabel) if one.text() == words)


def focused(view: FormView) -> str:
    """Row and option that the caret is at."""
    now = QApplication.focusWidget()
    part = now
    while part is not None and not part.objectName().endswith("Part"):
        part = part.parentWidget()
    return f"{part.objectName().removesuffix('Part')}/{now.objectName().removesuffix('Option')}" if part and now else ""


def test_each_row_has_its_answers_below_the_words_which_stand_once(qtbot: QtBot) -> None:
    view = shown(qtbot, {"wash": ["you"]})
    for code, words in (("me", "Meg selv"), ("you", "Deg"), ("county", "Fylkeskommunen")):
        above = head(view, words)
        centre = above.mapTo(view, above.rect().center())
        for row in ("wash", "lock", "call"):
            assert abs(place(view, row, code).x() - centre.x()) <= 1
            assert place(view, row, code).y() > centre.y()
    assert place(view, "wash", "me").y() == place(view, "wash", "county").y() < place(view, "lock", "me").y()
    # Nothing but the mark is painted there: no word tells one from the other.
    pictures = [button(view, "lock", code).grab().toImage() for code in ("me", "you")]
    assert pictures[0] == pictures[1]


def test_every_answer_says_its_option_and_its_question_and_the_words_of_help_stand_there(qtbot: QtBot) -> None:
    view = shown(qtbot, {})
    assert button(view, "lock", "you").accessibleName() == "Deg. Låser"
    assert button(view, "lock", "you").accessibleDescription() == "Veilederen"
    assert button(view, "kind", "not_observed").accessibleName() == "Ikke observert. Vennlig?"
    said = [one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view)]
    assert {"Velg alle.", "Også om kvelden.", "Veilederen"} <= set(said)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_is_clicked_is_told_under_the_path_of_its_question(qtbot: QtBot, width: int) -> None:
    view = shown(qtbot, {"wash": ["you"]}, width=width)
    told: list[tuple[str, object]] = []
    view.answerChanged.connect(lambda path, value: told.append((path, value)))
    for row, code in (("wash", "me"), ("early", "county"), ("safe", "no"), ("kind", "not_observed")):
        one = button(view, row, code)
        qtbot.mouseClick(one, Qt.MouseButton.LeftButton, pos=QPoint(4, one.height() - 4))
    assert told == [("wash", ["me", "you"]), ("early", "county"), ("safe", False), ("kind", "not_observed")]


def test_arrows_go_along_a_row_and_tab_goes_to_the_next_one(qtbot: QtBot) -> None:
    view = shown(qtbot, {"lock": ["county"], "early": "you"})
    view.jump_to("wash")
    visited = [focused(view)]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(QApplication.focusWidget(), key)
        visited.append(focused(view))
    assert visited == ["wash/me", "wash/you", "wash/county", "wash/county", "wash/you", "wash/county", "wash/me"]
    rows = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        rows.append(focused(view))
    # Of one answer that is given, the caret goes to that.
    assert rows == ["lock/me", "early/you", "late/me", "safe/yes", "kind/yes"]
    # Backwards too, from wherever in a row.
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focused(view) == "safe/yes"
    view.jump_to("lock")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert focused(view) == "wash/me"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert focused(view) == "lock/county"


def test_arrows_tick_nothing_where_several_can_be_chosen_and_choose_where_one_can(qtbot: QtBot) -> None:
    view = shown(qtbot, {})
    told: list[tuple[str, object]] = []
    view.answerChanged.connect(lambda path, value: told.append((path, value)))
    view.jump_to("lock")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert told == []
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    view.jump_to("late")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert told == [("lock", ["you"]), ("late", "you")]


def test_a_row_that_is_not_asked_is_not_there_and_tab_passes_it_by(qtbot: QtBot) -> None:
    view = shown(qtbot, {"wash": ["me"]})
    assert not button(view, "call", "me").isVisible()
    view.jump_to("lock")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert focused(view) == "early/me"
    view.show_content(FormContent(table_form(), (), {"wash": ["you"]}))
    assert button(view, "call", "me").isVisible()
    view.jump_to("call")
    assert focused(view) == "call/me"


def test_a_table_of_which_nothing_is_asked_is_not_there(qtbot: QtBot) -> None:
    form = one_table(["a", "b"], ["Ja takk", "Nei takk"], only_when_asked=True)
    view = shown(qtbot, {}, form=form)
    assert not any(one.isVisible() for one in view.findChildren(QLabel) if one.text() == "Ja takk")
    view.show_content(FormContent(form, (), {"asked": True}))
    assert head(view, "Ja takk").isVisible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_is_wrong_is_said_below_its_row(qtbot: QtBot, width: int) -> None:
    view = shown(qtbot, {}, width=width)
    view.show_problems([Problem("RKV-FRM-020", "wash", message("An answer is needed here."))])
    (said,) = (one for one in view.findChildren(QLabel, "problemText") if one.isVisible())

    def between_its_row_and_the_next() -> bool:
        top = said.mapTo(view, QPoint(0, 0)).y()
        return place(view, "wash", "me").y() < top < place(view, "lock", "me").y()

    qtbot.waitUntil(between_its_row_and_the_next)


def test_where_there_is_no_room_for_columns_each_row_is_the_question_that_it_is(qtbot: QtBot) -> None:
    view = shown(qtbot, {"wash": ["you"]}, width=NARROW)
    one = button(view, "lock", "county")
    assert one.width() > one.fontMetrics().horizontalAdvance("Fylkeskommunen")
    assert head(view, "Meg selv").height() == 0
    asked = head(view, "Låser")
    assert asked.mapTo(view, asked.rect().bottomLeft()).y() <= one.mapTo(view, QPoint(0, 0)).y()
    view.resize(WIDE, 2400)
    qtbot.waitUntil(lambda: head(view, "Meg selv").height() > 0)
    qtbot.waitUntil(lambda: place(view, "lock", "me").y() == place(view, "lock", "county").y())


def test_large_letters_need_more_room(qtbot: QtBot) -> None:
    view = shown(qtbot, {})
    view.setStyleSheet("QWidget { font-size: 40px; }")
    qtbot.waitUntil(lambda: head(view, "Meg selv").height() == 0)
    assert all(button(view, "wash", code).geometry().right() < view.width() for code in ("me", "you", "county"))


@pytest.mark.parametrize("language", Language)
def test_the_agreement_with_a_workplace_has_its_table_in_a_window_of_ordinary_size(
    qtbot: QtBot, language: Language
) -> None:
    view = FormView(Words(language))
    qtbot.addWidget(view)
    view.setStyleSheet(style_sheet(load_tokens(), Scheme.LIGHT))
    # What is left beside the outline in a window 1280 wide.
    view.resize(631, 900)
    view.show_content(FormContent(Forms(forms_dir()).newest("workplace-agreement"), (), {}))
    view.show()
    qtbot.waitUntil(lambda: place(view, "duty_meetings", "county").x() > 0)
    QApplication.processEvents()
    for row in ("duty_safety", "duty_documents"):
        where = [place(view, row, code) for code in ("candidate", "workplace", "nav", "county")]
        assert len({one.y() for one in where}) == 1
        assert where[0].x() > view.width() / 3


def test_what_was_answered_can_be_read_and_not_changed_once_it_is_completed(qtbot: QtBot) -> None:
    view = shown(qtbot, {"wash": ["you"], "early": "me"}, locked=True)
    assert button(view, "wash", "you").isChecked()
    assert button(view, "early", "me").isChecked()
    assert not any(one.isEnabled() for one in view.findChildren(QAbstractButton) if one.isCheckable())


def test_in_arabic_the_questions_stand_at_the_right_and_the_arrows_follow(qtbot: QtBot) -> None:
    view = shown(qtbot, {}, language="ar")
    assert place(view, "lock", "me").x() > place(view, "lock", "county").x()
    asked = head(view, "Locks")
    assert asked.mapTo(view, asked.rect().center()).x() > place(view, "lock", "me").x()
    view.jump_to("lock")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert focused(view) == "lock/you"


def test_a_table_of_as_many_columns_as_there_may_be_is_shown(qtbot: QtBot) -> None:
    form = one_table(["a", "b"], [str(number) for number in range(MAX_TABLE_OPTIONS)])
    view = shown(qtbot, {}, form=form)
    first, last = place(view, "b", "c0"), place(view, "b", f"c{MAX_TABLE_OPTIONS - 1}")
    assert first.x() < last.x()
    assert first.y() == last.y()
