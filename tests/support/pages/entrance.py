# SPDX-License-Identifier: MIT
"""The first window, in the words of somebody who wants in, and what may have happened to a store before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from rkv_app.crypto.keyslots import parse_header
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.resources import state_folder
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.entry.attempts import Attempts
from rkv_app.store.files.header_file import read_header
from rkv_app.store.store import SqlCipherStore
from support.pages.window import User
from support.store_samples import PASSPHRASE, opened_header, quick_vault

PAGE = 4096


@dataclass(frozen=True)
class EntrancePage:
    """What somebody does at the door of a store."""

    user: User

    def furnished(self) -> None:
        """Waits until all that is offered is there."""
        self.user.sees("I lost the passphrase")

    def try_passphrase(self, passphrase: str = PASSPHRASE) -> None:
        """Types a passphrase and asks to have the store opened."""
        self.user.write("Passphrase", passphrase)
        self.user.press("Open")

    def opens(self, act: Callable[[], None]) -> None:
        """The store is open after this."""
        with self.user.qtbot.waitSignal(self.user.desktop.opened):
            act()
        self.user.settle()

    def type_words(self, words: str) -> None:
        """Types recovery words in the place of the passphrase."""
        self.user.write("The words of the recovery sheet, in order", words)

    def offers(self, name: str) -> bool:
        """Whether a button is there."""
        found = self.user.window.findChildren(QAbstractButton)
        return any(one.isVisible() and name in (one.text(), one.accessibleName()) for one in found)

    def says(self, name: str) -> str:
        """What stands in the text with this object name; nothing where it is not shown."""
        label = self.user.window.findChild(QLabel, name)
        return label.text() if isinstance(label, QLabel) and label.isVisible() else ""

    def tab_stops(self, first: str) -> list[str]:
        """The object names of all that the Tab key comes to in one round, beginning with `first`."""
        met: list[str] = []
        while (focused := QApplication.focusWidget()) is not None and focused.objectName() not in met:
            met.append(focused.objectName())
            self.user.qtbot.keyClick(focused, Qt.Key.Key_Tab)
        begin = met.index(first)
        return met[begin:] + met[:begin]

    def edit(self, name: str) -> QLineEdit:
        """The field with this object name."""
        found = self.user.window.findChild(QLineEdit, name)
        assert isinstance(found, QLineEdit)
        return found


def opened_store(path: Path) -> SqlCipherStore:
    """The open store, for what the owner did the last time; whoever asks closes it."""
    return quick_vault().open(path, Passphrase(PASSPHRASE))


def cut_in_half(path: Path) -> None:
    """Half of the database is gone, as after a failing disk."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // PAGE * PAGE])


def alter(path: Path, statement: str) -> None:
    """Somebody who has the key changes the database behind the program's back."""
    _, key = opened_header(path)
    database = SqlCipherDatabase(connect(path, key), path, SystemClock())
    database.raw.execute(statement)
    database.close()


def wrong_tries(path: Path, count: int) -> None:
    """Somebody has tried wrong passphrases just now."""
    attempts = Attempts(state_folder(), parse_header(read_header(path)).store_id)
    for _ in range(count):
        attempts.failed(SystemClock().now())
