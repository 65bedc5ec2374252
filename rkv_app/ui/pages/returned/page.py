# SPDX-License-Identifier: MIT
"""A form that came back: what came at the left, the form beside it. With no room for both, one at a time."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from rkv_app.domain.stores import Attachment
from rkv_app.domain.transcribed import Way
from rkv_app.foundation.i18n import N_
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.files import file_kinds
from rkv_app.ui.form_widgets.check_panel import CheckPanel
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.returned.confirm import ConfirmPanel, DiscardDialog
from rkv_app.ui.pages.returned.received import ReceivedFiles
from rkv_app.ui.pages.returned.view_model import ReturnedShown, ReturnedViewModel
from rkv_app.ui.widgets.basics import button, card, chip, text
from rkv_app.ui.widgets.line_button import LineButton

# Pixels at zoom 1, with 15 of them for body text.
_ROOM_FOR_BOTH, _BODY_TEXT = 960, 15
_ABOVE = 24
_LAID_OUT_MS = 400
_READ = N_("These answers were read from the form. Compare each of them with what came back.")
_ANSWERED = (
    N_("The request was answered in another way meanwhile."),
    N_("Compare this form with the evaluation in the case. Discard the draft if that one counts."),
)
_CHANGED = (
    N_("The answers on the case have changed since the form came back."),
    N_("Discard the draft, and take the file in once more if the case shall have what it says."),
)
_TYPE = N_("The fields of the form are gone, so nothing could be read. Type in what stands there.")


class ReturnedPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, draft_id: str) -> None:
        self._model = ReturnedViewModel(context.session, context.words, draft_id)
        words = context.words
        super().__init__(context, self._model, words("Form that came back"))
        self._state: ReturnedShown | None = None
        self._shows_file = True
        self._target: QWidget | None = None
        self._form: FormView | None = None
        self.set_back(words("Cases"), Route(PageName.CASES))
        self.header_chips.addWidget(chip(words("Awaits confirmation"), "warning", "stateChip"))
        self._progress = chip("", "neutral", "progressChip")
        self._saved = text("", "muted", "savedText")
        self._saved.setWordWrap(False)
        self._saved.setMinimumWidth(self.fontMetrics().horizontalAdvance("Lagrar 00:00 ") + 16)
        self.header_chips.addWidget(self._progress)
        self.header_chips.addWidget(self._saved)
        self._jump = button("", "jumpButton", "secondary", self._on_jump)
        self._jump.hide()
        for action in (
            self._jump,
            button(words("Discard …"), "discardReturnedButton", "secondary", self._on_discard),
            button(words("Check"), "checkButton", "secondary", self._on_check),
            button(words("Confirm …"), "toConfirmButton", "primary", self._on_to_end),
        ):
            self.header_actions.addWidget(action)
        self._received = ReceivedFiles(words, context.files)
        self._received.wanted.connect(self._on_wanted)
        self._received.copyAsked.connect(self._on_copy)
        self._received.addAsked.connect(self._on_add)
        self._head = QVBoxLayout()
        self._head.setSpacing(12)
        self.column.addLayout(self._head)
        self._check = CheckPanel(words)
        self._check.checkAsked.connect(self._model.check)
        self._check.chosen.connect(self._go_to)
        self.column.addWidget(self._check)
        self._confirm = ConfirmPanel(words)
        self._confirm.said.connect(self._model.say_who)
        self._confirm.confirmAsked.connect(partial(self._model.confirm, compared=True))
        self.column.addWidget(self._confirm)
        self._place_both()
        self.area.verticalScrollBar().rangeChanged.connect(self._scroll_to_target)
        self._model.savingChanged.connect(self._saved.setText)
        self._model.done.connect(lambda case_id: self.context.go(Route(PageName.CASE, case_id)))
        self._model.fileAdded.connect(self._on_added)
        self._newest = False
        QShortcut(QKeySequence(Qt.Key.Key_F6), self, self._on_jump)

    def reopen(self, dialog: str) -> None:
        """See Page."""
        if dialog == "discardReturnedDialog":
            self._on_discard()

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, ReturnedShown):
            return
        words, view = self.words, state.view
        if self._state is None:
            self.set_back(view.candidate_name, Route(PageName.CASE, view.draft.case_id))
            self._form = FormView(words)
            self._form.answerChanged.connect(self._model.answer)
            later = words("Add the file in the form on the case, once this is confirmed.")
            self._form.fileAsked.connect(lambda _: self._model.told.emit(later))
            self.column.insertWidget(1, self._form)
        first, self._state = self._state is None, state
        self._progress.setText(words("{n} of {total} answered", n=state.answered, total=state.total))
        refill(self._head, lambda: self._fill_head(state))
        form = self._form
        if form is not None:
            form.show_content(FormContent(view.form, view.draft.aims, state.answers))
            form.show_problems(state.told)
        self._check.show_problems(state.problems)
        self._confirm.show_state(state)
        self._received.show_files(view.files, newest=self._newest)
        self._newest = False
        if first:
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._lay_out()

    def _place_both(self) -> None:
        self.outer.removeWidget(self.area)
        self._beside = QSplitter(Qt.Orientation.Horizontal)
        self._beside.setObjectName("returnedSplitter")
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self._received)
        self._beside.addWidget(self.area)
        self._beside.setStretchFactor(0, 1)
        self._beside.setStretchFactor(1, 1)
        self._beside.setSizes([1000, 1000])
        self.outer.addWidget(self._beside, 1)

    @property
    def _has_room(self) -> bool:
        return self.width() >= _ROOM_FOR_BOTH * self.fontInfo().pixelSize() / _BODY_TEXT

    def _lay_out(self) -> None:
        both = self._has_room
        self._received.setVisible(both or self._shows_file)
        self.area.setVisible(both or not self._shows_file)
        in_file = self._is_in_file() if both else self._shows_file
        self._jump.setText(self.words("To the form") if in_file else self.words("To what came back"))
        self._jump.setToolTip(self.words("F6 goes there too"))
        self._jump.setVisible(not both)
        self._place_actions()

    def _is_in_file(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self._received.isAncestorOf(focused)

    def _on_jump(self) -> None:
        """Goes from the file to the form, or back to the question that the caret was in."""
        to_file = not self._is_in_file() if self._has_room else not self._shows_file
        self._show_side(file=to_file)
        if to_file:
            self._received.focus_file()
        else:
            (self.area.focusWidget() or self.area).setFocus()

    def _show_side(self, *, file: bool) -> None:
        self._shows_file = file
        self._lay_out()

    def _fill_head(self, state: ReturnedShown) -> None:
        words, view = self.words, state.view
        placement = view.placement
        where = view.form.title.text(words.language.value)
        if placement is not None:
            where = f"{placement.workplace.name} · {labels.period(words, placement.start, placement.end)}"
        self._head.addWidget(text(where, "muted"))
        read = view.draft.way is Way.FIELDS
        self._head.addWidget(text(words(_READ) if read else words(_TYPE), "body", "howToText"))
        if view.is_answered:
            frame, inside = card("next", "answeredCard")
            title, told = _CHANGED if view.draft.response_id else _ANSWERED
            inside.addWidget(text(words(title), "subheading"))
            inside.addWidget(text(words(told)))
            self._head.addWidget(frame)
        if state.replaced:
            frame, inside = card("next", "replacedCard")
            inside.addWidget(text(words("The case has other answers here"), "subheading"))
            told = words("What came back takes their place when you confirm. Choose one to go there.")
            inside.addWidget(text(told, "muted"))
            for number, other in enumerate(state.replaced, 1):
                line = LineButton(f"{other.where} – {other.written}", f"replaced{number}Button")
                line.clicked.connect(lambda _checked=False, path=other.path: self._go_to(path))
                inside.addWidget(line)
            self._head.addWidget(frame)
        if state.unclear:
            frame, inside = card("next", "unclearCard")
            inside.addWidget(text(words("Written in the form, but not understood"), "subheading"))
            inside.addWidget(text(words("Choose one to go there, and answer as it was meant."), "muted"))
            for number, one in enumerate(state.unclear, 1):
                line = LineButton(f"{one.where} – {one.written}", f"unclear{number}Button")
                line.clicked.connect(lambda _checked=False, path=one.path: self._go_to(path))
                inside.addWidget(line)
            self._head.addWidget(frame)

    def _go_to(self, path: str) -> None:
        if self._form is not None:
            self._target = None
            self._show_side(file=False)
            self._form.go_to(path, self.area)

    def _on_check(self) -> None:
        self._model.check()
        self._scroll_to(self._check)

    def _on_to_end(self) -> None:
        self._scroll_to(self._confirm)

    def _scroll_to(self, part: QWidget) -> None:
        self._show_side(file=False)
        self._target = part
        QTimer.singleShot(0, self, self._scroll_to_target)
        QTimer.singleShot(_LAID_OUT_MS, self, self._stop_at_target)

    def _scroll_to_target(self) -> None:
        # Again as what was hidden is laid out bit by bit: only in the end does it lie where it stays.
        if self._target is not None:
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + self._target.mapTo(self.area, QPoint(0, -_ABOVE)).y())

    def _stop_at_target(self) -> None:
        self._scroll_to_target()
        self._target = None

    def _on_wanted(self, file: Attachment) -> None:
        self._model.look(file, self._received.show_pdf, self._received.show_error)

    def _on_copy(self, file: Attachment) -> None:
        target = self.context.files.save_file(self.words("Where to write the copy"), file.name)
        if target is not None:
            self._model.save_copy(file, target)

    def _on_add(self) -> None:
        words = self.words
        kinds = file_kinds(words, words("PDF and pictures"), "*.pdf *.jpg *.jpeg *.png")
        path = self.context.files.open_file(words("Choose a further page that came back"), kinds)
        if path is not None:
            self._model.add_file(path)

    def _on_added(self) -> None:
        self._newest = True

    def _on_discard(self) -> None:
        dialog = DiscardDialog(self.words, self)
        dialog.agreed.connect(lambda: self._model.discard(dialog.show_error))
        self._model.done.connect(dialog.accept)
        dialog.open()
