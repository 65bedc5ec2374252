# SPDX-License-Identifier: MIT
"""Time, identifiers and the data that travels with the app."""

import uuid
from datetime import UTC, datetime, timedelta

from rkv_app.foundation.clock import SystemClock, archive_time, local_date
from rkv_app.foundation.ids import new_id, new_token
from rkv_app.foundation.resources import forms_dir, resources_dir, translations_dir


def test_the_clock_tells_whole_seconds_in_utc() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert now.microsecond == 0


def test_archives_get_norwegian_time_in_summer_and_winter() -> None:
    assert archive_time(datetime(2026, 7, 1, 12, tzinfo=UTC)).isoformat() == "2026-07-01T14:00:00+02:00"
    assert archive_time(datetime(2026, 1, 1, 12, tzinfo=UTC)).isoformat() == "2026-01-01T13:00:00+01:00"


def test_a_date_is_the_users_own() -> None:
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert local_date(moment) == moment.astimezone().date()


def test_ids_are_random_and_carry_nothing_of_the_machine() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert {uuid.UUID(one).version for one in ids} == {4}


def test_tokens_have_256_bits_and_do_not_repeat() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(bytes.fromhex(one)) for one in tokens} == {32}


def test_forms_words_and_resources_travel_with_the_app() -> None:
    assert all(folder.is_dir() for folder in (forms_dir(), translations_dir(), resources_dir()))
