# SPDX-License-Identifier: MIT
"""The forms and lists of the organisation: where they come from, which are used, and the line of every fault."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.foundation.added_packets import Provenance
from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels
from rkv_app.ui.page import refill
from rkv_app.ui.spoken_code import digit_groups
from rkv_app.ui.widgets.basics import button, chip, column, text
from rkv_app.ui.widgets.fields import Field, path_edit
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.own_files import OwnFault, OwnFile, OwnFolder, OwnKind


class OwnFilesCard(QFrame):
    """Shows what `own_files` found.

    Signals:
        readAgain: the files are to be looked at once more.
        addAsked: a packet is to be chosen and added.
        addFolderAsked: a folder is to be chosen and added.
        packAsked: a folder is to be packed for others.
        removeAsked(str, str): the packet with this id is to be taken away; in words where it came from.
    """

    readAgain = Signal()
    addAsked = Signal()
    addFolderAsked = Signal()
    packAsked = Signal()
    removeAsked = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setObjectName("ownFilesCard")
        self.setProperty("kind", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 18)
        inside.setSpacing(10)
        inside.addWidget(text(words("Your organisation's forms and lists"), "heading"))
        inside.addWidget(
            text(
                words(
                    "Packets and folders that you add, and files that your organisation puts in the folders below, "
                    "are used beside what comes with the app. A form never takes the place of one that comes with the "
                    "app. A list changes or adds lines."
                ),
                "muted",
            )
        )
        inside.addWidget(self._choices())
        inside.addSpacing(6)
        self._folders = QVBoxLayout()
        self._folders.setSpacing(14)
        inside.addLayout(self._folders)
        inside.addWidget(button(words("Read the files again"), "readOwnFilesButton", "secondary", self.readAgain.emit))

    def show_folders(self, folders: Sequence[OwnFolder]) -> None:
        """Shows the folders and what is in them."""
        refill(self._folders, lambda: self._fill(folders))

    def _choices(self) -> QWidget:
        words = self._words
        holder = QWidget()
        line = FlowLayout(holder, spacing=8)
        line.addWidget(button(words("Add a packet …"), "addFormsButton", "secondary", self.addAsked.emit))
        line.addWidget(button(words("Add a folder …"), "addFolderButton", "secondary", self.addFolderAsked.emit))
        line.addWidget(button(words("Pack a folder for others …"), "packFormsButton", "secondary", self.packAsked.emit))
        return column(holder, text(words("You can also drop a packet or a folder on this page."), "small"), spacing=4)

    def _fill(self, folders: Sequence[OwnFolder]) -> None:
        words = self._words
        packets = [folder for folder in folders if folder.kind is OwnKind.PACKET]
        for number, folder in enumerate(packets, 1):
            self._folders.addWidget(self._packet(number, folder))
        for number, folder in enumerate((one for one in folders if one.kind is not OwnKind.PACKET), 1):
            place = path_edit(folder.path)
            place.setReadOnly(True)
            place.setCursorPosition(0)
            place.setToolTip(str(folder.path))
            label = words("Folder of forms") if folder.kind is OwnKind.FORMS else words("Folder of lists")
            holder = column(Field(label, place, name=f"ownFolder{number}Edit"), spacing=6)
            inside = holder.layout()
            if inside is None:
                continue
            for file in folder.files:
                inside.addWidget(self._file(file))
            if not folder.files:
                inside.addWidget(text(words("There are no files of your organisation here."), "small"))
            self._folders.addWidget(holder)

    def _packet(self, number: int, folder: OwnFolder) -> QWidget:
        words, came = self._words, folder.came
        parts: list[QWidget] = []
        if came is not None:
            parts.append(text(self._origin(came), "subheading"))
            parts.append(text(self._provenance(came), "muted"))
            if came.digits:
                parts.append(digit_groups(came.digits, "small"))
        else:
            parts.append(text(words("A packet without a record"), "subheading"))
        parts += [text(self._fault(folder.path.name, one), "body") for one in folder.faults]
        parts += [self._file(file) for file in folder.files]
        if came is not None:
            parts.append(self._remove(number, folder.path.name, came))
        return column(*parts, spacing=6)

    def _remove(self, number: int, packet: str, came: Provenance) -> QWidget:
        words, origin = self._words, self._origin(came)
        made = button(
            words("Remove …"), f"removeForms{number}Button", "link", lambda: self.removeAsked.emit(packet, origin)
        )
        if came.signer:
            told = words("Remove what came from {organisation} …", organisation=shown_name(came.organisation))
        else:
            told = words("Remove what was added from a folder {moment} …", moment=self._moment(came.added))
        made.setAccessibleName(told)
        return made

    def _origin(self, came: Provenance) -> str:
        if not came.signer:
            return self._words("From a folder, signed by nobody")
        return self._words("From {organisation}", organisation=shown_name(came.organisation))

    def _moment(self, at: str) -> str:
        return labels.moment(self._words, datetime.fromisoformat(at))

    def _provenance(self, came: Provenance) -> str:
        words = self._words
        added = words("Added by {name}, {moment}.", name=shown_name(came.added_by), moment=self._moment(came.added))
        if not came.signer:
            return added
        signed = words(
            "{edition}, signed by {name}, {moment}.",
            edition=came.edition,
            name=shown_name(came.person),
            moment=self._moment(came.made),
        )
        return f"{signed} {added}"

    def _file(self, file: OwnFile) -> QWidget:
        words = self._words
        holder = QWidget()
        line = FlowLayout(holder, spacing=8)
        line.addWidget(chip(file.name, "neutral"))
        line.addWidget(chip(words("used"), "success") if file.is_used else chip(words("not used"), "danger"))
        faults = [text(self._fault(file.name, one), "body") for one in file.faults]
        return column(holder, *faults, spacing=2)

    def _fault(self, name: str, fault: OwnFault) -> str:
        words = self._words
        said = words.say(fault.message)
        if fault.line:
            said = words("{file}, line {line}: {what}", file=name, line=fault.line, what=said)
        return words("{what} Code: {code}", what=said, code=fault.code)
