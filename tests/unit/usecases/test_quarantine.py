# SPDX-License-Identifier: MIT
"""What comes from somebody unknown is kept and can be read, and gets in by a named decision or not at all."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from rkv_app.crypto.identity import make_identity
from rkv_app.domain.exchange import Application, Card, MessageType, Trust
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.packets import build
from rkv_app.usecases import quarantine
from rkv_app.usecases.assemble_application import SentApplication
from rkv_app.usecases.contacts import (
    digits_of,
    list_contacts,
    list_former_contacts,
    pin_card,
    replace_contact_key,
)
from rkv_app.usecases.quarantine import Decision, HeldFor, decisions, discard, list_held, look_at, release
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.view_queue import list_queue
from support.desks import Desks
from support.parties import ADVISER


def refused(work: Callable[[], object], code: str, status: ExitStatus = ExitStatus.REFUSED) -> None:
    with pytest.raises(UserError) as caught:
        work()
    assert (caught.value.code, caught.value.status) == (code, status)


def held(desks: Desks) -> SentApplication:
    """The county has an application from somebody it does not know."""
    application = desks.apply(desks.documented_case())
    refused(lambda: receive_packet(desks.intake, application.path), "RKV-EXC-002", ExitStatus.NO)
    return application


def test_a_packet_from_somebody_unknown_is_kept_with_who_when_and_why(desks: Desks) -> None:
    application = held(desks)
    (kept,) = list_held(desks.intake)
    assert (kept.message_id, kept.type, kept.why) == (
        application.message_id,
        MessageType.APPLICATION,
        HeldFor.UNKNOWN_SENDER,
    )
    assert (kept.sender, kept.digits) == (ADVISER, digits_of(desks.adviser.card))
    assert kept.since == desks.intake.clock.now()
    assert list_queue(desks.intake).applications == ()
    assert list_contacts(desks.intake) == []


def test_it_can_be_read_and_is_not_taken_in_by_that(desks: Desks) -> None:
    held(desks)
    opened = look_at(desks.intake, list_held(desks.intake)[0].id)
    assert isinstance(opened.content, Application)
    assert opened.content.candidate.name == "Amina Eksempel"
    assert list_queue(desks.intake).applications == ()


def test_the_same_packet_again_is_kept_once(desks: Desks) -> None:
    application = held(desks)
    refused(lambda: receive_packet(desks.intake, application.path), "RKV-EXC-002", ExitStatus.NO)
    assert len(list_held(desks.intake)) == 1


def test_a_named_person_releases_it_and_its_sender_is_known_from_then_on(desks: Desks) -> None:
    application = held(desks)
    received = release(desks.intake, list_held(desks.intake)[0].id, "Inger Inntak", "Ringte og sammenlignet.")
    assert received.case_id == application.message_id
    assert [one.message_id for one in list_queue(desks.intake).applications] == [application.message_id]
    assert [one.card.party for one in list_contacts(desks.intake)] == [ADVISER]
    assert list_held(desks.intake) == []
    (decided,) = decisions(desks.intake)
    assert (decided.decision, decided.by, decided.why) == (
        Decision.RELEASED,
        "Inger Inntak",
        "Ringte og sammenlignet.",
    )
    refused(lambda: receive_packet(desks.intake, application.path), "RKV-EXC-007", ExitStatus.NO)


def other_adviser(desks: Desks) -> Card:
    """The county knows the adviser with the keys of a machine that is gone."""
    gone = make_identity(desks.intake.clock.now())
    card = replace(
        desks.adviser.card,
        signing_certificate=gone.signing_certificate,
        sealing_certificate=gone.sealing_certificate,
    )
    pin_card(desks.intake, card)
    return card


def test_a_packet_from_a_known_contact_with_other_keys_waits_for_digits_that_were_compared(desks: Desks) -> None:
    known = other_adviser(desks)
    application = desks.apply(desks.documented_case())
    refused(lambda: receive_packet(desks.intake, application.path), "RKV-EXC-011", ExitStatus.NO)
    (kept,) = list_held(desks.intake)
    assert kept.why is HeldFor.OTHER_KEYS
    refused(lambda: release(desks.intake, kept.id, "Inger", "Vi venter på den."), "RKV-EXC-011", ExitStatus.NO)
    assert [one.card for one in list_contacts(desks.intake)] == [known]
    assert list_held(desks.intake) == [kept]

    release(desks.intake, kept.id, "Inger Inntak", "Ny maskin.", "by_phone")
    (contact,), (former,) = list_contacts(desks.intake), list_former_contacts(desks.intake)
    assert (contact.card, contact.checked_by, contact.checked_how) == (desks.adviser.card, "Inger Inntak", "by_phone")
    assert former.contact.card == known
    assert [one.message_id for one in list_queue(desks.intake).applications] == [application.message_id]
    assert list_held(desks.intake) == []


def test_an_evaluation_from_a_supervisor_with_other_keys_waits_and_its_reply_mark_is_not_used_up(desks: Desks) -> None:
    first = desks.case()
    receive_packet(desks.adviser, desks.reply(desks.request(first[1])))
    (known,) = list_contacts(desks.adviser)
    gone = make_identity(desks.adviser.clock.now())
    older = replace(
        known.card, signing_certificate=gone.signing_certificate, sealing_certificate=gone.sealing_certificate
    )
    replace_contact_key(desks.adviser, known.id, older, "Ola")
    another = desks.request(desks.placement(first[0]), "another")
    reply = desks.reply(another, "answer")
    refused(lambda: receive_packet(desks.adviser, reply), "RKV-EXC-011", ExitStatus.NO)
    (kept,) = list_held(desks.adviser)
    received = release(desks.adviser, kept.id, "Ola Veileder", "Ny maskin.", "in_person")
    assert (received.type, received.trust) == (MessageType.EVALUATION, Trust.REPLY)


@pytest.mark.parametrize(("by", "why"), [("", "Fordi"), ("Inger", " ")])
def test_nobody_releases_or_discards_without_a_name_and_a_reason(desks: Desks, by: str, why: str) -> None:
    held(desks)
    (kept,) = list_held(desks.intake)
    for decide in (release, discard):
        refused(lambda decide=decide: decide(desks.intake, kept.id, by, why), "RKV-CAS-002")
    assert list_held(desks.intake) == [kept]
    assert list_contacts(desks.intake) == []


def test_what_is_discarded_is_gone_and_the_trail_still_tells_of_it(desks: Desks) -> None:
    held(desks)
    (kept,) = list_held(desks.intake)
    discard(desks.intake, kept.id, "Inger Inntak", "Vi kjenner ikke avsenderen.")
    assert list_held(desks.intake) == []
    assert list_queue(desks.intake).applications == ()
    assert [(one.message_id, one.manifest_sha256) for one in decisions(desks.intake)] == [
        (kept.message_id, kept.manifest_sha256)
    ]
    desks.intake.store.verify_trail()
    out = desks.folder / "export"
    desks.intake.store.export(out)
    entries = json.loads((out / "records" / "trail.json").read_bytes())
    told = [entry["kind"] for entry in entries if kept.message_id in str(entry["value"])]
    assert told == ["attached", "attached", "detached"]
    refused(lambda: look_at(desks.intake, kept.id), "RKV-EXC-015")


def test_it_is_taken_in_by_itself_once_the_sender_is_known(desks: Desks) -> None:
    application = held(desks)
    desks.introduce_adviser()
    receive_packet(desks.intake, application.path)
    assert list_held(desks.intake) == []
    assert [one.decision for one in decisions(desks.intake)] == [Decision.RECEIVED]


def test_the_number_of_a_packet_in_quarantine_with_other_content_is_an_alarm(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = held(desks)
    monkeypatch.setattr(build, "new_id", lambda: application.message_id)
    other = desks.forged(
        application.path,
        lambda draft: replace(draft, content=replace(draft.content, reference="ANNEN")),
        sender=desks.adviser,
        to=desks.intake,
    )
    refused(lambda: receive_packet(desks.intake, other), "RKV-EXC-001", ExitStatus.DAMAGED)
    assert len(list_held(desks.intake)) == 1


@pytest.mark.parametrize("limit", ["MOST_HELD", "MOST_BYTES"])
def test_the_quarantine_does_not_grow_without_end(desks: Desks, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(quarantine, limit, 0)
    application = desks.apply(desks.documented_case())
    refused(lambda: receive_packet(desks.intake, application.path), "RKV-EXC-017")
    assert list_held(desks.intake) == []


def test_what_answers_nothing_here_stays_until_it_does(desks: Desks) -> None:
    _, application = desks.received_case()
    outcome = desks.decide(application)
    # As if the application had been sent from another store than the one that the outcome comes to.
    stray = desks.forged(
        outcome.path,
        lambda draft: replace(draft, answers=outcome.message_id),
        sender=desks.intake,
        to=desks.adviser,
    )
    refused(lambda: receive_packet(desks.adviser, stray), "RKV-EXC-003")
    (kept,) = list_held(desks.adviser)
    assert kept.why is HeldFor.ANSWERS_NOTHING
    refused(lambda: release(desks.adviser, kept.id, "Ola", "Vi venter på dette."), "RKV-EXC-003")
    assert list_held(desks.adviser) == [kept]
