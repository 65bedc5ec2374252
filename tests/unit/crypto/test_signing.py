# SPDX-License-Identifier: MIT
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.crypto.identity import Identity
from rkv_app.crypto.signing import Signature, sign_detached, verify_detached
from rkv_app.foundation.errors import ExitStatus, UserError

Openssl = Callable[..., CompletedProcess[bytes]]
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DATA = b"<ASiCManifest/>\r\n" * 10
ALTERED = {"holds", "RKV-PKT-005", "RKV-PKT-006", "RKV-PKT-043"}
FUZZ = settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def signature(identity: Identity) -> bytes:
    return sign_detached(DATA, identity, AT)


def outcome(signature: bytes, data: bytes, signer: bytes | None = None) -> str:
    """The code of the refusal, or "holds" or "weak"; a signature by anyone but `signer` fails the test."""
    try:
        held = verify_detached(signature, data)
    except UserError as refused:
        return refused.code
    assert signer is None or held.certificate == signer
    return "weak" if held.weak else "holds"


def refusal(signature: bytes, data: bytes = DATA) -> tuple[str, ExitStatus]:
    with pytest.raises(UserError) as refused:
        verify_detached(signature, data)
    return refused.value.code, refused.value.status


def test_a_signature_holds_and_tells_who_and_when(signature: bytes, identity: Identity) -> None:
    assert verify_detached(signature, DATA) == Signature(identity.signing_certificate, AT, weak=False)


def test_openssl_accepts_our_signature_as_cades(signature: bytes, openssl: Openssl, tmp_path: Path) -> None:
    (tmp_path / "signature.p7s").write_bytes(signature)
    (tmp_path / "manifest").write_bytes(DATA)
    (tmp_path / "altered").write_bytes(DATA + b" ")
    verify = ("cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature.p7s", "-out", "out")
    trust = ("-CAfile", "sign-cert.pem", "-purpose", "any")

    good = openssl(*verify, *trust, "-content", "manifest")
    bad = openssl(*verify, *trust, "-content", "altered")

    assert b"CAdES Verification successful" in good.stderr
    assert good.returncode == 0
    assert bad.returncode != 0


def test_one_changed_byte_of_the_signed_file_breaks_the_signature(signature: bytes) -> None:
    for position in range(len(DATA)):
        altered = bytearray(DATA)
        altered[position] ^= 0x20
        assert refusal(signature, bytes(altered)) == ("RKV-PKT-005", ExitStatus.DAMAGED)
    assert refusal(signature, b"")[0] == "RKV-PKT-005"


def test_no_changed_byte_of_a_signature_makes_it_another_signers(signature: bytes, identity: Identity) -> None:
    for position in range(len(signature)):
        for flip in (0x01, 0x80, 0xFF):
            altered = bytearray(signature)
            altered[position] ^= flip
            assert outcome(bytes(altered), DATA, identity.signing_certificate) in ALTERED


def test_a_content_type_other_than_the_signed_one_breaks_the_signature(signature: bytes) -> None:
    data, digested_data = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010705")

    assert refusal(signature.replace(data, digested_data, 1)) == ("RKV-PKT-005", ExitStatus.DAMAGED)


def test_a_truncated_or_lengthened_signature_does_not_hold(signature: bytes) -> None:
    for length in range(0, len(signature), 7):
        assert refusal(signature[:length])[0] == "RKV-PKT-005"
    assert refusal(signature + b"\0")[0] == "RKV-PKT-005"


@FUZZ
@given(st.data())
def test_mutilated_signatures_never_crash(signature: bytes, identity: Identity, data: st.DataObject) -> None:
    altered = bytearray(signature)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(altered)))
        stop = min(len(altered), start + data.draw(st.integers(0, 8)))
        altered[start:stop] = data.draw(st.binary(max_size=12))
    assert outcome(bytes(altered), DATA, identity.signing_certificate) in ALTERED


