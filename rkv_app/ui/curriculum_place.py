# SPDX-License-Identifier: MIT
"""Where a curriculum is opened: at which aim, or compared with which version."""

from dataclasses import dataclass
from typing import Final

from rkv_app.usecases.compare_curricula import AT

# Neither stands in a code or in a moment of Grep's.
_AIM: Final = "#"
_SINCE: Final = "<"
_FOUND: Final = "?"
_ROW: Final = "\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the catalogue.

    Attributes:
        name: `CODE` or `CODE@CHANGED`, as for `named_curriculum`.
        at: code of the set or aim to show, or nothing.
        since: `CODE@CHANGED` of what to compare with, or nothing.
        back: the search that one came from, and goes back to, as `Search.subject`.
    """

    name: str
    at: str = ""
    since: str = ""
    back: str = ""

    @property
    def subject(self) -> str:
        """What a route says of it."""
        signs = ((_AIM, self.at), (_SINCE, self.since), (_FOUND, self.back))
        return self.name + "".join(sign + said for sign, said in signs if said)


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for in the catalogue.

    Attributes:
        text: as it was typed.
        row: what was opened from what was found, or nothing.
    """

    text: str = ""
    row: str = ""

    @property
    def subject(self) -> str:
        """What a route says of it; nothing where nothing is searched for."""
        return self.text + (_ROW + self.row if self.row else "") if self.text else ""


def read_search(subject: str) -> Search:
    """The search that a route says."""
    text, _, row = subject.partition(_ROW)
    return Search(text, row)


def version_name(code: str, changed: str) -> str:
    """The name of one version."""
    return f"{code}{AT}{changed}"


def read_place(subject: str) -> Place:
    """The place that a route says."""
    rest, _, back = subject.partition(_FOUND)
    rest, _, since = rest.partition(_SINCE)
    name, _, at = rest.partition(_AIM)
    return Place(name, at, since, back)
