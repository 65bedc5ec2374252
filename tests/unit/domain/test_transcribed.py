# SPDX-License-Identifier: MIT
"""The mark on an evaluation from a form that came back is read as it was written, and nothing else is taken for one."""

from datetime import UTC, datetime

import pytest

from rkv_app.domain.transcribed import TRANSCRIBED, Transcribed, Way, transcribed, transcribed_value

MARK = Transcribed(by="Kari Rådgiver", at=datetime(2026, 1, 20, 9, 30, tzinfo=UTC), way=Way.TYPED, sha256="ab" * 32)


def test_a_mark_comes_back_as_it_was() -> None:
    assert transcribed({TRANSCRIBED: transcribed_value(MARK), "aims/KM2/rating": "guided"}) == MARK


@pytest.mark.parametrize(
    "changed",
    [{"way": "guessed"}, {"at": "yesterday"}, {"at": "2026-01-20T09:30:00"}, {"by": 7}, {"more": "x"},
     {"by": "x" * 1_001}],
)  # fmt: skip
def test_a_mark_that_somebody_has_made_up_is_none(changed: dict[str, object]) -> None:
    assert transcribed({TRANSCRIBED: {**transcribed_value(MARK), **changed}}) is None


@pytest.mark.parametrize("value", [None, "typed", [], {}, 1])
def test_what_is_no_mark_at_all_is_none(value: object) -> None:
    assert transcribed({TRANSCRIBED: value}) is None
