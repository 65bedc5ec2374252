# SPDX-License-Identifier: MIT
"""Reads a form file: a small, closed YAML, checked against the model, every fault told with file and line."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails
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

from rkv_app.forms.coherence import check_coherence
from rkv_app.forms.faults import FormFault, Place
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.safe_files import explain_os_error

MAX_BYTES = 1024 * 1024
# The scanner takes quadratic time over some long lines.
MAX_LINE_BYTES = 10_000
MAX_DEPTH = 24
MAX_VALUES = 50_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class LoadedForm:
    """A form and the SHA-256 of the file it was read from."""

    form: Form
    sha256: str


def load_form(path: Path) -> LoadedForm:
    """Reads and checks one form file.

    Raises:
        UserError: RKV-FRM-001 not YAML, RKV-FRM-002 YAML that is not allowed here, RKV-FRM-003 not a form,
            RKV-SYS-002 and RKV-SYS-004 the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    return LoadedForm(form_from_bytes(data, path.name), hashlib.sha256(data).hexdigest())


def form_from_bytes(data: bytes, name: str) -> Form:
    """Reads and checks the content of a form file; `name` stands in the messages. Raises as `load_form`."""
    if len(data) > MAX_BYTES:
        raise _refused(name, 1, message("the file is larger than 1 MiB"))
    for number, line in enumerate(data.split(b"\n"), 1):
        if len(line) > MAX_LINE_BYTES:
            raise _refused(name, number, message("the line is too long"))
    try:
        value, lines = _read_yaml(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise _not_yaml(name, data.count(b"\n", 0, problem.start) + 1) from problem
    except _Refused as refused:
        raise _refused(name, refused.line, refused.what) from refused
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise _not_yaml(name, mark.line + 1 if mark else 1) from problem
    except YAMLError as problem:
        raise _not_yaml(name, 1) from problem
    try:
        form = Form.model_validate(value)
        check_coherence(form)
    except ValidationError as invalid:
        raise _not_a_form(name, lines, *_first_fault(invalid)) from invalid
    except FormFault as fault:
        raise _not_a_form(name, lines, fault.place, fault.message) from fault
    return form


class _Refused(Exception):
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
            raise _Refused(line, message("the file holds too many values"))
        if len(place) > MAX_DEPTH:
            raise _Refused(line, message("the values are nested too deep"))
        if not isinstance(event, NodeEvent) or isinstance(event, AliasEvent) or event.anchor:
            raise _Refused(line, message("anchors and aliases (& and *) are not allowed"))
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag is not None:
            raise _Refused(line, message("tags (!) are not allowed"))
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
                raise _Refused(line, message("a key must be a plain word"))
            key = str(event.value)
            if key in found:
                raise _Refused(line, message("the key {key} stands twice", key=key[:60]))
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


def _read_yaml(text: str) -> tuple[object, Mapping[Place, int]]:
    events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(text))
    next(events)
    start = next(events)
    if isinstance(start, StreamEndEvent):
        return None, {(): 1}
    if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
        raise _Refused(1, message("directives (%) are not allowed"))
    builder = _Builder(events)
    value = builder.value(next(events), ())
    next(events)
    if not isinstance(after := next(events), StreamEndEvent):
        raise _Refused(after.start_mark.line + 1, message("the file must hold one document only"))
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


def _first_fault(invalid: ValidationError) -> tuple[Place, Message]:
    fault = invalid.errors(include_url=False)[0]
    inner = fault.get("ctx", {}).get("error")
    if isinstance(inner, FormFault):
        return inner.place or fault["loc"], inner.message
    # The discriminator is reported at its item; the line to correct is that of the key.
    place = (*fault["loc"], "type") if fault["type"] == "union_tag_invalid" else fault["loc"]
    return place, _in_plain_words(fault)


def _in_plain_words(fault: ErrorDetails) -> Message:
    key = str(fault["loc"][-1]) if fault["loc"] else "–"
    context = fault.get("ctx", {})
    match fault["type"]:
        case "model_type" if not fault["loc"]:
            return message("This is not a form: keys such as id, version and items are expected.")
        case "missing":
            return message("{key} is missing.", key=key)
        case "extra_forbidden":
            return message("{key} is not a word that can stand here.", key=key[:60])
        case "union_tag_not_found":
            return message("type is missing.")
        case "union_tag_invalid":
            return message("type must be one of {expected}.", expected=context.get("expected_tags", "–"))
        case "literal_error" | "enum":
            return message("{key} must be one of {expected}.", key=key, expected=context.get("expected", "–"))
        case "string_type":
            return message("{key} must be text; put quotation marks around it.", key=key)
        case "string_pattern_mismatch":
            return message("{key} has characters that are not allowed there.", key=key)
        case "string_too_short" | "too_short":
            return message("{key} is empty.", key=key)
        case "string_too_long" | "too_long":
            return message("{key} is too long.", key=key)
        case _:
            return message("{key} does not have the expected form.", key=key)


def _line(lines: Mapping[Place, int], place: Place) -> int:
    """The line of the deepest value on the way to `place`; names of types, which pydantic puts in, fall out."""
    known: Place = ()
    for part in place:
        if (*known, part) in lines:
            known = (*known, part)
    return lines.get(known, 1)


def _not_a_form(name: str, lines: Mapping[Place, int], place: Place, what: Message) -> UserError:
    return UserError(
        "RKV-FRM-003",
        message("{file}, line {line}: {what}", file=name, line=_line(lines, place), what=what),
        message("The form is not used. Correct the line, then try again."),
    )


def _not_yaml(name: str, line: int) -> UserError:
    return UserError(
        "RKV-FRM-001",
        message("{file}, line {line}: this is not YAML that can be read.", file=name, line=line),
        message("The form is not used. Look at indents, colons and quotation marks on that line and the one before."),
    )


def _refused(name: str, line: int, what: Message) -> UserError:
    return UserError(
        "RKV-FRM-002",
        message("{file}, line {line}: {what}.", file=name, line=line, what=what),
        message("The form is not used. Write it with plain keys, lists and texts only."),
    )
