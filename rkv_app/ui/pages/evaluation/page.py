# SPDX-License-Identifier: MIT
"""The evaluation page: the outline at the left, one card an aim beside it, all of it made from the form."""

from rkv_app.domain.exchange import MessageType
from rkv_app.ui import labels
from rkv_app.ui.answering_page import AnsweringPage
from rkv_app.ui.context import PACKET_SUFFIX, PageContext, PageName, Route
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.own_document import look_at_own
from rkv_app.ui.pages.evaluation.attestation import AttestationPanel
from rkv_app.ui.pages.evaluation.earlier import BesidePanel, CopyAnswersDialog
from rkv_app.ui.pages.evaluation.view_model import EvaluationShown, EvaluationViewModel
from rkv_app.ui.widgets.basics import button, chip, text
from rkv_app.usecases.sending import SentPacket
from rkv_app.usecases.suggest_bridges import EarlierAnswers
from rkv_app.usecases.write_documents import asked_evaluation, attest_of

_SHORT_REFERENCE = 8


class EvaluationPage(AnsweringPage):
    """See the module."""

    def __init__(self, context: PageContext, message_id: str) -> None:
        self._model = EvaluationViewModel(context.session, context.words, message_id)
        words = context.words
        super().__init__(
            context,
            self._model,
            words("Evaluation"),
            outlined=words("Aims and how far they have come"),
            nothing_missing=words("Nothing is missing. You can complete the evaluation."),
        )
        self._message_id = message_id
        self._was_completed = False
        self.set_back(words("What I am asked"), Route(PageName.REQUESTS))
        self._progress = chip("", "info", "progressChip")
        self.header_chips.addWidget(self._progress)
        self.header_chips.addWidget(self.saved)
        self._attest = button(words("Attest …"), "attestButton", "secondary", self._on_attest)
        self._attest.hide()
        self.header_actions.addWidget(self._attest)
        self.header_actions.addWidget(button(words("As a PDF …"), "asPdfButton", "secondary", self._on_pdf))
        self.header_actions.addWidget(self.check_button)
        self.header_actions.addWidget(self.end_button)
        self._about = text("", "muted")
        self.column.addWidget(self._about)
        self._beside = BesidePanel(words)
        self._beside.copyAsked.connect(self._on_copy_earlier)
        self._beside.newerAsked.connect(lambda newer: self.context.go(Route(PageName.EVALUATION, newer)))
        self.column.addWidget(self._beside)
        self.form = self._form = FormView(words)
        self._form.answerChanged.connect(self._model.answer)
        self._form.copyAsked.connect(lambda bridge: self._model.copy((bridge,)))
        self.column.addWidget(self._form)
        self.end = self._attestation = AttestationPanel(words)
        self._attestation.completeAsked.connect(self._model.complete)
        self._attestation.sendAsked.connect(self._on_send)
        self.column.addWidget(self._attestation)
        self.place_outline()

    def carried(self) -> object:
        """See Page."""
        return self._model.sent

    def take_over(self, carried: object) -> None:
        """See Page."""
        if isinstance(carried, SentPacket):
            self._model.sent = carried

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, EvaluationShown):
            return
        words, evaluation, request = self.words, state.view.evaluation, state.view.incoming.request
        self.set_title(request.candidate_name)
        placement = request.placement
        period = labels.period(words, placement.start, placement.end)
        self._about.setText(f"{request.curriculum_title} · {placement.workplace.name} · {period}")
        self._progress.setText(words("{n} of {total} answered", n=state.answered, total=state.total))
        content = FormContent(state.form, evaluation.aims, state.answers, locked=state.completed, offers=state.offers)
        self._form.show_content(content)
        self._beside.show_beside(state.beside)
        self.outline.show_entries(state.outline, state.problems)
        self._attestation.show_state(state)
        self._attest.setVisible(state.completed)
        self.check_button.setVisible(not state.completed)
        self.end_button.setVisible(not state.completed)
        self._form.show_problems(state.told)
        if state.completed and not self._was_completed:
            # What is left to do then is to send the answer, so that comes first.
            self._was_completed = True
            self.column.insertWidget(0, self._attestation)
            self.scroll_to(0)

    def _on_copy_earlier(self, earlier: EarlierAnswers) -> None:
        dialog = CopyAnswersDialog(self.words, earlier, self)
        dialog.chosen.connect(lambda accepted: self._model.copy(accepted, earlier.evaluation.id))
        dialog.open()

    def _on_pdf(self) -> None:
        self._model.flush()
        asked, name = self._message_id, f"{MessageType.EVALUATION.value}-{self._message_id[:_SHORT_REFERENCE]}"
        look_at_own(self, self.words("Evaluation"), name, lambda ws: asked_evaluation(ws, asked))

    def _on_attest(self) -> None:
        asked = self._message_id
        name = f"attest-{asked[:_SHORT_REFERENCE]}"
        look_at_own(self, self.words("Attest for practice"), name, lambda ws: attest_of(ws, asked))

    def _on_send(self) -> None:
        suggested = f"{MessageType.EVALUATION.value}-{self._message_id[:_SHORT_REFERENCE]}{PACKET_SUFFIX}"
        path = self.context.files.save_file(self.words("Where to write the answer"), suggested)
        if path is not None:
            self._model.send(path)
