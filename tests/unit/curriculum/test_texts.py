# SPDX-License-Identifier: MIT
"""Texts are regulation: they come through to the letter, in whatever shape Grep has them."""

import pytest

from rkv_app.curriculum.markup import without_markup
from rkv_app.curriculum.records import read_aim


def texts(title: object) -> dict[str, str]:
    return dict(read_aim({"kode": "KM1", "tittel": title}).text.by_language)


@pytest.mark.parametrize(
    "title",
    [
        {"tekst": [{"spraak": "default", "verdi": "måle"}, {"spraak": "nob", "verdi": "måle"}], "forskrift": True},
        [{"spraak": "default", "verdi": "måle"}, {"spraak": "nob", "verdi": "måle"}],
    ],
)
def test_both_shapes_of_details_give_texts_by_language(title: object) -> None:
    assert texts(title) == {"default": "måle", "nob": "måle"}


def test_the_plain_text_of_a_reference_is_the_default_language() -> None:
    assert texts("måle") == {"default": "måle"}


@pytest.mark.parametrize("title", [None, "", [], {}, {"tekst": None}, [{"spraak": "nob", "verdi": None}], 7])
def test_a_missing_text_is_no_text(title: object) -> None:
    assert texts(title) == {}


@pytest.mark.parametrize(
    "text",
    [
        " blanks at both ends ",
        "mljø og sikkerheti",
        "temperaturer < 10 og > 5 grader",
        "a<b og c>d",
        "x <i> y",
        "R&D &amp; mer",
        "linje\nskift",
        "hard\u00a0blank og bløt\u00adbindestrek",
    ],
)
def test_an_aim_text_is_kept_to_the_letter(text: str) -> None:
    assert texts([{"spraak": "nob", "verdi": text}]) == {"nob": text}


def test_markup_is_taken_out_where_there_is_markup() -> None:
    assert without_markup("<p>Første &amp; andre.</p><p>Ny<br/>linje</p>") == "Første & andre.\nNy\nlinje"


def test_script_leaves_nothing_behind() -> None:
    assert without_markup("<p onclick='x()'>trygt</p><script>alert(1)</script>") == "trygt"
