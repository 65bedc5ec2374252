# SPDX-License-Identifier: MIT
"""Finds Grep records and CASE packages in files, folders and archives, by their content and never by their names.

Everything read here may be hostile: sizes, counts and compression are bounded before anything is kept.
"""

import contextlib
import json
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from rkv_app.curriculum.case_records import is_case
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error

_MIB = 1024 * 1024
MAX_RECORD_BYTES = 8 * _MIB
MAX_ENTRIES = 200_000
MAX_TOTAL_BYTES = 2048 * _MIB
MAX_ARCHIVE_BYTES = 512 * _MIB
# Grep's own records shrink by a factor of three to twenty; a bomb of small entries is caught by the total.
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 256 * 1024

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_BOM = b"\xef\xbb\xbf"
_SNIFF_BYTES = 4096
_STEP = 64 * 1024
_ARCHIVE_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)


CASE_TYPE: Final = "cfpackage"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One JSON object as found.

    Attributes:
        type: last part of its `grep-type` in small letters, CASE_TYPE for a CASE package, or empty where it is neither.
    """

    type: str
    data: Mapping[str, object]


@dataclass(slots=True)
class _Budget:
    """What is left of the bounds that one import as a whole must keep, and how far it has come."""

    entries: int
    bytes: int
    name: str = ""
    progress: Progress | None = None
    size: int = 0
    read: int = 0

    def advance(self, size: int) -> None:
        """Tells that so many bytes of the chosen files have been read; now and then asks whether to go on."""
        before, self.read = self.read, self.read + size
        if self.progress is not None and before // _STEP != self.read // _STEP:
            go_on(self.progress, min(self.read, self.size), self.size)

    def spend(self, size: int) -> None:
        self.entries -= 1
        self.bytes -= size
        if self.entries < 0 or self.bytes < 0:
            raise _too_big(self.name)


_NOT_A_RECORD = RawRecord("", {})
# JSON has the first one; JSON-LD has it as well, or says it in the words of RDF alone.
_TYPE_KEYS = ("grep-type", "grepType", "@type")


def raw_records(files: Sequence[Path], progress: Progress | None = None) -> Iterator[RawRecord]:
    """Yields every JSON object of the files: single JSON or JSON-LD files, folders of them, and dump archives.

    In folders and archives whatever is not JSON comes as a record without type, to be counted. A file that is named
    by the user must hold at least one Grep record or CASE package.

    Raises:
        UserError: RKV-CUR-001 neither JSON nor zip, RKV-CUR-002 no Grep record in it, RKV-CUR-005 too big or a bomb,
            RKV-CUR-007 a damaged archive, RKV-CUR-008 cancelled, RKV-SYS-002 and RKV-SYS-004 the file cannot be read.
    """
    budget = _Budget(MAX_ENTRIES, MAX_TOTAL_BYTES)
    if progress is not None:
        budget.progress, budget.size = progress, sum(map(_size, files))
        go_on(progress, 0, budget.size)
    for path in files:
        budget.name = path.name
        found = False
        for record in _named_by_user(path, budget):
            found = found or bool(record.type)
            yield record
        if not found:
            raise UserError(
                "RKV-CUR-002",
                message("There is no Grep record in {name}.", name=path.name),
                message("Nothing was imported. Choose files from Udir's Grep: answers of its REST service, or a dump."),
            )


def _named_by_user(path: Path, budget: _Budget) -> Iterator[RawRecord]:
    try:
        if path.is_dir():
            yield from _folder(path, budget)
            return
        if path.exists() and not path.is_file():
            raise _unreadable(path.name)
        with path.open("rb") as stream:
            start = stream.read(_SNIFF_BYTES)
            if not _looks_like_zip(start) and not _looks_like_json(start):
                raise _unreadable(path.name)
            stream.seek(0)
            yield from _stream(stream, start, path.name, budget)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem


def _folder(folder: Path, budget: _Budget) -> Iterator[RawRecord]:
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(parent) / name
            if path.is_symlink() or not path.is_file():
                continue
            with path.open("rb") as stream:
                start = stream.read(_SNIFF_BYTES)
                stream.seek(0)
                yield from _stream(stream, start, name, budget)


def _stream(stream: IO[bytes], start: bytes, name: str, budget: _Budget) -> Iterator[RawRecord]:
    if _looks_like_zip(start):
        yield from _archive(stream, name, budget)
    elif _looks_like_json(start):
        data = _bounded(stream, name, budget)
        budget.advance(len(data))
        yield from _objects(data, name)
    else:
        budget.spend(0)
        yield _NOT_A_RECORD


def _archive(stream: IO[bytes], name: str, budget: _Budget) -> Iterator[RawRecord]:
    if stream.seek(0, os.SEEK_END) > MAX_ARCHIVE_BYTES:
        raise _too_big(name)
    try:
        archive = zipfile.ZipFile(stream)
    except _ARCHIVE_FAULTS as problem:
        raise _damaged(name) from problem
    with archive:
        if len(archive.infolist()) > budget.entries:
            raise _too_big(name)
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            try:
                with archive.open(entry) as inside:
                    data = _bounded(inside, name, budget)
            except _ARCHIVE_FAULTS as problem:
                raise _damaged(name) from problem
            if len(data) > max(_RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size):
                raise _too_big(name)
            budget.advance(entry.compress_size)
            if _looks_like_json(data[:_SNIFF_BYTES]):
                yield from _objects(data, name)
            else:
                yield _NOT_A_RECORD


def _bounded(stream: IO[bytes], name: str, budget: _Budget) -> bytes:
    data = stream.read(MAX_RECORD_BYTES + 1)
    if len(data) > MAX_RECORD_BYTES:
        raise _too_big(name)
    budget.spend(len(data))
    return data


def _objects(data: bytes, name: str) -> Iterator[RawRecord]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise _unreadable(name) from problem
    for entry in value if isinstance(value, list) else (value,):
        graph = entry.get("@graph") if isinstance(entry, dict) else None
        for one in graph if isinstance(graph, list) else (entry,):
            yield _record(one)


def _record(entry: object) -> RawRecord:
    if not isinstance(entry, dict):
        return _NOT_A_RECORD
    for key in _TYPE_KEYS:
        kind = entry.get(key)
        if isinstance(kind, list) and kind:
            kind = kind[0]
        if isinstance(kind, dict):
            kind = kind.get("uriId") or kind.get("@id")
        if isinstance(kind, str) and kind:
            return RawRecord(kind.rsplit("/", 1)[-1].lower(), entry)
    return RawRecord(CASE_TYPE, entry) if is_case(entry) else _NOT_A_RECORD


def _looks_like_zip(start: bytes) -> bool:
    return start.startswith(_ZIP_STARTS)


def _looks_like_json(start: bytes) -> bool:
    return start.removeprefix(_BOM).lstrip()[:1] in (b"{", b"[")


def _unreadable(name: str) -> UserError:
    return UserError(
        "RKV-CUR-001",
        message("{name} is neither JSON nor a zip archive that can be read.", name=name),
        message("Nothing was imported. Choose a JSON file or a dump from Udir's Grep, or download it again."),
    )


def _damaged(name: str) -> UserError:
    return UserError(
        "RKV-CUR-007",
        message("The archive {name} is damaged or locked with a password.", name=name),
        message("Nothing was imported. Download the dump again."),
        ExitStatus.DAMAGED,
    )


def one_record(data: bytes, name: str) -> Mapping[str, object]:
    """The one record of a JSON file, or nothing where it is none. Raises RKV-CUR-001 where it is no JSON."""
    return next((record.data for record in _objects(data, name)), {})


def go_on(progress: Progress | None, done: int, total: int) -> None:
    """Tells how far the work is. Raises RKV-CUR-008 where it is not to go on."""
    if progress is not None and not progress(done, total):
        raise UserError(
            "RKV-CUR-008",
            message("The import was cancelled."),
            message("Nothing was imported. The curricula are as they were before. Start it again when you like."),
            ExitStatus.REFUSED,
        )


def _size(path: Path) -> int:
    """Bytes of a file or of all in a folder; what cannot be looked at is told of when it is read."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            return sum(_size(each) for each in path.iterdir() if not each.is_symlink())
        return path.stat().st_size
    return 0


def _too_big(name: str) -> UserError:
    return UserError(
        "RKV-CUR-005",
        message("{name} holds more data than a curriculum can have, so reading it was stopped.", name=name),
        message("Nothing was imported. Make sure that the file is from Udir."),
    )
