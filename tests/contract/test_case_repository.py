# SPDX-License-Identifier: MIT
"""What every store promises about candidates, cases and placements."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from rkv_app.domain.cases import CaseState, Transition
from rkv_app.domain.ports import Store
from support.store_samples import CANDIDATE, CASE, NOW, PLACEMENT, later

TO_COLLECTING = Transition(
    case_id=CASE.id, before=CaseState.DRAFT, after=CaseState.COLLECTING, at=later(1), by="Kari", why=""
)


def test_a_case_and_its_candidate_come_back_as_they_were_written(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    assert store.cases.get(CASE.id) == CASE
    assert store.cases.candidate(CANDIDATE.id) == CANDIDATE


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.cases.get("nobody") is None
    assert store.cases.candidate("nobody") is None
    assert store.cases.placement("nowhere") is None


def test_a_candidate_may_have_two_cases_and_is_brought_up_to_date_by_the_second(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    married = replace(CANDIDATE, family_name="Prøvesen")
    store.cases.add(married, replace(CASE, id="case-2", reference="R-2"))
    assert store.cases.candidate(CANDIDATE.id) == married
    assert len(store.cases.summaries()) == 2


def test_cases_are_listed_last_changed_first_with_the_candidates_name(store: Store) -> None:
    for n, changed in enumerate((later(1), later(3), later(2))):
        store.cases.add(CANDIDATE, replace(CASE, id=f"case-{n}", reference=f"R-{n}", changed=changed))
    assert [one.case.id for one in store.cases.summaries()] == ["case-1", "case-2", "case-0"]
    assert store.cases.summaries()[0].candidate_name == "Zarah Øvelsesen"


def test_a_recorded_change_of_state_is_the_cases_state_and_is_remembered(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    to_ready = replace(TO_COLLECTING, before=CaseState.COLLECTING, after=CaseState.READY, why="Alt er inne")
    store.cases.record(TO_COLLECTING)
    store.cases.record(to_ready)
    assert store.cases.get(CASE.id) == replace(CASE, state=CaseState.READY, changed=to_ready.at)
    assert store.cases.transitions(CASE.id) == [TO_COLLECTING, to_ready]


def test_a_change_of_state_of_no_case_is_refused(store: Store) -> None:
    with pytest.raises(LookupError):
        store.cases.record(TO_COLLECTING)
    assert store.cases.transitions(CASE.id) == []


def test_placements_come_back_by_first_day_and_a_second_put_replaces(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    earlier = replace(PLACEMENT, id="placement-2", start=date(2025, 1, 1), end=date(2025, 6, 30))
    store.cases.put_placement(PLACEMENT, later(1))
    store.cases.put_placement(earlier, later(2))
    shorter = replace(PLACEMENT, percent=50)
    store.cases.put_placement(shorter, later(3))
    assert store.cases.placements(CASE.id) == [earlier, shorter]
    assert store.cases.placement(PLACEMENT.id) == shorter


def test_a_case_counts_as_changed_when_its_placement_does(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    store.cases.put_placement(PLACEMENT, later(7))
    found = store.cases.get(CASE.id)
    assert found is not None
    assert found.changed == later(7)


def test_a_moment_from_another_time_zone_is_the_same_moment_and_sorts_as_such(store: Store) -> None:
    oslo = timezone(timedelta(hours=2))
    # On the clock face later than NOW, in truth an hour before it.
    before = (NOW - timedelta(hours=1)).astimezone(oslo)
    store.cases.add(CANDIDATE, CASE)
    store.cases.add(CANDIDATE, replace(CASE, id="case-2", reference="R-2", changed=before))
    assert [one.case.id for one in store.cases.summaries()] == [CASE.id, "case-2"]
    found = store.cases.get("case-2")
    assert found is not None
    assert found.changed == before


def test_a_moment_without_a_time_zone_is_never_written(store: Store) -> None:
    naive = datetime(2026, 1, 1, 12, 0)
    with pytest.raises(Exception, match="time zone"):
        store.cases.add(CANDIDATE, replace(CASE, created=naive))
    assert store.cases.candidate(CANDIDATE.id) is None
