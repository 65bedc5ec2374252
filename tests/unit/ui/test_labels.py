# SPDX-License-Identifier: MIT
"""Every code has words, none of them judges a competence, and trust is always said."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import rkv_app.ui
from rkv_app.domain.cases import CaseState
from rkv_app.domain.coverage import Covered, Why
from rkv_app.domain.evaluations import KnownBy, Rating
from rkv_app.domain.exchange import Card, Contact, MessageType, Trust
from rkv_app.domain.people import Party, Role
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui import labels

WORDS = Words(Language.ENGLISH)


def _contact(checked_on: date | None) -> Contact:
    party = Party(role=Role.INTAKE, name="Inger", organisation="Eksempel fylkeskommune")
    return Contact(
        id="1",
        card=Card(party=party, signing_certificate=b"", sealing_certificate=b""),
        digits="",
        pinned_at=datetime(2026, 3, 1, tzinfo=UTC),
        checked_by="Ola" if checked_on else "",
        checked_on=checked_on,
    )


def test_every_code_has_words() -> None:
    assert all(labels.rating(WORDS, one) for one in Rating)
    assert all(labels.known_by(WORDS, frozenset({one})) for one in KnownBy)
    assert all(labels.covered(WORDS, one) for one in Covered)
    assert all(labels.why(WORDS, one) for one in Why)
    assert all(labels.case_state(WORDS, one)[0] for one in CaseState)
    assert all(labels.trust(WORDS, one)[0] for one in Trust)
    assert all(labels.message_type(WORDS, one) for one in MessageType)
    assert all(labels.role(WORDS, one) for one in Role)


def test_no_words_of_the_screen_say_that_a_competence_is_approved() -> None:
    """The word belongs to the county alone: forskrift til opplæringsloven § 15-3."""
    source = Path(rkv_app.ui.__path__[0])
    said = [text for file in source.rglob("*.py") for text in re.findall(r'"([^"\n]*)"', file.read_text("utf-8"))]
    assert [text for text in said if re.search(r"approv|godkjen|\bpass(ed)?\b", text, re.IGNORECASE)] == []


def test_trust_says_who_compared_the_digits_and_when() -> None:
    said, _ = labels.trust(WORDS, Trust.VERIFIED_CONTACT, _contact(date(2026, 3, 3)))
    assert said == "Known contact, checked 3 March 2026 by Ola"


def test_digits_that_nobody_compared_are_not_called_checked() -> None:
    assert labels.checked(WORDS, _contact(None)) == "Known contact, digits not compared yet"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.BOKMAL, "24. desember 2026"),
        (Language.NYNORSK, "24. desember 2026"),
        (Language.ENGLISH, "24 December 2026"),
    ],
)
def test_dates_are_written_as_the_reader_writes_them(language: Language, said: str) -> None:
    assert labels.day(Words(language), date(2026, 12, 24)) == said


@pytest.mark.parametrize(("number", "shown"), [("03449112345", "034491•••••"), ("123", "•••"), ("", "")])
def test_the_personal_part_of_a_national_number_is_not_on_the_screen(number: str, shown: str) -> None:
    assert labels.masked(number) == shown
