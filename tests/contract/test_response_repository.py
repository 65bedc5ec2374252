# SPDX-License-Identifier: MIT
"""What every store promises about answers to forms on a case, and about anonymous answers."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.response_states import Revision
from rkv_app.domain.responses import FormResponse
from rkv_app.domain.store_ports import Store
from rkv_app.domain.stores import HitKind
from support.composed_store import ComposedStore
from support.store_samples import (
    ATTESTATION,
    CANDIDATE,
    CASE,
    EVALUATION,
    RESPONSE,
    SURVEY,
    later,
    revision,
    version_move,
)


@pytest.fixture(autouse=True)
def _sample_case(request: pytest.FixtureRequest) -> None:
    name = "bare_store" if "bare_store" in request.fixturenames else "store"
    request.getfixturevalue(name).cases.add(CANDIDATE, CASE)


def _stored(store: Store, response_id: str = RESPONSE.id) -> FormResponse:
    found = store.responses.get(response_id)
    assert found is not None
    return found


def test_a_response_comes_back_with_its_aims_in_order_and_its_answers(store: Store) -> None:
    given_ = replace(RESPONSE, aims=RESPONSE.aims[::-1], answers={"hours": 1, "b/x/c": ["y"], "flag": False})
    store.responses.add(given_)
    assert _stored(store) == given_


def test_a_response_nobody_began_is_not_there_and_one_needs_a_case(store: Store) -> None:
    assert store.responses.get("none") is None
    assert store.responses.for_case(CASE.id) == []
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.responses.add(replace(RESPONSE, case_id="none"))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.responses.save_answer("none", "hours", 1, later(1))


def test_responses_of_a_case_come_oldest_first(store: Store) -> None:
    store.cases.add(CANDIDATE, replace(CASE, id="case-2", reference="R-2"))
    for name, case_id in (("b", CASE.id), ("other", "case-2"), ("a", CASE.id)):
        store.responses.add(replace(RESPONSE, id=name, case_id=case_id))
    assert [one.id for one in store.responses.for_case(CASE.id)] == ["b", "a"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    item=st.text(min_size=1).filter(lambda text: "\x00" not in text),
    value=st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.lists(st.text(), max_size=3),
)
def test_any_json_value_of_any_item_comes_back_as_it_was_and_can_be_taken_back(
    store: Store, item: str, value: object
) -> None:
    if store.responses.get(RESPONSE.id) is None:
        store.responses.add(RESPONSE)
    store.responses.save_answer(RESPONSE.id, item, value, later(1))
    assert _stored(store).answers[item] == value
    for _ in range(2):
        store.responses.save_answer(RESPONSE.id, item, None, later(2))
    assert item not in _stored(store).answers


def test_every_revision_is_kept_and_the_last_one_is_what_the_answers_are(store: Store) -> None:
    store.responses.add(RESPONSE)
    first, second = revision(1, hours=1), revision(2, hours=2, more="x")
    store.responses.revise(RESPONSE.id, first, EvaluationState.COMPLETED)
    assert (_stored(store).state, _stored(store).answers) == (EvaluationState.COMPLETED, {"hours": 1})
    store.responses.set_state(RESPONSE.id, EvaluationState.IN_PROGRESS, later(2), "Feil dato")
    store.responses.save_answer(RESPONSE.id, "hours", 2, later(2))
    assert _stored(store).is_being_amended
    assert _stored(store).reason == "Feil dato"
    store.responses.revise(RESPONSE.id, second, EvaluationState.AMENDED)
    assert _stored(store).revisions == (first, second)
    assert (_stored(store).state, _stored(store).changed) == (EvaluationState.AMENDED, second.at)
    assert _stored(store).answers == {"hours": 2, "more": "x"}


def test_an_amendment_that_is_given_up_leaves_the_answers_as_they_were_completed(store: Store) -> None:
    store.responses.add(RESPONSE)
    store.responses.revise(RESPONSE.id, revision(1, hours=1), EvaluationState.COMPLETED)
    store.responses.set_state(RESPONSE.id, EvaluationState.IN_PROGRESS, later(2), "Feil dato")
    store.responses.save_answer(RESPONSE.id, "hours", 7, later(2))
    store.responses.go_back(RESPONSE.id, EvaluationState.COMPLETED, later(3))
    assert (_stored(store).answers, _stored(store).reason) == ({"hours": 1}, "")
    assert len(_stored(store).revisions) == 1


def test_a_move_binds_to_the_other_version_and_its_report_stays(store: Store) -> None:
    store.responses.add(RESPONSE)
    move = version_move(old={"from": "2026-01-01"})
    store.responses.move(RESPONSE.id, move, {"hours": 12.5, "steps": "Ringe verkstedet"})
    assert _stored(store).form == move.after
    assert _stored(store).answers == {"hours": 12.5, "steps": "Ringe verkstedet"}
    assert list(store.responses.moves(RESPONSE.id)) == [move]


def test_a_move_that_fails_leaves_form_answers_and_reports_as_they_were(store: Store) -> None:
    store.responses.add(RESPONSE)
    with pytest.raises(TypeError):
        store.responses.move(RESPONSE.id, version_move(), {"steps": object()})
    assert _stored(store) == RESPONSE
    assert list(store.responses.moves(RESPONSE.id)) == []


def test_what_is_changed_and_is_not_there_is_told(store: Store) -> None:
    for change in (
        lambda: store.responses.set_state("none", EvaluationState.STOPPED, later(1)),
        lambda: store.responses.move("none", version_move(), {}),
        lambda: store.evaluations.amend("none", "why", later(1)),
    ):
        with pytest.raises(LookupError):
            change()


def test_words_in_answers_are_found_until_they_are_entered_in_error(store: Store) -> None:
    store.responses.add(RESPONSE)
    (hit,) = store.search.find("verkst")
    assert (hit.kind, hit.subject, hit.case_id) == (HitKind.ANSWER, RESPONSE.id, CASE.id)
    store.responses.save_answer(RESPONSE.id, "agreed", "Besøke lageret", later(1))
    assert not store.search.find("verkst")
    assert store.search.find("besøke")
    store.responses.set_state(RESPONSE.id, EvaluationState.ENTERED_IN_ERROR, later(2), "Feil person")
    assert not store.search.find("besøke")


def test_anonymous_answers_are_in_no_search_and_say_nothing_of_when_or_in_what_order(
    bare_store: ComposedStore,
) -> None:
    words = [f"svar{n}" for n in range(12)]
    for word in words:
        bare_store.responses.add_survey(replace(SURVEY, answers={"comment": word}))
    found = [one.answers["comment"] for one in bare_store.responses.surveys("survey")]
    assert sorted(map(str, found)) == sorted(words)
    assert found != words
    assert bare_store.responses.surveys("another") == []
    assert not bare_store.search.find("svar1")
    entries = [row for row in bare_store.trail() if row[2] == "surveyed"]
    assert {(row[1], row[3], row[4], row[5]) for row in entries} == {
        ("2026-03-01T00:00:00.000000+00:00", "", "survey", None)
    }


def test_what_was_attested_to_is_kept_beside_what_follows_it(store: Store) -> None:
    store.evaluations.add(replace(EVALUATION, answers={"hours": 1}))
    store.evaluations.set_state(EVALUATION.id, EvaluationState.COMPLETED, ATTESTATION, later(1))
    store.evaluations.amend(EVALUATION.id, "Feil dato", later(2))
    first = Revision(number=1, answers={"hours": 1}, at=ATTESTATION.at, by=ATTESTATION.name)
    amended = store.evaluations.get(EVALUATION.id)
    assert amended is not None
    assert (amended.state, amended.attestation) == (EvaluationState.IN_PROGRESS, None)
    assert store.evaluations.reason(EVALUATION.id) == "Feil dato"
    store.evaluations.save_answer(EVALUATION.id, "hours", 2, later(3))
    store.evaluations.go_back(EVALUATION.id, EvaluationState.COMPLETED, later(4))
    back = store.evaluations.get(EVALUATION.id)
    assert back is not None
    assert (back.answers, back.attestation) == ({"hours": 1}, ATTESTATION)
    # To amend what was given up before adds no second copy of it.
    store.evaluations.amend(EVALUATION.id, "Likevel", later(5))
    assert list(store.evaluations.revisions(EVALUATION.id)) == [first]
