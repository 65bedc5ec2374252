# SPDX-License-Identifier: MIT
"""Where a curriculum is opened: at which aim, or compared with which version."""

from dataclasses import dataclass
from typing import Final

from rkv_app.usecases.compare_curricula import AT

# Neither stands in a code or in a moment of Grep's.
_AIM: Final = "#"
_SINCE: Final = "<"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the catalogue.

    Attributes:
        name: `CODE` or `CODE@CHANGED`, as for `named_curriculum`.
        at: code of the set or aim to show, or nothing.
        since: `CODE@CHANGED` of what to compare with, or nothing.
    """

    name: str
    at: str = ""
    since: str = ""

    @property
    def subject(self) -> str:
        """What a route says of it."""
        return self.name + (_AIM + self.at if self.at else "") + (_SINCE + self.since if self.since else "")


def version_name(code: str, changed: str) -> str:
    """The name of one version."""
    return f"{code}{AT}{changed}"


def read_place(subject: str) -> Place:
    """The place that a route says."""
    rest, _, since = subject.partition(_SINCE)
    name, _, at = rest.partition(_AIM)
    return Place(name, at, since)
