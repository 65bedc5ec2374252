# SPDX-License-Identifier: MIT
"""What the program and the child that draws pages say to each other, over two pipes. All numbers are big-endian.

The program: the length of the PDF and the PDF, then for each page that it wants its number and a scale. The child: a
status and the number of pages, then for each page a status, a size, the picture and the text. The program believes none
of it: every length has a most, and what is not as it should be ends the child.
"""

import struct
from enum import IntEnum
from typing import Final

WORK: Final = "pdf"
"""What the child is asked to do, see `foundation/own_process.py`."""

LENGTH: Final = struct.Struct(">Q")
REQUEST: Final = struct.Struct(">If")
"""Number of a page, from 0; pixels for each point of it (1/72 inch)."""
OPENED: Final = struct.Struct(">BI")
"""Status; number of pages."""
DRAWN: Final = struct.Struct(">BIIII")
"""Status; width, height and bytes of a line of the picture; bytes of the text. Both follow: RGB, and UTF-8."""

MOST_PAGES: Final = 100_000
LONGEST_SIDE: Final = 4000
"""Pixels: an A4 page at 300 dots per inch has 3508."""
MOST_TEXT: Final = 1024 * 1024
"""Bytes of the text of a page."""


class Status(IntEnum):
    """How it went."""

    GOOD = 0
    UNREADABLE = 1
    LOCKED = 2
