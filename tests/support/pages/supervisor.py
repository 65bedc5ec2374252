# SPDX-License-Identifier: MIT
"""The supervisor's pages, in the supervisor's words."""

from dataclasses import dataclass
from pathlib import Path

from support.pages.window import User

RATE = "What does the candidate do at your workplace?"
KNOW = "How do you know?"
EXAMPLE = "Tell briefly about one time …"
WHEN = "When was it?"


@dataclass(frozen=True)
class SupervisorPages:
    """What a supervisor does."""

    user: User

    def open_request(self, packet: Path, code: str) -> None:
        """Opens a request with the code that was told."""
        self.user.files.answers.append(packet)
        self.user.press("Choose the file …")
        self.user.write("The code", code)
        self.user.press("Open the request")

    def rate(self, aim: str, rating: str) -> None:
        """Answers the first question about an aim."""
        self.user.press(f"{rating}. {RATE} {aim}")

    def tell(self, aim: str, *, known_by: str, example: str, when: str) -> None:
        """Answers the other questions about an aim."""
        self.user.press(f"{known_by}. {KNOW} {aim}")
        self.user.write(f"{EXAMPLE} {aim}", example)
        self.user.write(f"{WHEN} {aim}", when)

    def complete(self, name: str, position: str) -> None:
        """Stands behind the answers."""
        self.user.write("Your name", name)
        self.user.write("Your position", position)
        self.user.press("Complete")

    def save_answer(self, target: Path) -> None:
        """Writes the answer to a file."""
        self.user.files.answers.append(target)
        self.user.press("Save the answer …")
        self.user.sees(f"The answer lies in {target.name}")
