# SPDX-License-Identifier: MIT
"""Reading small files that anybody may have put there: nothing fills the memory, and nothing waits."""

import os
from pathlib import Path


def read_small(path: Path, most: int, *, start: int = 0) -> bytes:
    """Returns the content of the file at `path`, of at most `most` bytes from `start` on; a link is not followed.

    Raises:
        OSError: it is not there, or cannot be read.
        ValueError: it is longer.
    """
    # Opening a pipe that nobody writes to would wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(path, "rb", buffering=0, opener=lambda name, _: os.open(name, flags)) as file:
        if start:
            file.seek(start)
        content = file.read(most + 1) or b""
    if len(content) > most:
        raise ValueError("longer than it can be")
    return content
