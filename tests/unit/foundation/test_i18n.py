# SPDX-License-Identifier: MIT
"""Every text can be said in every language, and a text without a translation is still said."""

import pytest

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import N_, Language, Message, Words, message

KNOWN = "The disk is full, so the file was not written."
FIELD = "There is already a file named {name} here."


@pytest.mark.parametrize("language", Language)
def test_a_text_that_no_catalogue_knows_is_said_in_english(language: Language) -> None:
    assert Words(language)("Zq {n} zq.", n=3) == "Zq 3 zq."


def test_bokmal_nynorsk_and_english_differ() -> None:
    said = {Words(language)(KNOWN) for language in Language}
    assert len(said) == 3
    assert KNOWN in said


@pytest.mark.parametrize("language", Language)
def test_a_message_brings_its_values_into_every_language(language: Language) -> None:
    assert "sak.rkvpakke" in Words(language).say(message(FIELD, name="sak.rkvpakke"))


def test_a_message_inside_a_message_is_said_in_the_same_language() -> None:
    inner = message(KNOWN)
    words = Words(Language.BOKMAL)
    assert words.say(Message("{inner}", {"inner": inner})) == words(KNOWN) != KNOWN


def test_braces_in_a_value_stay_as_they_were_typed() -> None:
    assert Words(Language.BOKMAL)("{name}", name="{0} {x}") == "{0} {x}"


def test_a_text_without_fields_may_hold_braces() -> None:
    assert Words(Language.BOKMAL)("a {b} c") == "a {b} c"


def test_nothing_is_said_as_nothing() -> None:
    assert Words(Language.BOKMAL)("") == ""


@pytest.mark.parametrize(("n", "said"), [(0, "0 zqs"), (1, "1 zq"), (2, "2 zqs")])
def test_one_and_many_are_told_apart(n: int, said: str) -> None:
    assert Words(Language.BOKMAL).plural("{n} zq", "{n} zqs", n) == said


def test_marking_a_text_changes_nothing() -> None:
    assert N_(KNOWN) == KNOWN


def test_an_error_says_its_code_and_what_happened() -> None:
    problem = UserError("RKV-SYS-001", message(KNOWN), message("Free some space."))
    assert str(problem) == f"RKV-SYS-001: {KNOWN}"
    assert problem.status is ExitStatus.REFUSED
