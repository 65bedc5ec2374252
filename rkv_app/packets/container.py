# SPDX-License-Identifier: MIT
"""The ZIP inside a packet: an ASiC-E container (ETSI EN 319 162-1, annex A) written one way and read strictly."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from rkv_app.packets.files import Files
from rkv_app.packets.streams import Watch
from rkv_app.packets.zip_reading import check_structure
from rkv_app.packets.zip_rules import (
    MAX_FILE_SIZE,
    MAX_FILES,
    MAX_TOTAL_SIZE,
    META_FOLDER,
    MIMETYPE,
    check_counts,
    is_file_name,
)
from rkv_app.packets.zip_writing import NewFile, measure, mimetype_file, write_measured

__all__ = [
    "MAX_FILES",
    "MAX_FILE_SIZE",
    "MAX_TOTAL_SIZE",
    "META_FOLDER",
    "MIMETYPE",
    "Container",
    "NewFile",
    "is_file_name",
    "read_container",
    "write_container",
]


@dataclass(frozen=True, slots=True, repr=False)
class Container:
    """What a container holds, in the order of its central directory.

    Attributes:
        files: the data files, `mimetype` left out, by entry name.
        meta: the files in META-INF, by full entry name.
    """

    files: Files
    meta: Files


def write_container(out: BinaryIO, files: Iterable[NewFile]) -> None:
    """Writes a container: `mimetype` first, then `files` in the given order, fixed times, no data descriptors.

    Raises:
        UserError: RKV-PKT-012, too many or too large files; RKV-PKT-026 a content changed while it was read.
        ValueError: a name that no reader would accept.
    """
    entries = tuple(files)
    check_counts([len(MIMETYPE), *(entry.size for entry in entries)])
    silent = Watch(None, 0)
    write_measured((mimetype_file(), *(measure(entry, silent) for entry in entries)), out, silent)


def read_container(source: bytes | BinaryIO) -> Container:
    """Reads a container after checking its whole structure; nothing is inflated before that has passed.

    Every file is then inflated and hashed once, in pieces, and nothing of it is kept.

    Args:
        source: the container, or a seekable file that holds nothing else and lives as long as what is returned.

    Raises:
        UserError: RKV-PKT-010 not a container at all, RKV-PKT-011 unsafe or damaged, RKV-PKT-012 too large.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    entries = check_structure(file)
    data = {name: placed for name, placed in entries.items() if not name.startswith(META_FOLDER) and name != "mimetype"}
    meta = {name: placed for name, placed in entries.items() if name.startswith(META_FOLDER)}
    return Container(Files(file, data), Files(file, meta))
