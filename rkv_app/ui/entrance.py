# SPDX-License-Identifier: MIT
"""All that the first window offers besides a passphrase. Brought in after its first paint, and put into it.

A store that is not open is only ever looked at, waited for and mended on a worker of its own, so that typing a
passphrase never waits for a slow disk.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from rkv_app.domain.store_ports import Vault
from rkv_app.domain.stores import Holder, Passphrase, QuickUnlock, WayIn
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from rkv_app.ui.files import FileChooser
from rkv_app.ui.first_window import FirstWindow
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.trouble import Step, Trouble
from rkv_app.ui.unlock_choices import Mode, UnlockChoices
from rkv_app.usecases.look_at_store import ClosedStore, look_at_store

# Milliseconds: a path that is being typed is not looked for letter by letter.
_PAUSE_MS = 200


class Entrance(QObject):
    """See the module.

    Signals:
        openAsked(Path, WayIn, bool, bool): open this store; only to look at it; though it is older than it was.
    """

    openAsked = Signal(object, object, bool, bool)

    def __init__(self, window: FirstWindow, files: FileChooser, vault: Callable[[], Vault], tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._words = window.words
        self._files = files
        self._vault = vault
        self._tasks = tasks
        self._refusal: tuple[UserError, Path, WayIn] | None = None
        # Where it did not open the store, whatever the key file says of it.
        self._without_quick: Path | None = None
        self._choices = UnlockChoices(window.words, files, window.passphrase_edit, self)
        self._trouble = Trouble(window.words)
        window.furnish(self._choices.above, self._choices.below, self._trouble)
        self._choices.modeChanged.connect(self._on_mode)
        self._choices.quickAsked.connect(lambda: self._open(QuickUnlock()))
        self._choices.restoreAsked.connect(self._restore)
        self._choices.refused.connect(window.show_error)
        self._choices.submitted.connect(self._on_other_way)
        window.otherWayAsked.connect(self._on_other_way)
        window.formShown.connect(lambda _create: self._forget())
        self._trouble.stepAsked.connect(self._on_step)
        self._trouble.lookedFor.connect(self._look_whether_free)
        self._trouble.heldChanged.connect(self._hold)
        self._trouble.waited.connect(self._on_waited)
        window.passphrase_edit.textEdited.connect(lambda _typed: self._trouble.stop_waiting())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        window.path_edit.textChanged.connect(self._on_path)
        self._look()

    def tell(self, problem: UserError, path: Path, way: WayIn) -> None:
        """Offers what can be done about a store that did not open that way."""
        self._refusal = (problem, path, way)
        self._trouble.tell(problem)
        if isinstance(way, QuickUnlock):
            self._without_quick = path
        self._order()
        self._look()

    def take_over(self, other: "Entrance") -> None:
        """Goes on where the one in another language was."""
        self._choices.take_over(other._choices)
        if other._refusal is not None:
            was_waiting = other._trouble.is_waiting
            self._window.show_error(other._refusal[0])
            self.tell(*other._refusal)
            if not was_waiting:
                self._trouble.stop_waiting()

    def _on_mode(self, mode: Mode) -> None:
        self._window.ask_for_passphrase(mode is Mode.PASSPHRASE)
        self._order()

    def _order(self) -> None:
        # Once everything has found its place.
        QTimer.singleShot(0, self._window, lambda: in_reading_order(self._window))

    def _on_path(self) -> None:
        # What was said of one store says nothing of another.
        self._forget()
        self._window.hide_message()
        self._pause.start()

    def _forget(self) -> None:
        self._refusal = None
        self._trouble.clear()

    def _look(self) -> None:
        path = self._window.store_path()
        if path is None:
            self._choices.show_store(None)
            return

        def show(found: ClosedStore) -> None:
            if path == self._window.store_path():
                self._choices.show_store(found, offer_quick=path != self._without_quick)
                self._order()

        self._tasks.run(
            lambda: look_at_store(self._vault(), path, SystemClock().now()),
            done=show,
            failed=lambda _: self._choices.show_store(None),
            owner=self,
        )

    def _on_other_way(self) -> None:
        way = self._choices.way()
        if way is not None:
            self._open(way)

    def _open(self, way: WayIn, *, read_only: bool = False, accept_older: bool = False) -> None:
        path = self._window.store_path()
        if path is None:
            self._window.path_edit.setFocus()
        elif self._window.can_open():
            self.openAsked.emit(path, way, read_only, accept_older)

    def _on_step(self, step: Step) -> None:
        if self._refusal is None:
            return
        _, path, way = self._refusal
        match step:
            case Step.LOOK:
                self._open(way, read_only=True)
            case Step.AGAIN:
                self._open(way)
            case Step.ACCEPT_OLDER:
                self._open(way, accept_older=True)
            case Step.RESTORE:
                self._restore()
            case Step.SALVAGE:
                self._salvage(path, way)

    def _look_whether_free(self) -> None:
        if self._refusal is None or self._tasks.busy or not self._window.can_open():
            return
        _, path, way = self._refusal

        def known(holder: Holder | None) -> None:
            if holder is None and self._trouble.is_waiting and self._window.can_open():
                self._open(way)

        self._tasks.run(lambda: self._vault().holder(path), done=known, failed=lambda _: None, owner=self)

    def _hold(self, held: bool) -> None:
        self._window.hold(held)
        self._choices.quick.setDisabled(held)

    def _on_waited(self) -> None:
        self._window.hide_message()
        self._choices.ask_for(self._choices.mode)

    def _restore(self) -> None:
        from rkv_app.ui.restore_dialog import RestoreDialog

        self._trouble.stop_waiting()
        dialog = RestoreDialog(
            self._words, self._window.store_path(), self._vault, self._files, self._tasks, self._window
        )
        dialog.mended.connect(self._open_mended)
        dialog.open()

    def _salvage(self, path: Path, way: WayIn) -> None:
        from rkv_app.ui.salvage_dialog import SalvageDialog

        dialog = SalvageDialog(self._words, path, way, self._vault, self._files, self._tasks, self._window)
        dialog.mended.connect(self._open_mended)
        dialog.open()

    def _open_mended(self, path: Path, way: WayIn) -> None:
        self._window.path_edit.setText(str(path))
        if isinstance(way, Passphrase):
            self._window.passphrase_edit.setText(way.text)
        self._open(way)


def in_reading_order(window: QWidget) -> None:
    """Has the Tab key go through what is shown in a window line by line; what came late would else come last."""
    shown = [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.window() is window
    ]
    places = {part: part.mapTo(window, QPoint()) for part in shown}
    for before, after in pairwise(sorted(shown, key=lambda part: (places[part].y(), places[part].x()))):
        QWidget.setTabOrder(before, after)
