# SPDX-License-Identifier: MIT
"""The ZIP inside a packet: an ASiC-E container (ETSI EN 319 162-1, annex A) written one way and read strictly.

The reader does not use `zipfile`: programs disagree about what an odd ZIP contains, and a signature is worth nothing
where the checker and the opener may see different files. Here every byte of the file must belong to exactly one
listed entry, to the central directory, or to the end record. Nested archives are never opened.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rkv_app.foundation.i18n import message
from rkv_app.packets.problems import not_our_format, too_large, unsafe_container

MIMETYPE: Final = b"application/vnd.etsi.asic-e+zip"
META_FOLDER: Final = "META-INF/"

MAX_FILES: Final = 300
MAX_FILE_SIZE: Final = 200 * 2**20
MAX_TOTAL_SIZE: Final = 500 * 2**20
_MAX_RATIO: Final = 200
_RATIO_FREE: Final = 2**20

_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_END: Final = struct.Struct("<4s4H2LH")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_SIZES: Final = struct.Struct("<3L")
_END_MARK: Final = b"PK\x05\x06"
_CENTRAL_MARK: Final = b"PK\x01\x02"
_LOCAL_MARK: Final = b"PK\x03\x04"
_DESCRIPTOR_MARK: Final = b"PK\x07\x08"
_STORED: Final = 0
_DEFLATED: Final = 8
_HAS_DESCRIPTOR: Final = 0x0008
# Deflate options, data descriptor, UTF-8 names: everything else (encryption, patches, masked headers) is refused.
_KNOWN_FLAGS: Final = 0x0006 | _HAS_DESCRIPTOR | 0x0800
# NTFS, Unix and Java marks only. Others may rename a file (0x7075), resize it (0x0001) or encrypt it (0x9901).
_HARMLESS_EXTRA: Final = frozenset({0x000A, 0x5455, 0x7875, 0xCAFE})
_DIRECTORY_BIT: Final = 0x10

_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DEVICE_NAME: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# The names ETSI EN 319 162-1 gives to files in META-INF, matched without case as Difi and KS write them.
_META_NAME: Final = re.compile(
    r"META-INF/(manifest\.xml|ASiC(Archive|EvidenceRecord)?Manifest[\w.-]{0,80}\.xml|signatures?[\w.-]{0,80}\.(p7s|xml)"
    r"|timestamp[\w.-]{0,80}\.tst|evidencerecord[\w.-]{0,80}\.(xml|ers))",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True, repr=False)
class NewFile:
    """A file to put into a container.

    Attributes:
        name: its entry name.
        packed: whether the bytes are compressed already, so that deflating them is a waste.
    """

    name: str
    data: bytes
    packed: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Container:
    """What a container holds, in the order of its central directory.

    Attributes:
        files: the data files, `mimetype` left out, by entry name.
        meta: the files in META-INF, by full entry name.
    """

    files: Mapping[str, bytes]
    meta: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    packed_size: int
    size: int
    offset: int
    raw_name: bytes


def is_file_name(name: str) -> bool:
    """Whether `name` may be a data file's entry name: flat, ASCII, and safe as a file name on every system."""
    return bool(_FILE_NAME.fullmatch(name)) and not name.endswith(".") and not _DEVICE_NAME.fullmatch(name)


def write_container(files: Iterable[NewFile]) -> bytes:
    """Writes a container: `mimetype` first, then `files` in the given order, fixed times, no data descriptors.

    Raises:
        UserError: RKV-PKT-012, too many or too large files.
        ValueError: a name that no reader would accept.
    """
    entries = (NewFile("mimetype", MIMETYPE, packed=True), *files)
    _check_counts([len(entry.data) for entry in entries])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", allowZip64=False) as archive:
        archive.comment = b"mimetype=" + MIMETYPE
        for entry in entries:
            if not (is_file_name(entry.name) or _META_NAME.fullmatch(entry.name)):
                raise ValueError("not an entry name of a packet")
            info = zipfile.ZipInfo(entry.name, _FIXED_TIME)
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o600) << 16
            info.compress_type = zipfile.ZIP_STORED if entry.packed else zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.data)
    return out.getvalue()


