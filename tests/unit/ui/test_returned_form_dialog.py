# SPDX-License-Identifier: MIT
"""Whatever comes back, the dialog says what it is and what to do next, and offers no more than can be done with it."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rkv_app.documents.returned.file import Change
from rkv_app.documents.returned.refusals import not_ours
from rkv_app.documents.returned.verdicts import NEXT_STEP, SAID, Verdict
from rkv_app.domain.placements import Placement
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.pages.case.form_to_fill import FormToFillDialog
from rkv_app.ui.returned_form_dialog import ChooseRequestDialog, Next, ReturnedFormDialog
from rkv_app.usecases.look_at_returned_form import Concerned, JudgedForm
from rkv_app.usecases.open_requests import OpenRequest
from rkv_app.usecases.read_returned_form import ReturnedForm
from support.store_samples import PLACEMENT

WORDS = Words(Language.ENGLISH)
SENT = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
ACTIONS = {
    Verdict.COMPLETE: "Take it in …",
    Verdict.HALF_FILLED: "Take it in …",
    Verdict.FLATTENED: "Type it in beside the picture …",
    Verdict.PRINTED: "Type it in beside the picture …",
    Verdict.SCANNED: "Type it in beside the picture …",
    Verdict.EMPTY: "Go to the case",
    Verdict.ALTERED: "Go to the case",
    Verdict.FILLED_TWICE: "Go to the case",
    Verdict.NEWER_FORM: "Go to the case",
    Verdict.OTHER_VERSION: "Go to the case",
    Verdict.OTHER_REQUEST: "Close",
    Verdict.NO_CASE: "Close",
}
NOT_OURS = {Verdict.OTHER_REQUEST, Verdict.NO_CASE}


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def dialog(parent: QWidget, verdict: Verdict, *, case_id: str = "", name: str = "tilbake.pdf") -> ReturnedFormDialog:
    placement: Placement = PLACEMENT
    concerned = Concerned(case_id="case-1", candidate_name="Amina Eksempel", placement=placement, sent=SENT)
    changes = frozenset(Change) if verdict is Verdict.ALTERED else frozenset[Change]()
    found = ReturnedForm(verdict=verdict, request_id="request-1", changes=changes)
    ours = verdict not in NOT_OURS
    view = JudgedForm(found=found, concerned=concerned if ours else None, form=None, today=date(2026, 1, 20))
    return ReturnedFormDialog(WORDS, name, view, case_id, parent)


def said(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_says_what_it_is_whom_it_concerns_and_leads_to_its_own_next_step(
    verdict: Verdict, parent: QWidget
) -> None:
    shown = dialog(parent, verdict)
    told = said(shown)
    assert WORDS.say(SAID[verdict]) in told
    assert WORDS.say(NEXT_STEP[verdict]) in told
    assert ("Candidate: Amina Eksempel" in told) == (verdict not in NOT_OURS)
    assert shown.action.text() == ACTIONS[verdict]


@pytest.mark.parametrize("verdict", [Verdict.EMPTY, Verdict.ALTERED, Verdict.FILLED_TWICE, Verdict.NEWER_FORM])
def test_on_the_page_of_the_case_itself_nobody_is_sent_there(verdict: Verdict, parent: QWidget) -> None:
    shown = dialog(parent, verdict, case_id="case-1")
    assert shown.action.text() == "Close"
    assert not shown.cancel.isVisibleTo(shown)


@pytest.mark.parametrize("verdict", Verdict)
def test_only_what_is_worth_showing_later_is_kept_without_being_taken_in(verdict: Verdict, parent: QWidget) -> None:
    shown = dialog(parent, verdict)
    asked: list[Next] = []
    shown.taken.connect(asked.append)
    keep = shown.findChildren(QPushButton, "keepFileButton")
    kept = {Verdict.EMPTY, Verdict.ALTERED, Verdict.FILLED_TWICE, Verdict.NEWER_FORM, Verdict.OTHER_VERSION}
    assert bool(keep) == (verdict in kept)
    for one in keep:
        one.click()
    assert asked == [Next.KEEP] * len(keep)


def test_what_was_changed_is_named(parent: QWidget) -> None:
    told = said(dialog(parent, Verdict.ALTERED))
    assert "What stands on the pages" in told
    assert "The fields: their labels, choices or rules" in told


def test_a_file_name_cannot_turn_the_words_around(parent: QWidget) -> None:
    assert "\u202e" not in said(dialog(parent, Verdict.SCANNED, name="bilde\u202efdp.exe"))


def test_with_several_requests_nothing_is_chosen_beforehand(parent: QWidget) -> None:
    offered = tuple(
        OpenRequest(message_id=f"m-{n}", case_id="c", candidate_name=f"Kandidat {n}", workplace="Smia", at=SENT)
        for n in (1, 2)
    )
    shown = ChooseRequestDialog(WORDS, "bilde.png", not_ours(), offered, parent)
    chosen: list[str] = []
    shown.chosen.connect(chosen.append)
    assert not shown.action.isEnabled()
    shown.submit()
    assert chosen == []
    next(one for one in shown._options.buttons() if one.text() == "Kandidat 2").click()
    shown.action.click()
    assert chosen == ["m-2"]


@pytest.mark.parametrize("shielded", [True, False])
def test_whoever_has_address_protection_is_not_put_into_a_file_without_a_warning(
    shielded: bool, parent: QWidget
) -> None:
    told = said(FormToFillDialog(WORDS, "Smia", shielded=shielded, parent=parent))
    assert "never by ordinary e-mail" in told
    assert ("tells where the candidate works" in told) == shielded


def test_the_form_about_a_shielded_candidate_is_made_when_somebody_is_named(parent: QWidget) -> None:
    dialog, wanted = FormToFillDialog(WORDS, "Smia", shielded=True, parent=parent), []
    dialog.filled.connect(wanted.append)
    dialog.submit()
    assert wanted == []
    assert "This must be filled in." in said(dialog)
    dialog.findChild(QLineEdit, "clearedByEdit").setText(" Lise Leder ")
    dialog.submit()
    assert [one.cleared_by for one in wanted] == ["Lise Leder"]
