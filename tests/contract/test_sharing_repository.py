# SPDX-License-Identifier: MIT
"""What every store promises about the sharing record."""

from dataclasses import replace

import pytest

from rkv_app.domain.store_ports import Store
from support.store_samples import CASE, later, sharing_event


def test_what_was_shared_of_a_case_comes_back_oldest_first(store: Store) -> None:
    for name, minutes, case_id in (("e-2", 2, CASE.id), ("e-1", 1, CASE.id), ("e-0", 0, "other")):
        store.sharing.append(sharing_event(name, at=later(minutes), case_id=case_id))
    assert store.sharing.for_case(CASE.id) == [
        sharing_event("e-1", at=later(1)),
        sharing_event("e-2", at=later(2)),
    ]


def test_the_shape_of_an_export_and_who_cleared_it_stay_with_it(store: Store) -> None:
    event = replace(sharing_event("e-1"), shape="fiks-io", cleared_by="Kari")
    store.sharing.append(event)
    assert store.sharing.for_case(CASE.id) == [event]


def test_an_event_is_recorded_once(store: Store) -> None:
    store.sharing.append(sharing_event("e-1"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.sharing.append(sharing_event("e-1", at=later(1)))
    assert store.sharing.for_case(CASE.id) == [sharing_event("e-1")]
