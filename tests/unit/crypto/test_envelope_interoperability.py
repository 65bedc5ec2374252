# SPDX-License-Identifier: MIT
"""Other programs open our packets, and we open theirs or refuse them, as the shared vectors say."""

import io
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from rkv_app.crypto.envelope import (
    CertificateRecipient,
    CodeRecipient,
    OpenWith,
    Passphrase,
    SpokenCode,
    load_pkcs12,
    seal,
    unseal,
)
from rkv_app.crypto.identity import Identity
from rkv_app.foundation.errors import UserError

Openssl = Callable[..., CompletedProcess[bytes]]
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

PLAIN = bytes(range(256)) * 5000
CODE = "12345 67890 12345 67890"
RSA_OAEP = ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256")
ECDH_SHA256 = ("-keyopt", "ecdh_kdf_md:sha256")


def verdict(sealed: bytes, opener: OpenWith, expected: bytes) -> str:
    plaintext = io.BytesIO()
    try:
        unseal(io.BytesIO(sealed), plaintext, opener)
    except UserError as refused:
        return refused.code
    assert plaintext.getvalue() == expected
    return "opened"


def test_openssl_opens_ours_with_own_key_and_with_the_code(
    identity: Identity, stranger: Identity, openssl: Openssl, tmp_path: Path
) -> None:
    recipients = [
        CertificateRecipient(stranger.sealing_certificate),
        CertificateRecipient(identity.sealing_certificate),
        CodeRecipient(CODE),
    ]
    with (tmp_path / "sealed.p7m").open("wb") as sealed:
        seal(io.BytesIO(PLAIN), sealed, recipients)

    decrypt = ("cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed.p7m")
    with_key = openssl(*decrypt, "-inkey", "seal-key.pem", "-recip", "seal-cert.pem", "-out", "a")
    with_code = openssl(*decrypt, "-pwri_password", CODE.replace(" ", ""), "-out", "b")

    assert (with_key.returncode, with_code.returncode) == (0, 0), with_key.stderr + with_code.stderr
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == PLAIN


def test_openssl_opens_ours_with_an_rsa_key(
    rsa_key: rsa.RSAPrivateKey,
    certificate_for: Callable[[PrivateKey], bytes],
    pkcs12_for: Callable[[PrivateKey, bytes], bytes],
    key_pem: Callable[[PrivateKey], bytes],
    openssl: Openssl,
    tmp_path: Path,
) -> None:
    certificate = certificate_for(rsa_key)
    (tmp_path / "rsa-cert.pem").write_bytes(certificate)
    (tmp_path / "rsa-key.pem").write_bytes(key_pem(rsa_key))
    office = load_pkcs12(pkcs12_for(rsa_key, certificate), b"test")
    with (tmp_path / "sealed.p7m").open("wb") as sealed:
        seal(io.BytesIO(PLAIN), sealed, [CertificateRecipient(office.certificate)])

    decrypt = ("cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed.p7m", "-out", "a")
    with_key = openssl(*decrypt, "-inkey", "rsa-key.pem", "-recip", "rsa-cert.pem")

    assert with_key.returncode == 0, with_key.stderr
    assert (tmp_path / "a").read_bytes() == PLAIN


@pytest.mark.parametrize("streamed", [(), ("-stream",)], ids=["DER", "BER streamed"])
@pytest.mark.parametrize("named", [(), ("-keyid",)], ids=["by issuer and serial", "by key identifier"])
def test_we_open_what_openssl_seals(
    identity: Identity, openssl: Openssl, tmp_path: Path, streamed: tuple[str, ...], named: tuple[str, ...]
) -> None:
    (tmp_path / "plain").write_bytes(PLAIN)
    encrypt = ("cms", "-encrypt", "-aes-256-gcm", "-binary", "-outform", "DER", "-in", "plain", "-out", "sealed.p7m")

    made = openssl(*encrypt, *streamed, *named, "-recip", "seal-cert.pem", *ECDH_SHA256)

    assert made.returncode == 0, made.stderr
    assert verdict((tmp_path / "sealed.p7m").read_bytes(), identity, PLAIN) == "opened"


