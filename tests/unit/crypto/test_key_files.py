# SPDX-License-Identifier: MIT
import io
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from rkv_app.crypto.envelope import CertificateRecipient, seal, unseal
from rkv_app.crypto.identity import Identity, identity_from_bytes, make_identity
from rkv_app.crypto.key_files import KeyFile, read_key_file, require_sealing, require_signing, write_office_key
from rkv_app.crypto.recipients import SealingKey
from rkv_app.crypto.signing import sign_detached, verify_detached
from rkv_app.foundation.errors import UserError
from support import certificate_chains as chains
from support.certificate_chains import AT, Wish

Openssl = Callable[..., subprocess.CompletedProcess[bytes]]
PASSWORD = "passord med æøå"
BOTH_USES = ("digital_signature", "key_encipherment")


@pytest.fixture(scope="module")
def root() -> chains.Issuer:
    return chains.issuer("Øvingsrot")


@pytest.fixture(scope="module")
def middle(root: chains.Issuer) -> chains.Issuer:
    return chains.issuer("Øvingsutsteder 1", root)


@pytest.fixture(scope="module")
def company(root: chains.Issuer, middle: chains.Issuer) -> KeyFile:
    """A virksomhetssertifikat for both uses, as it comes: with its issuers."""
    key = chains.rsa_key("company")
    leaf = chains.certificate(key, middle, Wish(uses=BOTH_USES))
    return read_key_file(chains.key_file(key, leaf, PASSWORD, middle.certificate, root.certificate), PASSWORD)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        act()
    return refused.value.code


def test_a_company_key_file_gives_its_key_and_the_issuers_below_the_root(
    company: KeyFile, middle: chains.Issuer
) -> None:
    assert x509.load_der_x509_certificate(company.certificate).public_key() == company.key.public_key()
    assert company.chain == (middle.der,)
    require_signing(company, AT)
    require_sealing(company, AT)


def test_a_wrong_password_and_a_damaged_file_are_told_alike(company: KeyFile) -> None:
    data = chains.key_file(chains.ec_key("x"), chains.certificate(chains.ec_key("x"), None, Wish()), PASSWORD)
    assert refusal(lambda: read_key_file(data, "feil")) == "RKV-PKT-003"
    assert refusal(lambda: read_key_file(data[:-20], PASSWORD)) == "RKV-PKT-003"
    assert refusal(lambda: read_key_file(b"", PASSWORD)) == "RKV-PKT-003"


def test_a_file_without_a_key_or_of_another_certificate_is_refused() -> None:
    key = chains.ec_key("x")
    own = chains.certificate(key, None, Wish())
    encryption = serialization.BestAvailableEncryption(PASSWORD.encode())
    no_key = pkcs12.serialize_key_and_certificates(None, None, own, None, encryption)
    no_certificate = pkcs12.serialize_key_and_certificates(None, key, None, None, encryption)
    for data in (no_key, no_certificate):
        assert refusal(lambda data=data: read_key_file(data, PASSWORD)) == "RKV-PKT-006"


@pytest.mark.parametrize(
    "key", [chains.rsa_key("short", 1024), ec.generate_private_key(ec.SECP256K1())], ids=["short", "unknown"]
)
def test_weak_and_unknown_keys_are_refused(key: chains.PrivateKey) -> None:
    data = chains.key_file(key, chains.certificate(key, None, Wish()), PASSWORD)
    assert refusal(lambda: read_key_file(data, PASSWORD)) == "RKV-PKT-006"


def _file(wish: Wish, key: chains.PrivateKey | None = None) -> KeyFile:
    own = key or chains.rsa_key("company")
    return KeyFile(own, chains.der(chains.certificate(own, chains.issuer("Øvingsrot"), wish)), ())


def test_a_certificate_is_only_used_for_what_it_is_made_for() -> None:
    signing, sealing = _file(Wish()), _file(Wish(uses=["key_encipherment"]))
    require_signing(signing, AT)
    require_sealing(sealing, AT)
    assert refusal(lambda: require_sealing(signing, AT)) == "RKV-PKT-022"
    assert refusal(lambda: require_signing(sealing, AT)) == "RKV-PKT-022"
    agreeing_rsa = _file(Wish(uses=["key_agreement"]))
    assert refusal(lambda: require_sealing(agreeing_rsa, AT)) == "RKV-PKT-022"


def test_a_certificate_is_not_used_outside_its_days() -> None:
    file = _file(Wish(uses=BOTH_USES))
    for require in (require_signing, require_sealing):
        assert refusal(lambda require=require: require(file, AT + timedelta(days=701))) == "RKV-PKT-022"
        assert refusal(lambda require=require: require(file, AT - timedelta(days=301))) == "RKV-PKT-022"


