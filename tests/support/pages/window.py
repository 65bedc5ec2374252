# SPDX-License-Identifier: MIT
"""A user in front of the real window: finds things by the names that a screen reader says, and types and clicks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QTableView,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from rkv_app.foundation.i18n import Language
from rkv_app.ui.files import FileChooser
from rkv_app.ui.run import Desktop, RunOptions
from support import parties
from support.store_samples import quick_vault

W = TypeVar("W", bound=QWidget)
MOST_STEPS = 400


@dataclass
class ScriptedFiles:
    """A user who has decided beforehand which file to name next."""

    answers: list[Path | None] = field(default_factory=list)
    printed: Path | None = None

    def open_file(self, title: str, kinds: str) -> Path | None:
        return self.answers.pop(0)

    def open_files(self, title: str, kinds: str) -> Sequence[Path]:
        return [one for one in [self.answers.pop(0)] if one is not None]

    def open_folder(self, title: str) -> Path | None:
        return self.answers.pop(0)

    def save_file(self, title: str, suggested: str) -> Path | None:
        return self.answers.pop(0)

    def printer(self, title: str) -> QPrinter | None:
        if self.printed is None:
            return None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(self.printed))
        return printer


class User:
    """Sits at one store."""

    def __init__(self, qtbot: QtBot, app: QApplication, store: Path | None, chooser: FileChooser | None = None) -> None:
        # Whether the user works without a mouse.
        self.by_keyboard = False
        self.qtbot = qtbot
        self.app = app
        self.files = ScriptedFiles()
        # The system's own dialogs, where a test is about them.
        self._chooser = chooser or self.files
        self.start(store)

    def start(self, store: Path | None) -> None:
        """Starts the app."""
        options = RunOptions(
            store=store,
            passphrase=None,
            language=Language.ENGLISH,
            open_workspace=parties.opened,
            create_workspace=parties.made,
            vault=quick_vault,
        )
        self.desktop = Desktop(self.app, options, self._chooser)
        self.desktop.start()
        self.there = True

    @property
    def window(self) -> QWidget:
        """What is in front: a dialog, the main window, or the first window."""
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            return dialog
        shown = self.desktop.shell or self.desktop.first
        assert shown is not None
        return shown

    def unlock(self, passphrase: str) -> None:
        """Opens the store."""
        self.write("Passphrase", passphrase)
        with self.qtbot.waitSignal(self.desktop.opened):
            self.press("Open")
        self.settle()

    def leave(self) -> None:
        """Closes the window and waits until all is written."""
        if not self.there:
            return
        self.there = False
        shell = self.desktop.shell
        if shell is not None:
            with self.qtbot.waitSignal(self.desktop.closed):
                shell.close()
            shell.deleteLater()
        if self.desktop.first is not None:
            self.desktop.first.close()
            self.desktop.first.deleteLater()
        self.desktop.finish()
        self.desktop.deleteLater()

    def press(self, name: str) -> None:
        """Presses a button, choice or link."""
        found = self._find(QAbstractButton, name)
        # Nobody hits what has not been given its place yet.
        self.qtbot.waitUntil(lambda: found.height() > 0)
        if self.by_keyboard:
            self._go_to(found)
            self.qtbot.keyClick(found, Qt.Key.Key_Space)
        else:
            self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
        self.settle()

    def press_first(self, words: str) -> None:
        """Presses the first choice whose words begin so."""
        names = [_text(one) for one in self.window.findChildren(QAbstractButton) if one.isVisible()]
        self.press(next(name for name in names if name.startswith(words)))

    def write(self, label: str, words: str) -> None:
        """Types into a field, instead of what stood there."""
        kinds = (QLineEdit, QPlainTextEdit)
        self._wait_for(label, lambda: any(self._all(kind, label) for kind in kinds))
        found = next(one for kind in kinds for one in self._all(kind, label))
        self._go_to(found)
        found.selectAll()
        for number, line in enumerate(words.split("\n")):
            if number:
                self.qtbot.keyClick(found, Qt.Key.Key_Return)
            self.qtbot.keyClicks(found, line)

    def choose(self, label: str, words: str) -> None:
        """Chooses in a list that unfolds."""
        combo = self._find(QComboBox, label)
        exactly = combo.findText(words, Qt.MatchFlag.MatchExactly)
        at = exactly if exactly >= 0 else combo.findText(words, Qt.MatchFlag.MatchContains)
        assert at >= 0, f"{words!r} is not among the choices of {label!r}"
        self._go_to(combo)
        combo.setCurrentIndex(at)

    def drop(self, *paths: Path) -> bool:
        """Drops files on the page; returns whether it wants them."""
        shell = self.desktop.shell
        assert shell is not None
        assert shell.page is not None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        around = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enters = QDragEnterEvent(QPoint(5, 5), *around)
        enters.ignore()
        shell.page.dragEnterEvent(enters)
        if enters.isAccepted():
            shell.page.dropEvent(QDropEvent(QPointF(5, 5), *around))
            self.settle()
        return enters.isAccepted()

    def open_row(self, table: str, words: str) -> None:
        """Opens the row of a table that has these words, with the keyboard."""
        found = self._find(QTableView, table)
        self.qtbot.waitUntil(lambda: self._row(found, words) is not None)
        row = self._row(found, words)
        assert row is not None
        self._go_to(found)
        found.setCurrentIndex(found.model().index(row, 0))
        self.qtbot.keyClick(found, Qt.Key.Key_Return)
        self.settle()

    def choose_in_list(self, name: str, words: str) -> None:
        """Goes to the first line of a list that has these words, with the keyboard."""
        found = self._find(QListWidget, name)
        item = next(found.item(row) for row in range(found.count()) if words in found.item(row).text())
        found.setFocus()
        found.setCurrentItem(item)
        self.qtbot.keyClick(found, Qt.Key.Key_Return)
        self.settle()

    def field(self, label: str) -> QPlainTextEdit:
        """A field of several lines, to read what stands in it."""
        return self._find(QPlainTextEdit, label)

    def typed(self, label: str) -> str:
        """What stands in a field of one line."""
        return self._find(QLineEdit, label).text()

    def is_chosen(self, name: str) -> bool:
        """Whether a choice is on."""
        return self._find(QAbstractButton, name).isChecked()

    def return_to(self, store: Path, passphrase: str) -> None:
        """Starts the app once more."""
        self.start(store)
        self.unlock(passphrase)

    def sees(self, words: str) -> None:
        """Waits until these words stand somewhere in the window."""
        self._wait_for(words, lambda: words in self.screen())

    def screen(self) -> str:
        """All words in the window."""
        window = self.window
        said = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
        said += [one.text() for one in window.findChildren(QAbstractButton) if one.isVisible()]
        for table in window.findChildren(QTableView):
            if table.isVisible():
                said += [cell for row in _cells(table) for cell in row]
        for rows in window.findChildren(QListWidget):
            if rows.isVisible():
                said += [rows.item(row).text() for row in range(rows.count())]
        return "\n".join(said)

    def settle(self) -> None:
        """Waits until nothing is on its way to or from the store."""
        shell = self.desktop.shell
        if shell is not None:
            self.qtbot.waitUntil(lambda: not shell.session.tasks.busy)

    def _go_to(self, target: QWidget) -> None:
        """Brings the caret to a widget: at once, or with the Tab and arrow keys where there is no mouse."""
        if not self.by_keyboard:
            target.setFocus()
            return
        walk_to(self.qtbot, self.window, target)

    @staticmethod
    def _row(table: QTableView, words: str) -> int | None:
        rows = enumerate(_cells(table))
        return next((at for at, cells in rows if any(words in cell for cell in cells)), None)

    def _find(self, kind: type[W], name: str) -> W:
        self._wait_for(name, lambda: bool(self._all(kind, name)))
        return self._all(kind, name)[0]

    def _wait_for(self, what: str, there: Callable[[], bool]) -> None:
        try:
            self.qtbot.waitUntil(there)
        except TimeoutError:
            raise AssertionError(f"{what!r} is not among what stands there:\n{self.screen()}") from None

    def _all(self, kind: type[W], name: str) -> list[W]:
        return [
            one
            for one in self.window.findChildren(kind)
            if one.isVisible() and one.isEnabled() and name in (one.accessibleName(), _text(one))
        ]


def walk_to(qtbot: QtBot, window: QWidget, target: QWidget) -> None:
    """Brings the caret to a widget with the Tab and arrow keys."""
    if not window.isActiveWindow():
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
    for step in range(MOST_STEPS):
        focused = QApplication.focusWidget()
        if focused is target:
            return
        beside = focused is not None and focused.parentWidget() is target.parentWidget()
        # In a row of a table, Tab stops once.
        in_row = not target.focusPolicy() & Qt.FocusPolicy.TabFocus
        if beside and (in_row or isinstance(focused, QRadioButton)):
            # Choices lie in two columns, and the arrow keys go where they point.
            qtbot.keyClick(focused, Qt.Key.Key_Right if step % 2 else Qt.Key.Key_Down)
        else:
            qtbot.keyClick(focused or window, Qt.Key.Key_Tab)
    raise AssertionError(f"the keyboard does not reach {target.accessibleName() or _text(target)!r}")


def _cells(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, at).data() or "") for at in range(model.columnCount())] for row in range(model.rowCount())
    ]


def _text(widget: QWidget) -> str:
    return widget.text().strip() if isinstance(widget, QAbstractButton) else ""
