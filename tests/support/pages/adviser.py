# SPDX-License-Identifier: MIT
"""The adviser's pages, in the adviser's words."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rkv_app.ui.spoken_code import SpokenCodePanel
from support.pages.window import User


@dataclass(frozen=True)
class AdviserPages:
    """What an adviser does."""

    user: User

    def import_practice_plan(self) -> None:
        """Brings in the made-up curriculum."""
        self.user.press("Curricula")
        self.user.press("Use the practice plan")
        self.user.sees("imported")

    def add_county(self, card: Path) -> None:
        """Takes in the county's contact card and compares its digits."""
        self.user.press("Contacts")
        self.user.files.answers.append(card)
        self.user.press("Add a contact card …")
        self.user.sees("The contact was added.")
        self.user.press("Compare the digits …")
        self.user.press("The digits are the same")
        self.user.sees("Known contact, checked")

    def begin_case(self, given: str, family: str, wanted: str, curriculum: str) -> None:
        """Begins a case and comes to its page."""
        self.user.press("Cases")
        self.user.press("New case")
        self.user.write("Given name", given)
        self.user.write("Family name", family)
        self.user.write("Date of birth", "3.4.1991")
        self.user.write("Wanted final competence", wanted)
        self.user.choose("Curriculum", curriculum)
        self.user.press("Begin the case")
        self.user.sees("Register the first placement")

    def add_placement(self, workplace: str, supervisor: str) -> None:
        """Registers a placement."""
        self.user.press("Add a placement …")
        self.user.write("Workplace", workplace)
        self.user.write("Supervisor's name", supervisor)
        self.user.write("Supervisor's position (may be left empty)", "Arbeidsleder")
        self.user.write("First day", "18.8.2025")
        self.user.write("Last day", "19.12.2025")
        self.user.write("Tasks", "Klargjøring av hangar.")
        self.user.press("Add the placement")
        self.user.sees("Ask the supervisor for an evaluation")

    def make_request(self, target: Path) -> str:
        """Makes the request and returns the code to tell by phone."""
        self.user.files.answers.append(target)
        self.user.press("Make the request …")
        self.user.sees("The request is made")
        return self.told_code()

    def told_code(self) -> str:
        """The code on the screen."""
        panel = self.user.window.findChild(QWidget, "spokenCodePanel")
        assert isinstance(panel, SpokenCodePanel)
        return panel.code

    def receive(self, packet: Path, button: str) -> None:
        """Receives a packet with this button."""
        self.user.files.answers.append(packet)
        self.user.press(button)

    def send_application(self, target: Path) -> None:
        """Sends the application to the only county there is."""
        self.user.press("Go to sending")
        self.user.sees("What leaves")
        self.fill_in_and_send(target)

    def fill_in_and_send(self, target: Path) -> None:
        """Says why, on the page for sending, and makes the packet."""
        self.user.write("Purpose", "Søknad om realkompetansevurdering.")
        self.user.write("The candidate was told on", "20.1.2026")
        self.user.files.answers.append(target)
        self.user.press("Make the packet …")
        self.user.sees("The application is made")

    def send_documents(self, document: Path, answers: str, kind: str, target: Path) -> None:
        """Answers the county's request with one document."""
        self.user.press("Send the documents …")
        self.user.files.answers.append(document)
        self.user.press("Attach a document …")
        self.user.sees(document.name)
        self.user.choose(f"What {document.name} answers", answers)
        self.user.choose(f"What {document.name} is", kind)
        self.user.write("The candidate was told on", "20.1.2026")
        self.user.files.answers.append(target)
        self.user.press("Make the packet …")
        self.user.sees("The packet was written")
