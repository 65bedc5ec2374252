# SPDX-License-Identifier: MIT
"""Reads list files: small, closed YAML, checked against the model, every fault told with file and line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.events import ScalarEvent
from ruamel.yaml.nodes import ScalarNode

from rkv_app.domain.reference import (
    Asked,
    CountyDocuments,
    DocumentItem,
    Entry,
    Everyday,
    EvidenceType,
    LegalBasis,
    Measure,
    Retention,
    RoadRule,
)
from rkv_app.foundation.added_packets import AddedFile, AddedPacket, is_whole
from rkv_app.foundation.closed_yaml import NotYaml, Place, Refused, Rules, line_of, read_yaml
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.reference.model import (
    CountyDocumentsModel,
    DocumentItemModel,
    EntryModel,
    EverydayModel,
    EvidenceTypeModel,
    Label,
    LegalBasisModel,
    ListFile,
    MeasureModel,
    RetentionModel,
    RoadRuleModel,
)

MAX_BYTES = 512 * 1024
MAX_DEPTH = 12

E = TypeVar("E", bound=Entry)
_RESOLVER = YAML(typ="safe", pure=True).resolver


@dataclass(frozen=True, slots=True)
class Kind(Generic[E]):
    """A kind of list: its name, which is that of its file, and what its entries are."""

    name: str
    entry: type[E]
    model: type[EntryModel]
    made: Callable[[Any, Mapping[str, Label | str]], dict[str, Any]] | None = None


def _in_languages(text: Label | str) -> dict[str, str]:
    return dict.fromkeys(("nb", "nn", "en"), text) if isinstance(text, str) else text.model_dump()


def _asked(model: CountyDocumentsModel, sources: Mapping[str, Label | str]) -> dict[str, Any]:
    return {
        "asked": tuple(
            Asked(item=one.item, need=one.need, source=_in_languages(sources[one.source]), confirmed=one.confirmed)
            for one in model.asked
        )
    }


MEASURES = Kind("measures", Measure, MeasureModel)
LEGAL_BASES = Kind("legal_bases", LegalBasis, LegalBasisModel)
EVIDENCE_TYPES = Kind("evidence_types", EvidenceType, EvidenceTypeModel)
DOCUMENT_ITEMS = Kind("document_items", DocumentItem, DocumentItemModel)
COUNTY_DOCUMENTS = Kind("county_documents", CountyDocuments, CountyDocumentsModel, _asked)
RETENTION = Kind("retention", Retention, RetentionModel)
ROAD_RULES = Kind("road_rules", RoadRule, RoadRuleModel)
EVERYDAY_WORDS = Kind("everyday_words", Everyday, EverydayModel)
KINDS: tuple[Kind[Any], ...] = (
    MEASURES,
    LEGAL_BASES,
    EVIDENCE_TYPES,
    DOCUMENT_ITEMS,
    COUNTY_DOCUMENTS,
    RETENTION,
    ROAD_RULES,
    EVERYDAY_WORDS,
)


def read_list(kind: Kind[E], folder: Path) -> tuple[E, ...]:
    """Returns the entries of a list that comes with the app, in their order.

    Raises:
        UserError: RKV-REF-001 not YAML, RKV-REF-002 YAML that is not allowed here, RKV-REF-003 not such a list,
            RKV-REF-004 a code or source that is not there, RKV-SYS-002 and RKV-SYS-004 it cannot be read.
    """
    return _read(kind, folder / f"{kind.name}.yaml", own=False)


def own_list(kind: Kind[E], folder: Path) -> tuple[E, ...]:
    """Returns the entries of an organisation's own list; none where it has no such file. Raises as `read_list`."""
    path = folder / f"{kind.name}.yaml"
    return _read(kind, path, own=True) if path.is_file() else ()


def checked_day(data: bytes) -> date:
    """Returns the day on which a list was checked, of a file that `list_from_bytes` takes."""
    value, _ = _plain(data, "")
    return date.fromisoformat(str(value["checked_on"])) if isinstance(value, dict) else date.min


def list_of_packet(kind: Kind[E], packet: AddedPacket, file: AddedFile) -> tuple[E, ...]:
    """Returns the entries of a list that came in a packet.

    Raises:
        UserError: as `read_list`; RKV-REF-007 it is not the file any more that came (status DAMAGED).
    """
    if not is_whole(packet, file):
        raise UserError(
            "RKV-REF-007",
            message("The list {name} came in a packet, and its file was changed or taken away since.", name=file.id),
            message("It is left out. Add the packet once more; that puts the file right."),
            ExitStatus.DAMAGED,
        )
    return _read(kind, packet.folder / file.name, own=True)


def _read(kind: Kind[E], path: Path, *, own: bool) -> tuple[E, ...]:
    try:
        state = path.stat()
        found: tuple[E, ...] = _read_state(kind, path, own, state.st_size, state.st_mtime_ns)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    return found


