# SPDX-License-Identifier: MIT
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.crypto.codes import code_words, new_spoken_code, normalised_code, wrong_so_far
from rkv_app.crypto.recovery_words import word_list
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Language, Words

SPOKEN = "abbor svaberg anker tundra mild alke"
WORDS = Words(Language.ENGLISH)


def test_a_code_is_twenty_digits_in_four_groups_and_never_the_same_again() -> None:
    codes = {new_spoken_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"\d{5} \d{5} \d{5} \d{5}", code) for code in codes)


def test_every_new_code_can_be_said_in_six_words_that_open_the_same() -> None:
    for code in (new_spoken_code() for _ in range(200)):
        spoken = code_words(code)

        assert len(spoken) == 6
        assert set(spoken) <= set(word_list())
        assert normalised_code(" ".join(spoken)) == code.replace(" ", "")


def test_the_words_use_all_66_bits() -> None:
    last = word_list()[-1]

    assert normalised_code(" ".join([last] * 6)) == f"{2**66 - 1:020d}"
    assert code_words(f"{2**66 - 1:020d}") == (last,) * 6
    assert code_words("0" * 20) == (word_list()[0],) * 6


def test_a_code_from_before_there_were_words_has_none_and_is_taken_as_ever() -> None:
    assert code_words("99999 99999 99999 99999") == ()
    assert normalised_code("99999 99999 99999 99999") == "9" * 20


@pytest.mark.parametrize(
    "typed",
    ["12345 67890 12345 67890", "12345678901234567890", " 12345-67890\t12345\u00a067890\n", "1 2345.67890–12345 67890"],
)
def test_a_code_may_be_typed_with_or_without_separators(typed: str) -> None:
    assert normalised_code(typed) == "12345678901234567890"


@pytest.mark.parametrize(
    "typed",
    [
        "  Abbor SVABERG\tanker\n tundra mild alke ",
        "1 abbor, 2 svaberg, 3 anker, 4 tundra, 5 mild, 6 alke",
        "abbor-svaberg-anker-tundra-mild-alke.",
        "abbo svab anke tund mild alke",
    ],
)
def test_capitals_numbers_blanks_and_endings_of_words_do_not_matter(typed: str) -> None:
    assert normalised_code(typed) == normalised_code(SPOKEN)


@pytest.mark.parametrize("typed", ["", "1234", "1" * 21, "12345 67890 12345 6789O", "hemmelig", "9" * 5000])
def test_anything_else_is_refused_with_its_own_code_and_not_repeated(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        normalised_code(typed)

    assert refused.value.code == "RKV-PKT-007"
    assert refused.value.status is ExitStatus.REFUSED
    assert not typed or typed not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abbor svaberg kanel tundra mild alke", "Word 3 is not"),
        ("abbor svaberg anker tundra mild ålke", "Word 6 is not"),
        ("abbor svaberg anker", "Word 4 of the code is missing."),
        (f"{SPOKEN} abbor", "more than that stand here"),
    ],
)
def test_which_word_is_wrong_is_told_by_its_place(typed: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        normalised_code(typed)

    assert said in WORDS.say(refused.value.message)


def test_a_wrong_word_is_told_as_soon_as_it_is_finished_and_not_before() -> None:
    assert wrong_so_far("abbor kane") is None
    wrong = wrong_so_far("abbor kanel ")
    assert wrong is not None
    assert "Word 2" in WORDS.say(wrong)
    assert wrong_so_far("12345 678") is None
    assert wrong_so_far(SPOKEN) is None
    assert wrong_so_far(f"{SPOKEN} a") is not None


@given(st.text(max_size=60) | st.lists(st.sampled_from(word_list()), max_size=8).map(" ".join))
def test_whatever_is_typed_gives_twenty_digits_or_a_refusal(typed: str) -> None:
    try:
        outcome = normalised_code(typed)
    except UserError as refused:
        outcome = refused.code

    assert outcome == "RKV-PKT-007" or re.fullmatch(r"[0-9]{20}", outcome)


@given(st.integers(0, 2**66 - 1))
def test_digits_and_words_say_the_same(number: int) -> None:
    assert int(normalised_code(" ".join(code_words(f"{number:020d}")))) == number
