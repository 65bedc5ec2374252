# SPDX-License-Identifier: MIT
"""A store works with an organisation's certificate, or the key its office shares, and still reads what came before."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rkv_app.crypto.envelope import CertificateRecipient, seal, unseal
from rkv_app.crypto.identity import identity_from_bytes
from rkv_app.domain.exchange import MessageType
from rkv_app.foundation.errors import UserError
from rkv_app.packets.opening import verify_packet_file
from rkv_app.usecases import contacts
from rkv_app.usecases.check_packet import trust_in
from rkv_app.usecases.organisation_roots import import_trust_file, organisation_trust
from rkv_app.usecases.use_certificate import (
    Use,
    export_office_key,
    import_office_key,
    look_at_certificate,
    look_at_office_key,
    own_keys,
    use_certificate,
    with_own_number,
)
from rkv_app.usecases.workspace import Workspace
from support import certificate_chains as chains
from support.certificate_chains import Wish
from support.desks import NOW, Desks

PASSWORD = "hemmelig"


class Later:
    """A day later."""

    def now(self) -> datetime:
        """See Clock."""
        return NOW + timedelta(days=1)


@pytest.fixture(scope="session")
def company_file() -> bytes:
    """A virksomhetssertifikat with RSA-3072, for both uses."""
    root = chains.issuer("Øvingsrot")
    middle = chains.issuer("Øvingsutsteder 1", root)
    leaf = chains.certificate(chains.rsa_key("company"), middle, Wish(uses=["digital_signature", "key_encipherment"]))
    return chains.key_file(chains.rsa_key("company"), leaf, PASSWORD, middle.certificate, root.certificate)


@pytest.fixture
def company(company_file: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "virksomhet.p12"
    path.write_bytes(company_file)
    return path


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        act()
    return refused.value.code


def reads(ws: Workspace, certificate: bytes) -> bool:
    sealed, opened = io.BytesIO(), io.BytesIO()
    seal(io.BytesIO(b"innhold"), sealed, [CertificateRecipient(certificate)])
    unseal(io.BytesIO(sealed.getvalue()), opened, ws.identity)
    return opened.getvalue() == b"innhold"


def kept(ws: Workspace) -> bytes:
    return identity_from_bytes(ws.store.contacts.own_keys()).to_bytes()


def test_a_certificate_becomes_the_stores_own_and_stays_so(desks: Desks, company: Path) -> None:
    ws = use_certificate(desks.intake, company, PASSWORD, Use.BOTH)
    assert ws.card.signing_certificate == ws.card.sealing_certificate
    assert ws.card.signing_certificate != desks.intake.card.signing_certificate
    assert kept(ws) == ws.identity.to_bytes()
    assert ws.is_own(desks.intake.identity.signing_certificate)


def test_what_was_sealed_before_stays_readable(desks: Desks, company: Path) -> None:
    ws = use_certificate(desks.intake, company, PASSWORD, Use.BOTH)
    assert reads(ws, desks.intake.identity.sealing_certificate)
    assert reads(ws, ws.identity.sealing_certificate)


def test_a_certificate_can_be_used_for_signing_alone(desks: Desks, company: Path) -> None:
    ws = use_certificate(desks.intake, company, PASSWORD, Use.SIGNING)
    assert ws.card.signing_certificate != desks.intake.card.signing_certificate
    assert ws.card.sealing_certificate == desks.intake.card.sealing_certificate


def test_using_the_same_certificate_again_changes_nothing(desks: Desks, company: Path) -> None:
    ws = use_certificate(desks.intake, company, PASSWORD, Use.BOTH)
    assert use_certificate(ws, company, PASSWORD, Use.BOTH) is ws
    assert len(ws.identity.former) == 1


def test_a_refused_certificate_leaves_the_store_as_it_was(desks: Desks, company: Path, tmp_path: Path) -> None:
    before = kept(desks.intake)
    key = chains.rsa_key("company")
    signing_only = tmp_path / "signing.p12"
    signing_only.write_bytes(chains.key_file(key, chains.certificate(key, None, Wish()), PASSWORD))
    assert refusal(lambda: use_certificate(desks.intake, company, "feil", Use.BOTH)) == "RKV-PKT-003"
    assert refusal(lambda: use_certificate(desks.intake, signing_only, PASSWORD, Use.BOTH)) == "RKV-PKT-022"
    assert refusal(lambda: use_certificate(desks.intake, tmp_path / "none.p12", PASSWORD, Use.BOTH)) == "RKV-SYS-004"
    assert kept(desks.intake) == before


def test_a_contact_is_told_that_the_keys_are_others_and_sees_the_organisation(desks: Desks, company: Path) -> None:
    desks.county()
    ws = use_certificate(desks.intake, company, PASSWORD, Use.BOTH)
    path = contacts.write_card(ws, desks.folder / "new.rkvkontakt")
    assert refusal(lambda: contacts.read_card(desks.adviser, path)) == "RKV-EXC-011"
    roots = desks.folder / "roots.pem"
    root = chains.issuer("Øvingsrot")
    middle = chains.issuer("Øvingsutsteder 1", root)
    roots.write_bytes(chains.pem(root.certificate) + chains.pem(middle.certificate))
    import_trust_file(desks.adviser, roots)
    trust = organisation_trust(desks.adviser, contacts.look_at_card(path), signed_at=NOW)
    assert trust.check.org_number == chains.ORG_NUMBER


def test_a_packet_travels_between_an_organisation_and_a_store_with_keys_of_its_own(desks: Desks, company: Path) -> None:
    county = use_certificate(desks.intake, company, PASSWORD, Use.BOTH)
    whole = Desks(desks.folder, desks.adviser, desks.supervisor, county)
    application = whole.apply(whole.documented_case())
    receipt = whole.acknowledged(application)
    sent = whole.adviser.store.exchange.find(application.message_id)
    assert sent is not None
    assert sent.type is MessageType.APPLICATION
    assert receipt.exists()


def test_a_check_uses_the_issuers_certificates_that_came_with_the_packet(desks: Desks, company: Path) -> None:
    county = use_certificate(desks.intake, company, PASSWORD, Use.SIGNING)
    whole = Desks(desks.folder, desks.adviser, desks.supervisor, county)
    receipt = whole.acknowledged(whole.apply(whole.documented_case()))
    root_alone = desks.folder / "root.pem"
    root_alone.write_bytes(chains.pem(chains.issuer("Øvingsrot").certificate))
    import_trust_file(desks.adviser, root_alone)
    report = verify_packet_file(receipt, desks.adviser.identity)
    assert report.header is not None
    assert report.header.type is MessageType.RECEIPT
    assert "RKV-PKT-021" not in {note.code for note in trust_in(desks.adviser, report).notes}
    without_them = trust_in(desks.adviser, replace(report, signer_chain=()))
    assert "RKV-PKT-021" in {note.code for note in without_them.notes}


# ---- the office key


def test_an_office_key_lets_a_colleague_read_but_not_sign(desks: Desks) -> None:
    path = desks.folder / "office.p12"
    words = export_office_key(desks.intake, path)
    colleague = import_office_key(desks.adviser, path, f"  {words.upper().replace(' ', '  ')} ")
    assert reads(colleague, desks.intake.identity.sealing_certificate)
    assert colleague.card.sealing_certificate == desks.intake.card.sealing_certificate
    assert colleague.card.signing_certificate == desks.adviser.card.signing_certificate
    assert reads(colleague, desks.adviser.identity.sealing_certificate)
    assert kept(colleague) == colleague.identity.to_bytes()


def test_an_office_key_opens_with_its_own_words_only(desks: Desks) -> None:
    path = desks.folder / "office.p12"
    first = export_office_key(desks.intake, path)
    second = export_office_key(desks.intake, desks.folder / "again.p12")
    assert first != second
    assert len(first.split()) == 6
    assert refusal(lambda: import_office_key(desks.adviser, path, second)) == "RKV-PKT-003"


def test_an_office_key_never_replaces_a_file(desks: Desks) -> None:
    path = desks.folder / "office.p12"
    path.write_bytes(b"mine")
    assert refusal(lambda: export_office_key(desks.intake, path)) == "RKV-SYS-003"
    assert path.read_bytes() == b"mine"


def test_who_a_certificate_is_of_is_told_before_anything_is_taken(desks: Desks, company: Path) -> None:
    before = kept(desks.intake)
    facts = look_at_certificate(desks.intake, company, PASSWORD)
    assert (facts.organisation, facts.org_number) == (chains.ORGANISATION, chains.ORG_NUMBER)
    assert facts.issuer == "Øvingsutsteder 1"
    assert (facts.against_signing, facts.against_sealing) == (None, None)
    assert kept(desks.intake) == before
    assert refusal(lambda: look_at_certificate(desks.intake, company, "feil")) == "RKV-PKT-003"


def test_why_a_certificate_is_good_for_nothing_is_told_too(desks: Desks, tmp_path: Path) -> None:
    leaf = chains.certificate(chains.rsa_key("company"), None, Wish(last=NOW))
    path = tmp_path / "old.p12"
    path.write_bytes(chains.key_file(chains.rsa_key("company"), leaf, PASSWORD))
    facts = look_at_certificate(replace(desks.intake, clock=Later()), path, PASSWORD)
    assert str(facts.against_signing).startswith("The certificate is valid from")
    assert str(facts.against_sealing) == "The certificate is not made for encryption."


def test_the_card_states_the_number_of_the_certificate_from_then_on(desks: Desks, company: Path) -> None:
    assert not desks.intake.party.org_number
    ws = use_certificate(desks.intake, company, PASSWORD, Use.BOTH)
    assert ws.card.party.org_number == chains.ORG_NUMBER
    assert with_own_number(ws.store, ws.store.contacts.own_party()) == ws.party
    assert (own_keys(ws).organisation, own_keys(ws).former) == (chains.ORGANISATION, 1)


def test_a_number_that_the_owner_has_given_is_not_replaced(desks: Desks, company: Path) -> None:
    ws = replace(desks.intake, party=replace(desks.intake.party, org_number="888888888"))
    assert use_certificate(ws, company, PASSWORD, Use.BOTH).card.party.org_number == "888888888"


def test_an_office_key_is_looked_at_with_its_words_as_they_were_told(desks: Desks, tmp_path: Path) -> None:
    path = tmp_path / "office.p12"
    told = export_office_key(desks.intake, path)
    facts = look_at_office_key(desks.adviser, path, f"  {told.upper()} ")
    assert facts.against_sealing is None
    assert facts.organisation == ""
