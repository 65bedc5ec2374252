# SPDX-License-Identifier: MIT
"""Arabic reads from the right, joined as it is written, also between Latin words; and costs nobody else anything."""

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.documents import theme
from rkv_app.documents.tagged.bidi import has_rtl, painted, runs_from_right, width_of
from rkv_app.documents.tagged.blocks import Place, TextBlock
from rkv_app.documents.tagged.drawn import LinesToSign
from rkv_app.documents.tagged.fonts import Typeface
from rkv_app.documents.tagged.structure import Element, Tag
from rkv_app.documents.tagged.text import Direction, broken, joined, shown
from rkv_app.foundation.i18n import Language
from support import document_samples as samples
from support import form_samples
from support.pdf_damage import elements

MIXED = st.text(st.sampled_from("ابتثليلى حسن،؟(1٢) Kšđ'«»-"), max_size=40)


def _visual(text: str) -> list[tuple[str, str]]:
    rtl = runs_from_right(text)
    return [
        (part.typeface, "".join(glyph.character for glyph in part.glyphs))
        for part in painted(text, Typeface.REGULAR, 10, rtl=rtl)
    ]


def test_arabic_stands_from_the_right_with_numbers_and_latin_words_as_they_are() -> None:
    ours = [text for typeface, text in _visual("عام 2026 (Karriere Nord)") if typeface == Typeface.REGULAR]
    assert ours == ["Karriere Nord", "2026"]
    first, *_, last = _visual("عام 2026 (Karriere Nord)")
    assert first[1].startswith("(")
    assert last[0] == Typeface.ARABIC


def test_a_name_in_arabic_inside_a_norwegian_line_leaves_the_line_from_the_left() -> None:
    visual = _visual("Kandidat: ليلى, født 1990")
    assert [text for typeface, text in visual if typeface == Typeface.REGULAR] == ["Kandidat: ", ", født 1990"]
    assert not runs_from_right("Kandidat: ليلى")
    assert runs_from_right("12: ليلى Kandidat")


def test_letters_take_the_form_that_their_neighbours_ask_for() -> None:
    apart = width_of("ب", Typeface.REGULAR, 10) * 3
    assert width_of("ببب", Typeface.REGULAR, 10) < apart


def test_bold_arabic_has_its_own_typeface() -> None:
    (part,) = painted("عام", Typeface.BOLD, 10, rtl=True)
    assert part.typeface is Typeface.ARABIC_BOLD


@given(MIXED)
def test_breaking_lines_loses_nothing_and_fits(text: str) -> None:
    fit = shown(text)
    lines = broken(fit, Typeface.REGULAR, 10, 60)
    assert joined(lines) == fit
    assert all(bool(line.direction) == has_rtl(fit) for line in lines)
    for line in lines:
        glyphs = [one for part in painted(line.text, Typeface.REGULAR, 10, rtl=True) for one in part.glyphs]
        assert sum(one.advance for one in glyphs) < 75


def test_a_paragraph_keeps_its_direction_on_lines_that_begin_with_latin() -> None:
    lines = broken("ماذا Karriere Karriere Karriere Karriere", Typeface.REGULAR, 10, 60)
    assert {line.direction for line in lines} == {Direction.RIGHT}
    assert len(lines) > 1


def test_a_screen_reader_gets_the_text_in_the_order_it_is_read() -> None:
    with pikepdf.open(io.BytesIO(samples.rendered("arabic-form", Language.BOKMAL))) as pdf:
        actual = [str(one.ActualText) for one in elements(pdf.Root.StructTreeRoot) if "/ActualText" in one]
        languages = {str(one.Lang) for one in elements(pdf.Root.StructTreeRoot) if "/Lang" in one}
    assert form_samples.ARABIC in actual
    assert languages == {"ar"}


def test_lines_to_sign_begin_at_the_right_margin_in_arabic() -> None:
    texts = [TextBlock(said, theme.SIGN_HERE, Element(Tag.PARAGRAPH)) for said in ("place", "who")]
    for mirrored, first in ((False, "place"), (True, "who")):
        block = LinesToSign(texts, theme.SIGN_SHARES, colour=theme.MUTED, mirrored=mirrored)
        columns = sorted((place.x, place.x + place.width, one.text) for one, place in block._columns(Place(10, 0, 400)))
        assert (columns[0][0], columns[0][2], round(columns[-1][1], 6)) == (10, first, 410)


def test_who_writes_no_arabic_does_not_load_what_it_needs() -> None:
    code = (
        "import sys; from support import document_samples as s; from rkv_app.foundation.i18n import Language; "
        "s.rendered('evaluation', Language.BOKMAL); "
        "print('bidi' in sys.modules, 'rkv_app.documents.tagged.bidi' in sys.modules)"
    )
    tests = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, cwd=tests
    )
    # reportlab looks for uharfbuzz itself, and loads it where it is.
    assert done.stdout.split() == ["False", "True"]
