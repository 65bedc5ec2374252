# SPDX-License-Identifier: MIT
"""List files that people write: refused with file and line, never half used, and an organisation's own kept apart."""

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.reference import Measure, applying, with_own
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.resources import own_lists_folders
from rkv_app.reference.loader import COUNTY_DOCUMENTS, MEASURES, list_from_bytes, own_list
from rkv_app.usecases import reference

GOOD = """\
checked_on: 2026-11-23
sources:
  us: Our own office
measures:
  - code: avklaring
    source: us
    confirmed: true
    label: {nb: Vår avklaring, nn: Vår avklaring, en: Our clarification}
  - code: sommerskole
    source: us
    confirmed: false
    valid_from: 2026-06-01
    valid_to: 2026-08-31
    label: {nb: Sommerskole, nn: Sommarskule, en: Summer school}
"""


def read(text: str) -> tuple[Measure, ...]:
    return list_from_bytes(MEASURES, text.encode(), "measures.yaml", own=True)


def put_own(text: str) -> Path:
    folder = own_lists_folders()[-1]
    folder.mkdir(parents=True)
    path = folder / "measures.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [", "RKV-REF-001", 1),
        (GOOD + "  - {code: [", "RKV-REF-001", 15),
        (GOOD.replace("code: avklaring", "code: &a avklaring"), "RKV-REF-002", 5),
        (GOOD.replace("confirmed: true", "confirmed: true\n    confirmed: false"), "RKV-REF-002", 8),
        (GOOD.replace("us: Our own office", "us: !!python/object:os.system x"), "RKV-REF-002", 3),
        (GOOD.replace("code: avklaring", "code: 1.5"), "RKV-REF-002", 5),
        (GOOD.replace("us: Our own office", "us: !!str 1"), "RKV-REF-002", 3),
        ("%YAML 1.1\n---\n" + GOOD, "RKV-REF-002", 1),
        (GOOD + "---\na: 1\n", "RKV-REF-002", GOOD.count("\n") + 1),
        ('a: "\\U7fffffff"', "RKV-REF-001", 1),
        ('a: "\\Uffffffff"', "RKV-REF-001", 1),
        (GOOD.replace("confirmed: true", "confirmed: perhaps"), "RKV-REF-003", 7),
        (GOOD.replace("nn: Sommarskule, ", ""), "RKV-REF-003", 14),
        (GOOD.replace("valid_to: 2026-08-31", "valid_to: 2026-02-31"), "RKV-REF-003", 13),
        (GOOD.replace("    source: us\n    confirmed: false", "    confirmed: false"), "RKV-REF-003", 9),
        (GOOD.replace("    confirmed: false", "    confirmed: false\n    colour: red"), "RKV-REF-003", 12),
        ("", "RKV-REF-003", 1),
        ("- 1", "RKV-REF-003", 1),
        (GOOD.replace("code: sommerskole", "code: avklaring"), "RKV-REF-004", 9),
        (
            GOOD.replace("    source: us\n    confirmed: false", "    source: them\n    confirmed: false"),
            "RKV-REF-004",
            10,
        ),
    ],
)
def test_a_fault_is_told_with_file_and_line(text: str, code: str, line: int) -> None:
    with pytest.raises(UserError) as refused:
        read(text)
    assert (refused.value.code, refused.value.message.params["line"]) == (code, line)
    assert refused.value.message.params["file"] == "measures.yaml"


def test_a_file_beyond_all_measure_is_refused_at_once() -> None:
    with pytest.raises(UserError, match="RKV-REF-002"):
        read("a" * 600_000)
    with pytest.raises(UserError, match="RKV-REF-002"):
        read(f"a: {'x' * 20_000}")
    with pytest.raises(UserError, match=r"RKV-REF-00[12]"):
        read("[" * 5_000)


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_a_list_or_a_refusal(data: bytes) -> None:
    # Anything else that is raised fails the test.
    with contextlib.suppress(UserError):
        list_from_bytes(COUNTY_DOCUMENTS, data, "county_documents.yaml")


def test_an_own_entry_takes_the_place_of_the_shipped_one_and_new_ones_come_last() -> None:
    put_own(GOOD)
    found = reference.all_measures()
    names = [one.code for one in found]
    shipped = [one for one in found if not one.own]
    assert names.count("avklaring") == 1
    assert names[-1] == "sommerskole"
    assert names.index("avklaring") == 3
    assert reference.measures("nn")["avklaring"] == "Vår avklaring"
    assert len(shipped) == len(found) - 2


def test_an_own_list_that_cannot_be_used_is_left_out_whole_and_told() -> None:
    before = reference.all_measures()
    put_own(GOOD.replace("confirmed: false", "confirmed: perhaps"))
    assert reference.all_measures() == before
    (fault,) = reference.faulty_lists()
    assert (fault.code, fault.message.params["line"]) == ("RKV-REF-003", 11)


def test_a_list_that_was_corrected_counts_at_once() -> None:
    path = put_own(GOOD.replace("confirmed: false", "confirmed: perhaps"))
    reference.all_measures()
    path.write_text(GOOD, encoding="utf-8")
    assert "sommerskole" in reference.measures("nb")
    assert reference.faulty_lists() == ()


def test_a_folder_without_lists_adds_nothing(tmp_path: Path) -> None:
    assert own_list(MEASURES, tmp_path) == ()


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
    ],
)
def test_an_entry_is_offered_on_its_days_alone(day: date, offered: bool) -> None:
    assert ("sommerskole" in {one.code for one in applying(read(GOOD), day)}) is offered


def test_entries_without_rivals_are_all_kept() -> None:
    entries = read(GOOD)
    assert with_own((), entries) == entries
    assert with_own(entries, ()) == entries
