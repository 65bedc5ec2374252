# SPDX-License-Identifier: MIT
"""Starts the windows: the first one as fast as a bare window, everything else while the user types the passphrase."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.files import DialogFileChooser, FileChooser
from rkv_app.ui.first_window import FirstWindow
from rkv_app.ui.theme import Theme

if TYPE_CHECKING:
    from rkv_app.domain.people import Party
    from rkv_app.domain.store_ports import Vault
    from rkv_app.domain.stores import WayIn
    from rkv_app.foundation.errors import UserError
    from rkv_app.ui.entrance import Entrance
    from rkv_app.ui.locking.kept import WindowState
    from rkv_app.ui.locking.leaving import Leaving
    from rkv_app.ui.locking.triggers import LockTriggers
    from rkv_app.ui.shell import Shell
    from rkv_app.ui.tasks import Tasks
    from rkv_app.ui.trail_check import TrailCheck
    from rkv_app.usecases.workspace import Workspace


class OpenWorkspace(Protocol):
    """Opens stores."""

    def __call__(
        self, path: Path, way: WayIn, language: Language, *, read_only: bool = False, accept_older: bool = False
    ) -> Workspace:
        """Opens the store at `path`, whose documents are made in `language`; else see `Vault.open`."""
        ...


# No repr: a passphrase must not come into a log or a traceback by way of it.
class RunOptions(NamedTuple):
    """How to start.

    Attributes:
        store: the store to offer, or None.
        passphrase: opens `store` without asking; None asks.
        language: the language to begin in.
        open_workspace: opens a store.
        create_workspace: makes a store at a path for a party.
        vault: what stores that are not open are looked at and mended with; made when it is first needed.
        time_first_paint: leave as soon as the first window is painted; for measuring.
    """

    store: Path | None
    passphrase: str | None
    language: Language
    open_workspace: OpenWorkspace
    create_workspace: Callable[[Path, str, Party, Language], Workspace]
    vault: Callable[[], Vault]
    time_first_paint: bool = False

    def __repr__(self) -> str:
        # The passphrase must not show up in a report of an error.
        return "RunOptions()"


class Desktop(QObject):
    """The windows of one run: the first window, and the shell that takes its place.

    Signals:
        opened(Shell): a store is open and its window is shown.
        locked: the window is gone and the first window is there instead; the store closes by and by.
        closed: the store is closed and all of it is written.
    """

    opened = Signal(object)
    locked = Signal()
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
        self.entrance: Entrance | None = None
        self.triggers: LockTriggers | None = None
        self.store: Path | None = None
        self._geometry = QByteArray()
        self._leaving: Leaving | None = None
        self._aside: Tasks | None = None
        self._trail_check: TrailCheck | None = None
        self._waiting: Callable[[], None] | None = None
        # Of a store that did not open before the entrance was there to say what can be done.
        self._refusal: tuple[UserError, Path, WayIn] | None = None
        self._lock_after = 0
        # States that a full disk kept out of their stores, by what tells one store from another.
        self._unkept: dict[bytes, WindowState] = {}

    def start(self) -> None:
        """Shows the first window."""
        window = self._new_first_window(self._options.store)
        window.painted.connect(self._on_painted)
        window.show()

    def lock(self) -> None:
        """Locks the open store, if there is one, see `locking.leaving`."""
        shell = self.shell
        if shell is None:
            return
        from rkv_app.ui.locking.leaving import Leaving

        leaving = Leaving(shell, self)
        leaving.hide()
        self.shell = None
        self.words = shell.words
        self._geometry = shell.saveGeometry()
        self._leaving = leaving
        leaving.gone.connect(self._on_gone)
        first = self._new_first_window(self.store)
        first.painted.connect(self._furnish)
        first.show_locked()
        first.show()
        first.activateWindow()
        self._stop_checking()
        leaving.begin()
        self.locked.emit()

    @property
    def closing(self) -> bool:
        """Whether a store that was locked is not closed yet."""
        return self._leaving is not None

    def finish(self) -> None:
        """Waits until a store that was locked is closed and nothing is under way; for the end of the process."""
        if self._leaving is not None:
            self._leaving.finish()
        if self._aside is not None:
            self._aside.close()

    def _on_gone(self) -> None:
        leaving, self._leaving = self._leaving, None
        if leaving is None:
            return
        if leaving.unkept is not None:
            self._unkept[leaving.store_mark] = leaving.unkept
            if leaving.unkept.drafts and self.first is not None:
                self.first.show_locked(kept=False)
        if leaving.copies_left and self.first is not None:
            self.first.show_error(_copies_left())
        leaving.deleteLater()
        self.closed.emit()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

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
        from rkv_app.foundation.memory import forbid_core_dumps
        from rkv_app.ui.later import Later
        from rkv_app.ui.tasks import Tasks

        # There has been nothing to keep secret before: nobody could type.
        forbid_core_dumps()
        self.theme.complete()
        self._aside = Tasks(self)
        self._aside.run(_sweep, done=lambda _: None, failed=lambda _: None)
        later = Later(self)
        later.entranceReady.connect(self._furnish)
        later.begin()
        if self._options.store is not None and self._options.passphrase is not None:
            self._on_unlock(self._options.store, self._options.passphrase)
        elif self.first is not None and (self._options.store is None or not self._options.store.exists()):
            self.first.show_form(create=True)

    def _furnish(self) -> None:
        """Gives the first window, if it is there, what was not needed for its first paint."""
        if self.first is None or self._aside is None:
            return
        from rkv_app.ui.entrance import Entrance

        self.entrance = Entrance(self.first, self._files, self._options.vault, self._aside)
        self.entrance.openAsked.connect(self._unlock)
        refusal, self._refusal = self._refusal, None
        if refusal is not None:
            self.entrance.tell(*refusal)

    def _on_language(self, language: Language) -> None:
        before, entrance = self.first, self.entrance
        if before is None:
            return
        self.words = Words(language)
        window = self._new_first_window(None)
        window.take_over(before)
        if entrance is not None:
            self._furnish()
            if self.entrance is not None:
                self.entrance.take_over(entrance)
        window.show()
        before.close()
        before.deleteLater()

    def _on_unlock(self, path: Path, passphrase: str) -> None:
        from rkv_app.domain.stores import Passphrase

        self._unlock(path, Passphrase(passphrase))

    def _unlock(self, path: Path, way: WayIn, read_only: bool = False, accept_older: bool = False) -> None:
        opening, language = self._options.open_workspace, self.words.language
        self._open(path, lambda: opening(path, way, language, read_only=read_only, accept_older=accept_older), way=way)

    def _on_create(self, path: Path, passphrase: str, party: Party) -> None:
        language = self.words.language
        self._open(path, lambda: self._options.create_workspace(path, passphrase, party, language))

    def _open(self, path: Path, work: Callable[[], Workspace], way: WayIn | None = None) -> None:
        if self.first is not None:
            self.first.set_working(True)
        if self._leaving is not None:
            # The same store cannot be opened before it is closed.
            self._waiting = lambda: self._open(path, work, way)
            return
        from rkv_app.ui.tasks import Tasks

        tasks = Tasks(self)

        def failed(problem: UserError) -> None:
            tasks.close()
            tasks.deleteLater()
            if self.first is not None:
                self.first.show_error(problem)
            if self.entrance is not None and way is not None:
                self.entrance.tell(problem, path, way)
            elif way is not None:
                self._refusal = problem, path, way

        def done(opened: tuple[Workspace, Mapping[str, object] | None, int]) -> None:
            from rkv_app.ui.locking.kept import from_json
            from rkv_app.ui.session import Session
            from rkv_app.ui.shell import Shell

            workspace, kept, self._lock_after = opened
            session = Session(workspace, tasks, self)
            session.lockAfterChosen.connect(self._on_lock_after)
            # What could not be put into the store is newer than what lies there.
            state = self._unkept.pop(session.store_mark, None) or from_json(kept)
            self.shell = Shell(session, self.words, self._files, self.theme, state)
            self.shell.lockAsked.connect(self.lock)
            self.shell.closed.connect(self._on_closed)
            if not self._geometry.isEmpty():
                self.shell.restoreGeometry(self._geometry)
            self.store = path
            self.shell.show()
            if self.first is not None:
                self.first.close()
                self.first.deleteLater()
                self.first = self.entrance = self._refusal = None
            self._welcome(self.shell, way)
            self.opened.emit(self.shell)
            QTimer.singleShot(0, self, self._watch)

        tasks.run(lambda: _opened(work), done=done, failed=failed)

    def _welcome(self, shell: Shell, way: WayIn | None) -> None:
        """What is done and offered once a store is open; `way` is None where it was just made."""
        from rkv_app.domain.stores import OfficeKey, RecoveryWords
        from rkv_app.ui.lost_passphrase_dialog import LostPassphraseDialog
        from rkv_app.ui.sheet_advice import SheetAdvice
        from rkv_app.ui.trail_check import TrailCheck

        self._trail_check = TrailCheck(shell)
        if way is None:
            SheetAdvice(shell)
        if isinstance(way, RecoveryWords | OfficeKey) and not shell.session.read_only:
            LostPassphraseDialog(shell.words, shell.session, shell).open()

    def _stop_checking(self) -> None:
        check, self._trail_check = self._trail_check, None
        if check is not None:
            check.stop()

    def _watch(self) -> None:
        if self.triggers is None:
            from rkv_app.foundation.clock import SystemClock
            from rkv_app.ui.locking.triggers import LockTriggers

            self.triggers = LockTriggers(SystemClock(), self._lock_after, self)
            self.triggers.lockAsked.connect(self.lock)
        else:
            self.triggers.idle.set_minutes(self._lock_after)

    def _on_lock_after(self, minutes: int) -> None:
        self._lock_after = minutes
        self._watch()

    def _on_closed(self) -> None:
        if self.shell is not None:
            self._stop_checking()
            self.shell.session.close()
            self.shell = None
            self.closed.emit()


def _opened(work: Callable[[], Workspace]) -> tuple[Workspace, Mapping[str, object] | None, int]:
    from rkv_app.foundation.errors import UserError
    from rkv_app.usecases.care_for_store import lock_after_minutes
    from rkv_app.usecases.window_state import take_window_state

    workspace = work()
    minutes = lock_after_minutes(workspace)
    try:
        return workspace, take_window_state(workspace), minutes
    except UserError:
        # A store that cannot be written in must open all the same.
        return workspace, None, minutes


def _copies_left() -> UserError:
    from rkv_app.foundation.errors import UserError
    from rkv_app.foundation.i18n import message

    return UserError(
        "RKV-STO-039",
        message("A copy that the PDF reader got is still open there, and could not be deleted."),
        message("The store is locked and safe. Close the document in the PDF reader, then close and start this app."),
    )


def _sweep() -> None:
    """Removes plaintext that a killed process has left; a store may not be opened for long."""
    from rkv_app.packets.plaintext import remove_leftovers

    remove_leftovers()


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
    status = app.exec()
    desktop.finish()
    return status
