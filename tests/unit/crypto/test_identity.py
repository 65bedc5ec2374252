# SPDX-License-Identifier: MIT
import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from rkv_app.crypto.identity import Identity, identity_from_bytes, key_digits, key_id, make_identity, pem_files


def test_an_identity_survives_being_stored(identity: Identity) -> None:
    restored = identity_from_bytes(identity.to_bytes())

    assert restored.to_bytes() == identity.to_bytes()
    assert restored.sealing_key.private_numbers() == identity.sealing_key.private_numbers()


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\0" * 100])
def test_bytes_that_are_no_identity_are_refused(damage: bytes) -> None:
    with pytest.raises(ValueError):
        identity_from_bytes(damage)


def test_keys_and_certificates_of_different_parties_do_not_make_an_identity(
    identity: Identity, stranger: Identity
) -> None:
    mixed = {**pem_files(identity), "seal-cert.pem": pem_files(stranger)["seal-cert.pem"]}

    with pytest.raises(ValueError):
        identity_from_bytes(b"".join(mixed.values()))


def test_showing_an_identity_shows_no_private_key(identity: Identity) -> None:
    secrets = (identity.signing_key, identity.sealing_key)

    assert repr(identity) == f"Identity({key_digits(identity.signing_certificate, identity.sealing_certificate)})"
    assert all(str(key.private_numbers().private_value) not in repr(identity) for key in secrets)


def test_certificates_tell_nothing_about_the_person_and_are_never_alike(identity: Identity, stranger: Identity) -> None:
    certificates = [
        x509.load_der_x509_certificate(certificate)
        for party in (identity, stranger)
        for certificate in (party.signing_certificate, party.sealing_certificate)
    ]

    assert len({certificate.issuer.rfc4514_string() for certificate in certificates}) == 4
    assert len({certificate.serial_number for certificate in certificates}) == 4
    assert all(re.fullmatch(r"CN=rkv [0-9a-f]{32}", c.issuer.rfc4514_string()) for c in certificates)


def test_each_certificate_allows_only_its_own_use(identity: Identity) -> None:
    signing, sealing = (
        x509.load_der_x509_certificate(certificate).extensions.get_extension_for_class(x509.KeyUsage).value
        for certificate in (identity.signing_certificate, identity.sealing_certificate)
    )

    assert (signing.digital_signature, signing.key_agreement) == (True, False)
    assert (sealing.digital_signature, sealing.key_agreement) == (False, True)


def test_certificates_are_valid_when_made_and_for_ten_years() -> None:
    at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    certificate = x509.load_der_x509_certificate(make_identity(at).signing_certificate)

    assert certificate.not_valid_before_utc <= at - timedelta(hours=1)
    assert certificate.not_valid_after_utc >= at + timedelta(days=3650)


def test_the_digits_are_the_first_hundred_bits_over_both_public_keys(identity: Identity) -> None:
    infos = [
        key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        for key in (identity.signing_key, identity.sealing_key)
    ]
    bits = bin(int.from_bytes(hashlib.sha256(b"".join(infos)).digest(), "big"))[2:].zfill(256)[:100]

    digits = key_digits(identity.signing_certificate, identity.sealing_certificate)

    assert re.fullmatch(r"\d{5}( \d{5}){5}", digits)
    assert digits.replace(" ", "") == str(int(bits, 2))[-30:].zfill(30)


def test_digits_change_when_either_key_changes(identity: Identity, stranger: Identity) -> None:
    own = key_digits(identity.signing_certificate, identity.sealing_certificate)

    assert own != key_digits(stranger.signing_certificate, identity.sealing_certificate)
    assert own != key_digits(identity.signing_certificate, stranger.sealing_certificate)


def test_a_key_id_names_the_key_and_not_the_certificate(identity: Identity) -> None:
    info = identity.signing_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    assert key_id(identity.signing_certificate) == hashlib.sha256(info).hexdigest()
    with pytest.raises(ValueError):
        key_id(b"no certificate")


def test_the_pem_files_hold_matching_keys_and_certificates(identity: Identity) -> None:
    files = pem_files(identity)

    assert list(files) == ["sign-key.pem", "sign-cert.pem", "seal-key.pem", "seal-cert.pem"]
    for use in ("sign", "seal"):
        key = load_pem_private_key(files[f"{use}-key.pem"], None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        assert x509.load_pem_x509_certificate(files[f"{use}-cert.pem"]).public_key() == key.public_key()
