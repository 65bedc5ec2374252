# SPDX-License-Identifier: MIT
"""Reads the small, closed YAML that forms are written in, with the line of every value; anything else is refused.

Plain keys, lists and texts: no anchors, no aliases, no tags, no merge keys, no key twice, one document, and limits on
size, depth and number, so that a hostile file costs no more than a long one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from rkv_app.forms.faults import Place
from rkv_app.foundation.i18n import Message, message

MAX_BYTES = 1024 * 1024
# The scanner takes quadratic time over some long lines.
MAX_LINE_BYTES = 10_000
MAX_DEPTH = 24
MAX_VALUES = 50_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Refused(Exception):
    """YAML that does not belong in a form.

    Attributes:
        line: where, from 1.
        what: what is there.
    """

    def __init__(self, line: int, what: Message) -> None:
        super().__init__(line)
        self.line = line
        self.what = what


@dataclass(slots=True)
class _Builder:
    """Builds plain values from YAML events in one pass and remembers the line of each."""

    events: Iterator[Event]
    lines: dict[Place, int] = field(default_factory=dict)
    count: int = 0

    def value(self, event: Event, place: Place) -> object:
        line = event.start_mark.line + 1
        self.lines.setdefault(place, line)
        self.count += 1
        if self.count > MAX_VALUES:
            raise Refused(line, message("the file holds too many values"))
        if len(place) > MAX_DEPTH:
            raise Refused(line, message("the values are nested too deep"))
        if not isinstance(event, NodeEvent) or isinstance(event, AliasEvent) or event.anchor:
            raise Refused(line, message("anchors and aliases (& and *) are not allowed"))
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag is not None:
            raise Refused(line, message("tags (!) are not allowed"))
        if isinstance(event, MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(place)
        return _scalar(event) if isinstance(event, ScalarEvent) else None

    def _mapping(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            line = event.start_mark.line + 1
            if not isinstance(event, ScalarEvent) or event.anchor or event.tag is not None:
                raise Refused(line, message("a key must be a plain word"))
            key = str(event.value)
            if key in found:
                raise Refused(line, message("the key {key} stands twice", key=key[:60]))
            self.lines[(*place, key)] = line
            found[key] = self.value(next(self.events), (*place, key))
        return found

    def _sequence(self, place: Place) -> list[object]:
        found: list[object] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self.value(event, (*place, len(found))))
        return found


def read_yaml(text: str) -> tuple[object, Mapping[Place, int]]:
    """Returns the plain value that a text holds and the line of each part of it.

    Raises:
        Refused: it is YAML that does not belong in a form.
        YAMLError: it is not YAML.
    """
    events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(text))
    next(events)
    start = next(events)
    if isinstance(start, StreamEndEvent):
        return None, {(): 1}
    if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
        raise Refused(1, message("directives (%) are not allowed"))
    builder = _Builder(events)
    value = builder.value(next(events), ())
    next(events)
    if not isinstance(after := next(events), StreamEndEvent):
        raise Refused(after.start_mark.line + 1, message("the file must hold one document only"))
    return value, builder.lines


def _scalar(event: ScalarEvent) -> object:
    text = str(event.value)
    # YAML 1.2 core schema (section 10.3.2), and no dates: only an unquoted word is anything but text.
    if not event.implicit[0]:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
