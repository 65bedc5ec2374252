# SPDX-License-Identifier: MIT
"""A container written one way: fixed times, no data descriptors, every size known before the first byte is written.

So it can be sealed while it is written, and its plaintext never lies on a disk. For that each content is read twice:
once to measure it, once to write it, and the second reading must give what the first one gave.
"""

import io
import stat
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rkv_app.packets.streams import Measured, Sink, Source, Watch, changed_meanwhile
from rkv_app.packets.zip_rules import (
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    MIMETYPE,
    RATIO_FREE,
    STORED,
    check_counts,
    is_entry_name,
)

_VERSION: Final = 20
_MADE_ON_UNIX: Final = 3 << 8 | _VERSION
_TIME: Final = 0
_DATE: Final = 1 << 5 | 1
"""1980-01-01 as MS-DOS writes it."""
_ATTRIBUTES: Final = (stat.S_IFREG | 0o600) << 16
_COMMENT: Final = b"mimetype=" + MIMETYPE


@dataclass(frozen=True, slots=True, repr=False)
class NewFile:
    """A file to put into a container.

    Attributes:
        name: its entry name.
        packed: whether the bytes are compressed already, so that deflating them is a waste.
    """

    name: str
    data: bytes | Source
    packed: bool = False

    @property
    def size(self) -> int:
        """Length of the content in bytes."""
        return self.data.size if isinstance(self.data, Source) else len(self.data)


@dataclass(frozen=True, slots=True, repr=False)
class MeasuredFile:
    """A file of which everything is known that stands before and after it in a container.

    Attributes:
        sha256: of the content, 32 bytes.
        data: what is written as it is; deflated already where `method` says so and it was in memory.
    """

    name: str
    method: int
    crc: int
    size: int
    packed_size: int
    sha256: bytes
    data: bytes | Source


def measure(file: NewFile, watch: Watch) -> MeasuredFile:
    """Reads a file for the first time.

    Files over 1 MiB are stored, so that none unpacks to more than readers take.

    Raises:
        UserError: RKV-PKT-025 cancelled, RKV-PKT-026 it is not as long as it was said to be.
        ValueError: a name that no reader would accept.
    """
    if not is_entry_name(file.name):
        raise ValueError("not an entry name of a packet")
    is_deflated = not file.packed and file.size <= RATIO_FREE
    content = io.BytesIO() if is_deflated else None
    measured = Measured(watch, content)
    _pour(file.data, measured)
    if measured.size != file.size:
        raise changed_meanwhile()
    deflated = _deflated(content.getvalue()) if content is not None else b""
    return MeasuredFile(
        name=file.name,
        method=DEFLATED if is_deflated else STORED,
        crc=measured.crc,
        size=measured.size,
        packed_size=len(deflated) if is_deflated else measured.size,
        sha256=measured.digest(),
        data=deflated if is_deflated and isinstance(file.data, bytes) else file.data,
    )


def mimetype_file() -> MeasuredFile:
    """The first entry of every container."""
    return measure(NewFile("mimetype", MIMETYPE, packed=True), Watch(None, 0))


def container_size(files: Sequence[MeasuredFile]) -> int:
    """How many bytes `write_measured` will write."""
    headers = sum(LOCAL.size + CENTRAL.size + 2 * len(file.name) for file in files)
    return headers + sum(file.packed_size for file in files) + END.size + len(_COMMENT)


def write_measured(files: Sequence[MeasuredFile], sink: Sink, watch: Watch) -> None:
    """Writes a container of these files, in the given order; `mimetype_file()` must be the first.

    Raises:
        UserError: RKV-PKT-012 too many or too large files, RKV-PKT-025 cancelled, RKV-PKT-026 a content is another one
            than when it was measured.
    """
    check_counts([file.size for file in files])
    directory = b""
    at = 0
    for file in files:
        name = file.name.encode("ascii")
        told = (_VERSION, 0, file.method, _TIME, _DATE, file.crc, file.packed_size, file.size, len(name), 0)
        sink.write(LOCAL.pack(LOCAL_MARK, *told) + name)
        _write_content(file, sink, watch)
        directory += CENTRAL.pack(CENTRAL_MARK, _MADE_ON_UNIX, *told, 0, 0, 0, _ATTRIBUTES, at) + name
        at += LOCAL.size + len(name) + file.packed_size
    count = len(files)
    sink.write(directory + END.pack(END_MARK, 0, 0, count, count, len(directory), at, len(_COMMENT)) + _COMMENT)


def _write_content(file: MeasuredFile, sink: Sink, watch: Watch) -> None:
    if isinstance(file.data, bytes):
        sink.write(file.data)
        watch.step(file.size)
        return
    content = io.BytesIO()
    measured = Measured(watch, content if file.method == DEFLATED else sink)
    file.data.pour(measured)
    if measured.digest() != file.sha256:
        raise changed_meanwhile()
    if file.method == DEFLATED:
        sink.write(_deflated(content.getvalue()))


def _pour(data: bytes | Source, sink: Sink) -> None:
    if isinstance(data, Source):
        data.pour(sink)
    else:
        sink.write(data)


def _deflated(content: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(content) + engine.flush()
