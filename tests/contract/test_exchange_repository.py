# SPDX-License-Identifier: MIT
"""What every store promises about packets, requests and the queue."""

from dataclasses import replace

import pytest

from rkv_app.domain.exchange import MessageType
from rkv_app.domain.store_ports import Store
from support.store_samples import CASE, incoming, later, queued, record


def test_a_packet_comes_back_byte_for_byte(store: Store) -> None:
    store.exchange.record(record("m-1"))
    assert store.exchange.find("m-1") == record("m-1")
    assert store.exchange.find("m-2") is None


def test_packets_of_a_case_come_oldest_first_and_in_order_of_arrival_within_a_second(store: Store) -> None:
    for name, minutes, case_id in (("m-1", 5, CASE.id), ("m-3", 1, CASE.id), ("m-2", 1, CASE.id), ("m-0", 0, "other")):
        store.exchange.record(record(name, at=later(minutes), case_id=case_id))
    assert [one.message_id for one in store.exchange.for_case(CASE.id)] == ["m-3", "m-2", "m-1"]


def test_the_types_of_packets_are_told_by_case_oldest_first(store: Store) -> None:
    assert store.exchange.types_by_case() == {}
    for name, minutes, kind, case_id in (
        ("m-2", 2, MessageType.OUTCOME, "a"),
        ("m-1", 1, MessageType.RECEIPT, "a"),
        ("m-3", 2, MessageType.SUPPLEMENT, "a"),
        ("m-4", 0, MessageType.APPLICATION, "b"),
    ):
        store.exchange.record(replace(record(name, at=later(minutes), case_id=case_id), type=kind))
    assert store.exchange.types_by_case() == {
        "a": [MessageType.RECEIPT, MessageType.OUTCOME, MessageType.SUPPLEMENT],
        "b": [MessageType.APPLICATION],
    }


def test_the_same_packet_is_never_recorded_twice(store: Store) -> None:
    store.exchange.record(record("m-1"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.exchange.record(replace(record("m-1"), manifest_sha256="00" * 32))
    assert store.exchange.for_case(CASE.id) == [record("m-1")]


def test_a_used_reply_stays_used(store: Store) -> None:
    store.exchange.record(record("m-1"))
    store.exchange.mark_reply_used("m-1")
    assert store.exchange.find("m-1") == replace(record("m-1"), reply_used=True)
    with pytest.raises(LookupError):
        store.exchange.mark_reply_used("m-2")


def test_a_request_comes_back_whole_and_the_newest_stands_first(store: Store) -> None:
    store.exchange.add_request(incoming("m-1", at=later(1)))
    store.exchange.add_request(incoming("m-2", at=later(2)))
    assert store.exchange.request("m-1") == incoming("m-1", at=later(1))
    assert store.exchange.request("m-9") is None
    assert [one.message_id for one in store.exchange.requests()] == ["m-2", "m-1"]


def test_an_application_comes_back_whole_and_the_oldest_stands_first(store: Store) -> None:
    store.exchange.enqueue(queued("m-2", at=later(2)))
    store.exchange.enqueue(queued("m-1", at=later(1)))
    assert store.exchange.queue() == [queued("m-1", at=later(1)), queued("m-2", at=later(2))]
    assert store.exchange.queued("m-9") is None


def test_an_answered_application_stays_answered(store: Store) -> None:
    store.exchange.enqueue(queued("m-1"))
    store.exchange.mark_receipt_sent("m-1")
    assert store.exchange.queued("m-1") == replace(queued("m-1"), receipt_sent=True)
    with pytest.raises(LookupError):
        store.exchange.mark_receipt_sent("m-2")
