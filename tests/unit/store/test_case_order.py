# SPDX-License-Identifier: MIT
"""A part of a long list of cases is read where it lies, and nobody can ask for it with a made-up place."""

import contextlib
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from rkv_app.domain.stores import CaseOrder
from rkv_app.foundation.clock import SystemClock
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.database.schema import metadata
from rkv_app.store.repositories.case_order import parts_of
from rkv_app.store.repositories.cases import _SUMMARIES

_TOKENS = {
    CaseOrder.CHANGED: '["2026-03-02T09:30:00.000000+00:00",7]',
    CaseOrder.NAME: '["hansen kari!!",7]',
    CaseOrder.STATE: '["ready","2026-03-02T09:30:00.000000+00:00",7]',
    CaseOrder.REFERENCE: '["R-7KQ2"]',
}


@pytest.mark.parametrize("order", CaseOrder)
@pytest.mark.parametrize("is_first", [True, False])
def test_no_part_of_the_list_needs_sorting_or_reading_what_comes_before_it(
    tmp_path: Path, order: CaseOrder, is_first: bool
) -> None:
    path = tmp_path / "store.db"
    path.touch()
    with contextlib.closing(SqlCipherDatabase(connect(path, bytes(32)), path, SystemClock())) as database:
        with database.transaction() as connection:
            metadata.create_all(connection)
        for part in parts_of(order, "" if is_first else _TOKENS[order]):
            query = part.of(_SUMMARIES).limit(200)
            with database.reading() as connection:
                sql = query.compile(connection, compile_kwargs={"literal_binds": True})
                plan = [str(row[3]) for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {sql}"))]
            walk = "SEARCH" if part.after or part.state else "SCAN"
            assert plan[0].startswith(f"{walk} candidate_case USING INDEX"), plan
            assert plan[1].startswith("SEARCH candidate USING INDEX"), plan
            assert len(plan) == 2, plan


@given(order=st.sampled_from(CaseOrder), token=st.text(min_size=1, max_size=60))
@example(order=CaseOrder.NAME, token="[" * 100_000)
@example(order=CaseOrder.NAME, token='["a",true]')
@example(order=CaseOrder.NAME, token='["a",9223372036854775808]')
@example(order=CaseOrder.NAME, token='["a",-1]')
@example(order=CaseOrder.NAME, token='["\\ud800",1]')
@example(order=CaseOrder.NAME, token='["\\u0000",1]')
@example(order=CaseOrder.CHANGED, token='["yesterday",1]')
@example(order=CaseOrder.CHANGED, token='["0001-01-01T00:00:00+14:00",1]')
@example(order=CaseOrder.STATE, token='["nowhere","2026-03-02T09:30:00+00:00",1]')
@example(order=CaseOrder.REFERENCE, token='{"a":1}')
@example(order=CaseOrder.REFERENCE, token="[NaN]")
def test_a_place_that_no_page_named_is_refused(order: CaseOrder, token: str) -> None:
    with pytest.raises(ValueError):
        list(parts_of(order, token))


@pytest.mark.parametrize("order", CaseOrder)
def test_a_place_of_one_order_is_none_in_another(order: CaseOrder) -> None:
    for other, token in _TOKENS.items():
        if other not in (order, CaseOrder.REFERENCE) and {order, other} != {CaseOrder.CHANGED, CaseOrder.NAME}:
            with pytest.raises(ValueError):
                list(parts_of(order, token))
