# SPDX-License-Identifier: MIT
"""A case on one page: state and next step, placements with their evaluations, documentation, what came and went."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import ExchangeRecord, MessageType
from rkv_app.domain.placements import Placement
from rkv_app.domain.transcribed import transcribed
from rkv_app.foundation.clock import local_date
from rkv_app.ui import advice_labels, labels, said_since
from rkv_app.ui.attached import Attached
from rkv_app.ui.case_forms import CaseForms
from rkv_app.ui.context import PACKET_SUFFIX, PageContext, PageName, Route, is_returned_form
from rkv_app.ui.coverage_view import CoverageView
from rkv_app.ui.exchanged import Exchanged
from rkv_app.ui.own_document import look_at_own
from rkv_app.ui.page import WIDE, Page, refill
from rkv_app.ui.pages.case.asked_on_older import older_card
from rkv_app.ui.pages.case.asking import Asking
from rkv_app.ui.pages.case.form_to_fill import FormMadePanel
from rkv_app.ui.pages.case.new_placement import NewPlacementDialog
from rkv_app.ui.pages.case.next_step import NextStepPanel
from rkv_app.ui.pages.case.plans import AddPlanDialog, PlanCard, plan_aims
from rkv_app.ui.pages.case.send_documents import SendDocumentsDialog
from rkv_app.ui.pages.case.view_model import CaseShown, CaseViewModel
from rkv_app.ui.returned_files import ReturnedFiles
from rkv_app.ui.returned_forms import ReturnedForms
from rkv_app.ui.shared_with import fill_shared
from rkv_app.ui.spoken_code import SpokenCodePanel
from rkv_app.ui.transcribed_words import transcribed_words
from rkv_app.ui.widgets.basics import button, card, chip, clear, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.ask_on_form import FormToFill
from rkv_app.usecases.case_plans import OPEN
from rkv_app.usecases.request_evaluation import SentRequest
from rkv_app.usecases.returned_drafts import ReturnedDraft
from rkv_app.usecases.send_supplement import NewSupplement
from rkv_app.usecases.view_case import NextStep
from rkv_app.usecases.write_documents import candidate_copy, received_evaluation


class CasePage(Page):
    """See the module."""

    def __init__(self, context: PageContext, case_id: str) -> None:
        self._model = CaseViewModel(context.session, context.words, case_id)
        words = context.words
        super().__init__(context, self._model, words("Case"), widest=WIDE)
        self._case_id = case_id
        self._state: CaseShown | None = None
        self.set_back(words("Cases"), Route(PageName.CASES))
        self.accept_packets()
        self.packetDropped.connect(self._model.receive)
        self._came_back = ReturnedForms(self, case_id)
        self._asking = Asking(self, self._model)
        self.header_actions.addWidget(
            button(words("Receive a packet …"), "receiveButton", "secondary", self._on_receive)
        )
        self.header_actions.addWidget(
            button(words("Copy for the candidate …"), "candidateCopyButton", "secondary", self._on_candidate_copy)
        )
        self._next = NextStepPanel(words)
        self._next.taken.connect(self._on_step)
        self.column.addWidget(self._next)
        self._told = QVBoxLayout()
        self.column.addLayout(self._told)
        self._county = QVBoxLayout()
        self._county.setSpacing(12)
        self.column.addLayout(self._county)
        placements = self.section(words("Placements and evaluations"))
        self._placements = QVBoxLayout()
        self._placements.setSpacing(12)
        placements.addLayout(self._placements)
        below = QWidget()
        beside = FlowLayout(below, spacing=8)
        beside.addWidget(button(words("Add a placement …"), "addPlacementButton", "secondary", self._on_add))
        beside.addWidget(button(words("A form came back …"), "formCameBackButton", "secondary", self._came_back.choose))
        placements.addWidget(below)
        self._curricula()
        self._forms = CaseForms(self, case_id)
        coverage = self.section(
            words("What is documented"),
            intro=words("The strongest evidence for each aim, over all placements. It is the county that assesses."),
        )
        self._coverage = CoverageView(words)
        coverage.addWidget(self._coverage)
        documents = self.section(words("Documents"))
        self._documents = Attached(self, case_id)
        documents.addLayout(self._documents.lines)
        documents.addWidget(button(words("Attach a document …"), "attachButton", "secondary", self._documents.attach))
        self._returned = ReturnedFiles(self)
        self._before_sending()
        self._exchange = Exchanged(self, self._named)
        self._shared = QVBoxLayout()
        self.column.addLayout(self._shared)

    def _curricula(self) -> None:
        words = self.words
        inside = self.section(
            words("Curricula"),
            intro=words("What the wanted competence rests on. Add the plans of earlier years, or a shared plan."),
        )
        self._plans = QVBoxLayout()
        self._plans.setSpacing(8)
        inside.addLayout(self._plans)
        self._add_plan = button(words("Add a curriculum …"), "addPlanButton", "secondary", self._on_add_plan)
        inside.addWidget(self._add_plan)

    def _before_sending(self) -> None:
        words = self.words
        inside = self.section(
            words("Before it is sent"), intro=words("Help for the talk with the candidate. It decides nothing.")
        )
        holder = QWidget()
        line = FlowLayout(holder, spacing=8)
        for said, name, page in (
            (words("Check against the county's list"), "readinessButton", PageName.READINESS),
            (words("Which road fits?"), "roadsButton", PageName.ROADS),
            (words("Which trades does this fit?"), "finderButton", PageName.FINDER),
        ):
            line.addWidget(button(said, name, "secondary", partial(self.context.go, Route(page, self._case_id))))
        inside.addWidget(holder)

    def carried(self) -> object:
        """See Page: the code of a request is nowhere else."""
        return self._model.request or self._model.form

    def take_over(self, carried: object) -> None:
        """See Page."""
        if isinstance(carried, SentRequest):
            self._model.request = carried
        elif isinstance(carried, FormToFill):
            self._model.form = carried

    def reopen(self, dialog: str) -> None:
        """See Page."""
        if dialog == "newPlacementDialog":
            self._on_add()
        elif dialog == "addPlanDialog":
            self._on_add_plan()
        elif dialog == "startFormDialog":
            self._forms.start()
        elif dialog == "sendDocumentsDialog":
            self._on_send_documents()
        elif dialog == "exportDialog":
            self._exchange.hand_over()

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, CaseShown):
            return
        self._state = state
        words, view = self.words, state.view
        self.set_title(view.candidate.name)
        clear(self.header_chips)
        said, tone = labels.case_state(words, view.case.state)
        self.header_chips.addWidget(chip(said, tone, "stateChip"))
        if view.candidate.shielded:
            self.header_chips.addWidget(chip(words("Address protection"), "danger"))
        self.header_chips.addWidget(chip(words("Reference {reference}", reference=view.case.reference)))
        self.header_chips.addWidget(chip(" · ".join((view.case.wanted.title, *view.case.plans))))
        self._asking.show_case(view)
        self._next.show_step(view.next_step)
        refill(self._told, self._fill_told)
        refill(self._county, lambda: self._fill_county(state))
        refill(self._placements, self._fill_placements)
        refill(self._plans, self._fill_plans)
        self._add_plan.setVisible(view.case.state in OPEN)
        self._forms.show_responses(state.responses)
        self._documents.show_documents(view.documents, shielded=view.candidate.shielded)
        self._returned.show_files(view.returned.files, shielded=view.candidate.shielded)
        self._coverage.show_coverage(view.coverage, view.own)
        self._exchange.show_records(view.exchange, shielded=view.candidate.shielded)
        refill(self._shared, self._fill_shared)

    def _fill_told(self) -> None:
        request = self._state.request if self._state else None
        if request is not None:
            panel = SpokenCodePanel(self.words, request.code, request.path.name)
            panel.told.connect(self._model.code_is_told)
            self._told.addWidget(panel)
        form = self._state.form if self._state else None
        if form is not None:
            made = FormMadePanel(self.words, form)
            made.told.connect(self._model.form_is_told)
            self._told.addWidget(made)

    def _fill_county(self, state: CaseShown) -> None:
        said_since.fill_outcome(self._county, self.words, state.view.outcomes)
        said_since.fill_asked(self._county, self.words, state.view.asked, state.today)

    def _fill_placements(self) -> None:
        if self._state is None:
            return
        view = self._state.view
        for older in self._state.older:
            self._placements.addWidget(older_card(self.words, older))
        if not view.placements:
            self._placements.addWidget(text(self.words("No placement is registered yet."), "muted"))
        for number, placement in enumerate(view.placements, start=1):
            evaluations = [one for one in view.evaluations if one.placement_id == placement.id]
            self._placements.addWidget(self._placement_card(number, placement, evaluations))
        if view.placements:
            self._placements.addWidget(
                text(advice_labels.practice(self.words, self._state.practice), "muted", "practiceText")
            )

    def _fill_plans(self) -> None:
        view = self._state.view if self._state else None
        if view is None:
            return
        aims = plan_aims(view)
        for plan in view.plans:
            shown = PlanCard(self.words, view.case, plan, aims.get(plan.code, 0))
            shown.removeAsked.connect(self._model.remove_plan)
            self._plans.addWidget(shown)

    def _placement_card(self, number: int, placement: Placement, evaluations: list[Evaluation]) -> QWidget:
        words = self.words
        measures = self._state.measures if self._state else {}
        frame, inside = card(name=f"placement{number}Card")
        inside.setSpacing(4)
        inside.addWidget(text(placement.workplace.name, "subheading"))
        supervisor = labels.in_line(placement.supervisor.name, placement.supervisor.position)
        inside.addWidget(text(words("Supervisor: {name}", name=supervisor)))
        facts = (
            measures.get(placement.measure, placement.measure),
            labels.period(words, placement.start, placement.end),
            words("{n} % of full time", n=placement.percent),
        )
        inside.addWidget(text(" · ".join(facts), "muted"))
        if placement.tasks:
            inside.addWidget(text(placement.tasks))
        below = QWidget()
        line = FlowLayout(below, spacing=12)
        for draft in self._awaiting(placement):
            line.addWidget(chip(words("A form came back and awaits confirmation"), "warning"))
            through = button(
                words("Look through it …"), f"returned{number}Button", "link", partial(self._on_draft, draft)
            )
            through.setAccessibleName(words("Look through the form from {name}", name=placement.workplace.name))
            line.addWidget(through)
        for evaluation in evaluations:
            line.addWidget(chip(self._evaluation_words(evaluation), "success"))
            if transcribed(evaluation.answers) is not None:
                line.addWidget(chip(words("Not signed electronically"), "neutral"))
            look = button(words("As a PDF …"), "evaluationPdfButton", "link", partial(self._on_evaluation, evaluation))
            look.setAccessibleName(words("The evaluation from {name} as a PDF", name=placement.workplace.name))
            line.addWidget(look)
        if not evaluations and not self._awaiting(placement):
            line.addWidget(chip(words("No evaluation yet"), "neutral"))
        again = words("Ask again …") if evaluations else words("Make a request …")
        ask = button(again, f"request{number}Button", "link", lambda: self._asking.by_packet(placement))
        ask.setAccessibleName(words("Make a request to {workplace}", workplace=placement.workplace.name))
        line.addWidget(ask)
        form = button(words("To a workplace without the app …"), f"form{number}Button", "link")
        form.clicked.connect(lambda: self._asking.on_form(placement))
        form.setAccessibleName(words("Make a form for {workplace} to fill in", workplace=placement.workplace.name))
        line.addWidget(form)
        inside.addSpacing(4)
        inside.addWidget(below)
        for evaluation in evaluations:
            if (mark := transcribed(evaluation.answers)) is not None:
                inside.addWidget(text(transcribed_words(words, mark), "small"))
        return frame

    def _awaiting(self, placement: Placement) -> list[ReturnedDraft]:
        drafts = self._state.view.returned.drafts if self._state else ()
        return [one for one in drafts if one.placement_id == placement.id]

    def _on_draft(self, draft: ReturnedDraft) -> None:
        self.context.go(Route(PageName.RETURNED, draft.id))

    def _evaluation_words(self, evaluation: Evaluation) -> str:
        attested = evaluation.attestation
        if attested is not None:
            day = labels.day(self.words, local_date(attested.at))
            return self.words("Evaluated by {name} on {date}", name=attested.name, date=day)
        return self.words("Evaluated")

    def _fill_shared(self) -> None:
        if self._state is not None:
            fill_shared(self._shared, self.words, self._state.view.sharing, self._state.legal_bases)

    def _on_step(self, step: NextStep) -> None:
        if step is NextStep.ADD_PLACEMENT:
            self._on_add()
        elif step is NextStep.REQUEST_EVALUATION and self._state is not None:
            evaluated = {evaluation.placement_id for evaluation in self._state.view.evaluations}
            waiting = [one for one in self._state.view.placements if one.id not in evaluated]
            self._asking.by_packet((waiting or list(self._state.view.placements))[0])
        elif step is NextStep.CONFIRM_RETURNED and self._state is not None:
            self._on_draft(self._state.view.returned.drafts[0])
        elif step is NextStep.SEND_APPLICATION:
            self.context.go(Route(PageName.SEND, self._case_id))
        elif step is NextStep.SEND_SUPPLEMENT:
            self._on_send_documents()
        else:
            self._on_receive()

    def _on_add(self) -> None:
        if self._state is None:
            return
        dialog = NewPlacementDialog(self.words, self._state.offered_measures, self)
        dialog.filled.connect(lambda new: self._model.add_placement(new, dialog.show_error))
        self._model.placementAdded.connect(dialog.accept)
        dialog.open()

    def _on_add_plan(self) -> None:
        dialog = AddPlanDialog(self.words, self)
        dialog.typed.connect(self._model.search)
        dialog.entered.connect(self._model.search_now)
        dialog.filled.connect(lambda code: self._model.add_plan(code, dialog.show_error))
        # The next dialog begins with nothing searched for.
        dialog.finished.connect(lambda _: self._model.search(""))
        self._model.found.connect(dialog.show_found)
        self._model.planAdded.connect(dialog.accept)
        self._model.prepare_search()
        dialog.open()

    def _named(self, record: ExchangeRecord) -> str:
        return f"{record.type.value}-{record.message_id[:8]}{PACKET_SUFFIX}"

    def _on_candidate_copy(self) -> None:
        if self._state is not None:
            view, case_id = self._state.view, self._case_id
            name, shielded = f"copy-{view.case.reference}", view.candidate.shielded
            title = self.words("Copy for the candidate")
            look_at_own(self, title, name, lambda ws: candidate_copy(ws, case_id), shielded=shielded)

    def _on_evaluation(self, evaluation: Evaluation) -> None:
        if self._state is not None:
            name, shielded = f"evaluation-{evaluation.id[:8]}", self._state.view.candidate.shielded
            make = partial(received_evaluation, case_id=self._case_id, evaluation_id=evaluation.id)
            look_at_own(self, self.words("Evaluation"), name, make, shielded=shielded)

    def _on_send_documents(self) -> None:
        state = self._state
        asked = next((one for one in state.view.asked if one.is_open), None) if state else None
        if state is None or asked is None:
            return
        view = state.view
        dialog = SendDocumentsDialog(
            self.words,
            asked,
            state.offered_legal_bases,
            view.sharing,
            shielded=view.candidate.shielded,
            parent=self,
        )
        dialog.show_documents(view.documents)

        def send(new: NewSupplement) -> None:
            suggested = f"{MessageType.SUPPLEMENT.value}-{view.case.reference}{PACKET_SUFFIX}"
            path = self.context.files.save_file(self.words("Where to write the packet"), suggested)
            if path is not None:
                self._model.send_documents(asked.message_id, new, path, dialog.show_error)

        dialog.filled.connect(send)
        dialog.attachWanted.connect(lambda: self._documents.attach(dialog.show_error))
        self._documents.added.connect(dialog.show_attached)
        self._model.documentsSent.connect(dialog.accept)
        dialog.open()

    def _on_receive(self) -> None:
        path = self.context.choose_answer()
        if path is not None and is_returned_form(path):
            self._came_back.look(path)
        elif path is not None:
            self._model.receive(path)
