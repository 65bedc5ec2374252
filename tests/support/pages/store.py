# SPDX-License-Identifier: MIT
"""The page of the store itself, in its owner's words."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLabel

from support.pages.window import User


@dataclass(frozen=True)
class StorePages:
    """What the owner of a store does for it."""

    user: User

    def open(self) -> None:
        """Goes to the page."""
        self.user.press("Store and security")
        self.user.sees("Ways in")

    def change_passphrase(self, old: str, new: str, again: str | None = None) -> None:
        """Changes the passphrase, as far as it is taken."""
        self.user.press("Change the passphrase …")
        self.user.write("The passphrase of today", old)
        self.user.write("New passphrase", new)
        self.user.write("The new passphrase again", new if again is None else again)
        self.user.press("Change the passphrase")

    def shown_words(self) -> list[str]:
        """The words of a new recovery sheet, read from the screen in the order of their numbers."""
        self.user.press("Make a recovery sheet …")
        self.user.sees("They are shown only here")
        said = [label.accessibleName().split() for label in self.user.window.findChildren(QLabel)]
        numbered = {int(parts[0]): parts[1] for parts in said if len(parts) == 2 and parts[0].isdecimal()}
        return [numbered[number] for number in sorted(numbered)]

    def type_back(self, words: str) -> None:
        """Types the words of the sheet, and asks to have them added."""
        self.user.write("The words, in order", words)
        self.user.press("Add the recovery sheet")

    def use_second_folder(self, folder: Path) -> None:
        """Has second copies of backups put there."""
        self.user.files.answers.append(folder)
        self.user.press("Choose a second folder …")
        self.user.sees("The next backup also goes to")
