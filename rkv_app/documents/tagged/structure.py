# SPDX-License-Identifier: MIT
"""The structure tree: what a screen reader is told. Built in reading order, then filled with marks."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Tag(StrEnum):
    """Standard structure types in use (ISO 32000-1 § 14.8.4)."""

    DOCUMENT = "Document"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    PARAGRAPH = "P"
    SPAN = "Span"
    CONTENTS = "TOC"
    CONTENTS_ITEM = "TOCI"
    REFERENCE = "Reference"
    LINK = "Link"
    LIST = "L"
    LIST_ITEM = "LI"
    LABEL = "Lbl"
    LIST_BODY = "LBody"
    TABLE = "Table"
    TABLE_HEAD = "THead"
    TABLE_BODY = "TBody"
    ROW = "TR"
    HEADER_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"
    FORM = "Form"


class Scope(StrEnum):
    """What a header cell is the header of (ISO 32000-1 table 349)."""

    ROW = "Row"
    COLUMN = "Column"


class Mark(NamedTuple):
    """A piece of marked content: page index from 0, and its number (MCID) on that page."""

    page: int
    number: int


class LinkMark(NamedTuple):
    """A link annotation, by its index among the links of the whole document."""

    order: int


class FieldMark(NamedTuple):
    """A field to fill in, by its index among the fields of the whole document.

    Among the kids of another element than a Form it stands for a Form with that field: a document has hundreds.
    """

    order: int


@dataclass(slots=True, eq=False)
class Element:
    """One node of the structure tree. Two elements are the same only if they are the same object.

    Attributes:
        language: BCP 47 tag where it differs from the document's, else empty.
        alternative: what a figure says in words, else empty.
        actual: the text in the order it is read, where it is painted in another, else empty.
        scope: set on header cells.
        bounds: left, bottom, right, top in points; set on figures when they are painted.
        kids: elements, marks, links and fields in reading order.
    """

    tag: Tag
    language: str = ""
    alternative: str = ""
    scope: Scope | None = None
    bounds: tuple[float, float, float, float] | None = None
    actual: str = ""
    kids: list["Kid"] = field(default_factory=list)

    def child(self, tag: Tag, *, language: str = "", alternative: str = "", scope: Scope | None = None) -> "Element":
        """Adds an element after the kids there are, and returns it."""
        made = Element(tag, language, alternative, scope)
        self.kids.append(made)
        return made


Kid: TypeAlias = Element | Mark | LinkMark | FieldMark
