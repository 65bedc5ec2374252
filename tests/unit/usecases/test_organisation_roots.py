# SPDX-License-Identifier: MIT
"""Which issuers a store trusts, and when a sender may be shown as the organisation it says it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs7

from rkv_app.crypto.identity import make_identity
from rkv_app.crypto.revocation import Revocation
from rkv_app.domain.exchange import Card
from rkv_app.domain.people import Party, Role
from rkv_app.foundation.errors import UserError
from rkv_app.usecases import contacts
from rkv_app.usecases.organisation_roots import (
    OrganisationTrust,
    anchors,
    import_trust_file,
    look_at_trust_file,
    organisation_trust,
    remove_trusted,
    trusted_issuers,
)
from rkv_app.usecases.workspace import Workspace
from support import certificate_chains as chains
from support.certificate_chains import ORG_NUMBER, Issuer, Wish
from support.desks import NOW, Desks

COUNTY = Party(role=Role.INTAKE, name="Per Mottak", organisation="Øvingsfylket", org_number="999 999 999")


@cache
def root() -> Issuer:
    return chains.issuer("Øvingsrot")


@cache
def middle() -> Issuer:
    return chains.issuer("Øvingsutsteder 1", root())


@cache
def leaf() -> x509.Certificate:
    return chains.certificate(chains.ec_key("company"), middle(), Wish())


def card(party: Party = COUNTY, certificate: x509.Certificate | None = None) -> Card:
    return Card(
        party=party,
        signing_certificate=chains.der(certificate or leaf()),
        sealing_certificate=make_identity(NOW).sealing_certificate,
    )


def put(desks: Desks, data: bytes, name: str = "trust") -> Path:
    path = desks.folder / name
    path.write_bytes(data)
    return path


def trusting(desks: Desks) -> Workspace:
    both = chains.pem(root().certificate) + chains.pem(middle().certificate)
    import_trust_file(desks.adviser, put(desks, both))
    return desks.adviser


def codes(trust: OrganisationTrust) -> list[str]:
    return [problem.code for problem in trust.problems]


def refusal(act: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as refused:
        act()
    return refused.value


CERTIFICATES = [root().certificate, middle().certificate]
FORMS = {
    "PEM": b"Kommentar\n" + b"".join(map(chains.pem, CERTIFICATES)),
    "PKCS #7, DER": pkcs7.serialize_certificates(CERTIFICATES, serialization.Encoding.DER),
    "PKCS #7, PEM": pkcs7.serialize_certificates(CERTIFICATES, serialization.Encoding.PEM),
}


@pytest.mark.parametrize("form", FORMS)
def test_issuers_are_imported_in_every_form_they_are_published_in(desks: Desks, form: str) -> None:
    trusted = import_trust_file(desks.adviser, put(desks, FORMS[form]))
    assert {(one.name, one.is_root) for one in trusted.issuers} == {("Øvingsrot", True), ("Øvingsutsteder 1", False)}
    assert organisation_trust(desks.adviser, card(), signed_at=NOW).confirmed


def test_der_files_are_imported_one_by_one_and_twice_is_once(desks: Desks) -> None:
    for one in (root(), middle(), root()):
        import_trust_file(desks.adviser, put(desks, one.der))
    assert len(trusted_issuers(desks.adviser).issuers) == 2
    fingerprints = [one.fingerprint for one in trusted_issuers(desks.adviser).issuers]
    assert fingerprints[0] == root().certificate.fingerprint(chains.hashes.SHA256()).hex()


def test_a_fresh_store_trusts_no_issuer(desks: Desks) -> None:
    assert trusted_issuers(desks.adviser).issuers == ()
    assert not organisation_trust(desks.adviser, card(), signed_at=NOW).confirmed


UNUSABLE = {
    "nothing": b"",
    "text": b"Hei",
    "a leaf": chains.der(leaf()),
    "a leaf among issuers": FORMS["PEM"] + chains.pem(leaf()),
    "not for issuing": chains.issuer("Uten bruk", uses=["crl_sign"]).der,
    "weak": chains.issuer("Svak", key=chains.rsa_key("weak", 1024)).der,
    "damaged": FORMS["PEM"].replace(b"MII", b"MIX", 1),
    "a list of nobody known": chains.revocation_list(root()),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_of_another_kind_is_refused_whole(desks: Desks, name: str) -> None:
    problem = refusal(lambda: import_trust_file(desks.adviser, put(desks, UNUSABLE[name])))
    assert problem.code == "RKV-EXC-012"
    assert trusted_issuers(desks.adviser).issuers == ()


def test_a_removed_issuer_confirms_nobody(desks: Desks) -> None:
    ws = trusting(desks)
    own = next(one for one in trusted_issuers(ws).issuers if one.is_root)
    remove_trusted(ws, own.fingerprint)
    assert [one.name for one in trusted_issuers(ws).issuers] == ["Øvingsutsteder 1"]
    assert codes(organisation_trust(ws, card(), signed_at=NOW)) == ["RKV-PKT-021"]


def test_issuers_do_not_get_into_another_store(desks: Desks) -> None:
    trusting(desks)
    assert anchors(desks.intake).roots == ()


# ---- who is confirmed


def test_an_organisation_is_confirmed_where_the_numbers_agree(desks: Desks) -> None:
    trust = organisation_trust(trusting(desks), card(), signed_at=NOW)
    assert (trust.confirmed, trust.check.org_number) == (True, ORG_NUMBER)
    assert codes(trust) == ["RKV-PKT-024"]


@pytest.mark.parametrize("stated", ["888888888", "", "99999999", "NO999999999"])
def test_another_number_than_the_certificates_is_told_and_never_confirmed(desks: Desks, stated: str) -> None:
    trust = organisation_trust(trusting(desks), card(replace(COUNTY, org_number=stated)), signed_at=NOW)
    assert not trust.confirmed
    assert codes(trust) == ["RKV-EXC-010", "RKV-PKT-024"]
    assert ORG_NUMBER in str(trust.problems[0].message)


def test_a_contact_pinned_with_another_number_is_not_confirmed(desks: Desks) -> None:
    ws, pinned = trusting(desks), card(replace(COUNTY, org_number="888888888"))
    contacts.pin_card(ws, pinned)
    now = replace(pinned, party=COUNTY)
    assert not organisation_trust(ws, now, signed_at=NOW).confirmed


def test_a_known_contact_with_other_keys_is_not_confirmed_by_a_certificate_alone(desks: Desks) -> None:
    ws = trusting(desks)
    keys = make_identity(NOW)
    before = replace(card(), signing_certificate=keys.signing_certificate, sealing_certificate=keys.sealing_certificate)
    known, now = contacts.pin_card(ws, before), card()
    trust = organisation_trust(ws, now, signed_at=NOW)
    assert (trust.confirmed, codes(trust)) == (False, ["RKV-EXC-011", "RKV-PKT-024"])
    contacts.replace_contact_key(ws, known.id, now, "Kari")
    assert organisation_trust(ws, now, signed_at=NOW).confirmed


def test_a_certificate_without_a_number_confirms_nobody(desks: Desks) -> None:
    parts = [(chains.NameOID.ORGANIZATION_NAME, "Øvingsfylket")]
    nameless = chains.certificate(chains.ec_key("company"), middle(), Wish(parts=parts))
    for party in (COUNTY, replace(COUNTY, org_number="")):
        trust = organisation_trust(trusting(desks), card(party, nameless), signed_at=NOW)
        assert (trust.confirmed, codes(trust)) == (False, ["RKV-EXC-010", "RKV-PKT-024"])


# ---- revocation lists


def test_lists_in_text_and_binary_are_taken_from_known_issuers(desks: Desks) -> None:
    ws = trusting(desks)
    text = x509.load_der_x509_crl(chains.revocation_list(root())).public_bytes(serialization.Encoding.PEM)
    import_trust_file(ws, put(desks, text))
    trusted = import_trust_file(ws, put(desks, chains.revocation_list(middle())))
    assert [one.issuer for one in trusted.lists] == ["Øvingsrot", "Øvingsutsteder 1"]
    trust = organisation_trust(ws, card(), signed_at=NOW)
    assert (trust.check.revocation, codes(trust)) == (Revocation.GOOD, [])


def test_a_revoked_certificate_is_not_confirmed(desks: Desks) -> None:
    ws = trusting(desks)
    import_trust_file(ws, put(desks, chains.revocation_list(middle(), leaf())))
    trust = organisation_trust(ws, card(), signed_at=NOW)
    assert (trust.confirmed, codes(trust)) == (False, ["RKV-PKT-023"])


@pytest.mark.parametrize("newest_last", [True, False])
def test_a_newer_list_takes_the_place_of_an_older_one_and_never_the_other_way(
    desks: Desks, *, newest_last: bool
) -> None:
    ws = trusting(desks)
    older = chains.revocation_list(middle(), made=NOW - timedelta(days=4))
    newer = chains.revocation_list(middle(), leaf(), number=2)
    for one in (older, newer) if newest_last else (newer, older):
        import_trust_file(ws, put(desks, one))
    assert len(trusted_issuers(ws).lists) == 1
    assert codes(organisation_trust(ws, card(), signed_at=NOW)) == ["RKV-PKT-023"]


def test_a_forged_list_is_refused(desks: Desks) -> None:
    ws = trusting(desks)
    forged = chains.revocation_list(Issuer(middle().certificate, chains.rsa_key("forger")))
    assert refusal(lambda: import_trust_file(ws, put(desks, forged))).code == "RKV-EXC-012"
    assert trusted_issuers(ws).lists == ()


def test_a_list_counts_for_the_issuer_that_signed_it_and_not_for_its_namesake(desks: Desks) -> None:
    namesake = chains.issuer("Øvingsrot", key=chains.ec_key("namesake"))
    for data in (root().der, namesake.der, chains.revocation_list(root())):
        found = look_at_trust_file(desks.intake, put(desks, data))
        import_trust_file(desks.intake, put(desks, data))
    assert not found.issuers
    (one,) = trusted_issuers(desks.intake).lists
    signed, other = trusted_issuers(desks.intake).issuers
    assert (signed.name, other.name) == ("Øvingsrot", "Øvingsrot")
    assert one.signed_by == found.lists[0].signed_by == {signed.fingerprint}


def test_looking_at_an_issuer_believes_nobody(desks: Desks) -> None:
    (found,) = look_at_trust_file(desks.intake, put(desks, root().der)).issuers
    assert (found.name, found.is_root) == ("Øvingsrot", True)
    assert anchors(desks.intake).roots == ()
