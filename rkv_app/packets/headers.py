# SPDX-License-Identifier: MIT
"""Reading what a packet says about itself, without its content."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rkv_app.crypto.envelope import OpenWith
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.checking import check_profile, check_signed_container
from rkv_app.packets.opening import open_packet_file
from rkv_app.packets.reports import PacketHeader, header_of

_ZIP_MARK = b"PK"


def read_header(path: Path, opener: OpenWith | None) -> PacketHeader:
    """Reads the header of a sealed packet, or of a bare container, after every check of the profile.

    Args:
        path: the file.
        opener: keys or code; not used for a bare container, whose receivers are not checked.

    Raises:
        UserError: as `open_packet_file`.
        ValueError: a sealed packet without anything to open it with.
    """
    with _opened(path) as file:
        if is_bare(file):
            return header_of(check_profile(check_signed_container(file)))
    if opener is None:
        raise ValueError("a sealed packet needs a key or a code")
    with open_packet_file(path, opener) as opened:
        return header_of(opened)


def is_bare(file: BinaryIO) -> bool:
    """Whether a file begins as a container does that is not sealed; it is read from its beginning, and left there."""
    mark = file.read(len(_ZIP_MARK))
    file.seek(0)
    return mark == _ZIP_MARK


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
