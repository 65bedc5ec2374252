# SPDX-License-Identifier: MIT
"""Contacts, keys and issuers, in everybody's words."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLabel

from support.pages.window import User


@dataclass(frozen=True)
class ContactPages:
    """What anybody does about whom they trust."""

    user: User

    def open(self) -> None:
        """Goes to the contacts."""
        self.user.press("Contacts")
        self.user.sees("You, as others know you")

    def open_keys(self) -> None:
        """Goes to the keys and issuers."""
        self.open()
        self.user.press("Keys and issuers …")
        self.user.sees("Your keys")

    def add_card(self, card: Path) -> None:
        """Brings in a contact card."""
        self.user.files.answers.append(card)
        self.user.press("Add a contact card …")

    def look_at_certificate(self, file: Path, password: str) -> None:
        """Chooses a key file, and asks who it is of."""
        self.user.files.answers.append(file)
        self.user.press("Use an organisation's certificate …")
        self.user.write("Password of the file", password)
        self.user.press("See who it is of")

    def write_office_key(self, target: Path) -> str:
        """Writes the key of the office; the words to tell, read from the screen."""
        self.user.files.answers.append(target)
        self.user.press("Write it for a colleague …")
        self.user.sees("Tell them these words")
        said = [label.text().split() for label in self.user.window.findChildren(QLabel)]
        numbered = sorted((int(part[0]), part[1]) for part in said if len(part) == 2 and part[0].isdecimal())
        self.user.press("I have told the words")
        return " ".join(word for _, word in numbered)

    def import_issuers(self, file: Path) -> None:
        """Chooses a file of issuers or a revocation list."""
        self.user.files.answers.append(file)
        self.user.press("Import issuers or a revocation list …")
