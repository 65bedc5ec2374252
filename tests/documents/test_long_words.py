# SPDX-License-Identifier: MIT
"""A word that is broken over lines is one word to whoever takes the text out: archives, browsers, screen readers."""

import io
import re
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.documents.preview.child import _signs
from rkv_app.documents.preview.finding import places, shown
from support import document_samples as samples
from support import long_words

# What a program writes where a word goes on in the next line: a soft hyphen with the end of the line, or one sign.
_GOES_ON = re.compile("\u00ad\r?\n|\ufffe")
_PARTS = ("real", "kompetanse", "vurdering", "helse", "fag", "arbeider", "Opplæring", "miljø", "-", "/", ",", "1")
_WORDS = st.one_of(
    st.lists(st.sampled_from(_PARTS), min_size=1, max_size=8).map("".join),
    st.text(alphabet="aeioybdfgklmnprstvøåÆØ-/.,1@", min_size=1, max_size=70),
)


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    """Texts with long words in a narrow column."""
    return long_words.document()


def whole(taken_out: str) -> str:
    """A text that was taken out, its words put together and its lines made one."""
    return " ".join(_GOES_ON.sub("", taken_out).split())


def needs(program: str) -> None:
    """Skips where a program of poppler-utils is not there."""
    if shutil.which(program) is None:
        pytest.skip("needs poppler-utils")


def test_a_screen_reader_gets_every_word_whole(long_pdf: bytes, tmp_path: Path) -> None:
    needs("pdfinfo")
    heard = re.findall(r'^\s+"(.*?)\s*"$', long_words.spoken(long_pdf, tmp_path), flags=re.MULTILINE)
    assert [text for text in heard if text in long_words.TEXTS] == list(long_words.TEXTS)


def test_pdftotext_says_where_a_word_goes_on(long_pdf: bytes, tmp_path: Path) -> None:
    needs("pdftotext")
    taken = long_words.copied(long_pdf, tmp_path)
    assert taken.count("\u00ad\n") > 5
    assert [text for text in long_words.TEXTS if text not in whole(taken)] == []


def test_a_browser_puts_the_words_together(long_pdf: bytes) -> None:
    taken = long_words.in_browser(long_pdf)
    assert taken.count("\ufffe") > 5
    assert [text for text in long_words.TEXTS if text not in whole(taken)] == []


def test_a_long_word_is_found_when_it_is_searched_for_in_our_own_window(long_pdf: bytes) -> None:
    opened = pypdfium2.PdfDocument(long_pdf)
    page = opened[0]
    written, _ = shown(_signs(page, page.get_textpage()))
    opened.close()
    assert len(places(written, "fylkesutdanningsadministrasjonsoppgåver")) == 1
    assert "helsefagarbeiderkompetansebevisføringsordninger i" in written


def test_each_page_ends_with_a_whole_word(tmp_path: Path) -> None:
    needs("pdfinfo")
    word = "samferdselsteknikkutdanningsadministrasjon"
    made = long_words.document([" ".join([word] * 101)])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pages = len(pdf.pages)
    # Poppler tells what is on each page apart.
    heard = re.findall(r'^\s+"(sam.*?)\s*"$', long_words.spoken(made, tmp_path), flags=re.MULTILINE)
    assert len(heard) == pages > 3
    assert " ".join(heard).split(" ") == [word] * 101


@pytest.mark.parametrize("share", [0.12, 0.2, 0.3])
def test_official_aims_are_taken_out_to_the_letter_however_narrow_the_column(share: float, tmp_path: Path) -> None:
    needs("pdftotext")
    texts = [aim.text for aim in samples.aims()]
    made = long_words.document(texts, share=share)
    heard = long_words.spoken(made, tmp_path)
    for taken in (whole(heard), whole(long_words.copied(made, tmp_path)), whole(long_words.in_browser(made))):
        assert [text for text in texts if text not in taken] == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.lists(_WORDS, min_size=1, max_size=5), share=st.floats(min_value=0.1, max_value=0.5))
def test_no_letter_is_lost_or_said_twice(words: list[str], share: float, tmp_path: Path) -> None:
    needs("pdfinfo")
    text = "<" + " ".join(words) + ">"
    heard = re.findall(r'^\s+"(<.*>)\s*"$', long_words.spoken(long_words.document([text], share=share), tmp_path), re.M)
    assert heard == [text]
