# SPDX-License-Identifier: MIT
"""Forms of one word, in bokmål and nynorsk, have one form in common; other words have another."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.foundation.norwegian import fold
from rkv_app.foundation.word_forms import common_form


def form(word: str) -> str:
    return common_form(fold(word))


@pytest.mark.parametrize(
    "words",
    [
        "renhold reinhald renholdet reinhaldet",
        "måling målinger målingar målingene målingane",
        "bruke bruker brukar bruk",
        "vurdere vurderer vurderte vurdert",
        "gjøre gjere gjør",
        "sikkerhet sikkerheten tryggleik tryggleiken",
        "rørlegger røyrleggjar",
        "betongfaget betongfag",
        "byggje bygge bygg",
        "velge velje",
        "sette setje",
        "daglig dagleg daglige daglege",
        "veiledning rettleiing",
        "tegninger teikningar tegning",
        "virksomhet virksomheten verksemd verksemda",
        "sykepleie sjukepleie",
        "skole skule skolen",
        "kjøre køyre",
        "bærekraftig berekraftig",
    ],
)
def test_what_belongs_together_has_one_form(words: str) -> None:
    assert len({form(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("renhold", "rens"), ("hygiene", "hygge"), ("helse", "hals"), ("bil", "bild")]
)
def test_what_does_not_belong_together_is_kept_apart(one: str, other: str) -> None:
    assert form(one) != form(other)


@pytest.mark.parametrize("code", ["km10543", "hea03", "03", "v105"])
def test_codes_stay_as_they_are(code: str) -> None:
    assert common_form(code) == code


@given(st.text(string.ascii_lowercase, min_size=1, max_size=30))
def test_every_word_keeps_something_of_itself(word: str) -> None:
    assert common_form(word)
    assert common_form(word).isalpha()
