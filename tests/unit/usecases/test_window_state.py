# SPDX-License-Identifier: MIT
"""The state of a window lies in the store, comes out once, and belongs to that store alone."""

from rkv_app.usecases.window_state import keep_window_state, take_window_state
from support.desks import Desks

STATE = {"here": {"route": "cases"}, "drafts": [{"typed": {"givenNameEdit": "Amina"}}]}


def test_a_state_is_taken_once(desks: Desks) -> None:
    keep_window_state(desks.adviser, STATE)
    assert take_window_state(desks.adviser) == STATE
    assert take_window_state(desks.adviser) is None


def test_a_state_takes_the_place_of_the_one_before_and_an_empty_one_takes_it_away(desks: Desks) -> None:
    keep_window_state(desks.adviser, {"here": 1})
    keep_window_state(desks.adviser, STATE)
    assert take_window_state(desks.adviser) == STATE
    keep_window_state(desks.adviser, STATE)
    keep_window_state(desks.adviser, {})
    assert take_window_state(desks.adviser) is None


def test_no_other_store_sees_it(desks: Desks) -> None:
    keep_window_state(desks.adviser, STATE)
    assert take_window_state(desks.supervisor) is None
