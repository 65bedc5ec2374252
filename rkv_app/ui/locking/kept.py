# SPDX-License-Identifier: MIT
"""What is kept of a window while its store is closed, and how it becomes JSON and comes back.

After a lock, and after the app ended without closing, the window returns to where it was. After an ordinary close it
begins at home, as people expect; only what was typed and belongs to no record yet waits on its page.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rkv_app.ui.context import PageName, Route
from rkv_app.ui.locking.fields import Spot, Value


@dataclass(frozen=True, slots=True)
class OpenDialog:
    """A dialog over a page: its object name, what was typed there, and where the caret was."""

    name: str
    typed: Mapping[str, Value]
    spot: Spot = field(default_factory=Spot)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed on one page and is saved nowhere else.

    Attributes:
        typed: by the place of the field.
        unsaved: answers that the store has not taken, by item path; None takes one back.
    """

    route: Route
    typed: Mapping[str, Value] = field(default_factory=dict)
    unsaved: Mapping[str, Any] = field(default_factory=dict)
    dialog: OpenDialog | None = None

    def __bool__(self) -> bool:
        return bool(self.typed or self.unsaved or self.dialog)


@dataclass(frozen=True, slots=True)
class Here:
    """Where the window was.

    Attributes:
        history: the pages before, oldest first.
        scrolled: how far down the page was.
    """

    route: Route
    history: tuple[Route, ...] = ()
    scrolled: int = 0
    spot: Spot = field(default_factory=Spot)


@dataclass(frozen=True, slots=True)
class WindowState:
    """A window, as far as it must be made again; `here` is None where it begins at home."""

    here: Here | None = None
    drafts: tuple[Draft, ...] = ()


def to_json(state: WindowState) -> dict[str, object]:
    """The state as JSON values, empty where there is nothing to keep."""
    return asdict(state) if state.here is not None or state.drafts else {}


def from_json(kept: Mapping[str, Any] | None) -> WindowState:
    """The state that `to_json` wrote; the empty one of anything else, so that no state can keep a store shut."""
    if not kept:
        return WindowState()
    try:
        here = kept["here"]
        return WindowState(_here(here) if here else None, tuple(_draft(one) for one in kept["drafts"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return WindowState()


def _here(kept: Mapping[str, Any]) -> Here:
    history = tuple(_route(one) for one in kept["history"])
    return Here(_route(kept["route"]), history, int(kept["scrolled"]), _spot(kept["spot"]))


def _draft(kept: Mapping[str, Any]) -> Draft:
    dialog = kept["dialog"]
    reopened = OpenDialog(dialog["name"], dict(dialog["typed"]), _spot(dialog["spot"])) if dialog else None
    return Draft(_route(kept["route"]), dict(kept["typed"]), dict(kept["unsaved"]), reopened)


def _spot(kept: Mapping[str, Any]) -> Spot:
    return Spot(
        focus=str(kept["focus"]),
        anchor=int(kept["anchor"]),
        caret=int(kept["caret"]),
        scrolled=int(kept["scrolled"]),
        rows={str(place): int(row) for place, row in kept["rows"].items()},
    )


def _route(kept: Mapping[str, Any]) -> Route:
    return Route(PageName(kept["page"]), str(kept["subject"]))
