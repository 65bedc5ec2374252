# SPDX-License-Identifier: MIT
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.crypto.recovery_words import word_list
from rkv_app.crypto.strength import WEAKEST_ACCEPTED, require_strong, strength, suggest_passphrase
from rkv_app.foundation.errors import UserError


@pytest.mark.parametrize(
    "passphrase",
    [
        "sommer2026",
        "Sommer2026!!",
        "passord123",
        "Passord123456",
        "P4ss0rd12345",
        "fotballfotball",
        "kongen er god",
        "Kongen er god!",
        "ja vi elsker dette landet",
        "hei på deg mamma",
        "hei paa deg",
        "Tromsø fylkeskommune",
        "rosenborg 2026",
        "lørdag 17.05.2026",
        "qwertyuiopå",
        "aaaaaaaaaaaaaaa",
        "123456789012345",
        " " * 20,
        "blåbær",
        "\ud800" * 20,
        "",
    ],
)
def test_what_norwegians_choose_most_is_refused(passphrase: str) -> None:
    assert strength(passphrase).score < WEAKEST_ACCEPTED
    with pytest.raises(UserError) as refused:
        require_strong(passphrase)
    assert refused.value.code == "RKV-STO-018"
    assert len(passphrase.strip()) < 3 or passphrase not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize("passphrase", ["blåbær under snøen i april", "korrekt hest batteri stift", "xK9#mQ2$vL7pW"])
def test_what_is_hard_to_guess_is_accepted(passphrase: str) -> None:
    require_strong(passphrase)


def test_what_is_short_is_refused_however_random() -> None:
    with pytest.raises(UserError):
        require_strong("xK9#mQ2$vL7")


def test_names_that_whoever_guesses_knows_are_worth_little() -> None:
    passphrase = "Oppfølging Testvik sykehjem"

    assert strength(passphrase).score >= WEAKEST_ACCEPTED
    assert strength(passphrase, ["Testvik sykehjem", "Oppfølging"]).score < WEAKEST_ACCEPTED


def test_what_was_known_for_one_store_is_not_remembered_for_the_next() -> None:
    before = strength("Testvik sykehjem og vei")
    strength("Testvik sykehjem og vei", ["Testvik sykehjem"])

    assert strength("Testvik sykehjem og vei") == before


def test_a_suggested_passphrase_is_six_words_of_the_list_and_very_hard_to_guess() -> None:
    suggested = {suggest_passphrase() for _ in range(10)}

    assert len(suggested) == 10
    for passphrase in suggested:
        assert [word for word in passphrase.split(" ") if word not in word_list()] == []
        assert len(passphrase.split(" ")) == 6
        assert strength(passphrase).score == 4


def test_a_very_long_passphrase_is_judged_by_its_beginning() -> None:
    assert strength("a" * 100_000).score == 0
    assert strength("korrekt hest batteri stift " * 1000).score == 4


@settings(max_examples=40)
@given(st.text(max_size=30))
def test_every_text_has_a_strength(text: str) -> None:
    found = strength(text)
    assert 0 <= found.score <= 4
    assert found.guesses_log10 >= 0


def test_opening_a_store_loads_neither_the_estimator_nor_certificates() -> None:
    program = (
        "import sys, rkv_app.crypto.keyslots, rkv_app.crypto.strength;"
        "print(*(name for name in ('zxcvbn', 'pyhanko', 'cryptography.x509') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