@FUZZ
@given(st.binary(max_size=200))
def test_other_files_are_no_signatures(data: bytes) -> None:
    assert refusal(data)[0] == "RKV-PKT-005"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("-cades",), "holds"),
        (("-cades", "-md", "sha512"), "holds"),
        (("-keyid",), "holds"),
        (("-md", "sha1"), "weak"),
        (("-nodetach",), "RKV-PKT-005"),
        (("-noattr",), "RKV-PKT-005"),
        (("-nocerts",), "RKV-PKT-005"),
        (("-md", "md5"), "RKV-PKT-006"),
        (("-keyopt", "rsa_padding_mode:pss"), "RKV-PKT-006"),
        (("-signer", "sign-cert.pem", "-inkey", "sign-key.pem"), "RKV-PKT-005"),
    ],
    ids=["CAdES", "SHA-512", "by key id", "SHA-1", "attached", "no attributes", "no certificate", "MD5", "PSS", "two"],
)
def test_signatures_of_openssl_get_their_verdicts(
    rsa_key: rsa.RSAPrivateKey,
    certificate_for: Callable[[PrivateKey], bytes],
    key_pem: Callable[[PrivateKey], bytes],
    openssl: Openssl,
    tmp_path: Path,
    options: tuple[str, ...],
    expected: str,
) -> None:
    assert openssl_verdict(rsa_key, certificate_for(rsa_key), key_pem(rsa_key), openssl, tmp_path, options) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (rsa.generate_private_key(65537, 1024), "RKV-PKT-043"),
        (ec.generate_private_key(ec.SECP384R1()), "holds"),
        (ec.generate_private_key(ec.SECP256K1()), "RKV-PKT-006"),
    ],
    ids=["RSA-1024", "P-384", "secp256k1"],
)
def test_keys_that_are_too_weak_or_unknown_are_refused(
    key: PrivateKey,
    expected: str,
    certificate_for: Callable[[PrivateKey], bytes],
    key_pem: Callable[[PrivateKey], bytes],
    openssl: Openssl,
    tmp_path: Path,
) -> None:
    assert openssl_verdict(key, certificate_for(key), key_pem(key), openssl, tmp_path, ("-cades",)) == expected


def openssl_verdict(
    key: PrivateKey, certificate: bytes, pem: bytes, openssl: Openssl, folder: Path, options: tuple[str, ...]
) -> str:
    (folder / "signer.pem").write_bytes(certificate)
    (folder / "signer-key.pem").write_bytes(pem)
    (folder / "manifest").write_bytes(DATA)
    sign = ("cms", "-sign", "-binary", "-outform", "DER", "-in", "manifest", "-out", "signature.p7s")
    made = openssl(*sign, "-signer", "signer.pem", "-inkey", "signer-key.pem", *options)
    assert made.returncode == 0, made.stderr
    signer = x509.load_pem_x509_certificate(certificate).public_bytes(Encoding.DER)
    return outcome((folder / "signature.p7s").read_bytes(), DATA, signer)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("cades/difi-asic-cades-test-invalid-signature.asice", "RKV-PKT-005"),
        ("cades/difi-asic-cades-test-valid.asice", "weak"),
        ("cades/dss-cades-lta-alternative-naming.sce", "holds"),
        ("cades/dss-dss1421.asice", "holds"),
        ("cades/dss-dss1984.asice", "holds"),
        ("cades/dss-multifiles-ok.asice", "holds"),
        ("cades/dss-onefile-ok.asice", "holds"),
        ("cades/ks-cades-valid.asice", "weak"),
        ("cms/plaintext.asice", "holds"),
        ("interop/difi-library-written-cades-sha1rsa.asice", "weak"),
    ],
)
def test_the_shared_containers_get_their_verdicts(shared: Path, file: str, expected: str) -> None:
    with zipfile.ZipFile(shared / "packet-vectors" / file) as container:
        names = container.namelist()
        manifest = next(name for name in names if name.lower().startswith("meta-inf/asicmanifest"))
        signature = next(name for name in names if name.endswith(".p7s"))
        signed, sealed = container.read(manifest), container.read(signature)

    assert outcome(sealed, signed) == expected
    assert outcome(sealed, signed + b" ") == "RKV-PKT-005"
