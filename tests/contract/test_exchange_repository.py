# SPDX-License-Identifier: MIT
"""What every store promises about packets, requests and the queue."""

import io
import os
from dataclasses import replace

import pytest

from rkv_app.domain.exchange import Direction, MessageType
from rkv_app.domain.ports import QueuedSummary
from rkv_app.domain.store_ports import Store
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.database.schema import content_piece
from rkv_app.store.repositories.contents import PIECE
from support.composed_store import ComposedStore
from support.store_samples import CARD, CASE, NOW, incoming, later, packet, pdf, queued, record


def _packet_of(store: Store, message_id: str) -> bytes:
    target = io.BytesIO()
    store.exchange.copy_packet_to(message_id, target)
    return target.getvalue()


@pytest.mark.parametrize("octets", [b"", b"x", bytes(range(256)), os.urandom(PIECE), os.urandom(3 * PIECE + 1)])
def test_a_packet_comes_back_byte_for_byte(store: Store, octets: bytes) -> None:
    store.exchange.record(record("m-1"), io.BytesIO(octets))
    assert store.exchange.find("m-1") == record("m-1")
    assert _packet_of(store, "m-1") == octets
    assert store.exchange.find("m-2") is None
    with pytest.raises(LookupError):
        _packet_of(store, "m-2")


def test_a_packet_that_was_in_quarantine_stays_when_it_leaves_the_quarantine(store: Store) -> None:
    octets = b"%PDF-1.7 the same octets"
    held = store.attachments.add(io.BytesIO(octets), subject="quarantine", name="a.pdf", at=NOW)
    store.exchange.record(record("m-1"), io.BytesIO(octets))
    store.exchange.enqueue(queued("m-1"), io.BytesIO(octets))
    store.attachments.remove(held.id, NOW)
    assert _packet_of(store, "m-1") == octets
    target = io.BytesIO()
    store.exchange.copy_pdf_to("m-1", target)
    assert target.getvalue() == octets


def test_a_packet_whose_octets_were_changed_is_not_given_out_as_sound(bare_store: ComposedStore) -> None:
    bare_store.exchange.record(record("m-1"), packet())
    with bare_store.database.transaction() as connection:
        connection.execute(content_piece.update().values(octets=b"other"))
    with pytest.raises(UserError) as refused:
        bare_store.exchange.copy_packet_to("m-1", io.BytesIO())
    assert (refused.value.code, refused.value.status) == ("RKV-STO-036", ExitStatus.DAMAGED)


def test_packets_of_a_case_come_oldest_first_and_in_order_of_arrival_within_a_second(store: Store) -> None:
    for name, minutes, case_id in (("m-1", 5, CASE.id), ("m-3", 1, CASE.id), ("m-2", 1, CASE.id), ("m-0", 0, "other")):
        store.exchange.record(record(name, at=later(minutes), case_id=case_id), packet())
    assert [one.message_id for one in store.exchange.for_case(CASE.id)] == ["m-3", "m-2", "m-1"]


def test_the_same_packet_is_never_recorded_twice(store: Store) -> None:
    store.exchange.record(record("m-1"), packet())
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.exchange.record(replace(record("m-1"), manifest_sha256="00" * 32), packet())
    assert store.exchange.for_case(CASE.id) == [record("m-1")]


def test_a_used_reply_stays_used(store: Store) -> None:
    store.exchange.record(record("m-1"), packet())
    store.exchange.mark_reply_used("m-1")
    assert store.exchange.find("m-1") == replace(record("m-1"), reply_used=True)
    with pytest.raises(LookupError):
        store.exchange.mark_reply_used("m-2")


def test_requests_of_ours_that_wait_come_newest_first_and_no_more_than_asked_for(store: Store) -> None:
    received, other = Direction.RECEIVED, MessageType.EVALUATION
    for name, minutes in (("m-1", 1), ("m-3", 3), ("m-2", 2), ("m-9", 9)):
        store.exchange.record(record(name, at=later(minutes)), packet())
    store.exchange.record(replace(record("m-4", at=later(4)), direction=received), packet())
    store.exchange.record(replace(record("m-5", at=later(5)), type=other), packet())
    store.exchange.mark_reply_used("m-9")
    assert [one.message_id for one in store.exchange.open_requests(9)] == ["m-3", "m-2", "m-1"]
    assert [one.message_id for one in store.exchange.open_requests(2)] == ["m-3", "m-2"]


