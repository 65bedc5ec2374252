# SPDX-License-Identifier: MIT
"""Scenes for the pictures that the demo does not come to, each prepared once in real stores of its own.

Forms that come back, several curricula, evaluations in every state, an organisation's own forms, newer curricula.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from rkv_app.documents.returned.file import Change
from rkv_app.documents.returned.refusals import not_ours
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.domain.people import Party
from rkv_app.domain.stores import Passphrase
from rkv_app.forms.registry import Forms
from rkv_app.forms.starting import starting_file
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.resources import forms_dir
from rkv_app.ui.add_forms_dialog import AddFormsDialog
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.pages.case.form_to_fill import FormMadePanel, FormToFillDialog
from rkv_app.ui.returned_form_dialog import ChooseRequestDialog, ReturnedFormDialog
from rkv_app.usecases.add_forms import add_forms
from rkv_app.usecases.amend_evaluation import amend_evaluation, stop_evaluation, withdraw_evaluation
from rkv_app.usecases.ask_on_form import FormToFill
from rkv_app.usecases.case_plans import add_plan_to_case
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.confirm_returned_form import confirm_returned_form
from rkv_app.usecases.create_case import create_case
from rkv_app.usecases.fillable_form import check_returned_form, make_fillable_form
from rkv_app.usecases.import_curriculum import import_practice_curriculum
from rkv_app.usecases.look_at_forms import Offer, look_at_forms
from rkv_app.usecases.look_at_returned_form import Concerned, JudgedForm, look_at_returned_form
from rkv_app.usecases.open_requests import OpenRequest
from rkv_app.usecases.pack_forms import pack_forms
from rkv_app.usecases.read_returned_form import ReturnedForm
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import request_evaluation
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.take_in_returned_form import begin_returned_form
from rkv_app.usecases.view_case import list_cases, view_case
from rkv_app.usecases.view_queue import list_queue
from rkv_app.usecases.view_requests import list_requests, view_request
from rkv_app.usecases.workspace import Workspace
from support import form_filling
from support.county_forms import LIST, county_folder
from support.curricula import REWORDED, newer, practice
from support.parties import ADVISER, INTAKE, SUPERVISOR, TRADE_PLAN, Parties, answer_two_aims, new_case, opened
from support.store_samples import PASSPHRASE, PLACEMENT

MODULES = "XXP05-01"
_SENT = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
_TODAY = date(2026, 1, 20)
_REASON = "Eksemplet handlet om en annen dag. Kollegaen som var med, har rettet det."


@dataclass(frozen=True, slots=True)
class Scene:
    """Pages of one store, and the buttons whose dialogs are taken on each of them."""

    name: str
    parties: Parties
    party: Party
    routes: Callable[[Workspace], Iterator[tuple[str, Route]]]
    dialogs: tuple[str, ...] = ()

    def opened(self, language: Language) -> Workspace:
        """The store, with forms of an organisation's own that lie beside it."""
        return _opened(self.parties, self.party, language)


@dataclass(frozen=True, slots=True)
class LaterScenes:
    """All of them, and what the dialogs show that are taken alone."""

    scenes: tuple[Scene, ...]
    half_filled: JudgedForm
    offers: tuple[Offer, Offer]
    long_pdf: bytes


def prepare_forms(folder: Path) -> LaterScenes:
    """Plays those about forms that come back and an organisation's own, which all the dialogs alone need."""
    returned, half_filled, long_pdf = _returned(_made(folder / "returned", ADVISER))
    office, offers = _own_forms(_made(folder / "forms", ADVISER, INTAKE))
    scenes = (
        Scene("returned", returned, ADVISER, _of_returned, ("discardReturnedButton", "form1Button")),
        Scene("own-forms", office, ADVISER, _store, ("removeForms1Button",)),
    )
    return LaterScenes(scenes, half_filled, offers, long_pdf)


