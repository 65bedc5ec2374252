# SPDX-License-Identifier: MIT
"""The forms and lists that were added as a whole: one folder for each packet, with a record of who it came from.

The record holds the digest of every file, so that one that was changed since is noticed and left out. A folder without
a record that can be read is nobody's, and nothing in it is used.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

RECORD: Final = "added.json"

_FOLDER: Final = re.compile(r"[0-9a-f]{16}")
_FILE: Final = re.compile(r"[a-z][a-z0-9._-]{0,99}\.yaml")
_MOST_BYTES: Final = 2**20


class AddedKind(StrEnum):
    """What a file is."""

    FORM = "form"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class AddedFile:
    """A file of a packet.

    Attributes:
        name: in the packet's folder.
        id: of the form, or the name of the list.
        version: of the form, or the day on which the list was checked.
        sha256: 64 hexadecimal digits.
    """

    kind: AddedKind
    name: str
    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the files came from, and who let them in. Times are ISO 8601 with a zone.

    Attributes:
        organisation, org_number, person: as the signer's card states them; of the store's owner for a plain folder.
        signer: key id of the signing certificate, or empty where the files came from a folder that nobody signed.
        digits: the signer's 30 digits, or empty.
        trust: how far the signer was known, see `domain.exchange.Trust`; empty for a folder.
        edition: what the sender calls this packet.
        made, added: when it was signed, and when it was added.
        added_by: who decided.
        manifest_sha256: digest of the signed list of files, or empty.
    """

    organisation: str
    org_number: str
    person: str
    signer: str
    digits: str
    trust: str
    edition: str
    made: str
    added: str
    added_by: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class AddedPacket:
    """What was added at once."""

    folder: Path
    provenance: Provenance
    files: tuple[AddedFile, ...]

    @property
    def id(self) -> str:
        """What it is called in lists and on the command line."""
        return self.folder.name


def added_packets(root: Path | None) -> tuple[AddedPacket, ...]:
    """Returns what was added, oldest first; what has no record that can be read is left out."""
    found = [packet for folder in _folders(root) if (packet := _read(folder)) is not None]
    return tuple(sorted(found, key=lambda one: (one.provenance.added, one.id)))


def unreadable_packets(root: Path | None) -> tuple[Path, ...]:
    """Returns the folders whose record cannot be read."""
    return tuple(folder for folder in _folders(root) if _read(folder) is None)


def added_lists(root: Path | None, name: str) -> tuple[tuple[AddedPacket, AddedFile], ...]:
    """Returns the lists of one name that count, oldest first: of each sender that of the packet made last."""
    newest: dict[str, tuple[AddedPacket, AddedFile]] = {}
    for packet in sorted(added_packets(root), key=lambda one: one.provenance.made):
        for file in packet.files:
            if file.kind is AddedKind.LIST and file.id == name:
                newest[folded(packet.provenance.organisation)] = (packet, file)
    return tuple(newest.values())


def folded(organisation: str) -> str:
    """The name of an organisation for comparing."""
    return " ".join(organisation.casefold().split())


def is_whole(packet: AddedPacket, file: AddedFile) -> bool:
    """Whether a file is there as it came."""
    path = packet.folder / file.name
    try:
        state = path.stat()
        return _digest(path, state.st_size, state.st_mtime_ns) == file.sha256
    except OSError:
        return False


def record_of(provenance: Provenance, files: tuple[AddedFile, ...]) -> bytes:
    """Writes a record."""
    told = {"provenance": asdict(provenance), "files": [asdict(file) for file in files]}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


@lru_cache(maxsize=512)
def _digest(path: Path, _size: int, _changed_ns: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _folders(root: Path | None) -> Iterator[Path]:
    if root is not None and root.is_dir():
        yield from sorted(path for path in root.iterdir() if _FOLDER.fullmatch(path.name) and path.is_dir())


def _read(folder: Path) -> AddedPacket | None:
    path = folder / RECORD
    try:
        state = path.stat()
        return _read_state(folder, state.st_size, state.st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=128)
def _read_state(folder: Path, size: int, _changed_ns: int) -> AddedPacket | None:
    if size > _MOST_BYTES:
        return None
    data = (folder / RECORD).read_bytes()
    try:
        told = json.loads(data)
        provenance = Provenance(**_texts(told["provenance"], Provenance))
        files = tuple(_file(one) for one in told["files"])
        if not all(datetime.fromisoformat(moment).tzinfo for moment in (provenance.made, provenance.added)):
            return None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return AddedPacket(folder, provenance, files)


def _file(told: object) -> AddedFile:
    texts = _texts(told, AddedFile)
    # Somebody may have edited the record; it must not lead out of its folder.
    if not _FILE.fullmatch(texts["name"]):
        raise ValueError("not a file of a packet")
    return AddedFile(
        kind=AddedKind(texts["kind"]),
        name=texts["name"],
        id=texts["id"],
        version=texts["version"],
        sha256=texts["sha256"],
    )


def _texts(told: object, kind: type[AddedFile] | type[Provenance]) -> Mapping[str, str]:
    if not isinstance(told, dict) or told.keys() != {one.name for one in fields(kind)}:
        raise ValueError("not a record of ours")
    if not all(isinstance(value, str) for value in told.values()):
        raise ValueError("not a record of ours")
    return told
