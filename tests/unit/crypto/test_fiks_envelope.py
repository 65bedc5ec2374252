# SPDX-License-Identifier: MIT
"""The envelope for Fiks IO opens with openssl alone, hides what is in it, and goes to keys that Fiks IO takes only."""

import io
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from rkv_app.crypto.envelope import SealingKey, unseal
from rkv_app.crypto.fiks_envelope import envelop, read_rsa_certificate
from rkv_app.crypto.identity import make_identity
from rkv_app.foundation.errors import UserError
from support.fiks_account import FiksAccount, fiks_account

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def account() -> FiksAccount:
    return fiks_account(AT)


def enveloped(plaintext: bytes, *certificates: bytes) -> bytes:
    out = io.BytesIO()
    envelop(io.BytesIO(plaintext), out, certificates)
    return out.getvalue()


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 1024 * 1024, 1024 * 1024 + 5])
def test_openssl_opens_it_whatever_its_length(account: FiksAccount, tmp_path: Path, length: int) -> None:
    plaintext = bytes(range(256)) * (length // 256) + bytes(range(length % 256))
    sealed = enveloped(plaintext, account.certificate)
    assert account.decrypted_by_openssl(sealed, tmp_path) == plaintext


def test_it_is_what_fiks_io_asks_for(account: FiksAccount) -> None:
    info = cms.ContentInfo.load(enveloped(b"innhold", account.certificate), strict=True)
    assert info["content_type"].native == "enveloped_data"
    content = info["content"]
    assert content["version"].native == "v0"
    (recipient,) = content["recipient_infos"]
    algorithm = recipient.chosen["key_encryption_algorithm"].native
    assert algorithm["algorithm"] == "rsaes_oaep"
    assert algorithm["parameters"]["hash_algorithm"]["algorithm"] == "sha256"
    assert algorithm["parameters"]["mask_gen_algorithm"]["parameters"]["algorithm"] == "sha256"
    assert recipient.chosen["rid"].name == "issuer_and_serial_number"
    assert content["encrypted_content_info"]["content_encryption_algorithm"]["algorithm"].native == "aes256_cbc"


def test_nothing_of_the_content_is_seen_and_no_two_are_alike(account: FiksAccount) -> None:
    once, again = (enveloped(b"Amina Eksempel" * 10, account.certificate) for _ in range(2))
    assert b"Amina" not in once
    assert once[-100:] != again[-100:]


def test_this_program_never_opens_what_is_not_authenticated(account: FiksAccount) -> None:
    key = SealingKey(account.key, account.certificate)
    with pytest.raises(UserError) as caught:
        unseal(io.BytesIO(enveloped(b"innhold", account.certificate)), io.BytesIO(), key)
    assert caught.value.code == "RKV-PKT-030"


def test_a_certificate_is_read_from_pem_or_der(account: FiksAccount) -> None:
    pem = x509.load_der_x509_certificate(account.certificate).public_bytes(Encoding.PEM)
    assert read_rsa_certificate(account.certificate, AT) == account.certificate
    assert read_rsa_certificate(b"subject=CN = Test\n" + pem, AT) == account.certificate


@pytest.mark.parametrize("data", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read_rsa_certificate(data, AT)
    assert caught.value.code == "RKV-PKT-060"


def test_a_key_or_day_that_fiks_io_does_not_take_is_refused(account: FiksAccount) -> None:
    wrong = [
        (make_identity(AT).sealing_certificate, AT),
        (fiks_account(AT, bits=1024).certificate, AT),
        (account.certificate, AT + timedelta(days=4000)),
        (account.certificate, AT - timedelta(days=4000)),
    ]
    for certificate, at in wrong:
        with pytest.raises(UserError) as caught:
            read_rsa_certificate(certificate, at)
        assert caught.value.code == "RKV-PKT-060"


def test_an_elliptic_key_is_not_sealed_to_even_when_nobody_checked_it() -> None:
    with pytest.raises(UserError) as caught:
        enveloped(b"innhold", make_identity(AT).sealing_certificate)
    assert caught.value.code == "RKV-PKT-006"


def test_openssl_says_what_it_is(account: FiksAccount, tmp_path: Path) -> None:
    (tmp_path / "sealed.p7m").write_bytes(enveloped(b"innhold", account.certificate))
    printed = subprocess.run(
        ["openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", tmp_path / "sealed.p7m"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "pkcs7-envelopedData" in printed
    assert "aes-256-cbc" in printed