@lru_cache(maxsize=32)
def _read_state(kind: Kind[E], path: Path, own: bool, _size: int, _changed_ns: int) -> tuple[E, ...]:
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    return list_from_bytes(kind, data, path.name, own=own)


def list_from_bytes(kind: Kind[E], data: bytes, name: str, *, own: bool = False) -> tuple[E, ...]:
    """Reads and checks the content of a list file; `name` stands in the messages. Raises as `read_list`."""
    value, lines = _plain(data, name)
    try:
        content = ListFile[kind.model].model_validate(_renamed(value, kind.name))  # type: ignore[name-defined]
    except ValidationError as invalid:
        fault = invalid.errors(include_url=False)[0]
        place = tuple(kind.name if part == "entries" else part for part in fault["loc"])
        raise _not_a_list(name, line_of(lines, place), _in_plain_words(fault, place)) from invalid
    codes: set[str] = set()
    for number, model in enumerate(content.entries):
        place = (kind.name, number)
        if model.code in codes:
            raise _not_there(name, line_of(lines, (*place, "code")), message("{code} stands twice", code=model.code))
        codes.add(model.code)
        _check_sources(model, content.sources, name, lines, place)
    return tuple(_entry(kind, model, content, own=own) for model in content.entries)


def _entry(kind: Kind[E], model: EntryModel, content: ListFile[Any], *, own: bool) -> E:
    # Texts stay as the model cleaned them; what the domain holds differently is put over it.
    values = {key: getattr(model, key) for key in type(model).model_fields}
    values |= {
        "label": model.label.model_dump(),
        "note": model.note.model_dump() if model.note else {},
        "source": _in_languages(content.sources[model.source]),
        "checked_on": model.checked_on or content.checked_on,
        "own": own,
    }
    if kind.made is not None:
        values |= kind.made(model, content.sources)
    return kind.entry(**values)


def _check_sources(
    model: EntryModel, sources: Mapping[str, Label | str], name: str, lines: Mapping[Place, int], place: Place
) -> None:
    named = [(model.source, (*place, "source"))]
    if isinstance(model, CountyDocumentsModel):
        named += [(one.source, (*place, "asked", number, "source")) for number, one in enumerate(model.asked)]
    for source, where in named:
        if source not in sources:
            raise _not_there(name, line_of(lines, where), message("no source is named {code}", code=source))


def _renamed(value: object, name: str) -> object:
    if isinstance(value, dict) and "entries" not in value:
        return {("entries" if key == name else key): one for key, one in value.items()}
    return value


def _plain(data: bytes, name: str) -> tuple[object, Mapping[Place, int]]:
    try:
        return read_yaml(data, _RULES)
    except Refused as refused:
        raise _refused(name, refused.line, refused.what) from refused
    except NotYaml as problem:
        raise _not_yaml(name, problem) from problem


def _scalar(event: ScalarEvent) -> object:
    text = str(event.value)
    kind = str(_RESOLVER.resolve(ScalarNode, text, event.implicit)).rsplit(":", 1)[-1]
    if kind in ("str", "timestamp"):
        return text
    if kind == "bool":
        return text.lower() == "true"
    if kind == "null":
        return None
    if kind == "int" and text.isdecimal() and len(text) < 10:
        return int(text)
    raise Refused(event.start_mark.line + 1, message("only words, days, whole numbers, true and false can stand here"))


_RULES = Rules(MAX_BYTES, message("the file is larger than 512 KiB"), MAX_DEPTH, _scalar)


def _in_plain_words(fault: ErrorDetails, place: Place) -> Message:
    key = str(place[-1]) if place else "–"
    match fault["type"]:
        case "model_type":
            return message("This is not such a list: checked_on, sources and the entries are expected.")
        case "missing":
            return message("{key} is missing.", key=key)
        case "extra_forbidden":
            return message("{key} is not a word that can stand here.", key=key[:60])
        case "literal_error" | "enum":
            return message("{key} must be one of {expected}.", key=key, expected=fault.get("ctx", {})["expected"])
        case "string_too_short" | "too_short":
            return message("{key} is empty.", key=key)
        case _:
            return message("{key} does not have the expected form.", key=key)


_HINT = message(
    "This file is left out, and the lists that come with the app are used. Correct the line, then try again."
)


def _not_yaml(name: str, problem: NotYaml) -> UserError:
    said = message("{file}, line {line}: {what}", file=name, line=problem.line, what=problem.what)
    return UserError("RKV-REF-001", said, _HINT)


def _refused(name: str, line: int, what: Message) -> UserError:
    return UserError("RKV-REF-002", message("{file}, line {line}: {what}.", file=name, line=line, what=what), _HINT)


def _not_a_list(name: str, line: int, what: Message) -> UserError:
    return UserError("RKV-REF-003", message("{file}, line {line}: {what}", file=name, line=line, what=what), _HINT)


def _not_there(name: str, line: int, what: Message) -> UserError:
    return UserError("RKV-REF-004", message("{file}, line {line}: {what}.", file=name, line=line, what=what), _HINT)
