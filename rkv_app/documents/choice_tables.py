# SPDX-License-Identifier: MIT
"""Questions with the same options as a table in a document: a row a question, a column an option."""

from collections.abc import Sequence
from dataclasses import dataclass

from rkv_app.documents import theme
from rkv_app.documents.builder import Said
from rkv_app.documents.fillable_plan import NO, YES, yes_no_options
from rkv_app.documents.form_words import RING, label_said
from rkv_app.documents.tagged.fonts import text_width
from rkv_app.forms.model import Section, TableRow, YesNoItem
from rkv_app.forms.reading import Cell
from rkv_app.forms.values import chosen
from rkv_app.foundation.i18n import Words

# Shares of the width: what the options take together at most, and while their columns are as wide as each other.
_MOST, _MOST_EQUAL = 0.66, 0.56
_LEAST = 0.075
_TICKED = Said("X", theme.CELL_ASKED)
_TO_TICK = Said("", theme.CELL_MARKED, dot=RING)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, after the one for the questions.

    Attributes:
        codes: what the options are called by programs.
        heads: their words.
        shares: widths as shares of the whole, that of the questions first.
    """

    codes: Sequence[str]
    heads: Sequence[Said]
    shares: Sequence[float]


def columns_of(section: Section, words: Words, language: str) -> Columns | None:
    """Returns the columns of a table; None where the words above them are too long for that.

    Args:
        section: a section that is a table.
        words: the document's language.
        language: that of the form's own words.
    """
    item = section.items[0]
    assert isinstance(item, TableRow)
    if isinstance(item, YesNoItem):
        options = [(code, Said(said, theme.COLUMN_HEAD)) for code, said in yes_no_options(item, words)]
    else:
        options = [(option.code, label_said(option.label, language, theme.COLUMN_HEAD)) for option in item.options]
    widths = [max(_LEAST, *(_share(word) for word in head.text.split())) for _, head in options]
    if max(widths) * len(widths) <= _MOST_EQUAL:
        widths = [max(widths)] * len(widths)
    if sum(widths) > _MOST:
        return None
    return Columns([code for code, _ in options], [head for _, head in options], (1 - sum(widths), *widths))


def ticked(cell: Cell, columns: Columns) -> Sequence[Sequence[Said]]:
    """The cells of a row that was answered, or not: a cross below each option that was chosen."""
    value = cell.value
    given: Sequence[object] = ()
    if cell.counts:
        given = chosen(value) if isinstance(value, list | tuple) else (value,)
    codes = [{True: YES, False: NO}[one] if isinstance(one, bool) else one for one in given]
    return [[_TICKED] if code in codes else [] for code in columns.codes]


def to_tick(columns: Columns) -> Sequence[Sequence[Said]]:
    """The cells of a row that is to be filled in by hand."""
    return [[_TO_TICK] for _ in columns.codes]


def _share(word: str) -> float:
    style = theme.COLUMN_HEAD.style
    # A hair's breadth more than measured, so that rounding does not break a word that just fits.
    return (text_width(word, style.typeface, style.size) + 0.1 + theme.GUTTER) / theme.TEXT_WIDTH
