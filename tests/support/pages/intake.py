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
        """Writes the application on the screen as a PDF."""
        self.user.press("Hand the application over in another way …")
        self.user.files.answers.append(target)
        self.user.press("Write the file …")
        self.user.sees("It was written to")

    def ask_for_more(self, items: str, deadline: str, target: Path) -> None:
        """Asks for more documents, one on each line."""
        self.user.press("Ask for more documents …")
        self.user.write("What is missing", items)
        self.user.write("Wanted by", deadline)
        self.user.files.answers.append(target)
        self.user.press("Make the request …")
        self.user.sees("The request was written")

    def save_document(self, name: str, target: Path) -> None:
        """Saves a document that came."""
        self.user.files.answers.append(target)
        self.user.press(f"Save a copy of {name}")
        self.user.sees("A copy was written")

    def decide(self, aim: str, letter: Path, target: Path) -> None:
        """Attaches the decision letter, and sends the outcome: this aim is recognised and no other."""
        self.user.files.answers.append(letter)
        self.user.press("Attach a document …")
        self.user.sees(letter.name)
        self.user.press("Send the outcome …")
        self.user.press("Aim by aim")
        self.user.press_first(aim)
        self.user.write("How to appeal (may be left empty)", "Skriv til fylkeskommunen.")
        self.user.write("Last day for an appeal (may be left empty)", "31.12.2099")
        self.user.press(letter.name)
        self.user.files.answers.append(target)
        self.user.press("Make the outcome …")
        self.user.sees("The outcome was written")

    def read_in_quarantine(self) -> None:
        """Opens the only packet that is in quarantine."""
        self.user.sees("In quarantine")
        self.user.press("Read Application from Ola Veileder, Ungdomsteamet, Nav Testvik and decide")
        self.user.sees("A packet in quarantine")
