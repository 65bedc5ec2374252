# SPDX-License-Identifier: MIT
"""The open store: what can be told of it, and what its owner does for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rkv_app.domain.stores import Backup, Health
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases import ways_in
from rkv_app.usecases.care_for_store import (
    StoreView,
    back_up,
    check_open_store,
    choose_second_folder,
    lock_after,
    view_store,
)
from rkv_app.usecases.make_recovery_sheet import make_recovery_words, recovery_sheet, save_recovery_sheet
from rkv_app.usecases.own_files import own_files
from rkv_app.usecases.pack_forms import PackedForms, pack_forms
from rkv_app.usecases.remove_forms import remove_forms
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StoreShown:
    """What the page shows.

    Attributes:
        health: what the check of this window found; None where there was none.
    """

    store: StoreView
    health: Health | None = None


class StoreViewModel(ViewModel):
    """See the module.

    Signals:
        backingUp(Job): a backup is under way.
        checking(Job): a check is under way.
        wordsMade(tuple): the words of a new recovery sheet; nothing else keeps them.
        wayInChanged: what a dialog asked for is done.
        ownFilesRead(tuple): the folders of the organisation's own forms and lists were read.
    """

    backingUp = Signal(object)
    checking = Signal(object)
    wordsMade = Signal(object)
    wayInChanged = Signal()
    ownFilesRead = Signal(object)

    def __init__(self, session: Session, words: Words, parent: QObject | None = None) -> None:
        super().__init__(session, words, parent)
        self._health: Health | None = None
        self._has_read_own = False

    def load(self) -> None:
        """See ViewModel."""
        self.run(view_store, self._show)
        if not self._has_read_own:
            self._has_read_own = True
            self.read_own_files()

    def read_own_files(self) -> None:
        """Reads the organisation's own forms and lists."""
        self.run(own_files, self.ownFilesRead.emit)

    def pack_forms(self, folder: Path, target: Path) -> None:
        """Signs the forms and lists in a folder into a new file."""

        def done(packed: PackedForms) -> None:
            words = self.words
            self.told.emit(
                words(
                    "Packed and signed in {name}: {forms}, {lists}.",
                    name=packed.path.name,
                    forms=words.plural("{n} form", "{n} forms", packed.forms),
                    lists=words.plural("{n} list", "{n} lists", packed.lists),
                )
            )

        self.run(lambda ws: pack_forms(ws, folder, target), done)

    def remove_forms(self, packet: str, done: Callable[[], object], failed: Callable[[UserError], None]) -> None:
        """Takes away what was added as a whole."""

        def removed(_: object) -> None:
            done()
            self.told.emit(self.words("The forms and lists were removed. None of them is used any more."))
            self.read_own_files()

        self.run(lambda ws: remove_forms(ws, packet), removed, failed)

    def change_passphrase(self, old: str, new: str, failed: Callable[[UserError], None]) -> None:
        """Lets `new` open the store instead of `old`."""
        self._change(
            lambda ws: ways_in.change_passphrase(ws, old, new), self.words("The passphrase was changed."), failed
        )

    def make_words(self) -> None:
        """Makes the words of a new recovery sheet."""
        self.run(lambda _: make_recovery_words(), self.wordsMade.emit)

    def save_sheet(
        self,
        recovery_words: Sequence[str],
        target: Path,
        done: Callable[[Path], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Writes the recovery sheet to a file."""
        self.run(lambda ws: save_recovery_sheet(ws, recovery_words, target), done, failed)

    def make_sheet(
        self, recovery_words: Sequence[str], done: Callable[[bytes], None], failed: Callable[[UserError], None]
    ) -> None:
        """Makes the recovery sheet, to be printed."""
        self.run(lambda ws: recovery_sheet(ws, recovery_words), done, failed)

    def add_recovery(self, typed_back: str, failed: Callable[[UserError], None]) -> None:
        """Lets the words of a sheet open the store."""
        said = self.words("The recovery sheet was added. Lock it up where nobody else finds it.")
        self._change(lambda ws: ways_in.add_recovery(ws, typed_back), said, failed)

    def use_quick_unlock(self, on: bool) -> None:
        """Turns quick unlock on this machine on or off."""
        words = self.words
        said = words("Quick unlock is on.") if on else words("Quick unlock is off.")
        self._change(ways_in.turn_on_quick_unlock if on else ways_in.turn_off_quick_unlock, said, self._refused)

    def add_office(self, certificate: Path, label: str, failed: Callable[[UserError], None]) -> None:
        """Lets the key of an office certificate open the store."""
        said = self.words("The office certificate was added.")
        self._change(lambda ws: ways_in.add_office(ws, certificate, label), said, failed)

    def remove(self, slot_id: str, failed: Callable[[UserError], None]) -> None:
        """Takes a way in away."""
        self._change(lambda ws: ways_in.remove_way_in(ws, slot_id), self.words("The way in was removed."), failed)

    def back_up(self) -> None:
        """Makes a backup."""
        job = self.session.run_long(back_up, done=self._on_backed_up, failed=self.failed.emit, owner=self)
        self.backingUp.emit(job)

    def check(self) -> None:
        """Checks the whole store."""
        self._health = None
        job = self.session.run_long(check_open_store, done=self._on_checked, failed=self.failed.emit, owner=self)
        self.checking.emit(job)

    def use_second_folder(self, folder: Path | None) -> None:
        """Puts second copies of backups there, or nowhere."""
        words = self.words
        said = (
            words("The next backup also goes to {name}.", name=folder.name)
            if folder
            else words("Backups no longer go to a second folder.")
        )
        self._change(lambda ws: choose_second_folder(ws, folder), said, self._refused)

    def lock_after(self, minutes: int) -> None:
        """Has the store lock after so many idle minutes."""
        said = self.words("The store now locks after {n} minutes.", n=minutes)

        def done(_: None) -> None:
            self.session.lockAfterChosen.emit(minutes)
            self.told.emit(said)

        self.run(lambda ws: lock_after(ws, minutes), done, self._refused)

    def _change(self, work: Callable[[Workspace], object], said: str, failed: Callable[[UserError], None]) -> None:
        def done(_: object) -> None:
            self.wayInChanged.emit()
            self.told.emit(said)
            self.load()

        self.run(work, done, failed)

    def _refused(self, problem: UserError) -> None:
        self.failed.emit(problem)
        # What the page shows as chosen was not.
        self.load()

    def _on_backed_up(self, backup: Backup) -> None:
        words = self.words
        if backup.notice is not None:
            self.told.emit(f"{words.say(backup.notice.message)} {words.say(backup.notice.hint)}")
        else:
            self.told.emit(
                words("The backup is made and was found sound ({size}).", size=labels.size(words, backup.size))
            )
        self.load()

    def _on_checked(self, health: Health) -> None:
        self._health = health
        self.load()

    def _show(self, store: StoreView) -> None:
        self.changed.emit(StoreShown(store, self._health))
