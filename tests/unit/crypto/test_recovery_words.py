# SPDX-License-Identifier: MIT
import hashlib
import itertools
import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.crypto.recovery_words import new_recovery_words, recovery_secret, suggestions, word_list
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.resources import resources_dir

LIST = word_list()
# The list is frozen: with another list, no sheet that hangs in a safe could be read any more.
LIST_SHA256 = "4ce9b0bed008d9a2a3b8524e3dc4f4462b823dabd2c85686c1c321f0cfae8be7"
# 24 words of the list for the secret 00 01 02 ... 1f, which must give that secret in every version.
SHEET = (
    "abbor arena liflig arena gulasj alpakka bue bunke avdekke isblokk frase bror agurk "
    "mann glitre livrett bikube rumba antenne enveis rebus bakside krukke tunfisk"
)


def refusal(text: str) -> UserError:
    with pytest.raises(UserError) as refused:
        recovery_secret(text)
    assert (refused.value.code, refused.value.status) == ("RKV-STO-008", ExitStatus.LOCKED)
    return refused.value


def without_one_letter(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def with_one_letter_open(word: str) -> set[str]:
    return {word[:place] + "?" + word[place + 1 :] for place in range(len(word))}


def test_the_list_is_the_one_that_sheets_were_printed_from() -> None:
    content = (resources_dir() / "words" / "recovery-nb.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == LIST_SHA256


def test_the_list_has_2048_sorted_words_that_any_keyboard_types() -> None:
    assert len(LIST) == 2048
    assert list(LIST) == sorted(set(LIST))
    assert [word for word in LIST if not re.fullmatch("[a-z]{3,7}", word)] == []


def test_four_letters_tell_a_word_from_all_others() -> None:
    assert [start for start, count in Counter(word[:4] for word in LIST).items() if count > 1] == []
    short = {word for word in LIST if len(word) == 3}
    assert [word for word in LIST if len(word) > 3 and word[:3] in short] == []


def test_no_slip_of_one_letter_makes_another_word() -> None:
    words = set(LIST)
    replaced = Counter(itertools.chain.from_iterable(with_one_letter_open(word) for word in LIST))
    assert [pattern for pattern, count in replaced.items() if count > 1] == []
    assert [word for word in LIST if without_one_letter(word) & words] == []


def test_fresh_words_are_24_and_never_the_same() -> None:
    sheets = {new_recovery_words() for _ in range(50)}

    assert len(sheets) == 50
    assert {len(sheet.split(" ")) for sheet in sheets} == {24}
    assert len({recovery_secret(sheet) for sheet in sheets}) == 50


def test_a_sheet_gives_the_same_secret_in_every_version() -> None:
    assert recovery_secret(SHEET) == bytes(range(32))


@pytest.mark.parametrize(
    "typed",
    [
        SHEET.upper(),
        SHEET.replace(" ", "\n"),
        f"  {SHEET.replace(' ', '   ')}\t",
        SHEET.replace(" ", ", ") + ".",
        "\n".join(f"{number}. {word}" for number, word in enumerate(SHEET.split(), start=1)),
        "\n".join(f"{number}){word}" for number, word in enumerate(SHEET.split(), start=1)),
        " ".join(word[:4] for word in SHEET.split()),
        " ".join(word.capitalize() for word in SHEET.split()),
    ],
)
def test_how_the_words_are_typed_does_not_matter(typed: str) -> None:
    assert recovery_secret(typed) == bytes(range(32))


@pytest.mark.parametrize("wrong", ["blåbær", "zzzz", "a", SHEET.split()[6][:2], SHEET.split()[6] + "x"])
def test_an_unknown_word_is_told_by_its_number_and_never_repeated(wrong: str) -> None:
    words = SHEET.split()
    words[6] = wrong

    problem = refusal(" ".join(words))

    assert "number 7" in str(problem)
    assert len(wrong) < 2 or wrong not in f"{problem} {problem.hint} {problem.args}"


@pytest.mark.parametrize("count", [0, 1, 12, 23, 25, 48])
def test_too_few_or_too_many_words_are_counted(count: int) -> None:
    words = list(itertools.islice(itertools.cycle(SHEET.split()), count))

    assert f"24 words; {count} were typed" in str(refusal(" ".join(words)))


def accepted(words: list[str]) -> bool:
    try:
        recovery_secret(" ".join(words))
    except UserError:
        return False
    return True


def test_one_wrong_word_is_refused_all_but_once_in_256_times_and_never_taken_for_the_right_one() -> None:
    """About 23 of 6,000 sheets with a wrong word pass the check; they are another secret, which opens nothing."""
    chance = random.Random(24)
    right = SHEET.split()
    passed = []
    for _ in range(6000):
        words = list(right)
        place = chance.randrange(24)
        words[place] = chance.choice([word for word in chance.sample(LIST, 2) if word != right[place]])
        if accepted(words):
            passed.append(recovery_secret(" ".join(words)))

    assert 5 <= len(passed) <= 50
    assert bytes(range(32)) not in passed


def test_of_all_wrong_last_words_exactly_seven_pass_the_check() -> None:
    """The last word holds 3 bits of the secret and the check: each of the other 7 values has one check that fits."""
    right = SHEET.split()

    passing = [word for word in LIST if accepted([*right[:-1], word])]

    assert len(passing) == 8
    assert right[-1] in passing


def test_words_that_changed_places_are_told_as_not_fitting() -> None:
    words = SHEET.split()
    words[3], words[4] = words[4], words[3]

    assert "do not fit together" in str(refusal(" ".join(words)))


@given(st.text(max_size=200))
def test_other_texts_are_refused_and_not_repeated(text: str) -> None:
    problem = refusal(text)
    assert problem.hint.params == {}
    assert all(isinstance(value, int) for value in problem.message.params.values())


@given(st.lists(st.sampled_from(LIST), min_size=24, max_size=24))
def test_any_24_words_of_the_list_are_a_sheet_or_refused(words: list[str]) -> None:
    if accepted(words):
        assert len(recovery_secret(" ".join(words))) == 32
    else:
        assert "do not fit together" in str(refusal(" ".join(words)))


def test_suggestions_complete_what_is_being_typed() -> None:
    assert suggestions("") == suggestions("  ") == suggestions("qq") == suggestions("å") == ()
    assert suggestions("SOM") == tuple(word for word in LIST if word.startswith("som"))
    assert len(suggestions("s")) == 8
    assert all(suggestions(word[:4]) == (word,) for word in LIST)
