# SPDX-License-Identifier: MIT
"""What binds a form that somebody fills in outside the app to the request it was made for.

The file carries the request as JSON and, in fields that nobody sees, the request's id and digests of the JSON, of what
the pages say, and of the fields' names, labels, options and flags. All of them survive a PDF reader that writes the
whole file anew. A last value is made with a key that only the sender has, where there is one: digests alone show
accidents, and whoever changes a form on purpose can change them too.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as parts_of
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from rkv_app.documents.tagged.widgets import FieldSaid
from rkv_app.domain.evaluations import AimText, FormPin

REQUEST_FILE: Final = "request.json"
KIND: Final = "rkv-fillable-form"
REQUEST, REQUEST_DIGEST = "rkv_request", "rkv_sha256"
PAGES, FIELDS, SEAL = "rkv_pages", "rkv_fields", "rkv_seal"
HIDDEN: Final = (REQUEST, REQUEST_DIGEST, PAGES, FIELDS, SEAL)

# What the supervisor says besides the answers.
NAME, POSITION, DATE, CONFIRMED = "rkv_name", "rkv_position", "rkv_date", "rkv_confirmed"

_QR_MARK: Final = "RKV1"
_QR_DIGEST: Final = 16
# Between a form's id and its version; neither that nor the id of a request has one.
_VERSION_MARK: Final = "@"
_LONGEST_PART: Final = 80
_DEEPEST: Final = 8
_BLANKS: Final = bytes.maketrans(b"\t\n\v\f\r", b"     ")
_JSON: Final = json.JSONEncoder(ensure_ascii=False)
_OF_AIM: Final = tuple(one.name for one in parts_of(AimText))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form was made from, as the file carries it; nothing of the candidate.

    Attributes:
        request_id: id of the message that asks; empty for a form that belongs to no case.
        language: of the form's words.
        attested: whether somebody confirms the answers below them, as a workplace does.
    """

    request_id: str
    language: str
    form: FormPin
    aims: tuple[AimText, ...]
    attested: bool = True


def request_json(asked: Asked) -> bytes:
    """The request as JSON, the same bytes for the same request."""
    content = {
        "kind": KIND,
        "request": asked.request_id,
        "language": asked.language,
        "form": asked.form,
        # An aim that names no curriculum is written as before there could be several.
        "aims": [{name: said for name in _OF_AIM if (said := getattr(aim, name)) is not None} for aim in asked.aims],
        **({} if asked.attested else {"attested": False}),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=asdict).encode()


def hidden_values(
    pages: Iterable[bytes], fields: Iterable[FieldSaid], request_id: str, request: bytes, key: bytes
) -> Mapping[str, str]:
    """What the file carries in fields that nobody sees.

    Args:
        pages: what is painted on each.
        fields: what is said about each.
        request_id: id of the message that asks.
        request: as `request_json` returns it.
        key: a secret of the sender's for this request, or nothing.
    """
    values = {
        REQUEST: request_id,
        REQUEST_DIGEST: hashlib.sha256(request).hexdigest(),
        PAGES: pages_digest(pages),
        FIELDS: fields_digest(fields),
    }
    return {**values, SEAL: seal(values, key)} if key else values


def seal(values: Mapping[str, str], key: bytes) -> str:
    """What only the sender can make of these values: HMAC-SHA-256 (RFC 2104), in hexadecimal."""
    said = "\n".join(values.get(name, "") for name in (REQUEST, REQUEST_DIGEST, PAGES, FIELDS))
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def pages_digest(pages: Iterable[bytes]) -> str:
    """SHA-256 of what is painted on pages, without blanks and line ends, which programs set as they like."""
    digest = hashlib.sha256()
    for content in pages:
        # A page that this program painted has single blanks only, and is not taken apart for them.
        plain = content.translate(_BLANKS)
        digest.update(b" ".join(plain.split()) if b"  " in plain else plain.strip())
        digest.update(b"\n")
    return digest.hexdigest()


