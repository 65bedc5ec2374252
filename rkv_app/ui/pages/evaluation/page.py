# SPDX-License-Identifier: MIT
"""The evaluation page: the outline at the left, one card an aim beside it, all of it made from the form."""

from collections.abc import Mapping, Sequence

from rkv_app.domain.exchange import MessageType
from rkv_app.domain.response_states import is_completed
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.context import PACKET_SUFFIX, PageContext, PageName, Route
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.own_document import look_at_own
from rkv_app.ui.pages.evaluation.attestation import Attestation, may_be_refused
from rkv_app.ui.pages.evaluation.earlier import BesidePanel, CopyAnswersDialog
from rkv_app.ui.pages.evaluation.view_model import EvaluationShown, EvaluationViewModel
from rkv_app.ui.standing import Situation
from rkv_app.ui.stepping_page import SteppingPage
from rkv_app.ui.widgets.basics import button, text
from rkv_app.usecases.sending import SentPacket
from rkv_app.usecases.suggest_bridges import EarlierAnswers
from rkv_app.usecases.write_documents import asked_evaluation, attest_of

_SHORT_REFERENCE = 8


class EvaluationPage(SteppingPage):
    """See the module."""

    def __init__(self, context: PageContext, message_id: str) -> None:
        self._model = EvaluationViewModel(context.session, context.words, message_id)
        words = context.words
        super().__init__(
            context,
            self._model,
            words("Evaluation"),
            _said(words),
            amend="secondary",
            outlined=words("Aims and how far they have come"),
            nothing_missing=words("Nothing is missing. You can complete the evaluation."),
        )
        self._message_id = message_id
        self._state: EvaluationShown | None = None
        self.set_back(words("What I am asked"), Route(PageName.REQUESTS))
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
        self._attestation = Attestation(words)
        self._attestation.completeAsked.connect(self._model.complete)
        self._attestation.sendAsked.connect(self._on_send)
        self.panel.body.addWidget(self._attestation)
        self.panel.completeAsked.connect(self._attestation.ask_to_complete)
        self.column.addWidget(self.panel)
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
        self._about.setText(
            f"{', '.join(plan.title for plan in request.plans)} · {placement.workplace.name} · {period}"
        )
        self.progress.setText(words("{n} of {total} answered", n=state.answered, total=state.total))
        is_open, completed = state.is_open, is_completed(evaluation.state)
        was_open = self._state is None or self._state.is_open
        self._state = state
        content = FormContent(state.form, evaluation.aims, state.answers, locked=not is_open, offers=state.offers)
        self._form.show_content(content)
        self._beside.show_beside(state.beside)
        self.outline.show_entries(state.outline, state.problems)
        self.show_standing(state.standing)
        self._attestation.show_state(state)
        self._attest.setVisible(completed)
        self._form.show_problems(state.told)
        if is_open is not was_open:
            # What is left to do when nothing is written any more stands above, so that it is met first.
            self.column.removeWidget(self.panel)
            self.column.insertWidget(-1 if is_open else 0, self.panel)
            self.scroll_to(0)

    def before_amending(self) -> Sequence[str]:
        """See SteppingPage."""
        words = self.words
        kept = words("What you completed is kept, and can be read beside the new answers. You confirm them anew.")
        return tuple(one for one in (kept, self._refused(), self._late()) if one)

    def before_stopping(self) -> Sequence[str]:
        """See SteppingPage."""
        return (self.words("The answers are kept, and the evaluation can be taken up again."),)

    def before_withdrawing(self) -> Sequence[str]:
        """See SteppingPage."""
        words, state = self.words, self._state
        told = words("The evaluation can then be sent to nobody. The answers can still be read. This cannot be undone.")
        if state is None or state.history.sent_at is None:
            return (told,)
        name, date = state.view.incoming.sender.party.name, labels.moment(words, state.history.sent_at)
        out = words("The answer you saved {date} is not called back by this. Tell {name}.", date=date, name=name)
        return told, out

    def _refused(self) -> str:
        return may_be_refused(self.words, self._state) if self._state is not None else ""

    def _late(self) -> str:
        if self._state is None or not self._state.view.is_late:
            return ""
        return self.words("The last day for an answer has been, so an amended one cannot be sent either.")

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


def _said(words: Words) -> Mapping[Situation, tuple[str, str]]:
    return {
        Situation.WRITTEN: (
            words("Complete the evaluation"),
            words("When you complete it, you confirm that this is true. It can be amended later, with a reason."),
        ),
        Situation.AMENDED: (
            words("Complete the amendment"),
            words("When you complete it, you confirm anew that this is true. Before that it cannot be sent."),
        ),
        Situation.COMPLETED: (words("The evaluation is completed"), ""),
        Situation.STOPPED: (words("Left unfinished"), words("The answers are kept as they are.")),
        Situation.WITHDRAWN: (
            words("Entered in error"),
            words("The evaluation can be sent to nobody. The answers can still be read."),
        ),
    }
