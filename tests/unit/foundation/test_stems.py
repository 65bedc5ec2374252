# SPDX-License-Identifier: MIT
"""Forms of one word become one stem, in bokmål and nynorsk, and different words mostly do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.foundation.stems import stem, stems


@pytest.mark.parametrize(
    "forms",
    [
        "renhold reinhald reinhaldet renholdet",
        "gulv golv gulvene golva",
        "støpe støping støpingen støper",
        "sikkerhet sikkerheit sikkerheten",
        "pasient pasienter pasienten pasientar",
        "råvare råvarer råvarene RÅVARER raavarer",
        "vanlig vanleg vanlige vanlege",
        "sykehus sjukehus sykehuset",
        "kjemikalier kjemikalier",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("betong", "forskaling"), ("mat", "mål"), ("truck", "trykk")])
def test_other_words_have_another(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_that_say_nothing_are_left_out() -> None:
    assert [word for _, word in stems("Jeg har vasket 20 gulv i et hus.")] == ["vasket", "gulv", "hus"]


@given(st.text(max_size=60))
def test_a_stem_is_never_shorter_than_three_letters_of_a_longer_word(word: str) -> None:
    for found, written in stems(word):
        assert len(found) >= 2 or len(written) < 3