def fields_digest(fields: Iterable[FieldSaid]) -> str:
    """SHA-256 of what is said about the fields that are on pages."""
    described = sorted(_JSON.encode(field) for field in fields if field.name not in HIDDEN)
    return hashlib.sha256("\n".join(described).encode("utf-8", "surrogatepass")).hexdigest()


def pages_of(pdf: Pdf) -> Iterator[bytes]:
    """What is painted on each page."""
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        yield b"\n".join(one.read_bytes() for one in (*_items(contents), contents) if isinstance(one, Stream))


def fields_of(pdf: Pdf) -> Iterator[FieldSaid]:
    """What the file says about each field."""
    for name, field in terminal_fields(pdf.Root.get("/AcroForm", Dictionary())):
        kind = text(field.get("/FT"))
        yield FieldSaid(
            name,
            kind,
            _number(field.get("/Ff")),
            _number(field.get("/MaxLen")),
            text(field.get("/TU")),
            [text(kid.get("/TU")) for kid in _dictionaries(field.get("/Kids"))],
            [_option(option) for option in _items(field.get("/Opt"))],
            list(states(field)) if kind == "Btn" else [],
        )


def terminal_fields(form: Object) -> Iterator[tuple[str, Object]]:
    """Every field that can have a value, with its full name (ISO 32000-1 § 12.7.3.2).

    A file may come from a stranger: what hangs too deep or in a circle is left out.
    """
    waiting: list[tuple[str, int, Object]] = [("", 0, field) for field in _dictionaries(form.get("/Fields"))]
    waiting.reverse()
    while waiting:
        prefix, depth, field = waiting.pop()
        own = text(field.get("/T"))
        name = f"{prefix}.{own}" if prefix and own else prefix or own
        below = [kid for kid in _dictionaries(field.get("/Kids")) if "/T" in kid]
        if not below:
            yield name, field
        elif depth < _DEEPEST:
            waiting.extend((name, depth + 1, kid) for kid in reversed(below))


def text(value: Object | None) -> str:
    """A text or name as a PDF has it; empty for anything else."""
    if isinstance(value, Name):
        return str(value).removeprefix("/")
    return str(value) if isinstance(value, String) else ""


def states(field: Object) -> Iterator[str]:
    """What a button, or each of the buttons of a group, says when it is on."""
    for button in _dictionaries(field.get("/Kids")) or [field]:
        normal = button.get("/AP", Dictionary()).get("/N") if isinstance(button.get("/AP"), Dictionary) else None
        if isinstance(normal, Dictionary) and not isinstance(normal, Stream):
            yield from (name.removeprefix("/") for name in sorted(normal.keys()) if name != "/Off")


def qr_text(asked: Asked, request: bytes) -> str:
    """What the square code on paper says: the request, or the form where there is none, and the beginning of a digest.

    The digest is of `request`, as `request_json` returns it.
    """
    known_by = asked.request_id or f"{asked.form.form_id}{_VERSION_MARK}{asked.form.version}"
    return f"{_QR_MARK}/{known_by}/{hashlib.sha256(request).hexdigest()[:_QR_DIGEST]}"


def form_in_code(known_by: str) -> tuple[str, str] | None:
    """Id and version of the form, where that is what a square code says; None where it says a request."""
    form_id, mark, version = known_by.partition(_VERSION_MARK)
    return (form_id, version) if mark else None


def read_qr_text(said: str) -> tuple[str, str] | None:
    """What a form is known by (see `qr_text`) and the beginning of the digest; None for any other code."""
    mark, *rest = said.split("/")
    if (
        mark != _QR_MARK
        or len(rest) != 2
        or not all(part.isascii() and 0 < len(part) <= _LONGEST_PART for part in rest)
    ):
        return None
    return rest[0], rest[1]


def _option(option: Object) -> Sequence[str]:
    return [text(part) for part in _items(option)] or [text(option)]


def _dictionaries(value: Object | None) -> Sequence[Object]:
    return [one for one in _items(value) if isinstance(one, Dictionary)]


def _items(value: Object | None) -> Sequence[Object]:
    return list(value) if isinstance(value, Array) else []


def _number(value: object) -> int:
    return int(value) if isinstance(value, int) else 0
