# SPDX-License-Identifier: MIT
"""Packets from a store that works with an organisation's certificate, and packets that are older than its keys."""

from dataclasses import replace
from pathlib import Path

import pytest

from rkv_app.domain.exchange import Trust
from rkv_app.foundation.errors import UserError
from rkv_app.packets.opening import open_packet
from rkv_app.usecases import organisation_roots
from rkv_app.usecases.check_packet import certificate_notes
from rkv_app.usecases.organisation_roots import import_trust_file
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.use_certificate import Use, use_certificate
from rkv_app.usecases.workspace import Workspace
from support import certificate_chains as chains
from support.certificate_chains import Wish
from support.desks import Desks

PASSWORD = "hemmelig"


def with_certificate(ws: Workspace, folder: Path) -> Workspace:
    """The store with a certificate whose issuer below the root goes along with signatures; the root is `root.pem`."""
    root = chains.issuer("Øvingsrot")
    middle = chains.issuer("Øvingsutsteder 1", root)
    key = chains.rsa_key("company")
    leaf = chains.certificate(key, middle, Wish(uses=["digital_signature", "key_encipherment"]))
    (folder / "root.pem").write_bytes(chains.pem(root.certificate))
    path = folder / "company.p12"
    path.write_bytes(chains.key_file(key, leaf, PASSWORD, middle.certificate))
    return use_certificate(ws, path, PASSWORD, Use.BOTH)


def at_organisation(desks: Desks, number: str) -> Desks:
    """The adviser works with a certificate, and states this number."""
    adviser = with_certificate(desks.adviser, desks.folder)
    return replace(desks, adviser=replace(adviser, party=replace(adviser.party, org_number=number)))


def test_an_organisation_is_confirmed_by_its_certificate_without_being_a_contact(desks: Desks) -> None:
    desks = at_organisation(desks, chains.ORG_NUMBER)
    application = desks.apply(desks.documented_case())
    import_trust_file(desks.intake, desks.folder / "root.pem")
    assert receive_packet(desks.intake, application.path).trust is Trust.ORGANISATION


def test_what_speaks_against_a_certificate_is_told_as_it_is_today(desks: Desks) -> None:
    desks = at_organisation(desks, chains.ORG_NUMBER)
    application = desks.apply(desks.documented_case())
    import_trust_file(desks.intake, desks.folder / "root.pem")
    message_id = receive_packet(desks.intake, application.path).message_id
    (told,) = certificate_notes(desks.intake, message_id)
    assert (told.code, "not checked against a revocation list" in str(told.message)) == ("RKV-PKT-024", True)
    for issuer in organisation_roots.trusted_issuers(desks.intake).issuers:
        organisation_roots.remove_trusted(desks.intake, issuer.fingerprint)
    assert "RKV-PKT-021" in [one.code for one in certificate_notes(desks.intake, message_id)]


def test_a_senders_own_key_has_no_certificate_to_speak_of(desks: Desks) -> None:
    desks.introduce_adviser()
    application = desks.apply(desks.documented_case())
    message_id = receive_packet(desks.intake, application.path).message_id
    assert certificate_notes(desks.intake, message_id) == ()


@pytest.mark.parametrize("imported", [True, False])
def test_an_organisation_that_is_not_confirmed_is_an_unknown_sender(desks: Desks, *, imported: bool) -> None:
    desks = at_organisation(desks, "888888888" if imported else chains.ORG_NUMBER)
    application = desks.apply(desks.documented_case())
    if imported:
        import_trust_file(desks.intake, desks.folder / "root.pem")
    with pytest.raises(UserError, match="RKV-EXC-002"):
        receive_packet(desks.intake, application.path)


def test_a_packet_sealed_to_keys_of_before_is_received(desks: Desks) -> None:
    application = desks.apply(desks.documented_case())
    desks.introduce_adviser()
    desks = replace(desks, intake=with_certificate(desks.intake, desks.folder))
    assert receive_packet(desks.intake, application.path).message_id == application.message_id


def test_an_answer_to_what_was_sent_with_keys_of_before_is_received(desks: Desks) -> None:
    _, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    desks = replace(desks, adviser=with_certificate(desks.adviser, desks.folder))
    assert receive_packet(desks.adviser, reply).trust is Trust.REPLY
    assert open_packet(reply.read_bytes(), desks.adviser.identity).message_id
