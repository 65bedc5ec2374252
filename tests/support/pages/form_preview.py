# SPDX-License-Identifier: MIT
"""An author in front of the preview of a form, without a mouse."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.i18n import Language
from rkv_app.ui.form_preview import FormPreview
from rkv_app.ui.form_widgets.form_view import FormView
from support.pages.window import ScriptedFiles, walk_to

W = TypeVar("W", bound=QWidget)


@dataclass
class PreviewPage:
    """The window, and what a person does in it with the keyboard."""

    qtbot: QtBot
    path: Path
    language: Language = Language.ENGLISH
    files: ScriptedFiles = field(default_factory=ScriptedFiles)

    def __post_init__(self) -> None:
        self.window = FormPreview(self.path, self.language, self.files, SystemClock())
        self.qtbot.addWidget(self.window)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Waits until every card is there."""
        self.qtbot.waitUntil(lambda: all(view.is_complete() for view in self._views()))

    def go_to(self, name: str) -> QWidget:
        """Goes to what a screen reader calls so, with Tab and the arrow keys."""
        found = self.find(name)
        walk_to(self.qtbot, self.window, found)
        return found

    def write(self, name: str, words: str) -> None:
        """Goes to a field and types."""
        self.qtbot.keyClicks(self.go_to(name), words)

    def press(self, name: str) -> None:
        """Goes to a button or choice and presses the space bar."""
        self.qtbot.keyClick(self.go_to(name), Qt.Key.Key_Space)
        self.settle()

    def find(self, name: str) -> QWidget:
        """What a screen reader calls so, and can be used now."""
        self.qtbot.waitUntil(lambda: bool(self._all(name)))
        return self._all(name)[0]

    def is_there(self, name: str) -> bool:
        """Whether there is anything of this name to use."""
        return bool(self._all(name))

    def typed(self, name: str) -> str:
        """What stands in a field."""
        found = self.find(name)
        assert isinstance(found, QLineEdit)
        return found.text()

    def focused(self) -> str:
        """What a screen reader says of where the caret is."""
        at = QApplication.focusWidget()
        return "" if at is None else at.accessibleName()

    def sees(self, words: str) -> None:
        """Waits until these words stand in the window."""
        self.qtbot.waitUntil(lambda: words in self.screen())

    def screen(self) -> str:
        """All words in the window."""
        said = [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]
        said += [one.text() for one in self.window.findChildren(QAbstractButton) if one.isVisible()]
        for rows in self.window.findChildren(QListWidget):
            if rows.isVisible():
                said += [rows.item(row).text() for row in range(rows.count())]
        return "\n".join(said)

    def answers(self) -> dict[str, object]:
        """What was answered so far, as it would be kept."""
        filling = self.window._filling
        assert filling is not None
        return dict(filling.answers)

    def _views(self) -> list[FormView]:
        return [view for view in self.window.findChildren(FormView) if view.isVisible()]

    def _all(self, name: str) -> list[QWidget]:
        found = [one for one in self.window.findChildren(QWidget) if one.accessibleName() == name]
        found += [one for one in self.window.findChildren(QAbstractButton) if one.text() == name]
        usable = Qt.FocusPolicy.TabFocus
        return [
            one
            for one in found
            if one.isVisible() and one.isEnabled() and (one.focusPolicy() & usable or isinstance(one, QComboBox))
        ]
