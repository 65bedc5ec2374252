# SPDX-License-Identifier: MIT
"""Starts the windows: the first one as fast as a bare window, everything else while the user types the passphrase."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.files import DialogFileChooser, FileChooser
from rkv_app.ui.first_window import FirstWindow
from rkv_app.ui.theme import Theme

if TYPE_CHECKING:
    from rkv_app.domain.people import Party
    from rkv_app.foundation.errors import UserError
    from rkv_app.ui.shell import Shell
    from rkv_app.usecases.workspace import Workspace

# What takes long to import. The shell brings the pages, and they bring the use cases and all below.
_NEEDED_LATER = ("rkv_app.ui.tasks", "rkv_app.ui.shell")


# No repr: a passphrase must not come into a log or a traceback by way of it.
class RunOptions(NamedTuple):
    """How to start.

    Attributes:
        store: the store to offer, or None.
        passphrase: opens `store` without asking; None asks.
        language: the language to begin in.
        open_workspace: opens the store at a path.
        create_workspace: makes a store at a path for a party.
        time_first_paint: leave as soon as the first window is painted; for measuring.
    """

    store: Path | None
    passphrase: str | None
    language: Language
    open_workspace: Callable[[Path, str, Language], Workspace]
    create_workspace: Callable[[Path, str, Party, Language], Workspace]
    time_first_paint: bool = False

    def __repr__(self) -> str:
        # The passphrase must not show up in a report of an error.
        return "RunOptions()"


class Desktop(QObject):
    """The windows of one run: the first window, and the shell that takes its place.

    Signals:
        opened(Shell): a store is open and its window is shown.
        closed: the store is closed and all of it is written.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, app: QApplication, options: RunOptions, files: FileChooser | None = None) -> None:
        super().__init__(app)
        self._options = options
        self._files: FileChooser = files or DialogFileChooser()
        self._app = app
        self.theme = Theme(app)
        self.words = Words(options.language)
        self.shell: Shell | None = None
        self.first: FirstWindow | None = None

    def start(self) -> None:
        """Shows the first window."""
        window = self._new_first_window(self._options.store)
        window.painted.connect(self._on_painted)
        window.show()

    def _new_first_window(self, store: Path | None) -> FirstWindow:
        window = FirstWindow(self.words, self._files, store)
        window.unlockAsked.connect(self._on_unlock)
        window.createAsked.connect(self._on_create)
        window.languageChosen.connect(self._on_language)
        self.first = window
        return window

    def _on_painted(self) -> None:
        gc.enable()
        if self._options.time_first_paint:
            _tell_first_paint()
            self._app.quit()
            return
        import threading

        self.theme.complete()
        threading.Thread(target=_import_the_rest, name="imports", daemon=True).start()
        if self._options.store is not None and self._options.passphrase is not None:
            self._on_unlock(self._options.store, self._options.passphrase)
        elif self.first is not None and (self._options.store is None or not self._options.store.exists()):
            self.first.show_form(create=True)

    def _on_language(self, language: Language) -> None:
        before = self.first
        if before is None:
            return
        self.words = Words(language)
        window = self._new_first_window(None)
        window.take_over(before)
        window.show()
        before.close()
        before.deleteLater()

    def _on_unlock(self, path: Path, passphrase: str) -> None:
        language = self.words.language
        self._open(lambda: self._options.open_workspace(path, passphrase, language))

    def _on_create(self, path: Path, passphrase: str, party: Party) -> None:
        language = self.words.language
        self._open(lambda: self._options.create_workspace(path, passphrase, party, language))

    def _open(self, work: Callable[[], Workspace]) -> None:
        from rkv_app.ui.tasks import Tasks

        if self.first is not None:
            self.first.set_working(True)
        tasks = Tasks(self)

        def failed(problem: UserError) -> None:
            tasks.close()
            if self.first is not None:
                self.first.show_error(problem)

        def done(workspace: Workspace) -> None:
            from rkv_app.ui.session import Session
            from rkv_app.ui.shell import Shell

            session = Session(workspace, tasks, self)
            self.shell = Shell(session, self.words, self._files, self.theme)
            self.shell.closed.connect(self._on_closed)
            self.shell.show()
            if self.first is not None:
                self.first.close()
                self.first.deleteLater()
                self.first = None
            self.opened.emit(self.shell)

        tasks.run(work, done=done, failed=failed)

    def _on_closed(self) -> None:
        if self.shell is not None:
            self.shell.session.close()
            self.shell = None
            self.closed.emit()


def _import_the_rest() -> None:
    import importlib

    for name in _NEEDED_LATER:
        importlib.import_module(name)


def _tell_first_paint() -> None:
    """Prints the milliseconds since `RKV_BENCH_T0`, the machine's monotonic clock in nanoseconds at the start."""
    began = int(os.environ.get("RKV_BENCH_T0", "0"))
    sys.stdout.write(f"{(time.monotonic_ns() - began) / 1e6}\n")


def run(options: RunOptions) -> int:
    """Runs the windows until the last is closed; returns the exit status."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("the process already has an application without windows")
    app.setApplicationName("rkv_app")
    desktop = Desktop(app, options)
    desktop.start()
    return app.exec()
