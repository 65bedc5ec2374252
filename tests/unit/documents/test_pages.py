# SPDX-License-Identifier: MIT
"""Pages break where a reader would break them, and nothing is lost over a break."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.documents import theme
from rkv_app.documents.tagged.blocks import Bar, BarFigure, Block, Stack, TextBlock
from rkv_app.documents.tagged.pages import Placed, paginated
from rkv_app.documents.tagged.structure import Element, Tag
from rkv_app.documents.tagged.tables import Row, Table

WIDTH, HEIGHT = 400.0, 600.0


def paragraph(text: str) -> TextBlock:
    """A paragraph."""
    return TextBlock(text, theme.BODY, Element(Tag.PARAGRAPH))


def heading(text: str) -> TextBlock:
    """A heading."""
    return TextBlock(text, theme.HEADING, Element(Tag.H2), outline=1)


def row(*texts: str) -> Row:
    """A table row."""
    return Row(tuple(Stack([TextBlock(text, theme.CELL, Element(Tag.PARAGRAPH))]) for text in texts))


def words_in(block: Block) -> Iterator[str]:
    """Every word of a block, the header of a table left out."""
    match block:
        case TextBlock():
            yield from block.text.split()
        case Stack():
            for inner in block.blocks:
                yield from words_in(inner)
        case Table():
            for one in block.rows:
                for cell in one.cells:
                    yield from words_in(cell)


def words_on(pages: Sequence[Sequence[Placed]]) -> list[str]:
    """Every word of all pages."""
    return [word for page in pages for placed in page for word in words_in(placed.block)]


def overflow(pages: Sequence[Sequence[Placed]]) -> float:
    """By how much the longest page is longer than a page."""
    return max((placed.below + placed.block.height(WIDTH) - HEIGHT for page in pages for placed in page), default=0)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 400)), min_size=1, max_size=30))
def test_no_word_is_lost_and_no_page_is_overfull(parts: list[tuple[bool, int]]) -> None:
    blocks = [
        Table(row("h", "h"), [row(f"r{n}", "ord " * length)], theme.columns(0.3, 0.7))
        if table
        else paragraph("ord " * 9)
        for n, (table, length) in enumerate(parts)
    ]
    pages = paginated(blocks, WIDTH, HEIGHT)
    assert Counter(words_on(pages)) == Counter(word for block in blocks for word in words_in(block))
    assert overflow(pages) <= 1e-6


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page() -> None:
    for lines in range(20, 60):
        blocks = [paragraph("\n".join("x" * lines)), heading("Overskrift"), paragraph("tekst " * 60)]
        pages = paginated(blocks, WIDTH, HEIGHT)
        for page in pages:
            last = page[-1].block
            assert not (isinstance(last, TextBlock) and last.outline is not None)


def test_no_single_line_of_a_paragraph_is_left_alone_on_a_page() -> None:
    for lines in range(20, 60):
        pages = paginated([paragraph("\n".join("x" * lines)), paragraph("\n".join("y" * 8))], WIDTH, HEIGHT)
        for page in pages:
            for placed in page:
                assert isinstance(placed.block, TextBlock)
                assert len(placed.block.text.split()) >= 2


def test_a_short_row_is_moved_whole_and_a_long_one_is_divided() -> None:
    look = theme.columns(0.2, 0.8)
    short = [row(str(number), "ord " * 60) for number in range(20)]
    pages = paginated([Table(row("h", "h"), short, look)], WIDTH, HEIGHT)
    assert len(pages) > 1
    for page in pages:
        for placed in page:
            assert isinstance(placed.block, Table)
            assert all(len(list(words_in(one.cells[1]))) == 60 for one in placed.block.rows)
    long = paginated([Table(row("h", "h"), [row("1", "ord " * 5000)], look)], WIDTH, HEIGHT)
    assert len(long) > 5
    assert words_on(long).count("ord") == 5000


def test_a_table_has_its_header_on_each_page_and_as_content_once() -> None:
    pages = paginated(
        [Table(row("h", "h"), [row(str(n), "ord " * 40) for n in range(60)], theme.columns(0.2, 0.8))], WIDTH, HEIGHT
    )
    tables = [placed.block for page in pages for placed in page]
    assert all(isinstance(table, Table) and table.header is not None for table in tables)
    assert [table.continues for table in tables if isinstance(table, Table)] == [False] + [True] * (len(pages) - 1)


def test_a_figure_without_words_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="alternative"):
        BarFigure([Bar(1, "#000000")], Element(Tag.FIGURE))
