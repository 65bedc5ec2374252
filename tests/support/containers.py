# SPDX-License-Identifier: MIT
"""Containers in memory, for tests that take them apart."""

import io
from collections.abc import Iterable

from rkv_app.packets.container import NewFile, write_container


def packed(files: Iterable[NewFile]) -> bytes:
    """The octets of a container with these files."""
    out = io.BytesIO()
    write_container(out, files)
    return out.getvalue()
