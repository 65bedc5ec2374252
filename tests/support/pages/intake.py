# SPDX-License-Identifier: MIT
"""The county's pages, in the county's words."""

from dataclasses import dataclass
from pathlib import Path

from support.pages.window import User


@dataclass(frozen=True)
class IntakePages:
    """What a caseworker at the county does."""

    user: User

    def receive(self, packet: Path) -> None:
        """Receives a packet into the queue."""
        self.user.press("Queue")
        self.user.files.answers.append(packet)
        self.user.press("Receive a packet …")

    def make_receipt(self, target: Path) -> None:
        """Makes the receipt of the application on the screen."""
        self.user.files.answers.append(target)
        self.user.press("Make the receipt …")
        self.user.sees("The receipt was written")

    def save_pdf(self, target: Path) -> None:
        """Saves the PDF of the application on the screen."""
        self.user.files.answers.append(target)
        self.user.press("Save the PDF …")
        self.user.sees("The PDF was written")
