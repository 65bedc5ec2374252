# SPDX-License-Identifier: MIT
"""What the program and the child that draws pages say to each other, over two pipes. All numbers are big-endian.

The program: the length of the PDF and the PDF, then one question after the other: what, the number of a page, a scale,
and words to look for. The child: a status and the number of pages, then an answer to each question. The program
believes none of it: every length has a most, and what is not as it should be ends the child.
"""

import struct
from enum import IntEnum
from typing import Final

WORK: Final = "pdf"
"""What the child is asked to do, see `foundation/own_process.py`."""

LENGTH: Final = struct.Struct(">Q")
REQUEST: Final = struct.Struct(">BIfI")
"""What is wanted, see `Wanted`; number of a page, from 0; pixels for each point of it (1/72 inch); bytes of the words,
which follow in UTF-8."""
OPENED: Final = struct.Struct(">BI")
"""Status; number of pages."""
DRAWN: Final = struct.Struct(">BIIIffI")
"""Status; width, height and bytes of a line of the picture; width and height of the page in points; bytes of the text.
Picture and text follow: blue, green, red and a byte that says nothing, and UTF-8."""
TOLD: Final = struct.Struct(">BI")
"""Status; bytes of the text, which follows in UTF-8."""
FOUND: Final = struct.Struct(">BI")
"""Status; number of rectangles, which follow."""
RECTANGLE: Final = struct.Struct(">Iffff")
"""Which hit on the page, from 0; left, top, right and bottom, each as a part of the picture's width or height."""

MOST_PAGES: Final = 100_000
LONGEST_SIDE: Final = 4000
"""Pixels: an A4 page at 300 dots per inch has 3508."""
MOST_TEXT: Final = 1024 * 1024
"""Bytes of the text of a page."""
MOST_WORDS: Final = 1024
"""Bytes of words to look for."""
MOST_RECTANGLES: Final = 4000
MOST_POINTS: Final = 1e8
"""Of a side of a page."""


class Wanted(IntEnum):
    """What a question is about."""

    PAGE = 0
    """Picture and text."""
    PICTURE = 1
    """The picture alone, with no text."""
    TEXT = 2
    """The text alone."""
    PLACES = 3
    """Where words stand in the picture."""


class Status(IntEnum):
    """How it went."""

    GOOD = 0
    UNREADABLE = 1
    LOCKED = 2
