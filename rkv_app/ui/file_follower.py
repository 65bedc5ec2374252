# SPDX-License-Identifier: MIT
"""Tells when a file may have been saved, whichever way its editor does that."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

# Editors write in several steps; what they are doing is not worth showing.
_PAUSE_MS = 120


class FileFollower(QObject):
    """Follows a file by its name.

    Many editors write a new file and put it in the place of the old one, which a watch on the file alone would lose; so
    the folder is watched too, and the file anew each time.

    Signals:
        changed: the file may have another content, may be gone, or may be there again.
    """

    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = str(path)
        self._watcher = QFileSystemWatcher([str(path.parent)], self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._watcher.fileChanged.connect(self._on_event)
        self._watcher.directoryChanged.connect(self._on_event)
        self._watch()

    def _watch(self) -> None:
        if self._path not in self._watcher.files() and Path(self._path).exists():
            self._watcher.addPath(self._path)

    def _on_event(self) -> None:
        self._watch()
        self._pause.start()
