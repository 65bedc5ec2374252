# SPDX-License-Identifier: MIT
"""What a field to fill in is, before it is written as a widget of an AcroForm (ISO 32000-1 § 12.7)."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be done in a field."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHECK = "check"
    RADIO = "radio"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Widget:
    """One field, or one button of a group of which only one can be on.

    Attributes:
        name: of the field; the buttons of a group share it. No full stop: that would make it several names.
        label: what it is called by a reader that does not see the page.
        bounds: left, bottom, right, top in points.
        page: index from 0; set as it is painted.
        state: of a button: what the field says when it is on. ASCII letters, digits and underscores.
        group: of a button: the label of the whole group.
        options: of a list: code and words of each choice.
        longest: of a text: how many characters it can hold; 0 for any number.
        required: whether a reader that checks such things shall ask for it.
    """

    name: str
    kind: Kind
    label: str
    bounds: tuple[float, float, float, float]
    page: int = 0
    state: str = ""
    group: str = ""
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 0
    required: bool = False
