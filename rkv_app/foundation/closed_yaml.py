# SPDX-License-Identifier: MIT
"""Reads the small, closed YAML of forms and lists, with the line of every value; anything else is refused.

Plain keys, lists and texts: no anchors, no aliases, no tags, no merge keys, no key twice, one document, and limits on
size, depth and number, so that a hostile file costs no more than a long one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
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

from rkv_app.foundation.i18n import Message, message

# A key, and a second colon in what follows it.
_COLON: Final = re.compile(r"^[ -]*[^\s:'\"{\[]+: +[^'\"{\[].*: ")
# The same inside braces: {nb: Om: runden}.
_COLON_INSIDE: Final = re.compile(r"[{,] *[^\s:'\"{}\[\],]+: +[^'\"{}\[\],]*: ")
_HASH: Final = re.compile(r"^[^#]*\{[^}#]* #")
# The scanner takes quadratic time over some long lines.
MAX_LINE_BYTES = 10_000
MAX_VALUES = 50_000

UNREADABLE: Final = message("This is not YAML that can be read.")
"""What is said where nothing more is known."""

# Keys and indexes from the top of the file to a value.
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs between one kind of file and another.

    Attributes:
        most_bytes: the largest file that is read.
        too_large: what is said of a larger one.
        most_depth: how deep values may be nested.
        scalar: the value of what is neither list nor mapping; raises Refused.
    """

    most_bytes: int
    too_large: Message
    most_depth: int
    scalar: Callable[[ScalarEvent], object]


class NotYaml(Exception):
    """What cannot be read as YAML.

    Attributes:
        line: where, from 1.
        what: what is wrong there, as far as one can tell.
    """

    def __init__(self, line: int, what: Message = UNREADABLE) -> None:
        super().__init__(line)
        self.line = line
        self.what = what


class Refused(Exception):
    """YAML that does not belong in such a file.

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
    rules: Rules
    lines: dict[Place, int] = field(default_factory=dict)
    count: int = 0

    def value(self, event: Event, place: Place) -> object:
        line = event.start_mark.line + 1
        self.lines.setdefault(place, line)
        self.count += 1
        if self.count > MAX_VALUES:
            raise Refused(line, message("the file holds too many values"))
        if len(place) > self.rules.most_depth:
            raise Refused(line, message("the values are nested too deep"))
        if not isinstance(event, NodeEvent) or isinstance(event, AliasEvent) or event.anchor:
            raise Refused(line, message("anchors and aliases (& and *) are not allowed"))
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag is not None:
            raise Refused(line, message("tags (!) are not allowed"))
        if isinstance(event, MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(place)
        return self.rules.scalar(event) if isinstance(event, ScalarEvent) else None

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


def read_yaml(data: bytes, rules: Rules) -> tuple[object, Mapping[Place, int]]:
    """Returns the plain value that a file holds and the line of each part of it.

    Raises:
        Refused: it is YAML that does not belong in such a file.
        NotYaml: it is not YAML.
    """
    if len(data) > rules.most_bytes:
        raise Refused(1, rules.too_large)
    for number, line in enumerate(data.split(b"\n"), 1):
        if len(line) > MAX_LINE_BYTES:
            raise Refused(number, message("the line is too long"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise NotYaml(data.count(b"\n", 0, problem.start) + 1) from problem
    try:
        return _read(text, rules)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise _explained(text, str(problem.problem), mark.line + 1 if mark else 1) from problem
    # The scanner makes a letter of any number after \U, and Python has none for some of them.
    except (YAMLError, ValueError, OverflowError) as problem:
        raise NotYaml(1) from problem


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of the deepest value on the way to `place`; names of types, which pydantic puts in, fall out."""
    known: Place = ()
    for part in place:
        if (*known, part) in lines:
            known = (*known, part)
    return lines.get(known, 1)


def _explained(text: str, problem: str, line: int) -> NotYaml:
    """What an author can do about it, where the usual slips are; the parser tells what it expected instead."""
    lines = text.splitlines()[:line]
    if "'\\t'" in problem:
        return NotYaml(line, message("There is a tab here. Indent with spaces."))
    # Where a mark is missing, the parser reads on to the next one, and stumbles far below.
    odd = (number for number, one in enumerate(lines, 1) if one.replace('\\"', "").count('"') % 2)
    if opened := next(odd, 0):
        return NotYaml(opened, message("A quotation mark is opened on this line and not closed."))
    here = lines[-1] if lines else ""
    if (problem.startswith("mapping values") and _COLON.search(here)) or _COLON_INSIDE.search(here):
        return NotYaml(line, message("A text with a colon in it must stand in quotation marks."))
    # The rest of the line is a comment, and the brace is missed on the next one.
    hashed = (number for number in (line, line - 1) if 0 < number <= len(lines) and _HASH.search(lines[number - 1]))
    if cut := next(hashed, 0):
        return NotYaml(cut, message("A text with a hash sign in it must stand in quotation marks."))
    if problem.startswith("mapping values") or "<block mapping start>" in problem:
        return NotYaml(line, message("This line is not indented like those that it belongs with."))
    return NotYaml(line)


def _read(text: str, rules: Rules) -> tuple[object, Mapping[Place, int]]:
    events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(text))
    next(events)
    start = next(events)
    if isinstance(start, StreamEndEvent):
        return None, {(): 1}
    if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
        raise Refused(1, message("directives (%) are not allowed"))
    builder = _Builder(events, rules)
    value = builder.value(next(events), ())
    next(events)
    if not isinstance(after := next(events), StreamEndEvent):
        raise Refused(after.start_mark.line + 1, message("the file must hold one document only"))
    return value, builder.lines
