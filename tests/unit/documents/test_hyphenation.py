# SPDX-License-Identifier: MIT
"""A word that is longer than its line is broken where a Norwegian reader would, and codes and addresses never are."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.documents.tagged import hyphenation
from rkv_app.documents.tagged.fonts import Typeface, text_width
from rkv_app.documents.tagged.hyphenation import SOFT_HYPHEN, break_points
from rkv_app.documents.tagged.text import Line, broken, joined, shown

TESTS = Path(__file__).resolve().parents[2]
# Long words with signs inside: of parts that can be broken, and of anything.
_PARTS = ("real", "kompetanse", "vurdering", "helse", "fag", "arbeider", "Opplæring", "miljø", "-", "/", ",", "1", "č")
WORDS = st.one_of(
    st.lists(st.sampled_from(_PARTS), min_size=1, max_size=9).map("".join),
    st.text(alphabet="aeioybdfgklmnprstvøåÆØ-/.,()@1č", min_size=1, max_size=90),
)


def pieces(word: str, language: str = "") -> str:
    """A word with a stroke wherever it may be broken."""
    ends = [0, *break_points(word, language), len(word)]
    return "|".join(word[start:end] for start, end in itertools.pairwise(ends))


def lines_of(text: str, width: float = 100) -> list[str]:
    """The lines of a text at a width."""
    return [line.text for line in broken(text, Typeface.REGULAR, 9, width)]


@pytest.mark.parametrize("language", ["", "nb", "nn"])
def test_compounds_of_both_kinds_of_norwegian_are_broken_between_their_parts(language: str) -> None:
    assert pieces("realkompetansevurdering", language) == "real|kom|pe|tanse|vur|de|ring"
    assert pieces("(kvalitetssikringsprosedyrer),", language) == "(kva|li|tets|sik|rings|pro|se|dy|rer),"
    assert pieces("arbeidsmiljølovgjevinga", language) == "arbeids|miljø|lov|gje|vinga"
    assert pieces("HELSEFREMJANDE/spesialpedagogikk", language) == "HELSE|FREMJANDE/spe|sial|pe|da|go|gikk"


@pytest.mark.parametrize(
    "word",
    [
        "KM990101",
        "RKV-7Q4M-2K",
        "41029012345",
        "kari.odegard@karrierenord.no",
        "realkompetanse@karrierenord",
        "https://www.karrierenord.no/realkompetansevurdering",
        "www.realkompetansevurdering.no",
        "urn:realkompetansevurdering",
        r"C:\realkompetansevurdering",
        "realkompetansevurdering_utkast.pdf",
        "kompetansečálliidlágádus",
        "realkompetanse" * 8,
        "",
    ],
)
def test_codes_numbers_addresses_and_words_of_other_languages_are_not_broken(word: str) -> None:
    assert list(break_points(word, "")) == []


def test_a_text_in_another_language_is_not_broken_as_if_it_were_norwegian() -> None:
    assert list(break_points("internationalisation", "en")) == []


def test_only_a_word_that_is_longer_than_the_line_is_broken() -> None:
    assert lines_of("vurdering av realkompetanse i helsefagarbeiderfaget") == [
        "vurdering av",
        "realkompetanse i",
        "helsefagarbeiderfaget",
    ]


def test_a_broken_word_begins_beside_others_where_that_takes_no_more_hyphens() -> None:
    assert lines_of("om kvalitetssikringsprosedyrer nå") == [f"om kvalitetssikrings{SOFT_HYPHEN}", "prosedyrer nå"]
    assert lines_of("samhandling realkompetansevurderingsordning") == [
        "samhandling",
        f"realkompetansevurde{SOFT_HYPHEN}",
        "ringsordning",
    ]


def test_what_has_no_place_for_a_hyphen_is_cut_as_it_is() -> None:
    cut = lines_of("KM990101" * 8)
    assert len(cut) > 2
    assert "".join(cut) == "KM990101" * 8


def test_a_part_that_is_longer_than_the_line_is_cut_and_the_rest_still_broken() -> None:
    cut, *rest = lines_of("realkompetansevurdering", 24)
    assert not cut.endswith(SOFT_HYPHEN) or text_width(cut, Typeface.REGULAR, 9) <= 24
    assert any(one.endswith(SOFT_HYPHEN) for one in rest)


def test_a_word_that_ends_in_a_hyphen_of_its_own_is_not_the_last_on_a_line() -> None:
    assert lines_of("fag i pleie- og omsorgsfag", 56) == [
        "fag i",
        "pleie- og",
        "omsorgsfag",
    ]
    assert not any(one.endswith("-") for one in lines_of("abc----" * 30)[:-1])


@given(st.lists(WORDS, min_size=1, max_size=6), st.floats(min_value=12, max_value=200))
def test_lines_fit_and_together_are_the_text(words: list[str], width: float) -> None:
    fit = shown(" ".join(words))
    lines = broken(fit, Typeface.REGULAR, 9, width)
    assert joined(lines) == fit
    for line in lines:
        assert len(line.text) <= 1 or text_width(line.text, Typeface.REGULAR, 9) <= width + 1e-6
        assert SOFT_HYPHEN not in line.text[:-1]


@given(st.lists(WORDS, min_size=1, max_size=6), st.floats(min_value=12, max_value=200))
def test_a_hyphen_stands_between_letters_of_a_word_and_never_in_what_has_a_digit(
    words: list[str], width: float
) -> None:
    painted = "".join(line.text + line.glue for line in broken(shown(" ".join(words)), Typeface.REGULAR, 9, width))
    for word in painted.split():
        if SOFT_HYPHEN in word:
            assert not re.search(r"[\d@]", word)
            assert all(re.search(r"[^\W\d_]{2}$", part) for part in word.split(SOFT_HYPHEN)[:-1])


def test_without_the_patterns_a_word_is_cut_and_the_document_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hyphenation, "resources_dir", lambda: tmp_path)
    hyphenation._patterns.cache_clear()
    try:
        cut: list[Line] = list(broken("realkompetansevurdering", Typeface.REGULAR, 9, 60))
    finally:
        hyphenation._patterns.cache_clear()
    assert "".join(line.text for line in cut) == "realkompetansevurdering"


def test_words_of_a_case_are_not_remembered() -> None:
    break_points("Hemmeligetternavnsen", "")
    assert not hyphenation._patterns().hd.cache


def test_who_writes_no_word_longer_than_its_line_does_not_load_the_patterns() -> None:
    code = (
        "import sys; from support import document_samples as s; from rkv_app.foundation.i18n import Language; "
        "s.rendered('application', Language.BOKMAL); print('pyphen' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, cwd=TESTS
    )
    assert done.stdout.split() == ["False"]


def test_the_patterns_carry_their_copyright_and_licence() -> None:
    folder = hyphenation.resources_dir() / "hyphenation"
    for name in ("hyph-no.dic", "README.md"):
        said = re.sub(r"[\s%>]+", " ", (folder / name).read_text(encoding="utf-8"))
        assert "Copyright (C) 2004, 2005 Rune Kleveland, Ole Michael Selberg" in said
        assert "provided the copyright notice and this notice are preserved" in said
