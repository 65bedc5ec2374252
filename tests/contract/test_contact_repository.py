# SPDX-License-Identifier: MIT
"""What every store promises about contacts and about its own party."""

from dataclasses import replace
from datetime import date

import pytest

from rkv_app.domain.exchange import Replaced
from rkv_app.domain.store_ports import Store
from rkv_app.foundation.errors import ExitStatus, UserError
from support.store_samples import ADVISER, SUPERVISOR, contact


def test_a_contact_comes_back_with_its_certificates(store: Store) -> None:
    store.contacts.pin(contact("c-1"))
    assert store.contacts.get("c-1") == contact("c-1")
    assert store.contacts.get("c-2") is None


def test_pinning_a_contact_again_replaces_it_and_keeps_its_place(store: Store) -> None:
    checked = replace(contact("c-1"), checked_by="Kari", checked_on=date(2026, 3, 3))
    for one in (contact("c-1"), contact("c-2"), checked):
        store.contacts.pin(one)
    assert store.contacts.all() == [checked, contact("c-2")]


def test_how_digits_were_compared_and_who_replaced_keys_stay_with_the_contact(store: Store) -> None:
    former = replace(
        contact("c-1"),
        checked_how="på telefon",
        replaced=Replaced(contact_id="c-2", on=date(2026, 3, 4), by="Kari"),
    )
    store.contacts.pin(former)
    assert store.contacts.get("c-1") == former


def test_a_store_knows_whose_it_is(store: Store) -> None:
    store.contacts.found(ADVISER, b"\x00keys\xff")
    assert store.contacts.own_party() == ADVISER
    assert store.contacts.own_keys() == b"\x00keys\xff"


def test_a_store_changes_hands_never(store: Store) -> None:
    store.contacts.found(ADVISER, b"keys")
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.contacts.found(SUPERVISOR, b"other keys")
    assert store.contacts.own_party() == ADVISER


def test_a_store_takes_other_keys_and_stays_its_owners(store: Store) -> None:
    store.contacts.found(ADVISER, b"keys")
    store.contacts.put_own_keys(b"other keys\x00")
    assert (store.contacts.own_party(), store.contacts.own_keys()) == (ADVISER, b"other keys\x00")


def test_keys_of_nobody_are_refused(store: Store) -> None:
    with pytest.raises(LookupError):
        store.contacts.put_own_keys(b"keys")


def test_a_store_whose_making_was_interrupted_says_so(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        store.contacts.own_party()
    assert (refused.value.code, refused.value.status) == ("RKV-STO-015", ExitStatus.DAMAGED)