def read_container(data: bytes) -> Container:
    """Reads a container after checking its whole structure; nothing is inflated before that has passed.

    Raises:
        UserError: RKV-PKT-010 not a container at all, RKV-PKT-011 unsafe or damaged, RKV-PKT-012 too large.
    """
    if len(data) > MAX_TOTAL_SIZE:
        raise too_large(message("the file is over {limit} MiB", limit=MAX_TOTAL_SIZE // 2**20))
    entries, directory_start = _read_directory(data)
    _check_counts([entry.size for entry in entries], [entry.packed_size for entry in entries])
    starts = _check_tiling(data, entries, directory_start)
    _check_mimetype(data, entries, starts)
    _check_names(entries)
    files: dict[str, bytes] = {}
    meta: dict[str, bytes] = {}
    for entry in entries:
        if entry.name != "mimetype":
            home = meta if entry.name.startswith(META_FOLDER) else files
            home[entry.name] = _content(data, entry, starts[entry.name])
    return Container(MappingProxyType(files), MappingProxyType(meta))


def _check_counts(sizes: Sequence[int], packed_sizes: Sequence[int] = ()) -> None:
    if len(sizes) > MAX_FILES:
        raise too_large(message("it has more than {limit} files", limit=MAX_FILES))
    if max(sizes, default=0) > MAX_FILE_SIZE:
        raise too_large(message("a file in it is over {limit} MiB", limit=MAX_FILE_SIZE // 2**20))
    if sum(sizes) > MAX_TOTAL_SIZE:
        raise too_large(message("its files are over {limit} MiB together", limit=MAX_TOTAL_SIZE // 2**20))
    for size, packed in zip(sizes, packed_sizes, strict=False):
        if size > _RATIO_FREE and size > _MAX_RATIO * packed:
            raise too_large(message("a file in it unpacks to more than {limit} times its size", limit=_MAX_RATIO))


def _read_directory(data: bytes) -> tuple[tuple[_Entry, ...], int]:
    end = data.rfind(_END_MARK)
    if end < 0:
        if data.startswith(_LOCAL_MARK):
            raise unsafe_container(message("its end is missing"))
        raise not_our_format(message("it is neither a sealed packet nor a container"))
    if end + _END.size > len(data):
        raise unsafe_container(message("its end is missing"))
    _, disk, first_disk, count_here, count, size, start, comment_size = _END.unpack_from(data, end)
    if end + _END.size + comment_size != len(data):
        raise unsafe_container(message("there are bytes after its end"))
    if disk or first_disk or count_here != count:
        raise unsafe_container(message("it is split in parts"))
    if start + size != end or data.find(_END_MARK, start) != end:
        raise unsafe_container(message("its directory does not end where it says"))
    if count > MAX_FILES:
        raise too_large(message("it has more than {limit} files", limit=MAX_FILES))
    entries = []
    at = start
    for _ in range(count):
        entry, at = _read_entry(data, at, end)
        entries.append(entry)
    if at != end:
        raise unsafe_container(message("its directory does not end where it says"))
    return tuple(entries), start


def _read_entry(data: bytes, at: int, end: int) -> tuple[_Entry, int]:
    if at + _CENTRAL.size > end:
        raise unsafe_container(message("its directory is cut short"))
    fields = _CENTRAL.unpack_from(data, at)
    mark, _, _, flags, method, time, date, crc, packed, size = fields[:10]
    name_size, extra_size, comment_size, disk, _, attributes, offset = fields[10:]
    name_at = at + _CENTRAL.size
    after = name_at + name_size + extra_size + comment_size
    if mark != _CENTRAL_MARK or disk or after > end:
        raise unsafe_container(message("its directory is not readable"))
    if flags & ~_KNOWN_FLAGS or method not in (_STORED, _DEFLATED):
        raise unsafe_container(message("a file in it is encrypted or packed in an unknown way"))
    kind = stat.S_IFMT(attributes >> 16)
    if kind not in (0, stat.S_IFREG) or attributes & _DIRECTORY_BIT:
        raise unsafe_container(message("it holds a link or a folder where a file should be"))
    if method == _STORED and (packed != size or flags & _HAS_DESCRIPTOR):
        raise unsafe_container(message("the size of a file in it is not clear"))
    raw_name = data[name_at : name_at + name_size]
    _check_extra(data[name_at + name_size : name_at + name_size + extra_size])
    try:
        name = raw_name.decode("ascii")
    except UnicodeDecodeError:
        raise unsafe_container(message("a file name in it is not allowed")) from None
    return _Entry(name, flags, method, (time, date), crc, packed, size, offset, raw_name), after


def _check_extra(extra: bytes) -> None:
    at = 0
    while at < len(extra):
        if at + 4 > len(extra):
            raise unsafe_container(message("its directory is not readable"))
        kind, size = struct.unpack_from("<2H", extra, at)
        at += 4 + size
        if kind not in _HARMLESS_EXTRA or at > len(extra):
            raise unsafe_container(message("a file in it carries an extension that is not allowed"))


def _check_tiling(data: bytes, entries: Sequence[_Entry], directory_start: int) -> dict[str, int]:
    """Checks that the local entries fill the file up to the directory; returns where contents start."""
    starts: dict[str, int] = {}
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset != at:
            raise unsafe_container(message("there are bytes in it that belong to no file"))
        begin = _check_local_header(data, entry, directory_start)
        if entry.name in starts:
            raise unsafe_container(message("it has two files of the same name"))
        starts[entry.name] = begin
        at = begin + entry.packed_size
        if entry.flags & _HAS_DESCRIPTOR:
            at = _skip_descriptor(data, entry, at)
        if at > directory_start:
            raise unsafe_container(message("files in it overlap"))
    if at != directory_start:
        raise unsafe_container(message("there are bytes in it that belong to no file"))
    return starts


def _check_local_header(data: bytes, entry: _Entry, directory_start: int) -> int:
    if entry.offset + _LOCAL.size > directory_start:
        raise unsafe_container(message("files in it overlap"))
    fields = _LOCAL.unpack_from(data, entry.offset)
    mark, _, flags, method, time, date, crc, packed, size, name_size, extra_size = fields
    name_at = entry.offset + _LOCAL.size
    begin: int = name_at + name_size + extra_size
    told = (crc, packed, size)
    expected = {(entry.crc, entry.packed_size, entry.size)}
    if flags & _HAS_DESCRIPTOR:
        expected.add((0, 0, 0))
    same = (
        mark == _LOCAL_MARK
        and (flags, method, (time, date)) == (entry.flags, entry.method, entry.stamp)
        and data[name_at : name_at + name_size] == entry.raw_name
        and told in expected
    )
    if not same:
        raise unsafe_container(message("a file in it is described in two different ways"))
    _check_extra(data[name_at + name_size : begin])
    return begin


def _skip_descriptor(data: bytes, entry: _Entry, at: int) -> int:
    sizes = _SIZES.pack(entry.crc, entry.packed_size, entry.size)
    for descriptor in (_DESCRIPTOR_MARK + sizes, sizes):
        if data.startswith(descriptor, at):
            return at + len(descriptor)
    raise unsafe_container(message("a file in it is described in two different ways"))


def _check_mimetype(data: bytes, entries: Sequence[_Entry], starts: Mapping[str, int]) -> None:
    first = next((entry for entry in entries if entry.offset == 0), None)
    plain = first is not None and first.name == "mimetype" and first.method == _STORED
    if first is None or not plain or starts["mimetype"] != _LOCAL.size + len("mimetype"):
        raise not_our_format(message("it does not begin with the mark of a signed container"))
    if data[starts["mimetype"] : starts["mimetype"] + first.size] != MIMETYPE:
        raise not_our_format(message("it is marked as another kind of container"))


def _check_names(entries: Sequence[_Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if not (is_file_name(entry.name) or _META_NAME.fullmatch(entry.name)):
            raise unsafe_container(message("a file name in it is not allowed"))
        if entry.name.lower() in seen:
            raise unsafe_container(message("it has two files of the same name"))
        seen.add(entry.name.lower())


def _content(data: bytes, entry: _Entry, start: int) -> bytes:
    packed = memoryview(data)[start : start + entry.packed_size]
    content = bytes(packed) if entry.method == _STORED else _inflate(packed, entry.size)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise unsafe_container(message("a file in it is damaged"))
    return content


def _inflate(packed: memoryview, size: int) -> bytes:
    """Inflates at most one byte more than was promised, so that a lie about the size costs nothing."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = engine.decompress(packed, size + 1)
    except zlib.error:
        raise unsafe_container(message("a file in it is damaged")) from None
    if len(content) > size:
        raise too_large(message("a file in it is larger than it says"))
    if not engine.eof or engine.unused_data:
        raise unsafe_container(message("a file in it is damaged"))
    return content
