# SPDX-License-Identifier: MIT
"""What every store promises about all or nothing."""

import traceback
from dataclasses import replace

import pytest

from rkv_app.domain.store_ports import Store
from support.store_samples import CANDIDATE, CASE, EVALUATION, PLACEMENT, contact, later, packet, record


class _ChangedMyMind(Exception):
    pass


def _pin_and_fail(store: Store, contact_id: str) -> None:
    with store.transaction():
        store.contacts.pin(contact(contact_id))
        raise _ChangedMyMind


def test_all_writes_of_a_transaction_are_there_afterwards(store: Store) -> None:
    with store.transaction():
        store.cases.add(CANDIDATE, CASE)
        store.cases.put_placement(PLACEMENT, later(1))
        assert store.cases.placements(CASE.id) == [PLACEMENT]
    assert store.cases.placements(CASE.id) == [PLACEMENT]


def test_none_of_its_writes_are_there_when_it_fails(store: Store) -> None:
    store.evaluations.add(EVALUATION)

    def add_and_fail() -> None:
        with store.transaction():
            store.cases.add(CANDIDATE, CASE)
            store.evaluations.save_answer(EVALUATION.id, "hours", 1, later(1))
            raise _ChangedMyMind

    with pytest.raises(_ChangedMyMind):
        add_and_fail()
    assert store.cases.summaries() == []
    assert store.evaluations.get(EVALUATION.id) == EVALUATION


def test_a_transaction_inside_another_can_fail_alone(store: Store) -> None:
    with store.transaction():
        store.contacts.pin(contact("c-1"))
        with pytest.raises(_ChangedMyMind):
            _pin_and_fail(store, "c-2")
        store.contacts.pin(contact("c-3"))
    assert [one.id for one in store.contacts.all()] == ["c-1", "c-3"]


def test_an_outer_failure_takes_the_inner_with_it(store: Store) -> None:
    def pin_inside_and_fail() -> None:
        with store.transaction():
            with store.transaction():
                store.contacts.pin(contact("c-1"))
            raise _ChangedMyMind

    with pytest.raises(_ChangedMyMind):
        pin_inside_and_fail()
    assert store.contacts.all() == []


def test_a_store_works_on_after_a_refused_write(store: Store) -> None:
    store.exchange.record(record("m-1"), packet())
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.exchange.record(record("m-1"), packet())
    store.exchange.record(record("m-2"), packet())
    assert len(store.exchange.for_case(CASE.id)) == 2


def test_a_refused_write_does_not_repeat_what_was_to_be_written(store: Store) -> None:
    nameless = replace(CANDIDATE, given_name=None, national_number="00000000000")  # type: ignore[arg-type]
    for number, candidate in enumerate((CANDIDATE, CANDIDATE, nameless)):
        try:
            store.cases.add(candidate, replace(CASE, id=f"case-{number}"))
        except Exception as refusal:
            told = "".join(traceback.format_exception(refusal)) + repr(refusal)
            assert number > 0
            for private in (CASE.reference, CANDIDATE.family_name, nameless.national_number):
                assert private not in told
        else:
            assert number == 0


def test_closing_twice_is_harmless_and_a_closed_store_answers_nothing(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.cases.summaries()
