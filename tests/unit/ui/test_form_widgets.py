# SPDX-License-Identifier: MIT
"""Every type of question has a widget, and the form on screen is the form in the file."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import QUESTIONS, AimMatrixItem, Form
from rkv_app.forms.registry import Forms
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.resources import forms_dir
from rkv_app.ui.form_widgets.aim_card import AimCard
from rkv_app.ui.form_widgets.fields import printable
from rkv_app.ui.form_widgets.filling import Filling, Mark
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.form_widgets.registry import types_with_a_widget
from support.every_type import every_type

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WORDS = Words(Language.BOKMAL)


def _aims(number: int) -> tuple[AimText, ...]:
    return tuple(
        AimText(
            code=f"KM{at:04}",
            uri=f"urn:{at}",
            text=f"mål nummer {at}",
            language="nob",
            set_code="KV1",
            set_title="Sett",
        )
        for at in range(1, number + 1)
    )


@pytest.fixture
def form() -> Form:
    return Forms(forms_dir()).newest("practice-evaluation")


@pytest.fixture
def matrix(form: Form) -> AimMatrixItem:
    return form.matrices()[0]


def _shown(qtbot: QtBot, form: Form, answers: dict[str, object], number: int = 3, *, locked: bool = False) -> FormView:
    view = FormView(WORDS)
    qtbot.addWidget(view)
    view.show_content(FormContent(form, _aims(number), answers, locked))
    view.show()
    view.activateWindow()
    qtbot.waitUntil(lambda: view.is_complete() and view.isActiveWindow())
    return view


def _button(view: FormView, name: str) -> QAbstractButton:
    return next(one for one in view.findChildren(QAbstractButton) if one.accessibleName() == name)


def test_aims_in_another_language_than_the_readers_say_so_once_for_all_or_each(qtbot: QtBot, form: Form) -> None:
    def notes(*languages: str) -> list[str]:
        aims = tuple(replace(aim, language=one) for aim, one in zip(_aims(len(languages)), languages, strict=True))
        view = FormView(WORDS)
        qtbot.addWidget(view)
        view.show_content(FormContent(form, aims, {}, locked=False))
        view.show()
        qtbot.waitUntil(view.is_complete)
        return [one.text() for one in view.findChildren(QLabel) if one.text().startswith("Bare på")]

    assert notes("nob", "nob") == []
    assert notes("nno", "nno") == ["Bare på nynorsk."]
    assert notes("nob", "nno", "sme") == ["Bare på nynorsk.", "Bare på nordsamisk."]


def test_every_type_of_question_can_be_answered() -> None:
    assert types_with_a_widget() == frozenset(QUESTIONS)
    assert {type(question) for _, question in every_type().questions()} == set(QUESTIONS)


def test_every_aim_gets_a_card_however_many_there_are(qtbot: QtBot, form: Form) -> None:
    view = _shown(qtbot, form, {}, 41)
    assert all(view.findChild(object, f"aim-{aim.code}Card") for aim in _aims(41))


def test_a_rating_is_told_under_the_path_of_its_aim(qtbot: QtBot, form: Form, matrix: AimMatrixItem) -> None:
    view = _shown(qtbot, form, {})
    label = next(option.label.nb for option in matrix.columns[0].options if option.code == "independent")  # type: ignore[union-attr]
    with qtbot.waitSignal(view.answerChanged) as told:
        _button(view, f"{label}. {matrix.columns[0].label.nb} KM0002").click()
    assert told.args == [f"{matrix.id}/KM0002/rating", "independent"]


def test_the_number_keys_rate_the_aim_one_is_in(qtbot: QtBot, form: Form, matrix: AimMatrixItem) -> None:
    view = _shown(qtbot, form, {})
    view.jump_to(f"{matrix.id}/KM0003/rating")
    with qtbot.waitSignal(view.answerChanged) as told:
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_3)
    assert told.args == [f"{matrix.id}/KM0003/rating", "guided"]


def test_not_tried_here_asks_nothing_more(qtbot: QtBot, form: Form, matrix: AimMatrixItem) -> None:
    path = f"{matrix.id}/KM0001/rating"
    view = _shown(qtbot, form, {path: "learning"}, 1)
    examples = [edit for edit in view.findChildren(QPlainTextEdit) if "KM0001" in edit.accessibleName()]
    assert [edit.isVisible() for edit in examples] == [True]
    view.show_content(FormContent(form, _aims(1), {path: "not_tried"}))
    assert [edit.isVisible() for edit in examples] == [False]


def test_text_under_the_caret_is_left_alone(qtbot: QtBot, form: Form, matrix: AimMatrixItem) -> None:
    answers: dict[str, object] = {f"{matrix.id}/KM0001/rating": "guided"}
    view = _shown(qtbot, form, answers, 1)
    view.jump_to(f"{matrix.id}/KM0001/example")
    edit = next(edit for edit in view.findChildren(QPlainTextEdit) if edit.hasFocus())
    qtbot.keyClicks(edit, "Fortøyde skipet")
    view.show_content(FormContent(form, _aims(1), {**answers, f"{matrix.id}/KM0001/example": "Fort"}))
    assert edit.toPlainText() == "Fortøyde skipet"


def test_a_completed_form_can_be_read_but_not_changed(qtbot: QtBot, form: Form, matrix: AimMatrixItem) -> None:
    answers: dict[str, object] = {f"{matrix.id}/KM0001/rating": "guided", f"{matrix.id}/KM0001/example": "Skrevet."}
    view = _shown(qtbot, form, answers, 1, locked=True)
    assert all(edit.isReadOnly() for edit in view.findChildren(QPlainTextEdit))
    assert not any(option.isEnabled() for option in view.findChildren(QAbstractButton) if option.isCheckable())


def test_whatever_the_type_a_completed_form_is_read_and_not_changed(qtbot: QtBot) -> None:
    answers: dict[str, object] = {"works": True, "jobs": ["a"], "jobs/a/where": "Smia", "papers": ["x"]}
    view = FormView(WORDS)
    qtbot.addWidget(view)
    view.show_content(FormContent(every_type(), _aims(1), answers, locked=True, files={"x": "attest.pdf"}))
    view.show()
    assert all(edit.isReadOnly() for edit in view.findChildren(QLineEdit))
    usable = [one for one in view.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
    assert {one.objectName() for one in usable} == {"helpButton"}
    assert not any(combo.isEnabled() for combo in view.findChildren(QComboBox))


def test_a_file_is_asked_for_by_its_place_and_shown_by_its_name(qtbot: QtBot) -> None:
    form = every_type()
    view = _shown(qtbot, form, {"papers": ["x"]})
    with qtbot.waitSignal(view.fileAsked) as told:
        _button(view, "Velg en fil … Attester").click()
    assert told.args == ["papers"]
    view.show_content(FormContent(form, _aims(3), {"papers": ["x", "y"]}, files={"x": "attest.pdf", "y": "kurs.png"}))
    assert not _button(view, "Velg en fil … Attester").isEnabled()
    with qtbot.waitSignal(view.answerChanged) as told:
        _button(view, "Fjern attest.pdf").click()
    assert told.args == ["papers", ["y"]]
    with qtbot.waitSignal(view.answerChanged) as told:
        _button(view, "Angre: hent tilbake attest.pdf").click()
    assert told.args == ["papers", ["x", "y"]]


def test_the_outline_says_how_far_each_section_has_come() -> None:
    filling = Filling(every_type(), {}, _aims(2), today=date(2026, 11, 23))

    def marks() -> dict[str, Mark | None]:
        return {entry.path: entry.mark for entry in filling.outline(WORDS)}

    assert marks()["about"] is Mark.UNANSWERED
    filling.answer("story", "En lang dag.")
    assert marks()["about"] is Mark.BEGUN
    filling.answer("name", "Kim")
    filling.answer("aims/KM0001/rating", "much")
    found = marks()
    assert (found["about"], found["tasks"]) == (Mark.ANSWERED, Mark.BEGUN)
    assert (found["aims/KM0001"], found["aims/KM0002"]) == (Mark.ANSWERED, Mark.UNANSWERED)
    assert "jobs" not in found
    filling.answer("works", True)
    filling.answer("jobs", ["a"])
    assert marks()["jobs"] is Mark.BEGUN
    assert not any(entry.problem for entry in filling.outline(WORDS))
    filling.checked = True
    assert [entry.path for entry in filling.outline(WORDS) if entry.problem] == ["jobs"]
    assert [one.said for one in filling.to_put_right(WORDS)] == ["Jobb 1, Sted: Her må du svare."]


def test_the_code_of_an_aim_begins_its_card_in_arabic_too(qtbot: QtBot) -> None:
    aim = AimText(code="KM0001", uri="urn:1", text="knyte", language="nob", set_code="KV1", set_title="Tau")
    view = FormView(WORDS, "ar")
    qtbot.addWidget(view)
    view.resize(700, 900)
    view.show_content(FormContent(every_type(), (aim,), {}))
    view.show()
    (card,) = view.findChildren(AimCard)
    (code,) = (label for label in card.findChildren(QLabel) if label.text() == "KM0001")
    qtbot.waitUntil(lambda: code.geometry().right() > card.width() - 40)
    assert code.width() < card.width() / 4


def test_a_form_in_arabic_begins_at_the_right(qtbot: QtBot) -> None:
    view = FormView(WORDS, "ar")
    qtbot.addWidget(view)
    view.resize(700, 900)
    view.show_content(FormContent(every_type(), (), {}))
    view.show()
    qtbot.waitUntil(lambda: view.findChild(QAbstractButton, "yesOption").x() > 0)  # type: ignore[union-attr]
    yes, no = (view.findChild(QAbstractButton, f"{code}Option") for code in ("yes", "no"))
    assert isinstance(yes, QAbstractButton)
    assert isinstance(no, QAbstractButton)
    assert yes.x() > no.x()


def test_tab_leaves_every_text_field(qtbot: QtBot, form: Form) -> None:
    view = _shown(qtbot, form, {})
    assert all(edit.tabChangesFocus() for edit in view.findChildren(QPlainTextEdit))


def test_everything_that_takes_an_answer_has_a_name_of_its_own(qtbot: QtBot, form: Form, matrix: AimMatrixItem) -> None:
    answers: dict[str, object] = {f"{matrix.id}/{aim.code}/rating": "guided" for aim in _aims(3)}
    view = _shown(qtbot, form, answers)
    controls = [
        *(one for one in view.findChildren(QAbstractButton)),
        *view.findChildren(QLineEdit),
        *view.findChildren(QPlainTextEdit),
    ]
    names = [one.accessibleName() for one in controls]
    assert all(names)
    assert len(set(names)) == len(names)


def test_signs_that_no_document_can_carry_are_left_out_of_what_is_pasted() -> None:
    assert printable("en\x0cto\x00\ntre\t4") == "ento\ntre\t4"


def test_of_a_line_that_is_longer_than_its_field_the_beginning_is_shown(qtbot: QtBot) -> None:
    agreement = Forms(forms_dir()).newest("workplace-agreement")
    view = _shown(qtbot, agreement, {"candidate_name": "Et ganske langt navn " * 9})
    edit = next(one for one in view.findChildren(QLineEdit) if one.text())
    assert edit.cursorPosition() == 0
