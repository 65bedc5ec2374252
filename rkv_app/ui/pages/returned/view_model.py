# SPDX-License-Identifier: MIT
"""A form that came back: its answers are put right and saved by themselves, until a person confirms or discards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.documents.form_words import answer_said
from rkv_app.domain.stores import Attachment
from rkv_app.forms.answers import question_at
from rkv_app.forms.reading import Cell
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.answer_saving import AnswerSaving
from rkv_app.ui.answering import AnsweringShown, AnsweringViewModel
from rkv_app.ui.form_widgets.filling import Filling
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.session import Session
from rkv_app.usecases.attach_document import save_document
from rkv_app.usecases.confirm_returned_form import confirm_returned_form
from rkv_app.usecases.given_out import replaced
from rkv_app.usecases.returned_drafts import WHO, discard_returned_form, save_returned_answer
from rkv_app.usecases.take_in_returned_form import add_to_returned_form
from rkv_app.usecases.view_returned_form import ReturnedView, shown_pdf, view_returned
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Unclear:
    """What stands in the file and is no answer: under which item path, what it is called, and what was written."""

    path: str
    where: str
    written: str


@dataclass(frozen=True, slots=True)
class ReturnedShown(AnsweringShown):
    """What the page shows.

    Attributes:
        who: who evaluated, by the paths in `returned_drafts.WHO`, what is not yet saved among it.
        unclear: what stands in the file, is no answer, and has none so far.
        replaced: what the case has answered and would have otherwise, of a form that was given out.
    """

    view: ReturnedView
    who: Mapping[str, str]
    unclear: tuple[Unclear, ...] = ()
    replaced: tuple[Unclear, ...] = ()


class ReturnedViewModel(AnsweringViewModel):
    """See the module.

    Signals:
        done(str): the draft is confirmed or discarded; the id of its case.
        fileAdded: one more file is kept beside the others.
    """

    done = Signal(str)
    fileAdded = Signal()

    def __init__(self, session: Session, words: Words, draft_id: str) -> None:
        super().__init__(session, words)
        self._id = draft_id
        self._state: ReturnedShown | None = None
        # Apart from the answers: the form does not ask for it.
        self._who = AnswerSaving(self)
        self._who.told.connect(self.savingChanged)
        self._who.failed.connect(self.failed)

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: (view_returned(ws, self._id), local_date(ws.clock.now())), self._on_read)

    def say_who(self, path: str, value: str) -> None:
        """Takes who evaluated, by one of the paths in `returned_drafts.WHO`."""
        self._who.answer(path, value)

    def flush(self) -> None:
        """See ViewModel."""
        super().flush()
        self._who.flush()

    def is_saving(self) -> bool:
        """See ViewModel."""
        return super().is_saving() or self._who.is_saving()

    def unsaved(self) -> Mapping[str, object]:
        """See ViewModel."""
        return {**super().unsaved(), **self._who.waiting}

    def take_unsaved(self, unsaved: Mapping[str, object]) -> None:
        """See ViewModel."""
        self._who.take({path: value for path, value in unsaved.items() if path in WHO})
        super().take_unsaved({path: value for path, value in unsaved.items() if path not in WHO})

    def confirm(self, compared: bool) -> None:
        """Makes the evaluation."""
        self.flush()
        self.run(
            lambda ws: confirm_returned_form(ws, self._id, compared=compared),
            lambda _: self._on_done(),
            self.on_refused,
        )

    def discard(self, failed: Callable[[UserError], None]) -> None:
        """Takes the draft away."""
        self._saving.forget()
        self._who.forget()
        self.run(lambda ws: discard_returned_form(ws, self._id), lambda _: self._on_done(), failed)

    def add_file(self, path: Path) -> None:
        """Keeps one more file beside the others."""
        self.flush()
        self.run(lambda ws: add_to_returned_form(ws, self._id, path), self._on_added)

    def look(self, file: Attachment, shown: Callable[[bytes], None], failed: Callable[[UserError], None]) -> None:
        """Reads a file as a PDF to draw."""
        self.run(lambda ws: shown_pdf(ws, file), shown, failed)

    def save_copy(self, file: Attachment, target: Path) -> None:
        """Writes a file as it came."""
        self.run(
            lambda ws: save_document(ws, file, target),
            lambda path: self.told.emit(self.words("A copy was written to {name}.", name=path.name)),
        )

    def _on_read(self, read: tuple[ReturnedView, date]) -> None:
        view, today = read
        draft = view.draft

        def save(ws: Workspace, path: str, value: object) -> None:
            save_returned_answer(ws, draft.id, path, value)

        who = {path: str(said) for path, said in self._who.over(draft.who).items()}
        self._state = ReturnedShown(view, who)
        self._who.begin(save)
        self.begin(view.form, draft.answers, draft.aims, today=today, is_open=True, save=save)

    def show_filling(self, filling: Filling) -> None:
        """See AnsweringViewModel."""
        state = self._state
        if state is None:
            return
        self._state = replace(
            self.with_answers(state, filling),
            unclear=self._unclear(state.view, filling),
            replaced=self._replaced(state.view, filling),
        )
        self.changed.emit(self._state)

    def _unclear(self, view: ReturnedView, filling: Filling) -> tuple[Unclear, ...]:
        wording = Wording(self.words, self.words.language.value)
        return tuple(
            Unclear(path, filling.where(path, wording), written)
            for path, written in view.draft.unclear.items()
            if path not in filling.answers
        )

    def _replaced(self, view: ReturnedView, filling: Filling) -> tuple[Unclear, ...]:
        """What the case has answered, in words; what is typed here now is looked at, not what came."""
        wording = Wording(self.words, self.words.language.value)
        found = replaced(view.draft.before, filling.answers)
        return tuple(
            Unclear(path, filling.where(path, wording), said)
            for path in found
            if (said := self._answer(view, path, found[path]))
        )

    def _answer(self, view: ReturnedView, path: str, value: object) -> str:
        question = question_at(view.form, path, view.draft.aims)
        if question is None:
            return ""
        said = answer_said(Cell(path, question, value), self.words, self.words.language.value, {})
        return ", ".join(one.text for one in said)

    def _on_done(self) -> None:
        if self._state is not None:
            self.done.emit(self._state.view.draft.case_id)

    def _on_added(self, _: Attachment) -> None:
        self.fileAdded.emit()
        self.load()
