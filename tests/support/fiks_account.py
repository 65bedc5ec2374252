# SPDX-License-Identifier: MIT
"""An invented Fiks IO account: an RSA key with a certificate, and openssl to open what was encrypted to it."""

import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True, eq=False)
class FiksAccount:
    """The key and its certificate (DER)."""

    key: rsa.RSAPrivateKey
    certificate: bytes

    def write(self, folder: Path) -> None:
        """Writes `fiks.pem` and `fiks.key` as other tools take them."""
        certificate = x509.load_der_x509_certificate(self.certificate)
        (folder / "fiks.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        (folder / "fiks.key").write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    def decrypted_by_openssl(self, sealed: bytes, folder: Path) -> bytes:
        """What `openssl cms -decrypt` makes of it."""
        if shutil.which("openssl") is None:
            pytest.skip("openssl is not installed")
        self.write(folder)
        (folder / "sealed.p7m").write_bytes(sealed)
        done = subprocess.run(
            (
                *("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed.p7m"),
                *("-recip", "fiks.pem", "-inkey", "fiks.key", "-out", "opened"),
            ),
            cwd=folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return (folder / "opened").read_bytes()


@cache
def fiks_account(at: datetime, bits: int = 2048) -> FiksAccount:
    """Makes an account whose certificate is valid around `at`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fiks prøvekonto")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=30))
        .not_valid_after(at + timedelta(days=1000))
        .sign(key, hashes.SHA256())
    )
    return FiksAccount(key, certificate.public_bytes(Encoding.DER))
