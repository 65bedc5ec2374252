# SPDX-License-Identifier: MIT
"""A container read strictly, from a file that may be larger than the memory.

The reader does not use `zipfile`: programs disagree about what an odd ZIP contains, and a signature is worth nothing
where the checker and the opener may see different files. Here every byte of the file must belong to exactly one
listed entry, to the central directory, or to the end record. Nested archives are never opened.
"""

import io
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.problems import (
    hidden_bytes,
    name_not_allowed,
    not_our_format,
    overlapping_files,
    same_name_twice,
    too_large,
    unclear_file,
    unknown_in_folder,
    unsafe_container,
    unusual_file,
)
from rkv_app.packets.zip_rules import (
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    MAX_META_SIZE,
    MAX_TOTAL_SIZE,
    META_FOLDER,
    MIMETYPE,
    PIECE,
    STORED,
    check_counts,
    check_number,
    is_entry_name,
    is_file_name,
)

_MAX_DIRECTORY: Final = 2**20
# The end record with a short comment, which is all that an honest container has after its directory.
_USUAL_END: Final = 256
_SIZES: Final = struct.Struct("<3L")
_DESCRIPTOR_MARK: Final = b"PK\x07\x08"
_HAS_DESCRIPTOR: Final = 0x0008
# "Version needed to extract", in tenths (APPNOTE 4.4.3): stock tools refuse a newer one, whatever is in the file.
_NEWEST_NEEDED: Final = 45
# Deflate options, data descriptor, UTF-8 names: everything else (encryption, patches, masked headers) is refused.
_KNOWN_FLAGS: Final = 0x0006 | _HAS_DESCRIPTOR | 0x0800
# NTFS, Unix and Java marks only. Others may rename a file (0x7075), resize it (0x0001) or encrypt it (0x9901).
_HARMLESS_EXTRA: Final = frozenset({0x000A, 0x5455, 0x7875, 0xCAFE})
_DIRECTORY_BIT: Final = 0x10


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed file.

    Attributes:
        offset: where its local header stands.
    """

    name: str
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    packed_size: int
    size: int
    offset: int
    raw_name: bytes


def check_structure(file: BinaryIO) -> Mapping[str, tuple[Entry, int]]:
    """Checks the whole structure of a container before anything in it is inflated.

    Args:
        file: seekable; read from its beginning.

    Returns:
        Each entry by name, in the order of the central directory, with the place where its content begins.

    Raises:
        UserError: RKV-PKT-010 not a container at all, RKV-PKT-011 unsafe or damaged, RKV-PKT-012 too large.
    """
    length = file.seek(0, io.SEEK_END)
    if length > MAX_TOTAL_SIZE:
        raise too_large(message("the file is over {limit} MiB", limit=MAX_TOTAL_SIZE // 2**20))
    entries, directory_start = _read_directory(file, length)
    check_counts([entry.size for entry in entries], [entry.packed_size for entry in entries])
    begins = _check_tiling(file, entries, directory_start)
    _check_mimetype(file, entries, begins)
    _check_names(entries)
    _check_meta(entries)
    return {entry.name: (entry, begins[entry.name]) for entry in entries}


def pieces(file: BinaryIO, entry: Entry, begin: int) -> Iterator[bytes]:
    """The content of an entry, inflated, in pieces. At most one byte more than was promised is ever inflated.

    Raises:
        UserError: RKV-PKT-011 the content is damaged, RKV-PKT-012 larger than the directory says. What was given
            before that is worth nothing.
    """
    crc = size = 0
    packed = _packed_pieces(file, entry, begin)
    for piece in packed if entry.method == STORED else _inflated(packed, entry.size):
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != entry.size or crc != entry.crc:
        raise _damaged()


def _at(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)


def _rfind(file: BinaryIO, mark: bytes, length: int) -> int:
    """Where `mark` stands last, or -1."""
    end, window = length, _USUAL_END
    while end > 0:
        start = max(0, end - window)
        found = _at(file, start, end - start + len(mark) - 1).rfind(mark)
        if found >= 0:
            return start + found
        end, window = start, PIECE
    return -1


def _read_directory(file: BinaryIO, length: int) -> tuple[tuple[Entry, ...], int]:
    end = _rfind(file, END_MARK, length)
    if end < 0:
        if _at(file, 0, len(LOCAL_MARK)) == LOCAL_MARK:
            raise unsafe_container(message("its end is missing"))
        raise not_our_format(message("it is neither a sealed packet nor a container"))
    if end + END.size > length:
        raise unsafe_container(message("its end is missing"))
    _, disk, first_disk, count_here, count, size, start, comment_size = END.unpack(_at(file, end, END.size))
    if end + END.size + comment_size != length:
        raise hidden_bytes(message("there are bytes after its end"))
    if disk or first_disk or count_here != count:
        raise unsafe_container(message("it is split in parts"))
    if start + size != end:
        raise hidden_bytes(message("its directory does not end where it says"))
    check_number(count)
    if size > _MAX_DIRECTORY:
        raise unsafe_container(message("its directory is not readable"))
    directory = _at(file, start, size)
    if END_MARK in directory:
        raise hidden_bytes(message("its directory does not end where it says"))
    entries = []
    at = 0
    for _ in range(count):
        entry, at = _read_entry(directory, at)
        entries.append(entry)
    if at != size:
        raise hidden_bytes(message("its directory does not end where it says"))
    return tuple(entries), start


def _read_entry(directory: bytes, at: int) -> tuple[Entry, int]:
    if at + CENTRAL.size > len(directory):
        raise unsafe_container(message("its directory is cut short"))
    fields = CENTRAL.unpack_from(directory, at)
    mark, _, needed, flags, method, time, date, crc, packed, size = fields[:10]
    name_size, extra_size, comment_size, disk, _, attributes, offset = fields[10:]
    name_at = at + CENTRAL.size
    after = name_at + name_size + extra_size + comment_size
    if mark != CENTRAL_MARK or disk or after > len(directory):
        raise unsafe_container(message("its directory is not readable"))
    if flags & ~_KNOWN_FLAGS or method not in (STORED, DEFLATED) or needed & 0xFF > _NEWEST_NEEDED:
        raise unusual_file(message("a file in it is encrypted or packed in an unknown way"))
    kind = stat.S_IFMT(attributes >> 16)
    if kind not in (0, stat.S_IFREG) or attributes & _DIRECTORY_BIT:
        raise unusual_file(message("it holds a link or a folder where a file should be"))
    if method == STORED and (packed != size or flags & _HAS_DESCRIPTOR):
        raise unclear_file(message("the size of a file in it is not clear"))
    raw_name = directory[name_at : name_at + name_size]
    _check_extra(directory[name_at + name_size : name_at + name_size + extra_size])
    try:
        name = raw_name.decode("ascii")
    except UnicodeDecodeError:
        raise name_not_allowed() from None
    return Entry(name, flags, method, (time, date), crc, packed, size, offset, raw_name), after


def _check_extra(extra: bytes) -> None:
    at = 0
    while at < len(extra):
        if at + 4 > len(extra):
            raise unsafe_container(message("its directory is not readable"))
        kind, size = struct.unpack_from("<2H", extra, at)
        at += 4 + size
        if kind not in _HARMLESS_EXTRA or at > len(extra):
            raise unsafe_container(message("a file in it carries an extension that is not allowed"))


def _check_tiling(file: BinaryIO, entries: Sequence[Entry], directory_start: int) -> dict[str, int]:
    """Checks that the local entries fill the file up to the directory; returns where contents begin."""
    begins: dict[str, int] = {}
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset < at:
            raise overlapping_files()
        if entry.offset > at:
            raise hidden_bytes(message("there are bytes in it that belong to no file"))
        begin = _check_local_header(file, entry, directory_start)
        if entry.name in begins:
            raise same_name_twice()
        begins[entry.name] = begin
        at = begin + entry.packed_size
        if entry.flags & _HAS_DESCRIPTOR:
            at = _skip_descriptor(file, entry, at)
        if at > directory_start:
            raise overlapping_files()
    if at != directory_start:
        raise hidden_bytes(message("there are bytes in it that belong to no file"))
    return begins


def _check_local_header(file: BinaryIO, entry: Entry, directory_start: int) -> int:
    if entry.offset + LOCAL.size > directory_start:
        raise overlapping_files()
    fields = LOCAL.unpack(_at(file, entry.offset, LOCAL.size))
    mark, needed, flags, method, time, date, crc, packed, size, name_size, extra_size = fields
    rest = file.read(name_size + extra_size)
    told = (crc, packed, size)
    expected = {(entry.crc, entry.packed_size, entry.size)}
    if flags & _HAS_DESCRIPTOR:
        expected.add((0, 0, 0))
    same = (
        mark == LOCAL_MARK
        and (flags, method, (time, date)) == (entry.flags, entry.method, entry.stamp)
        and rest[:name_size] == entry.raw_name
        and told in expected
        and needed & 0xFF <= _NEWEST_NEEDED
    )
    if not same:
        raise unclear_file(message("a file in it is described in two different ways"))
    _check_extra(rest[name_size:])
    begin: int = entry.offset + LOCAL.size + name_size + extra_size
    return begin


def _skip_descriptor(file: BinaryIO, entry: Entry, at: int) -> int:
    sizes = _SIZES.pack(entry.crc, entry.packed_size, entry.size)
    found = _at(file, at, len(_DESCRIPTOR_MARK + sizes))
    for descriptor in (_DESCRIPTOR_MARK + sizes, sizes):
        if found.startswith(descriptor):
            return at + len(descriptor)
    raise unclear_file(message("a file in it is described in two different ways"))


def _check_mimetype(file: BinaryIO, entries: Sequence[Entry], begins: Mapping[str, int]) -> None:
    first = next((entry for entry in entries if entry.offset == 0), None)
    plain = first is not None and first.name == "mimetype" and first.method == STORED
    if first is None or not plain or begins["mimetype"] != LOCAL.size + len("mimetype"):
        raise not_our_format(message("it does not begin with the mark of a signed container"))
    if first.size != len(MIMETYPE) or _at(file, begins["mimetype"], len(MIMETYPE)) != MIMETYPE:
        raise not_our_format(message("it is marked as another kind of container"))


def _check_names(entries: Sequence[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if not is_entry_name(entry.name):
            if entry.name.startswith(META_FOLDER) and is_file_name(entry.name.removeprefix(META_FOLDER)):
                raise unknown_in_folder(META_FOLDER)
            raise name_not_allowed()
        if entry.name.lower() in seen:
            raise same_name_twice()
        seen.add(entry.name.lower())


def _check_meta(entries: Sequence[Entry]) -> None:
    """Signatures and lists are read whole, so they must be small."""
    if any(entry.size > MAX_META_SIZE for entry in entries if entry.name.startswith(META_FOLDER)):
        raise too_large(message("a file in it is over {limit} MiB", limit=MAX_META_SIZE // 2**20))


def _packed_pieces(file: BinaryIO, entry: Entry, begin: int) -> Iterator[bytes]:
    for at in range(0, entry.packed_size, PIECE):
        yield _at(file, begin + at, min(PIECE, entry.packed_size - at))


def _inflated(packed: Iterator[bytes], size: int) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    left = size
    for waiting in packed:
        if engine.eof:
            raise _damaged()
        while True:
            most = min(PIECE, left + 1)
            piece = _decompressed(engine, waiting, most)
            left -= len(piece)
            if left < 0:
                raise too_large(message("a file in it is larger than it says"))
            if piece:
                yield piece
            waiting = engine.unconsumed_tail
            if len(piece) < most:
                break
    if not engine.eof or engine.unused_data:
        raise _damaged()


def _decompressed(engine: "zlib._Decompress", packed: bytes, most: int) -> bytes:
    try:
        return engine.decompress(packed, most)
    except zlib.error:
        raise _damaged() from None


def _damaged() -> UserError:
    return unsafe_container(message("a file in it is damaged"))
