# SPDX-License-Identifier: MIT
"""Reads the fields of a PDF that came back. Nothing in it is run, memory and time are bounded, and nothing is mended.

A damaged file is refused rather than repaired: what a reader saved last lies at the end of the file, so a file that is
cut short would be read as the empty form that it once was.
"""

import hashlib
import hmac
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from rkv_app.documents.fillable_binding import (
    FIELDS,
    HIDDEN,
    KIND,
    PAGES,
    REQUEST,
    REQUEST_DIGEST,
    REQUEST_FILE,
    SEAL,
    Asked,
    fields_digest,
    fields_of,
    pages_digest,
    pages_of,
    request_json,
    seal,
    terminal_fields,
    text,
)
from rkv_app.documents.returned.refusals import active, damaged, locked, too_much
from rkv_app.domain.evaluations import AimText, FormPin, PlanText
from rkv_app.foundation.errors import UserError

MOST_BYTES: Final = 40 * 2**20
_MOST_PAGES: Final = 300
# Painted content, unpacked: a page of ours has some 20 KiB. Each of its signs may become a value of its own in memory.
_MOST_PAINTED: Final = 8 * 2**20
_MOST_FIELDS: Final = 20_000
_MOST_REQUEST: Final = 2 * 2**20
_MOST_AIMS: Final = 2_000
_LONGEST: Final = 20_000
_MOST_PARTS: Final = 200
# What nothing in a form of ours unpacks to.
_LIMITS: Final[Mapping[str, Any]] = {
    "parser_max_container_size": 100_000,
    "max_stream_filters": 4,
    "flate_max_memory": 32 * 2**20,
    "png_max_memory": 32 * 2**20,
    "tiff_max_memory": 32 * 2**20,
    "run_length_max_memory": 32 * 2**20,
    "dct_max_memory": 64 * 2**20,
}
# Actions that do no more than show another place, or write a letter (ISO 32000-1 table 198).
_HARMLESS: Final = frozenset({"/GoTo", "/URI"})


class Shape(StrEnum):
    """What became of the form on its way."""

    FIELDS = "fields"
    FLATTENED = "flattened"
    PRINTED = "printed"
    SCANNED = "scanned"


class Change(StrEnum):
    """What is not as it was sent."""

    REQUEST = "request"
    PAGES = "pages"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReturnedFile:
    """What a file says, before anything is made of it.

    Attributes:
        asked: the request that it brings along, or None where it brings none that can be read.
        values: what stands in each field that has something in it, by name; the state of a button, the texts of a list.
        changes: in what it is not the form that its digests were made of.
        hidden: the values that nobody sees, by name.
    """

    shape: Shape
    asked: Asked | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: frozenset[Change] = frozenset()
    hidden: Mapping[str, str] = field(default_factory=dict)

    def sealed_with(self, key: bytes) -> bool:
        """Whether the hidden values were made by whoever has the key, see `fillable_binding.seal`."""
        return hmac.compare_digest(seal(self.hidden, key).encode(), self.hidden.get(SEAL, "").encode())


def read_file(data: bytes) -> ReturnedFile:
    """Reads a PDF that came back.

    Raises:
        UserError: RKV-DOC-020 damaged; -021 encrypted; -022 too large or tangled; -023 it holds scripts or commands.
    """
    if len(data) > MOST_BYTES:
        raise too_much()
    with _limits():
        try:
            with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
                if pdf.is_encrypted:
                    raise locked()
                return _read(pdf)
        except pikepdf.PasswordError as problem:
            raise locked() from problem
        except UserError:
            raise
        except MemoryError as problem:
            raise too_much() from problem
        # What can go wrong in a file that was made to go wrong is more than the library tells of.
        except Exception as problem:
            raise damaged() from problem


def _read(pdf: Pdf) -> ReturnedFile:
    if len(pdf.pages) > _MOST_PAGES or _paints_too_much(pdf):
        raise too_much()
    if _is_active(pdf):
        raise active()
    data = _attached(pdf)
    asked = _asked(data)
    form = pdf.Root.get("/AcroForm")
    found = list(islice(terminal_fields(form), _MOST_FIELDS + 1)) if isinstance(form, Dictionary) else []
    if len(found) > _MOST_FIELDS:
        raise too_much()
    hidden = {name: text(one.get("/V")) for name, one in found if name in HIDDEN}
    if not any(name not in HIDDEN for name, _ in found):
        return ReturnedFile(shape=_without_fields(pdf, asked), asked=asked, hidden=hidden)
    return ReturnedFile(
        shape=Shape.FIELDS,
        asked=asked,
        values={name: said for name, one in found if name not in HIDDEN and (said := _value(one))},
        changes=_changes(pdf, data, asked, hidden),
        hidden=hidden,
    )