@pytest.mark.parametrize(
    ("cipher", "options", "expected"),
    [
        ("-aes-256-gcm", RSA_OAEP, "opened"),
        ("-aes-256-gcm", (), "RKV-PKT-006"),
        ("-aes-256-gcm", ("-keyopt", "rsa_padding_mode:oaep"), "RKV-PKT-006"),
        ("-aes-128-gcm", RSA_OAEP, "RKV-PKT-006"),
        ("-aes-256-cbc", RSA_OAEP, "RKV-PKT-030"),
    ],
    ids=["OAEP SHA-256", "RSA v1.5", "OAEP SHA-1", "AES-128-GCM", "AES-256-CBC without authentication"],
)
@pytest.mark.parametrize("streamed", [(), ("-stream",)], ids=["DER", "BER streamed"])
def test_rsa_packets_open_only_with_strong_padding_and_cipher(
    rsa_key: rsa.RSAPrivateKey,
    certificate_for: Callable[[PrivateKey], bytes],
    pkcs12_for: Callable[[PrivateKey, bytes], bytes],
    openssl: Openssl,
    tmp_path: Path,
    cipher: str,
    options: tuple[str, ...],
    expected: str,
    streamed: tuple[str, ...],
) -> None:
    certificate = certificate_for(rsa_key)
    (tmp_path / "rsa-cert.pem").write_bytes(certificate)
    (tmp_path / "plain").write_bytes(PLAIN)
    encrypt = ("cms", "-encrypt", cipher, "-binary", "-outform", "DER", "-in", "plain", "-out", "sealed.p7m")

    made = openssl(*encrypt, *streamed, "-recip", "rsa-cert.pem", *options)

    assert made.returncode == 0, made.stderr
    office = load_pkcs12(pkcs12_for(rsa_key, certificate), b"test")
    assert verdict((tmp_path / "sealed.p7m").read_bytes(), office, PLAIN) == expected


def test_ecdh_with_the_sha1_kdf_is_refused(identity: Identity, openssl: Openssl, tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(PLAIN)
    encrypt = ("cms", "-encrypt", "-aes-256-gcm", "-binary", "-outform", "DER", "-in", "plain", "-out", "sealed.p7m")

    made = openssl(*encrypt, "-recip", "seal-cert.pem")

    assert made.returncode == 0, made.stderr
    assert verdict((tmp_path / "sealed.p7m").read_bytes(), identity, PLAIN) == "RKV-PKT-006"


@pytest.fixture
def openers(shared: Path) -> dict[str, OpenWith]:
    folder = shared / "packet-vectors" / "cms"
    return {
        "rsa": load_pkcs12((folder / "TEST-rsa3072.p12").read_bytes(), b"test"),
        "p256": load_pkcs12((folder / "TEST-p256.p12").read_bytes(), b"test"),
        "other": load_pkcs12((folder / "TEST-other-not-recipient.p12").read_bytes(), b"test"),
        "passphrase": Passphrase("riktig-hest-batteri-stift"),
        "wrong passphrase": Passphrase("riktig-hest-batteri-feil"),
        "code": SpokenCode(CODE),
    }


NOBODY_ELSE = {"other": "RKV-PKT-002", "code": "RKV-PKT-002"}
BY_KEYS = {**NOBODY_ELSE, "passphrase": "RKV-PKT-002"}


@pytest.mark.parametrize(
    ("file", "verdicts"),
    [
        ("bad-aead-flipped-tag.p7m", {**BY_KEYS, "rsa": "RKV-PKT-004", "p256": "RKV-PKT-004"}),
        ("bad-aead-tag-4-bytes.p7m", {"rsa": "RKV-PKT-031", "p256": "RKV-PKT-031"}),
        ("bad-aead-trailing-bytes.p7m", {**BY_KEYS, "rsa": "RKV-PKT-033", "p256": "RKV-PKT-033"}),
        ("bc-aead-ec.p7m", {**BY_KEYS, "rsa": "RKV-PKT-002", "p256": "opened"}),
        (
            "bc-aead-pwri-600k.p7m",
            {
                "other": "RKV-PKT-002",
                "p256": "RKV-PKT-002",
                "passphrase": "opened",
                "wrong passphrase": "RKV-PKT-003",
                "code": "RKV-PKT-003",
            },
        ),
        ("openssl-aead-rsa+ec-der.p7m", {**BY_KEYS, "rsa": "opened", "p256": "opened"}),
        ("openssl-cbc-rsa-oaep.p7m", {"rsa": "RKV-PKT-030", "other": "RKV-PKT-030", "passphrase": "RKV-PKT-030"}),
    ],
)
def test_the_shared_vectors_get_their_verdicts(
    shared: Path, openers: dict[str, OpenWith], file: str, verdicts: dict[str, str]
) -> None:
    folder = shared / "packet-vectors" / "cms"
    sealed, expected = (folder / file).read_bytes(), (folder / "plaintext.asice").read_bytes()

    assert {name: verdict(sealed, openers[name], expected) for name in verdicts} == verdicts


def test_every_shared_vector_has_a_verdict_here(shared: Path) -> None:
    assert len(list((shared / "packet-vectors" / "cms").glob("*.p7m"))) == 7
