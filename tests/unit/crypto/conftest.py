# SPDX-License-Identifier: MIT
"""Keys, throw-away certificates and the openssl command for the tests of this room."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from rkv_app.crypto.identity import Identity, make_identity, pem_files

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Openssl = Callable[..., subprocess.CompletedProcess[bytes]]
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@pytest.fixture(scope="session")
def identity() -> Identity:
    return make_identity(AT)


@pytest.fixture(scope="session")
def stranger() -> Identity:
    return make_identity(AT)


@pytest.fixture
def openssl(tmp_path: Path, identity: Identity) -> Openssl:
    """Runs openssl in a folder that holds the identity's PEM files."""
    command = shutil.which("openssl")
    if command is None:
        pytest.skip("openssl is not installed")
    for name, content in pem_files(identity).items():
        (tmp_path / name).write_bytes(content)

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([command, *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=60)

    return run


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="session")
def certificate_for() -> Callable[[PrivateKey], bytes]:
    """Makes a self-signed certificate (PEM) for a key."""

    def make(key: PrivateKey) -> bytes:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    return make


@pytest.fixture(scope="session")
def pkcs12_for(certificate_for: Callable[[PrivateKey], bytes]) -> Callable[[PrivateKey, bytes], bytes]:
    """Packs a key and its certificate (PEM) into a PKCS#12 file with the password `test`."""

    def pack(key: PrivateKey, certificate: bytes) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            b"test",
            key,
            x509.load_pem_x509_certificate(certificate),
            None,
            serialization.BestAvailableEncryption(b"test"),
        )

    return pack


@pytest.fixture(scope="session")
def key_pem() -> Callable[[PrivateKey], bytes]:
    def encode(key: PrivateKey) -> bytes:
        return key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    return encode