def _paints_too_much(pdf: Pdf) -> bool:
    """Whether all pages together unpack to more than a form can have, be it one stream on every page."""
    left = _MOST_PAINTED
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = list(islice(contents, _MOST_PARTS + 1)) if isinstance(contents, Array) else [contents]
        if len(parts) > _MOST_PARTS:
            return True
        for one in parts:
            left -= len(one.read_bytes()) if isinstance(one, Stream) else 0
            if left < 0:
                return True
    return False


def _changes(pdf: Pdf, data: bytes, asked: Asked | None, hidden: Mapping[str, str]) -> frozenset[Change]:
    same = asked is not None and hidden.get(REQUEST) == asked.request_id and request_json(asked) == data
    checks = {
        Change.REQUEST: same and hidden.get(REQUEST_DIGEST) == hashlib.sha256(data).hexdigest(),
        Change.PAGES: hidden.get(PAGES) == pages_digest(pages_of(pdf)),
        Change.FIELDS: hidden.get(FIELDS) == fields_digest(fields_of(pdf)),
    }
    return frozenset(change for change, right in checks.items() if not right)


def _without_fields(pdf: Pdf, asked: Asked | None) -> Shape:
    if asked is not None and "/StructTreeRoot" in pdf.Root:
        return Shape.FLATTENED
    written = any("/Font" in page.obj.get("/Resources", Dictionary()) for page in pdf.pages)
    return Shape.PRINTED if written else Shape.SCANNED


def _value(one: Object) -> tuple[str, ...]:
    """What stands in a field. A button that is off says nothing; one program writes a choice as a list of one."""
    value = one.get("/V")
    parts = [text(part) for part in islice(value, _MOST_PARTS)] if isinstance(value, Array) else [text(value)]
    if isinstance(value, Stream):
        parts = [value.read_bytes()[: 4 * _LONGEST].decode("utf-8", "replace")]
    if text(one.get("/FT")) == "Btn":
        # One program writes the state as a text, with the stroke that a name begins with.
        parts = [part for part in (part.removeprefix("/") for part in parts) if part != "Off"]
    lines = [part[: _LONGEST + 1].replace("\r\n", "\n").replace("\r", "\n").strip() for part in parts]
    return tuple(part for part in lines if part)


def _attached(pdf: Pdf) -> bytes:
    """The request that the file brings along. Other files are refused."""
    names = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles")
    if names is None:
        return b""
    if list(pdf.attachments) != [REQUEST_FILE]:
        raise active()
    embedded = pdf.attachments[REQUEST_FILE].obj.EF.F
    data = embedded.read_bytes()
    return data if len(data) <= _MOST_REQUEST else b""


def _asked(data: bytes) -> Asked | None:
    try:
        content = json.loads(data)
        if content["kind"] != KIND or len(content["aims"]) > _MOST_AIMS:
            return None
        pin = FormPin(**_texts(content["form"]))
        aims = tuple(map(_aim, content["aims"]))
        said = _texts({"request": content["request"], "language": content["language"]})
        attested = content.get("attested", True)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    # What is no truth gives other JSON than the file has, so that the form counts as altered.
    return Asked(request_id=said["request"], language=said["language"], form=pin, aims=aims, attested=bool(attested))


def _aim(values: Any) -> AimText:
    texts = _texts({name: value for name, value in values.items() if name != "plan"})
    return AimText(**texts, plan=PlanText(**_texts(values["plan"])) if "plan" in values else None)


def _texts(values: Any) -> dict[str, str]:
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise TypeError("not texts by name")
    return values


def _is_active(pdf: Pdf) -> bool:
    """Whether anything would be run by a program that runs such things."""
    root = pdf.Root
    names, form = root.get("/Names", Dictionary()), root.get("/AcroForm", Dictionary())
    if "/JavaScript" in names or "/AA" in root or "/XFA" in form:
        return True
    if isinstance(opened := root.get("/OpenAction"), Dictionary) and text(opened.get("/S")) != "GoTo":
        return True
    return any(_acts(one) for one in islice(_places(pdf), 5 * _MOST_FIELDS))


def _places(pdf: Pdf) -> Iterator[Object]:
    """Whatever an action can hang on."""
    for page in pdf.pages:
        yield page.obj
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array):
            yield from annotations
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        yield from (one for _, one in terminal_fields(form))


def _acts(one: Object) -> bool:
    if not isinstance(one, Dictionary):
        return False
    if "/AA" in one:
        return True
    if "/A" not in one:
        return False
    action = one.A
    return (
        not isinstance(action, Dictionary)
        or action.get("/S") not in {Name(name) for name in _HARMLESS}
        or ("/Next" in action)
    )


@contextmanager
def _limits() -> Iterator[None]:
    before: Mapping[str, Any] = pikepdf.settings.set_qpdf_limits(**_LIMITS)
    try:
        yield
    finally:
        pikepdf.settings.set_qpdf_limits(**before)
