# SPDX-License-Identifier: MIT
"""What another program has a store sign is written and recorded together; whose a packet is, is told beforehand."""

import json
from pathlib import Path

import pytest

from rkv_app.domain.exchange import Direction, Trust
from rkv_app.foundation.errors import UserError
from rkv_app.packets.drafts import WrittenDraft, read_draft
from rkv_app.packets.headers import read_header
from rkv_app.packets.opening import open_packet, verify_packet_file
from rkv_app.usecases.build_from_draft import build_from_draft
from rkv_app.usecases.check_packet import known_signers, trust_in
from rkv_app.usecases.contacts import confirm_contact, pin_card
from rkv_app.usecases.workspace import Workspace
from support.desks import Desks, kept_packet


def application(desks: Desks) -> tuple[WrittenDraft, bytes]:
    opened = open_packet(desks.apply(desks.documented_case()).path.read_bytes(), desks.adviser.identity)
    content = json.loads(opened.documents["rkv.json"])["innhold"]
    draft = read_draft(json.dumps({"type": "soknad", "innhold": content}).encode())
    assert draft.content == opened.content
    return draft, opened.documents["hoveddokument.pdf"]


def trust(ws: Workspace, path: Path) -> Trust:
    report = verify_packet_file(path, ws.identity, known_signers=known_signers(ws))
    return trust_in(ws, report).level


def test_a_packet_from_a_draft_is_written_and_on_record_or_neither(desks: Desks, tmp_path: Path) -> None:
    draft, pdf = application(desks)
    store = desks.adviser.store
    (tmp_path / "there").write_text("mine")
    with pytest.raises(UserError) as caught:
        build_from_draft(desks.adviser, draft, pdf, tmp_path / "there", to=[desks.intake.card])
    assert caught.value.code == "RKV-SYS-003"
    assert (list(store.exchange.for_case("")), list(store.sharing.for_case(""))) == ([], [])
    made = build_from_draft(desks.adviser, draft, pdf, tmp_path / "new", to=[desks.intake.card])
    (record,), (event,) = store.exchange.for_case(""), store.sharing.for_case("")
    assert kept_packet(desks.adviser, record.message_id) == (tmp_path / "new").read_bytes()
    assert (record.message_id, record.direction) == (made.built.message_id, Direction.SENT)
    assert (event.message_id, event.ground) == (made.built.message_id, draft.content.ground)  # type: ignore[union-attr]
    assert event.receiver == desks.intake.party.organisation


def test_a_packet_from_a_draft_opens_for_its_receiver_and_for_its_sender(desks: Desks, tmp_path: Path) -> None:
    draft, pdf = application(desks)
    build_from_draft(desks.adviser, draft, pdf, tmp_path / "new", to=[desks.intake.card])
    for party in (desks.intake, desks.adviser):
        assert open_packet((tmp_path / "new").read_bytes(), party.identity).content == draft.content


def test_a_reply_to_our_own_request_is_told_from_a_strangers_packet(desks: Desks) -> None:
    _, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    assert trust(desks.adviser, reply) is Trust.REPLY
    found = desks.adviser.store.exchange.find(read_header(reply, desks.adviser.identity).answers)
    assert found is not None
    assert found.reply_used is False


def test_a_known_sender_is_told_from_one_whose_digits_were_compared(desks: Desks) -> None:
    packet = desks.apply(desks.documented_case()).path
    assert trust(desks.intake, packet) is Trust.UNKNOWN
    contact = pin_card(desks.intake, desks.adviser.card)
    assert trust(desks.intake, packet) is Trust.PINNED_CONTACT
    confirm_contact(desks.intake, contact.id, "Inger Inntak")
    assert trust(desks.intake, packet) is Trust.VERIFIED_CONTACT
