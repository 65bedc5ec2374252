# SPDX-License-Identifier: MIT
"""The widget of attachments: the names of the files, and a button that asks for one more.

Where a file is kept is not known here: `fileAsked` goes to whoever does, and the answer comes back as all others do.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rkv_app.forms.model import AttachmentItem, Kind
from rkv_app.forms.values import chosen
from rkv_app.foundation.i18n import N_
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui.form_widgets.answer_field import AnswerField, WhyAsked
from rkv_app.ui.form_widgets.undo_line import UndoLine
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import button, clear, text

_KINDS: Mapping[frozenset[Kind], str] = {
    frozenset({Kind.IMAGE}): N_("A picture (PNG or JPEG)"),
    frozenset({Kind.PDF}): N_("A PDF"),
    frozenset(Kind): N_("A PDF or a picture (PNG or JPEG)"),
}


class AttachmentField(AnswerField):
    """Files.

    Signals:
        fileAsked: the user wants to add a file.
    """

    fileAsked = Signal()

    def __init__(self, item: AttachmentItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        super().__init__(item, wording, about, why)
        self._most = item.max
        self._ids: Sequence[str] = ()
        self._names: Mapping[str, str] = {}
        self._locked = False
        words = self.words
        kinds = words(_KINDS[frozenset(item.accept)])
        most = words.plural("at most {n} file", "at most {n} files", item.max)
        self.place(text(f"{kinds}, {most}", "small"))
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        self._undo = UndoLine(words, "undoFileLine")
        self._add = button(words("Choose a file …"), "chooseFileButton", "secondary", self.fileAsked.emit)
        for part in (self._rows, self._undo, self._add):
            self.place(part)
        self.name_controls()
        self._fill()

    def show_files(self, names: Mapping[str, str]) -> None:
        """Tells what the files are called, by their ids."""
        if names != self._names:
            self._names = dict(names)
            self._fill()

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        ids = chosen(value)
        if ids != self._ids:
            self._ids = ids
            self._fill()

    def focus_answer(self) -> None:
        """See AnswerField."""
        inside = [part for part in self.inputs() if part.isEnabled()]
        if inside:
            inside[0].setFocus()

    def name_controls(self) -> None:
        """See AnswerField."""
        self._add.setAccessibleName(f"{self._add.text()} {self.spoken}")

    def inputs(self) -> Iterable[QWidget]:
        """See AnswerField."""
        return (self._add,)

    def lock(self, locked: bool) -> None:
        """See AnswerField."""
        if locked != self._locked:
            self._locked = locked
            self._fill()

    def _fill(self) -> None:
        clear(self._list)
        for number, one in enumerate(self._ids, 1):
            self._list.addWidget(self._row(one, number))
        self._rows.setVisible(bool(self._ids))
        self._add.setVisible(not self._locked)
        self._add.setEnabled(len(self._ids) < self._most)
        if self._locked:
            self._undo.withdraw()

    def _row(self, one: str, number: int) -> QWidget:
        words, name = self.words, self._name(one)
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(text(name), 1)
        if not self._locked:
            remove = button(words("Remove"), f"removeFile{number}Button", "link", lambda: self._remove(one))
            remove.setAccessibleName(words("Remove {what}", what=name))
            beside.addWidget(remove)
        return holder

    def _name(self, one: str) -> str:
        return shown_name(self._names.get(one, "")) or self.words("A file without a name")

    def _remove(self, one: str) -> None:
        at = list(self._ids).index(one)
        self._tell([other for other in self._ids if other != one])
        self._undo.offer(self._name(one), lambda: self._bring_back(one, at))

    def _bring_back(self, one: str, at: int) -> None:
        if one not in self._ids:
            self._tell([*self._ids[:at], one, *self._ids[at:]])
        self.focus_answer()

    def _tell(self, ids: list[str]) -> None:
        self._ids = tuple(ids)
        self._fill()
        self.answered.emit(ids or None)
