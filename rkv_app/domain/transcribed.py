# SPDX-License-Identifier: MIT
"""The mark on an evaluation that came back as a form outside the app: who put it in, from which file, how and when.

Such an evaluation carries no electronic signature of the supervisor's. The mark lies among its answers under a reserved
item path, as the marks of `domain.carried` do, so that it goes wherever the answers go: into the application and its
documents, and to readers that do not know it, who leave it alone. No form has an item of that name.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from rkv_app.domain.marks import mark_fields
from rkv_app.foundation.i18n import Message, message

TRANSCRIBED: Final = "transcribed"
"""The item path of the mark."""

_LONGEST: Final = 1_000


class Way(StrEnum):
    """How the answers came from the file into the store: read from the fields of the form, or typed from a picture."""

    FIELDS = "fields"
    TYPED = "typed"


WAYS: Mapping[Way, Message] = {
    Way.FIELDS: message("The answers were read from a PDF form that came back."),
    Way.TYPED: message("The answers were typed in from a form that came back on paper, or without its fields."),
}
"""How, as it is told to a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribed:
    """Where an evaluation came from that nobody signed electronically.

    Attributes:
        by: name of the person who compared the answers with the file, and stands for that.
        at: when.
        way: how the answers came over.
        sha256: digest of the file that came back, hexadecimal; it is kept as it came.
    """

    by: str
    at: datetime
    way: Way
    sha256: str


def transcribed_value(mark: Transcribed) -> dict[str, str]:
    """The mark as the JSON value that is kept."""
    return {**asdict(mark), "way": mark.way.value, "at": mark.at.isoformat()}


def transcribed(answers: Mapping[str, object]) -> Transcribed | None:
    """The mark among answers; None where there is none, or none that can be read, as a stranger may have written it."""
    said = mark_fields(answers.get(TRANSCRIBED), Transcribed, _LONGEST)
    if said is None or said["way"] not in list(Way):
        return None
    return Transcribed(**{**said, "way": Way(said["way"])})
