# SPDX-License-Identifier: MIT
"""The files in a container that was checked: what they are is known, their content is read when it is asked for."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from rkv_app.packets.zip_reading import Entry, pieces


class Files(Mapping[str, bytes]):
    """Files by entry name. `files[name]` reads a whole file into memory; `open` reads one in pieces.

    They live as long as the container they lie in. Not for use by two threads at once.
    """

    def __init__(self, container: BinaryIO, entries: Mapping[str, tuple[Entry, int]]) -> None:
        """Reads every file once; `entries` as `check_structure` gives them.

        Raises:
            UserError: RKV-PKT-011 a file is damaged, RKV-PKT-012 larger than it says.
        """
        self._container = container
        self._entries = entries
        self._digests = {name: _digest(pieces(container, *placed)) for name, placed in entries.items()}

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def __contains__(self, name: object) -> bool:
        # What Mapping has would read the file.
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def size(self, name: str) -> int:
        """Length of a file in bytes."""
        return self._entries[name][0].size

    def digest(self, name: str) -> bytes:
        """SHA-256 of a file, 32 bytes."""
        return self._digests[name]

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file in pieces.

        Raises:
            UserError: RKV-PKT-011 it is not the content any more that was checked.
        """
        return pieces(self._container, *self._entries[name])

    def open(self, name: str) -> BinaryIO:
        """A file to read from its beginning to its end, without seeking."""
        return io.BufferedReader(_Reading(self.pieces(name)))


class _Reading(io.RawIOBase):
    def __init__(self, content: Iterator[bytes]) -> None:
        super().__init__()
        self._content = content
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._piece:
            self._piece = memoryview(next(self._content, b""))
        taken = self._piece[: len(buffer)]
        buffer[: len(taken)] = taken
        self._piece = self._piece[len(taken) :]
        return len(taken)


def size_of(files: Mapping[str, bytes], name: str) -> int:
    """Length of a file in bytes, without reading it where that is known."""
    return files.size(name) if isinstance(files, Files) else len(files[name])


def digest_of(files: Mapping[str, bytes], name: str) -> bytes:
    """SHA-256 of a file, 32 bytes, without reading it where that is known."""
    return files.digest(name) if isinstance(files, Files) else hashlib.sha256(files[name]).digest()


def beginning_of(files: Mapping[str, bytes], name: str, most: int) -> bytes:
    """At most the first `most` bytes of a file."""
    if not isinstance(files, Files):
        return files[name][:most]
    beginning = b""
    for piece in files.pieces(name):
        beginning += piece[: most - len(beginning)]
        if len(beginning) == most:
            break
    return beginning


def _digest(content: Iterator[bytes]) -> bytes:
    digest = hashlib.sha256()
    for piece in content:
        digest.update(piece)
    return digest.digest()
