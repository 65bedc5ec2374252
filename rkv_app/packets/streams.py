# SPDX-License-Identifier: MIT
"""Content that is not in memory, and work on it that tells how far it has come and can be cancelled."""

import hashlib
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.zip_rules import PIECE


class Sink(Protocol):
    """Whatever can be written to."""

    def write(self, piece: bytes, /) -> object:
        """Takes all of the next piece."""


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """Content that is read more than once and never held whole.

    Attributes:
        size: in bytes.
        copy_to: writes all of it to a stream, in pieces; the same bytes every time it is called.
    """

    size: int
    copy_to: Callable[[BinaryIO], object]

    def pour(self, sink: Sink) -> None:
        """Writes all of it to a stream of which only `write` is used."""
        self.copy_to(cast("BinaryIO", sink))


def file_source(path: Path) -> Source:
    """The content of a file.

    Raises:
        UserError: RKV-SYS-002 or RKV-SYS-004, here or from `copy_to`: the file cannot be read.
    """
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    return Source(size, lambda target: _copy(path, target))


class Watch:
    """Counts what is done of a piece of work, and ends it when its user cancels."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def step(self, size: int) -> None:
        """Tells that `size` bytes more are done.

        Raises:
            UserError: RKV-PKT-025 cancelled.
        """
        self._done += size
        if self._progress is not None and not self._progress(min(self._done, self._total), self._total):
            raise cancelled()


class Measured:
    """A stream to write to that keeps nothing but what can be said of the content.

    Attributes:
        size, crc: length in bytes and CRC-32 of what was written.
    """

    def __init__(self, watch: Watch, sink: Sink | None = None) -> None:
        self._watch = watch
        self._sink = sink
        self._sha256 = hashlib.sha256()
        self.size = 0
        self.crc = 0

    def write(self, piece: bytes, /) -> int:
        """Takes the next piece, and hands it on."""
        self.size += len(piece)
        self.crc = zlib.crc32(piece, self.crc)
        self._sha256.update(piece)
        if self._sink is not None:
            self._sink.write(piece)
        self._watch.step(len(piece))
        return len(piece)

    def digest(self) -> bytes:
        """SHA-256 of what was written."""
        return self._sha256.digest()


class WatchedFile:
    """A file to read, each reading of which is a step of the work until `end_watch`."""

    def __init__(self, file: BinaryIO, watch: Watch) -> None:
        self._file = file
        self._watch: Watch | None = watch

    @property
    def stream(self) -> BinaryIO:
        """This, as who reads and seeks only wants it."""
        return cast("BinaryIO", self)

    def read(self, size: int = -1, /) -> bytes:
        """Reads as a file does.

        Raises:
            UserError: RKV-PKT-025 cancelled.
        """
        piece = self._file.read(size)
        if self._watch is not None:
            self._watch.step(len(piece))
        return piece

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Goes to a place as in a file."""
        return self._file.seek(offset, whence)

    def end_watch(self) -> None:
        """Lets all further reading go unnoticed."""
        self._watch = None


def cancelled() -> UserError:
    """RKV-PKT-025: somebody pressed Cancel while a packet was made or opened."""
    return UserError(
        "RKV-PKT-025",
        message("It was cancelled."),
        message("Nothing was sent or kept, and no half packet was left. Begin again whenever you like."),
    )


def changed_meanwhile() -> UserError:
    """RKV-PKT-026: an attachment was not the same when it was read for the second time."""
    return UserError(
        "RKV-PKT-026",
        message("A file to send was changed while the packet was made."),
        message("No packet was made. Close the file in other programs, then try again."),
    )


def _copy(path: Path, target: BinaryIO) -> None:
    """Copies a file to a stream; what the stream says of a full disk is not said of the file."""
    try:
        file = path.open("rb")
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    with file:
        while piece := _piece_of(file, path):
            target.write(piece)


def _piece_of(file: BinaryIO, path: Path) -> bytes:
    try:
        return file.read(PIECE)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
