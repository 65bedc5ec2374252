# SPDX-License-Identifier: MIT
"""What a field to fill in is, before it is written as a widget of an AcroForm (ISO 32000-1 § 12.7)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What can be done in a field."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHECK = "check"
    RADIO = "radio"
    LIST = "list"


class Widget(NamedTuple):
    """One field, or one button of a group of which only one can be on.

    Attributes:
        name: of the field; the buttons of a group share it. No full stop: that would make it several names.
        label: what it is called by a reader that does not see the page.
        state: of a button: what the field says when it is on. ASCII letters, digits and underscores.
        group: of a button: the label of the whole group.
        options: of a list: code and words of each choice.
        longest: of a text: how many characters it can hold; 0 for any number.
        required: whether a reader that checks such things shall ask for it.
    """

    name: str
    kind: Kind
    label: str
    state: str = ""
    group: str = ""
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 0
    required: bool = False


class OnPage(NamedTuple):
    """A field where it was painted: page (index from 0), and left, bottom, right, top in points."""

    widget: Widget
    page: int
    bounds: tuple[float, float, float, float]


class FieldSaid(NamedTuple):
    """What the file says about a field, whatever is filled in (ISO 32000-1 § 12.7.3 and 12.7.4).

    Attributes:
        name: full name.
        type: FT, without the slash.
        flags: Ff.
        longest: MaxLen; 0 for none.
        label: TU.
        buttons: TU of each button of a group.
        options: of a list: code and words of each choice, or one text that is both.
        states: of a button, or of each of a group: what the field says when it is on.
    """

    name: str
    type: str
    flags: int = 0
    longest: int = 0
    label: str = ""
    buttons: Sequence[str] = ()
    options: Sequence[Sequence[str]] = ()
    states: Sequence[str] = ()
