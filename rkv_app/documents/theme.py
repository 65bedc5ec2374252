# SPDX-License-Identifier: MIT
"""How documents look: page, typography and colours. Lengths are points; text colours reach 4.5 : 1 on their ground."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from rkv_app.documents.tagged.blocks import Look
from rkv_app.documents.tagged.canvas import TextStyle
from rkv_app.documents.tagged.fonts import Typeface
from rkv_app.documents.tagged.tables import WHOLE_ROW, TableLook
from rkv_app.domain.coverage import Covered

INK = "#1b222c"
MUTED = "#55606e"
NAVY = "#16324f"
HAIRLINE = "#d3dae2"
STRONG_LINE = "#16324f"
PANEL = "#eef3f8"
LINK = "#0b4f8a"

PAGE = A4
LEFT = 22 * mm
TOP = 25 * mm
BOTTOM = 24 * mm
TEXT_WIDTH = PAGE[0] - 2 * LEFT
TEXT_HEIGHT = PAGE[1] - TOP - BOTTOM
HEADER_LINE = PAGE[1] - 14 * mm
FOOTER_LINE = 15 * mm

_BODY = TextStyle(Typeface.REGULAR, 10, 15, INK)
_CELL = TextStyle(Typeface.REGULAR, 9, 12.5, INK)
_SMALL = TextStyle(Typeface.REGULAR, 8, 11.5, MUTED)
RUNNING = _SMALL

TITLE = Look(TextStyle(Typeface.BOLD, 21, 27, NAVY), space_after=3)
SUBTITLE = Look(TextStyle(Typeface.REGULAR, 10, 15, MUTED), space_after=14)
HEADING = Look(TextStyle(Typeface.BOLD, 13.5, 18, NAVY), space_before=24, space_after=6, keep_with_next=True)
SUBHEADING = Look(TextStyle(Typeface.BOLD, 10.5, 15, INK), space_before=16, space_after=4, keep_with_next=True)
BODY = Look(_BODY, space_after=7)
CHAPTER = Look(TextStyle(Typeface.BOLD, 13.5, 18, NAVY), space_after=6, keep_with_next=True, new_page=True)
LETTERHEAD = Look(TextStyle(Typeface.BOLD, 11, 15, INK), space_after=1)
LETTERHEAD_LINE = Look(TextStyle(Typeface.REGULAR, 9, 13, MUTED))
LETTER_TITLE = Look(TextStyle(Typeface.BOLD, 21, 27, NAVY), space_before=44, space_after=3)
COVER_TITLE = Look(TextStyle(Typeface.BOLD, 27, 34, NAVY), space_before=96, space_after=4)
COVER_NAME = Look(TextStyle(Typeface.BOLD, 15, 21, INK), space_before=22, space_after=1)
COVER_LINE = Look(TextStyle(Typeface.REGULAR, 11, 16, INK), space_after=1)
CONTENTS_HEADING = Look(TextStyle(Typeface.BOLD, 10.5, 15, NAVY), space_before=30, space_after=4, keep_with_next=True)
CONTENTS = (
    Look(TextStyle(Typeface.REGULAR, 10, 15, INK), space_before=4),
    Look(TextStyle(Typeface.REGULAR, 9, 13.5, MUTED), space_before=1, indent=14),
)
SIGN_HERE = Look(TextStyle(Typeface.REGULAR, 8, 11.5, MUTED))
# Place and date, and the signature.
SIGN_SHARES = (0.35, 0.65)
NOTE = Look(_BODY, space_before=12, space_after=8, panel=PANEL, padding=10)
LEAD = Look(_BODY, space_after=7, keep_with_next=True)
SMALL = Look(_SMALL, space_after=5, keep_with_next=True)
STEP = Look(_BODY, space_after=5, indent=18)

CELL = Look(_CELL)
CELL_STRONG = Look(TextStyle(Typeface.BOLD, 9, 12.5, INK), space_before=7)
CELL_ASKED = Look(TextStyle(Typeface.BOLD, 9, 12.5, INK))
CELL_MARKED = Look(_CELL, indent=12)
CELL_CODE = Look(TextStyle(Typeface.BOLD, 8.5, 12.5, INK))
CELL_SMALL = Look(_SMALL, space_before=2)
CELL_LINK = Look(TextStyle(Typeface.REGULAR, 9, 12.5, LINK))
CELL_DOTTED = Look(TextStyle(Typeface.BOLD, 9, 12.5, INK), indent=12)
CELL_DOTTED_REASON = Look(_SMALL, space_before=1, indent=12)
COLUMN_HEAD = Look(TextStyle(Typeface.BOLD, 8, 11.5, NAVY))
FACT_NAME = Look(TextStyle(Typeface.REGULAR, 9, 12.5, MUTED))

# Room to write in is not divided over two pages, short of most of a page.
TO_WRITE_IN = 480.0

# Between the columns of a table.
GUTTER = TableLook((1.0,)).gutter

FACTS = TableLook(shares=(0.27, 0.73), above=2.5, below=3, space_after=4, keep_whole=True)


def columns(
    *shares: float, keep_whole: bool = False, mirrored: bool = False, whole_row: float = WHOLE_ROW
) -> TableLook:
    """A table with ruled rows and columns of these shares of the width."""
    return TableLook(
        shares,
        rule=HAIRLINE,
        header_rule=STRONG_LINE,
        space_before=2,
        space_after=10,
        keep_whole=keep_whole,
        mirrored=mirrored,
        whole_row=whole_row,
    )


# Each class has a colour and a fill of its own, and is always named in words beside it.
COVERED_COLOUR = {
    Covered.COVERED: "#1d5c8c",
    Covered.PARTLY: "#5f9cc6",
    Covered.NOT_TRIED: "#8794a3",
    Covered.NO_INFORMATION: "#ccd4dd",
}
COVERED_FILL = {Covered.COVERED: 1.0, Covered.PARTLY: 0.5, Covered.NOT_TRIED: 0.0, Covered.NO_INFORMATION: 0.0}