def prepare(folder: Path) -> LaterScenes:
    """Plays all of them into `folder`."""
    forms = prepare_forms(folder)
    scenes = (
        *forms.scenes,
        Scene(
            "plans",
            _planned(_made(folder / "plans", ADVISER, SUPERVISOR, INTAKE)),
            ADVISER,
            _case,
            ("addPlanButton", "request1Button"),
        ),
        Scene("decision", Parties(folder / "plans", Language.BOKMAL), INTAKE, _application, ("outcomeButton",)),
        Scene(
            "states",
            _states(_made(folder / "states", ADVISER, SUPERVISOR)),
            SUPERVISOR,
            _evaluations,
            ("amendButton", "stopButton", "withdrawButton", "revision1Button", "compared1Button"),
        ),
        Scene("newer", _newer(_made(folder / "newer", ADVISER)), ADVISER, _of_newer, ("beginAnewButton",)),
        Scene("ended", _ended(_made(folder / "ended", ADVISER)), ADVISER, _curricula),
    )
    return replace(forms, scenes=scenes)


def later_dialogs(words: Words, prepared: LaterScenes, parent: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Each dialog about a form that came back or is made, and about an organisation's forms; not shown yet."""
    for verdict in Verdict:
        half = verdict is Verdict.HALF_FILLED
        view = prepared.half_filled if half else _judged(verdict)
        yield f"verdict-{verdict.value}", ReturnedFormDialog(words, "skjema fra Nordlys.pdf", view, "", parent)
    offered = tuple(
        OpenRequest(message_id=name, case_id="c", candidate_name=name, workplace=place, at=_SENT)
        for name, place in (("Amina Eksempel", "Nordlys luftskipshavn AS"), ("Sárá Ánne Østby", "Fjellheimen"))
    )
    yield "verdict-choose", ChooseRequestDialog(words, "bilde.jpg", not_ours(), offered, parent)
    yield "verdict-no-request", ChooseRequestDialog(words, "bilde.jpg", not_ours(), (), parent)
    yield "form-to-fill", FormToFillDialog(words, SUPERVISOR.organisation, shielded=True, parent=parent)
    refused = FormToFillDialog(words, SUPERVISOR.organisation, shielded=False, parent=parent)
    refused.show_error(not_ours())
    yield "refused", refused
    for on_paper in (False, True):
        made = FormToFill(path=Path("skjema-RKV-7Q4M.pdf"), message_id="", on_paper=on_paper)
        yield f"form-made-{'paper' if on_paper else 'screen'}", _alone(FormMadePanel(words, made), parent)
    for kind, offer in zip(("packet", "folder"), prepared.offers, strict=True):
        yield f"add-forms-{kind}", AddFormsDialog(words, offer, ADVISER.name, parent)


def _opened(parties: Parties, party: Party, language: Language) -> Workspace:
    """Not with the forms of whoever takes the pictures."""
    forms = Forms(forms_dir(), parties.folder / "own-forms", parties.folder / "form-packets")
    return opened(parties.store(party), Passphrase(PASSPHRASE), language, forms=forms)


def _alone(panel: QWidget, parent: QWidget) -> QDialog:
    dialog = QDialog(parent)
    inside = QVBoxLayout(dialog)
    inside.addWidget(panel)
    inside.addStretch(1)
    dialog.resize(720, 640)
    return dialog


def _judged(verdict: Verdict) -> JudgedForm:
    concerned = Concerned(case_id="case-1", candidate_name="Amina Eksempel", placement=PLACEMENT, sent=_SENT)
    changes = frozenset(Change) if verdict is Verdict.ALTERED else frozenset[Change]()
    found = ReturnedForm(verdict=verdict, request_id="request-1", changes=changes)
    ours = verdict is not Verdict.OTHER_REQUEST
    return JudgedForm(found=found, concerned=concerned if ours else None, form=None, today=_TODAY)


def _made(folder: Path, *present: Party) -> Parties:
    folder.mkdir()
    parties = Parties(folder, Language.BOKMAL)
    for party in present:
        parties.make_store(party)
    return parties


def _returned(parties: Parties) -> tuple[Parties, JudgedForm, bytes]:
    """One form that was confirmed, one that was filled in, and one on paper; the two await confirmation."""
    folder = parties.folder
    adviser = parties.at(ADVISER)
    try:
        import_practice_curriculum(adviser)
        case_id = create_case(adviser, new_case())
        asked = [_asked(parties, adviser, case_id, str(number)) for number in range(3)]
        half_filled: JudgedForm | None = None
        for number, message_id in enumerate(asked[:2]):
            blank = make_fillable_form(adviser, message_id, folder / f"skjema{number}.pdf")
            file = folder / f"skjema fra Nordlys {number + 1}.pdf"
            file.write_bytes(form_filling.mupdf(blank.read_bytes(), _written(adviser, blank, wrong=number == 1)))
            half_filled = look_at_returned_form(adviser, file)
            taken = begin_returned_form(adviser, file)
            if number == 0:
                confirm_returned_form(adviser, taken.draft_id, compared=True)
        paper = make_fillable_form(adviser, asked[2], folder / "papir.pdf", on_paper=True)
        picture = folder / "IMG_2041.jpg"
        pypdfium2.PdfDocument(paper.read_bytes())[0].render(scale=2.2).to_pil().convert("RGB").save(picture)
        begin_returned_form(adviser, picture)
    finally:
        adviser.close()
    assert half_filled is not None
    return parties, half_filled, paper.read_bytes()


def _asked(parties: Parties, adviser: Workspace, case_id: str, name: str) -> str:
    placement = parties.placement(adviser, case_id)
    return request_evaluation(adviser, placement, parties.folder / f"request{name}.rkvpakke").message_id


def _written(adviser: Workspace, blank: Path, *, wrong: bool) -> dict[str, str | bool]:
    asked = check_returned_form(adviser, blank).asked
    assert asked is not None
    first, second = (f"aims/{aim.code}" for aim in asked.aims[:2])
    values: dict[str, str | bool] = {
        f"{first}/rating": "independent",
        f"{first}/known_by/observed": True,
        f"{first}/example": "Planla dagen alene i oktober, og sa fra da værmeldingen endret seg.",
        f"{first}/observed_on": "i høst" if wrong else "12.1.2026",
        "rkv_name": SUPERVISOR.name,
        "rkv_position": "Arbeidsleder",
        "rkv_date": "12.01.2026",
        "rkv_confirmed": True,
    }
    return values | ({f"{second}/rating": "learning"} if wrong else {f"{second}/rating": "not_tried"})


def _planned(parties: Parties) -> Parties:
    """A case on two curricula that the county has, and one that is still open, with a placement and no answer."""
    parties.introduce(ADVISER, parties.card(INTAKE))
    adviser = parties.at(ADVISER)
    try:
        import_practice_curriculum(adviser)
        cases = [create_case(adviser, replace(new_case(), given_name=name)) for name in ("Amina", "Bilal")]
        for case_id in cases:
            add_plan_to_case(adviser, case_id, MODULES)
        placements = [parties.placement(adviser, case_id) for case_id in cases]
        sent = request_evaluation(adviser, placements[0], parties.folder / "request.rkvpakke")
    finally:
        adviser.close()
    parties.introduce(INTAKE, parties.card(ADVISER))
    application = parties.application(parties.evaluation(sent))
    county = parties.at(INTAKE)
    receive_packet(county, application)
    county.close()
    return parties


def _states(parties: Parties) -> Parties:
    """Five requests: being written, completed, being amended, left, and entered in error."""
    adviser = parties.at(ADVISER)
    import_practice_curriculum(adviser)
    case_id = create_case(adviser, new_case())
    sent = []
    for number in range(5):
        target = parties.folder / f"request{number}.rkvpakke"
        sent.append(request_evaluation(adviser, parties.placement(adviser, case_id), target))
    adviser.close()
    supervisor = parties.at(SUPERVISOR)
    try:
        ids = []
        for one in sent:
            ids.append(receive_packet(supervisor, one.path, one.code).message_id)
            answer_two_aims(supervisor, ids[-1])
        for message_id in (ids[1], ids[2], ids[4]):
            complete_evaluation(supervisor, message_id, SUPERVISOR.name, "Arbeidsleder")
        amend_evaluation(supervisor, ids[2], _REASON)
        evaluation = view_request(supervisor, ids[2]).evaluation
        save_answer(
            supervisor, evaluation.id, f"aims/{evaluation.aims[0].code}/example", "Planla dagen sammen med meg."
        )
        stop_evaluation(supervisor, ids[3], "Praksisen ble avbrutt.")
        withdraw_evaluation(supervisor, ids[4], "Svarene gjelder en annen kandidat.")
    finally:
        supervisor.close()
    return parties


def _newer(parties: Parties) -> Parties:
    """A self-assessment and a request that were begun before the curriculum changed."""
    adviser = parties.at(ADVISER)
    try:
        import_practice_curriculum(adviser)
        case_id = create_case(adviser, new_case())
        response = start_form(adviser, case_id, "self-assessment")
        for aim in ("KM990101", REWORDED):
            save_form_answer(adviser, response.id, f"aims/{aim}/own", "can")
        _asked(parties, adviser, case_id, "")
        adviser.store.curricula.put([newer(practice(TRADE_PLAN))])
    finally:
        adviser.close()
    return parties


def _ended(parties: Parties) -> Parties:
    adviser = parties.at(ADVISER)
    ended = replace(practice(TRADE_PLAN), valid_to=date(2024, 7, 31), replaced_by=("XXP03-02",))
    adviser.store.curricula.put([ended, practice(MODULES)])
    adviser.close()
    return parties


def _own_forms(parties: Parties) -> tuple[Parties, tuple[Offer, Offer]]:
    """An adviser who has added what the county packed, and a folder; a later packet and folder that are looked at."""
    county = parties.at(INTAKE)
    folder = parties.folder
    packets = [
        pack_forms(county, county_folder(folder / version, *versions), folder / f"{version}.rkvskjema").path
        for version, *versions in (("2026.1", "2026.1"), ("2026.2", "2026.1", "2026.2"))
    ]
    county.close()
    round_form = folder / "runde" / "verneronde.yaml"
    round_form.parent.mkdir()
    round_form.write_text(starting_file("safety-round", 2026), "utf-8")
    adviser = _opened(parties, ADVISER, parties.language)
    try:
        add_forms(adviser, look_at_forms(adviser, packets[0]), ADVISER.name, "by_phone")
        add_forms(adviser, look_at_forms(adviser, round_form.parent), ADVISER.name)
        shutil.copytree(round_form.parent, folder / "Fra Trøndelag")
        (folder / "Fra Trøndelag" / "measures.yaml").write_text(LIST, "utf-8")
        (folder / "Fra Trøndelag" / "Les meg først.docx").touch()
        offers = look_at_forms(adviser, packets[1]), look_at_forms(adviser, folder / "Fra Trøndelag")
        return parties, offers
    finally:
        adviser.close()


def _case(workspace: Workspace) -> Iterator[tuple[str, Route]]:
    for number, case in enumerate(list_cases(workspace), 1):
        yield f"case{number}", Route(PageName.CASE, case.case.id)


def _of_returned(workspace: Workspace) -> Iterator[tuple[str, Route]]:
    case_id = list_cases(workspace)[0].case.id
    yield "case", Route(PageName.CASE, case_id)
    for draft in view_case(workspace, case_id).returned.drafts:
        yield f"draft-{draft.verdict.value}", Route(PageName.RETURNED, draft.id)


def _application(workspace: Workspace) -> Iterator[tuple[str, Route]]:
    yield "application", Route(PageName.APPLICATION, list_queue(workspace).applications[0].message_id)


def _evaluations(workspace: Workspace) -> Iterator[tuple[str, Route]]:
    yield "requests", Route(PageName.REQUESTS)
    for number, view in enumerate(list_requests(workspace).requests, 1):
        state = view_request(workspace, view.summary.message_id).evaluation.state
        yield f"{number}-{state.value}", Route(PageName.EVALUATION, view.summary.message_id)


def _of_newer(workspace: Workspace) -> Iterator[tuple[str, Route]]:
    case_id = list_cases(workspace)[0].case.id
    yield "case", Route(PageName.CASE, case_id)
    yield "form", Route(PageName.FORM, workspace.store.responses.for_case(case_id)[0].id)


def _curricula(_workspace: Workspace) -> Iterator[tuple[str, Route]]:
    yield "curricula", Route(PageName.CURRICULA)


def _store(_workspace: Workspace) -> Iterator[tuple[str, Route]]:
    yield "store", Route(PageName.STORE)
