# SPDX-License-Identifier: MIT
"""The dialog before an application leaves in a shape that others take: what exactly leaves, for whom, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.page import refill
from rkv_app.ui.protection import ClearedField
from rkv_app.ui.widgets.basics import card, text
from rkv_app.ui.widgets.choices import OptionCard
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout
from rkv_app.usecases.export_application import ExportKind, ExportPreview


@dataclass(frozen=True, slots=True)
class Handover:
    """What somebody decided: the shape, who gets it, and who cleared it where that is needed."""

    kind: ExportKind
    receiver: str
    cleared_by: str


class ExportDialog(FormDialog):
    """See the module.

    Signals:
        filled(Handover): it is to leave like this.
    """

    filled = Signal(object)

    def __init__(
        self,
        words: Words,
        parent: QWidget,
    ) -> None:
        title = words("Hand the application over in another way")
        super().__init__(words, title, words("Write the file …"), "exportDialog", parent)
        self._previews: Mapping[ExportKind, ExportPreview] = {}
        self._legal_bases: Mapping[str, str] = {}
        self._kind = ExportKind.PDF
        self._options = QButtonGroup(self)
        said = {
            ExportKind.PDF: (words("PDF"), words("For a county's upload portal, or for an archive.")),
            ExportKind.EFORMIDLING: (words("Folder for eFormidling"), words("For the county's integration point.")),
            ExportKind.FIKS_IO: (words("Envelope for Fiks IO"), words("Needs the receiver's certificate as a file.")),
            ExportKind.PRINT: (words("On paper"), words("The PDF goes to a printer.")),
        }
        self.fields.addWidget(text(words("In which shape"), "label"))
        shapes = QWidget()
        beside = ColumnsLayout(shapes, narrowest=240, spacing=12)
        self.fields.addWidget(shapes)
        for kind, explained in said.items():
            option = OptionCard(*explained)
            option.setObjectName(f"{kind.value}Option")
            option.toggled.connect(partial(self._choose, kind))
            self._options.addButton(option)
            beside.addWidget(option)
        self._receiver = line_edit()
        self._receiver_field = Field(words("Who gets it"), self._receiver, name="receiverEdit")
        self.fields.addWidget(self._receiver_field)
        frame, inside = card(name="exactlyCard")
        inside.addWidget(text(words("Exactly this leaves"), "subheading"))
        self._leaving = QVBoxLayout()
        self._leaving.setSpacing(6)
        inside.addLayout(self._leaving)
        self.fields.addWidget(frame)
        self._cleared = ClearedField(words)
        self.fields.addWidget(self._cleared)
        self.fields.addStretch(1)
        self._options.buttons()[0].setChecked(True)
        self.action.setEnabled(False)
        self.make_room(720, 860)

    def offer(self, previews: Mapping[ExportKind, ExportPreview], legal_bases: Mapping[str, str]) -> None:
        """Shows what would leave; before that nothing can. What is typed already stays."""
        self._previews, self._legal_bases = previews, legal_bases
        first = next(iter(previews.values()))
        if not self._receiver.text():
            self._receiver.setText(first.receiver)
        self._cleared.set_shielded(first.shielded)
        self.action.setEnabled(True)
        refill(self._leaving, self._fill)

    def submit(self) -> None:
        """See FormDialog."""
        shown = self._previews.get(self._kind)
        if shown is None:
            return
        receiver, cleared = self._receiver.text().strip(), self._cleared.is_filled()
        self._receiver_field.show_problem("" if receiver else self.words("This must be filled in."))
        if receiver and cleared:
            self.filled.emit(Handover(self._kind, receiver, self._cleared.cleared_by()))
        else:
            (self._cleared.control if receiver else self._receiver).setFocus()

    def _choose(self, kind: ExportKind, checked: bool) -> None:
        if checked:
            self._kind = kind
            self.action.setText(self._action())
            refill(self._leaving, self._fill)

    def _action(self) -> str:
        if self._kind is ExportKind.PRINT:
            return self.words("Print …")
        if self._kind is ExportKind.EFORMIDLING:
            return self.words("Write the folder …")
        return self.words("Write the file …")

    def _fill(self) -> None:
        words, shown = self.words, self._previews.get(self._kind)
        if shown is None:
            return
        for file in shown.files:
            facts = f"{labels.media_type(words, file.media_type)} · {labels.size(words, file.size)}"
            self._leaving.addWidget(text(f"•  {shown_name(file.name)} · {facts}"))
        ground = shown.ground
        basis = self._legal_bases.get(ground.legal_basis, ground.legal_basis)
        informed = words("The candidate was told on {date}.", date=labels.day(words, ground.informed_on))
        for line in (
            words("About: {name}", name=shown.candidate_name),
            words("Legal basis: {basis}", basis=basis),
            words("Purpose: {purpose}", purpose=ground.purpose),
            informed,
        ):
            self._leaving.addWidget(text(line))
        for notice in shown.notices:
            self._leaving.addWidget(text(words.say(notice), "muted"))
        self._leaving.addWidget(text(words("It goes on the record of what was shared."), "muted"))
