# SPDX-License-Identifier: MIT
"""What every store promises about candidates, cases and placements."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from rkv_app.domain.cases import CaseState, Transition
from rkv_app.domain.store_ports import Store
from rkv_app.domain.stores import CaseOrder
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


def test_further_curricula_come_back_in_order_and_only_for_a_case_that_is_there(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    store.cases.set_further_plans(CASE.id, ["HEA02-02", "HEA01-02"], later(2))
    assert store.cases.get(CASE.id) == replace(CASE, further_plans=("HEA02-02", "HEA01-02"), changed=later(2))
    with pytest.raises(LookupError):
        store.cases.set_further_plans("nobody", [], later(3))


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


NAMES = ("Zara Li", "Åse Aas", "Aase Aas", "Øyvind Ødegård", "Ærlig Bø", "åse aas", "Ola Å", "Kari Ø", "Kari O")
EXPECTED = {
    CaseOrder.NAME: ["Ærlig Bø", "Zara Li", "Kari O", "Kari Ø", "Øyvind Ødegård", "Ola Å"],
    CaseOrder.CHANGED: list(NAMES[::-1]),
    CaseOrder.STATE: list(NAMES[::-1]),
    CaseOrder.REFERENCE: list(NAMES),
}


def _walked(store: Store, order: CaseOrder, limit: int) -> list[str]:
    page = store.cases.page(order, limit=limit)
    found = [one.candidate_name for one in page.cases]
    while page.next:
        page = store.cases.page(order, after=page.next, limit=limit)
        found += [one.candidate_name for one in page.cases]
        assert page.total == len(NAMES)
    return found


def test_a_list_walked_in_parts_is_the_whole_list_in_the_same_order_on_every_database(store: Store) -> None:
    for n, name in enumerate(NAMES):
        given, family = name.split()
        store.cases.add(
            replace(CANDIDATE, id=name, given_name=given, family_name=family),
            replace(CASE, id=name, candidate_id=name, reference=f"{n}-{'aA'[n % 2]}", changed=later(n)),
        )
    for order, expected in EXPECTED.items():
        whole = _walked(store, order, 100)
        assert [name for name in whole if name in expected] == expected
        assert sorted(whole) == sorted(NAMES)
        assert _walked(store, order, 1) == _walked(store, order, 4) == whole


def test_no_place_in_a_list_of_cases_that_somebody_makes_up_is_an_error_of_the_database(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    highest = 2**63 - 1
    made_up = {
        CaseOrder.CHANGED: f'["9999-12-31T23:59:59+00:00",{highest}]',
        CaseOrder.NAME: f'["~",{highest}]',
        CaseOrder.STATE: f'["{CaseState.DRAFT.value}","0001-01-02T00:00:00+00:00",{highest}]',
        CaseOrder.REFERENCE: '["~"]',
    }
    for order, after in made_up.items():
        assert len(store.cases.page(order, after=after).cases) == (order is CaseOrder.CHANGED)
        with pytest.raises(ValueError):
            store.cases.page(order, after=r'["\u0000"]')


def test_a_list_of_found_cases_has_only_those(store: Store) -> None:
    for n in range(3):
        store.cases.add(CANDIDATE, replace(CASE, id=f"case-{n}", reference=f"R-{n}"))
    page = store.cases.page(CaseOrder.REFERENCE, ids=["case-2", "case-0", "nobody"])
    assert ([one.case.id for one in page.cases], page.total, page.next) == (["case-0", "case-2"], 2, "")
    assert store.cases.page(CaseOrder.REFERENCE, ids=[]).cases == ()


def test_a_candidate_who_gets_another_name_moves_to_its_place_with_all_cases(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    other = replace(CANDIDATE, id="other", given_name="Ola", family_name="Moen")
    store.cases.add(other, replace(CASE, id="case-2", reference="R-2", candidate_id="other"))
    store.cases.add(replace(CANDIDATE, family_name="Aas"), replace(CASE, id="case-3", reference="R-3"))
    assert [one.case.id for one in store.cases.page(CaseOrder.NAME).cases] == ["case-2", CASE.id, "case-3"]
    store.cases.add(replace(CANDIDATE, family_name="Berg"), replace(CASE, id="case-4", reference="R-4"))
    found = [one.case.id for one in store.cases.page(CaseOrder.NAME).cases]
    assert found == [CASE.id, "case-3", "case-4", "case-2"]
