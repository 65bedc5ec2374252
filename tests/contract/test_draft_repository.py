# SPDX-License-Identifier: MIT
"""What every store promises about what is typed but belongs to no record yet."""

import pytest

from rkv_app.domain.store_ports import Store
from support.store_samples import later


def test_a_draft_comes_back_as_it_was_typed(store: Store) -> None:
    typed = {"name": "Åse Ærlig", "hours": 12.5, "ticked": [True, False], "nothing": None, "deep": {"more": []}}
    store.drafts.put("new-case", typed, later(1))
    assert store.drafts.get("new-case") == typed


def test_the_last_draft_of_a_key_counts_and_other_keys_keep_theirs(store: Store) -> None:
    store.drafts.put("new-case", "Åse", later(1))
    store.drafts.put("placement/p-1", 1, later(2))
    store.drafts.put("new-case", "Åsne", later(3))
    assert store.drafts.get("new-case") == "Åsne"
    assert store.drafts.get("placement/p-1") == 1


def test_a_draft_that_was_used_is_gone_and_removing_it_twice_is_harmless(store: Store) -> None:
    store.drafts.put("new-case", "Åse", later(1))
    store.drafts.put("placement/p-1", 1, later(2))
    store.drafts.remove("new-case")
    store.drafts.remove("new-case")
    assert store.drafts.get("new-case") is None
    assert store.drafts.get("placement/p-1") == 1


def test_a_draft_is_there_again_when_the_record_it_became_was_not_kept(store: Store) -> None:
    store.drafts.put("contact", "Åse", later(1))

    def use_and_fail() -> None:
        with store.transaction():
            store.drafts.remove("contact")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        use_and_fail()
    assert store.drafts.get("contact") == "Åse"
