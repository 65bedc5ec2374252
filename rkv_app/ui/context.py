# SPDX-License-Identifier: MIT
"""What every page is handed: the store behind it, the words to use, how to ask for files, and how to go elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rkv_app.foundation.i18n import Words
from rkv_app.ui.files import FileChooser, file_kinds
from rkv_app.ui.session import Session

PACKET_SUFFIX = ".rkvpakke"
FORMS_SUFFIX = ".rkvskjema"
RETURNED_SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff")
"""What a form that comes back may be saved as. Some of these are not read: then the page says so."""


class PageName(StrEnum):
    """The pages there are."""

    CASES = "cases"
    CASE = "case"
    SEND = "send"
    CONTACTS = "contacts"
    CURRICULA = "curricula"
    CURRICULUM = "curriculum"
    REQUESTS = "requests"
    EVALUATION = "evaluation"
    QUEUE = "queue"
    APPLICATION = "application"
    STORE = "store"
    TRUST = "trust"
    READINESS = "readiness"
    FINDER = "finder"
    ROADS = "roads"
    FORM = "form"
    SURVEY = "survey"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Route:
    """A page, and what it is about: the id of a case or a message, or nothing."""

    page: PageName
    subject: str = ""


@dataclass(frozen=True, slots=True)
class PageContext:
    """The surroundings of a page."""

    session: Session
    words: Words
    files: FileChooser
    go: Callable[[Route], None]

    def choose_packet(self) -> Path | None:
        """Asks for a packet that has come; None where the user thought better of it."""
        words = self.words
        return self.files.open_file(words("Choose the packet"), words("Packets") + f" (*{PACKET_SUFFIX})")

    def choose_answer(self) -> Path | None:
        """Asks for a packet, a form or a picture of one that has come; None where the user thought better of it."""
        words, endings = self.words, " ".join(f"*{suffix}" for suffix in (PACKET_SUFFIX, *RETURNED_SUFFIXES))
        kinds = file_kinds(words, words("Packets, forms and pictures"), endings)
        return self.files.open_file(words("Choose what has come"), kinds)

    def choose_form(self) -> Path | None:
        """Asks for a form or a picture of one that has come back; None where the user thought better of it."""
        words, endings = self.words, " ".join(f"*{suffix}" for suffix in RETURNED_SUFFIXES)
        return self.files.open_file(
            words("Choose the form that came back"), file_kinds(words, words("PDFs and pictures"), endings)
        )


def is_returned_form(path: Path) -> bool:
    """Whether a file may be a form that came back, by its name."""
    return path.suffix.lower() in RETURNED_SUFFIXES