def test_a_request_comes_back_whole_and_the_newest_stands_first(store: Store) -> None:
    store.exchange.add_request(incoming("m-1", at=later(1)))
    store.exchange.add_request(incoming("m-2", at=later(2)))
    assert store.exchange.request("m-1") == incoming("m-1", at=later(1))
    assert store.exchange.request("m-9") is None
    assert [one.message_id for one in store.exchange.request_page().requests] == ["m-2", "m-1"]


def test_an_application_comes_back_whole_and_the_oldest_stands_first(store: Store) -> None:
    store.exchange.enqueue(queued("m-2", at=later(2)), pdf())
    store.exchange.enqueue(queued("m-1", at=later(1)), pdf())
    assert [one.message_id for one in store.exchange.queue_page().applications] == ["m-1", "m-2"]
    assert store.exchange.queued("m-1") == queued("m-1", at=later(1))
    assert store.exchange.queue_length() == 2
    assert store.exchange.queued("m-9") is None


def test_an_answered_application_stays_answered(store: Store) -> None:
    store.exchange.enqueue(queued("m-1"), pdf())
    store.exchange.mark_receipt_sent("m-1")
    assert store.exchange.queued("m-1") == replace(queued("m-1"), receipt_sent=True)
    with pytest.raises(LookupError):
        store.exchange.mark_receipt_sent("m-2")


def test_a_row_of_the_queue_says_what_a_list_shows_and_what_was_said_since(store: Store) -> None:
    store.exchange.enqueue(queued("m-1"), pdf())
    for number, kind in enumerate((MessageType.SUPPLEMENT_REQUEST, MessageType.SUPPLEMENT), start=1):
        said = replace(record(f"s-{number}", at=later(number), case_id="m-1"), type=kind)
        store.exchange.record(said, packet())
    store.exchange.record(record("of-another", case_id="m-2"), packet())
    (row,) = store.exchange.queue_page().applications
    assert row == QueuedSummary(
        message_id="m-1",
        journal_number="2026/m-1",
        received_at=NOW,
        candidate_name="Zarah Øvelsesen",
        wanted="Helsearbeiderfaget",
        organisation=CARD.party.organisation,
        receipt_sent=False,
        types=(MessageType.SUPPLEMENT_REQUEST, MessageType.SUPPLEMENT),
    )


def test_a_row_of_the_requests_says_what_a_list_shows(store: Store) -> None:
    store.exchange.add_request(incoming("m-1"))
    (row,) = store.exchange.request_page().requests
    whole = incoming("m-1")
    assert (row.candidate_name, row.wanted, row.sender) == (
        whole.request.candidate_name,
        whole.request.wanted,
        CARD.party,
    )
    assert (row.received_at, row.expires, row.evaluation_id) == (NOW, whole.expires, whole.evaluation_id)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_have_every_row_once_and_in_order_however_many_came_in_the_same_moment(store: Store, size: int) -> None:
    minutes = (3, 1, 1, 1, 2, 0, 3)
    with store.transaction():
        for number, minute in enumerate(minutes):
            store.exchange.enqueue(queued(f"m-{number}", at=later(minute)), pdf())
            store.exchange.add_request(incoming(f"m-{number}", at=later(minute)))
    oldest_first = [f"m-{number}" for number in sorted(range(7), key=lambda number: (minutes[number], number))]
    after, seen = "", []
    while True:
        page = store.exchange.queue_page(after=after, limit=size)
        seen += [one.message_id for one in page.applications]
        assert page.total == 7
        after = page.next
        if not after:
            break
    assert seen == oldest_first
    seen = []
    while True:
        part = store.exchange.request_page(after=after, limit=size)
        seen += [one.message_id for one in part.requests]
        assert part.total == 7
        after = part.next
        if not after:
            break
    assert seen == oldest_first[::-1]


@pytest.mark.parametrize("token", ["[]", "x", '["2026-03-02T09:30:00+00:00"]', "[1,2]", '["2026-03-02T09:30:00Z",-1]'])
def test_what_no_page_has_said_is_no_place_in_a_list(store: Store, token: str) -> None:
    with pytest.raises(ValueError):  # the messages of four parsers
        store.exchange.queue_page(after=token)
    with pytest.raises(ValueError):
        store.exchange.request_page(after=token)
