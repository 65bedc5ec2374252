# SPDX-License-Identifier: MIT
"""The forms and lists of the organisation: where they lie, which are used, and the line of every fault."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.page import refill
from rkv_app.ui.widgets.basics import button, chip, column, text
from rkv_app.ui.widgets.fields import Field, path_edit
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.own_files import OwnFault, OwnFile, OwnFolder, OwnKind


class OwnFilesCard(QFrame):
    """Shows what `own_files` found.

    Signals:
        readAgain: the files are to be looked at once more.
    """

    readAgain = Signal()

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
                    "Files that your organisation puts in these folders are used beside those that come with the app. "
                    "A form never takes the place of one that comes with the app. A list changes or adds lines."
                ),
                "muted",
            )
        )
        self._folders = QVBoxLayout()
        self._folders.setSpacing(14)
        inside.addLayout(self._folders)
        inside.addWidget(button(words("Read the files again"), "readOwnFilesButton", "secondary", self.readAgain.emit))

    def show_folders(self, folders: Sequence[OwnFolder]) -> None:
        """Shows the folders and what is in them."""
        refill(self._folders, lambda: self._fill(folders))

    def _fill(self, folders: Sequence[OwnFolder]) -> None:
        words = self._words
        for number, folder in enumerate(folders, 1):
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
