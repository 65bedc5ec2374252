# SPDX-License-Identifier: MIT
"""What every store promises about evaluations and their answers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.domain.evaluations import Evaluation, EvaluationState
from rkv_app.domain.store_ports import Store
from support.store_samples import ATTESTATION, CANDIDATE, CASE, EVALUATION, PLACEMENT, later

_JSON = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def _stored(store: Store, evaluation_id: str = EVALUATION.id) -> Evaluation:
    found = store.evaluations.get(evaluation_id)
    assert found is not None
    return found


def test_an_evaluation_comes_back_with_its_aims_in_order_and_its_answers(store: Store) -> None:
    received = replace(
        EVALUATION,
        aims=EVALUATION.aims[::-1],
        state=EvaluationState.COMPLETED,
        answers={"hours": 120, "matrix/KM1/known_by": ["observed"], "matrix/KM1/rating": "guided", "flag": False},
        attestation=ATTESTATION,
    )
    store.evaluations.add(received)
    assert _stored(store) == received


def test_an_evaluation_nobody_began_is_not_there(store: Store) -> None:
    assert store.evaluations.get("none") is None
    assert store.evaluations.for_case(CASE.id) == []


def test_the_last_answer_to_an_item_counts(store: Store) -> None:
    store.evaluations.add(EVALUATION)
    for n, value in enumerate(("learning", "guided", "guided")):
        store.evaluations.save_answer(EVALUATION.id, "matrix/KM1/rating", value, later(n))
    store.evaluations.save_answer(EVALUATION.id, "matrix/KM2/rating", "not_tried", later(4))
    assert _stored(store).answers == {"matrix/KM1/rating": "guided", "matrix/KM2/rating": "not_tried"}


def test_many_are_added_together_or_not_at_all(store: Store) -> None:
    first, second = (replace(EVALUATION, id=f"e-{n}", answers={"z": n, "a": "Å"}) for n in (1, 2))
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.evaluations.add(first, second, first)
    assert store.evaluations.get("e-1") is None
    store.evaluations.add(first, second)
    assert [store.evaluations.get("e-1"), store.evaluations.get("e-2")] == [first, second]


def test_an_answer_taken_back_is_gone_and_taking_it_back_twice_is_harmless(store: Store) -> None:
    store.evaluations.add(EVALUATION)
    store.evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    store.evaluations.save_answer(EVALUATION.id, "hours", None, later(2))
    store.evaluations.save_answer(EVALUATION.id, "hours", None, later(3))
    assert _stored(store).answers == {}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=st.text(min_size=1).filter(lambda text: "\x00" not in text), value=_JSON)
def test_any_json_value_of_any_item_comes_back_as_it_was(store: Store, item: str, value: object) -> None:
    if store.evaluations.get(EVALUATION.id) is None:
        store.evaluations.add(EVALUATION)
    store.evaluations.save_answer(EVALUATION.id, item, value, later(1))
    assert _stored(store).answers[item] == value


def test_an_answer_to_no_evaluation_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.evaluations.save_answer("none", "hours", 1, later(1))


def test_completing_keeps_the_answers_and_adds_the_attestation(store: Store) -> None:
    store.evaluations.add(EVALUATION)
    store.evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    store.evaluations.set_state(EVALUATION.id, EvaluationState.COMPLETED, ATTESTATION, later(2))
    assert _stored(store) == replace(
        EVALUATION, state=EvaluationState.COMPLETED, answers={"hours": 12}, attestation=ATTESTATION
    )
    with pytest.raises(LookupError):
        store.evaluations.set_state("none", EvaluationState.STOPPED, None, later(3))


def test_evaluations_of_a_case_come_in_the_order_of_its_placements(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    store.cases.add(CANDIDATE, replace(CASE, id="case-2", reference="R-2"))
    for name, case_id, start in (("late", CASE.id, 5), ("early", CASE.id, 1), ("other", "case-2", 3)):
        placement = replace(PLACEMENT, id=name, case_id=case_id, start=date(2026, start, 1))
        store.cases.put_placement(placement, later(1))
        store.evaluations.add(replace(EVALUATION, id=f"of-{name}", placement_id=name))
    assert [one.id for one in store.evaluations.for_case(CASE.id)] == ["of-early", "of-late"]
