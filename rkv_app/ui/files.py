# SPDX-License-Identifier: MIT
"""The one place that asks for a file or a printer, so that a test can answer in the user's stead.

The dialogs themselves are brought in when the first of them is shown: the first window must not wait for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rkv_app.foundation.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from rkv_app.foundation.i18n import Words

STORE_SUFFIX = ".rkv"
KEEPS_A_COPY = N_("A printer, and the print queue of the machine, may keep a copy of what is printed.")


def file_kinds(words: Words, said: str, patterns: str) -> str:
    """The kinds of file to choose from: those that are meant, by their `said` name and their endings, and all."""
    return f"{said} ({patterns});;" + words("All files") + " (*)"


class FileChooser(Protocol):
    """Asks which file, or which printer."""

    def open_file(self, title: str, kinds: str) -> Path | None:
        """Asks for a file that exists; None where the user thought better of it."""
        ...

    def open_files(self, title: str, kinds: str) -> Sequence[Path]:
        """Asks for files that exist; none where the user thought better of it."""
        ...

    def open_folder(self, title: str) -> Path | None:
        """Asks for a folder that exists; None where the user thought better of it."""
        ...

    def save_file(self, title: str, suggested: str) -> Path | None:
        """Asks where to write a new file; None where the user thought better of it."""
        ...

    def printer(self, title: str) -> QPrinter | None:
        """Asks for a printer; None where the user thought better of it."""
        ...


class DialogFileChooser:
    """Asks with the system's own dialogs, and remembers the folder for next time."""

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        self._parent = parent
        self._folder = folder or Path.home()

    def open_file(self, title: str, kinds: str) -> Path | None:
        """See FileChooser."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self._parent, title, str(self._folder), kinds)
        return self._remembered(name)

    def open_files(self, title: str, kinds: str) -> Sequence[Path]:
        """See FileChooser."""
        from PySide6.QtWidgets import QFileDialog

        names, _ = QFileDialog.getOpenFileNames(self._parent, title, str(self._folder), kinds)
        return [path for name in names if (path := self._remembered(name)) is not None]

    def open_folder(self, title: str) -> Path | None:
        """See FileChooser."""
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self._parent, title, str(self._folder))
        return Path(name) if name else None

    def save_file(self, title: str, suggested: str) -> Path | None:
        """See FileChooser."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(self._parent, title, str(self._folder / suggested))
        return self._remembered(name)

    def printer(self, title: str) -> QPrinter | None:
        """See FileChooser."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        chosen = QPrinter(QPrinter.PrinterMode.HighResolution)
        # What the system shows in its queue for everybody to see.
        chosen.setDocName("rkv")
        dialog = QPrintDialog(chosen, self._parent)
        dialog.setWindowTitle(title)
        return chosen if dialog.exec() else None

    def _remembered(self, name: str) -> Path | None:
        if not name:
            return None
        path = Path(name)
        self._folder = path.parent
        return path