def test_a_certificate_signed_with_sha1_is_not_used() -> None:
    root, key = chains.issuer("Øvingsrot"), chains.rsa_key("company")
    weak = chains.signed_with_sha1(chains.der(chains.certificate(key, root, Wish(uses=BOTH_USES))), root)
    assert refusal(lambda: require_signing(KeyFile(key, weak, ()), AT)) == "RKV-PKT-021"


def test_nothing_is_sealed_to_a_curve_that_packets_do_not_know() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    file = _file(Wish(uses=["digital_signature", "key_agreement"]), key)
    require_signing(file, AT)
    assert refusal(lambda: require_sealing(file, AT)) == "RKV-PKT-006"


# ---- an identity with such keys


@pytest.fixture(scope="module")
def organised(company: KeyFile) -> Identity:
    """An identity that signs and opens with the company's key, and had keys of its own before."""
    own = make_identity(AT)
    return Identity(company.key, company.certificate, company.key, company.certificate, company.chain).succeeds(own)


def test_an_identity_with_a_chain_and_former_keys_survives_being_stored(organised: Identity) -> None:
    third = make_identity(AT).succeeds(organised)
    restored = identity_from_bytes(third.to_bytes())
    assert restored.to_bytes() == third.to_bytes()
    assert [each.signing_certificate for each in restored.former] == [
        organised.signing_certificate,
        organised.former[0].signing_certificate,
    ]
    assert restored.former[0].signing_chain == organised.signing_chain
    assert all(each.former == () for each in restored.former)


def test_an_identity_cut_short_is_refused(organised: Identity) -> None:
    whole = organised.to_bytes()
    last = whole.rindex(b"-----BEGIN")
    with pytest.raises(ValueError):
        identity_from_bytes(whole[:last])


def test_a_company_signature_carries_the_chain_and_holds(organised: Identity, middle: chains.Issuer) -> None:
    signature = verify_detached(sign_detached(b"data", organised, AT), b"data")
    assert signature.certificate == organised.signing_certificate
    assert signature.chain == (middle.der,)
    assert not signature.weak


def test_openssl_verifies_a_company_signature_from_the_root_alone(
    organised: Identity,
    root: chains.Issuer,
    openssl: Openssl,
    tmp_path: Path,
) -> None:
    (tmp_path / "data").write_bytes(b"data")
    (tmp_path / "data.p7s").write_bytes(sign_detached(b"data", organised, AT))
    (tmp_path / "root.pem").write_bytes(chains.pem(root.certificate))
    ran = openssl(
        *(
            [
                "cms",
                "-verify",
                "-cades",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "data.p7s",
                "-content",
                "data",
                "-CAfile",
                "root.pem",
            ]
        ),
        *("-purpose", "any", "-attime", str(int(AT.timestamp())), "-out", "out"),
    )
    assert ran.returncode == 0, ran.stderr


def _sealed(certificate: bytes) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(b"innhold"), target, [CertificateRecipient(certificate)])
    return target.getvalue()


def _opened(data: bytes, opener: Identity | SealingKey) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(data), target, opener)
    return target.getvalue()


def test_what_was_sealed_to_present_and_former_keys_opens(organised: Identity) -> None:
    for certificate in (organised.sealing_certificate, organised.former[0].sealing_certificate):
        assert _opened(_sealed(certificate), organised) == b"innhold"


def test_what_was_sealed_to_others_stays_closed(organised: Identity) -> None:
    other = _sealed(make_identity(AT).sealing_certificate)
    assert refusal(lambda: _opened(other, organised)) == "RKV-PKT-002"


# ---- the office key


def test_an_office_key_opens_what_its_store_can_open_and_signs_nothing(identity: Identity) -> None:
    file = read_key_file(write_office_key(identity, "seks ord"), "seks ord")
    assert file.certificate == identity.sealing_certificate
    assert _opened(_sealed(identity.sealing_certificate), SealingKey(file.key, file.certificate)) == b"innhold"
    require_sealing(file, AT + timedelta(days=365))
    assert refusal(lambda: require_signing(file, AT + timedelta(days=365))) == "RKV-PKT-022"


def test_openssl_reads_an_office_key_and_its_strength(identity: Identity, openssl: Openssl, tmp_path: Path) -> None:
    (tmp_path / "office.p12").write_bytes(write_office_key(identity, "seks ord"))
    ran = openssl("pkcs12", "-in", "office.p12", "-info", "-nodes", "-passin", "pass:seks ord")
    said = ran.stderr.decode()
    assert ran.returncode == 0, said
    assert "PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256" in said
    assert b"BEGIN PRIVATE KEY" in ran.stdout
