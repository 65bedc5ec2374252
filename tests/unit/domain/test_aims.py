# SPDX-License-Identifier: MIT
"""Official texts are shown to the letter, in the reader's language where Grep has it, and never left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, OfficialText

ALL = {"default": "standard", "nob": "bokmål", "nno": "nynorsk", "eng": "English", "sme": "davvisámegiella"}


@pytest.mark.parametrize(("language", "text"), [("nb", "bokmål"), ("nn", "nynorsk"), ("en", "English")])
def test_a_reader_gets_the_text_in_their_own_language(language: str, text: str) -> None:
    assert OfficialText(ALL).text(language) == text


@pytest.mark.parametrize(
    ("language", "have", "code"),
    [
        ("nb", ["default", "nno"], "default"),
        ("nb", ["nno", "eng"], "nno"),
        ("nn", ["default", "nob", "eng"], "default"),
        ("nn", ["nob", "eng"], "nob"),
        ("en", ["default", "nob"], "nob"),
        ("en", ["default", "nno"], "default"),
        ("nb", ["sme"], "sme"),
        ("uk", ["eng", "nob"], "nob"),
    ],
)
def test_a_missing_language_gives_the_nearest_one_and_says_which(language: str, have: list[str], code: str) -> None:
    text = OfficialText({each: ALL[each] for each in have})
    assert text.shown(language) == (ALL[code], code)


def test_the_text_of_adoption_is_named_by_the_language_it_is_in() -> None:
    assert OfficialText({"default": "velje", "nno": "velje"}).shown("nb") == ("velje", "nno")


def test_an_empty_text_counts_as_missing() -> None:
    assert OfficialText({"nob": "", "nno": "nynorsk"}).shown("nb") == ("nynorsk", "nno")


def test_a_text_in_no_language_is_empty() -> None:
    assert OfficialText({}).shown("nb") == ("", "default")


@given(
    st.dictionaries(st.sampled_from(sorted(ALL)), st.text(min_size=1), min_size=1),
    st.sampled_from(["nb", "nn", "en", "so"]),
)
def test_a_text_is_never_changed_and_never_lost(by_language: dict[str, str], language: str) -> None:
    text, code = OfficialText(by_language).shown(language)
    assert by_language[code] == text


def test_aims_are_read_set_by_set() -> None:
    def aim(code: str) -> CompetenceAim:
        return CompetenceAim(code=code, uri="", text=OfficialText({}))

    def aim_set(code: str, *aims: CompetenceAim) -> AimSet:
        return AimSet(code=code, uri="", title=OfficialText({}), aims=aims)

    plan = Curriculum(
        code="TST01-01",
        uri="",
        title=OfficialText({}),
        changed="2026-01-01",
        published=True,
        sets=(aim_set("KV2", aim("KM9"), aim("KM1")), aim_set("KV1"), aim_set("KV3", aim("KM5"))),
    )
    assert [one.code for one in plan.aims()] == ["KM9", "KM1", "KM5"]
    assert plan.aim_count() == 3
