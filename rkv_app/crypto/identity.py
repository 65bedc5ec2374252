# SPDX-License-Identifier: MIT
"""The keys of one party: a key that signs and a key that packets are sealed to, each with a certificate.

The certificates made here are self-signed and carry no personal name and a random issuer and serial number, because
recipient ids stand outside the encryption of a packet. Trust comes from comparing the digits of `key_digits` aloud,
never from the names inside. Either key may instead be an organisation's, see `crypto/key_files.py`.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

PrivateKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

SIGNING_CURVES: Final = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
SMALLEST_RSA_BITS: Final = 2048
_LIFETIME: Final = timedelta(days=3653)
_CLOCK_SLACK: Final = timedelta(days=1)
_DIGITS: Final = 30
_GROUP: Final = 5
_PEM_BLOCK: Final = re.compile(rb"-----BEGIN ([A-Z ]+)-----\n.*?-----END \1-----\n", re.DOTALL)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Identity:
    """A party's two key pairs.

    Attributes:
        signing_key: the private key: on P-256, P-384 or P-521, or RSA of at least 2048 bits.
        sealing_key: the private key: on P-256, or RSA of at least 2048 bits.
        signing_certificate, sealing_certificate: their certificates, DER.
        signing_chain: certificates (DER) between the signing certificate and its root, to go along with signatures.
        former: what the party used before, newest first: packets sealed to those keys stay readable.
    """

    signing_key: PrivateKey
    signing_certificate: bytes
    sealing_key: PrivateKey
    sealing_certificate: bytes
    signing_chain: tuple[bytes, ...] = ()
    former: tuple["Identity", ...] = ()

    def __repr__(self) -> str:
        return f"Identity({key_digits(self.signing_certificate, self.sealing_certificate)})"

    def to_bytes(self) -> bytes:
        """All private keys and certificates, unencrypted (PEM): to be kept inside the encrypted store only."""
        chain = (_certificate_pem(certificate) for certificate in self.signing_chain)
        return b"".join((*pem_files(self).values(), *chain, *(before.to_bytes() for before in self.former)))

    def succeeds(self, before: "Identity") -> "Identity":
        """These keys as the ones in use, with `before` and what it succeeded kept for reading."""
        return replace(self, former=(replace(before, former=()), *before.former))


def make_identity(at: datetime) -> Identity:
    """Makes fresh keys and certificates, valid for ten years from the day before `at` (clocks differ)."""
    signing_key = ec.generate_private_key(ec.SECP256R1())
    sealing_key = ec.generate_private_key(ec.SECP256R1())
    return Identity(
        signing_key=signing_key,
        signing_certificate=_self_signed(signing_key, _SIGNING_USE, at),
        sealing_key=sealing_key,
        sealing_certificate=_self_signed(sealing_key, _SEALING_USE, at),
    )


def identity_from_bytes(data: bytes) -> Identity:
    """Reads what `Identity.to_bytes` wrote.

    Raises:
        ValueError: the data is something else.
    """
    matches = list(_PEM_BLOCK.finditer(data))
    if not matches or b"".join(match.group(0) for match in matches) != data:
        raise ValueError("not the bytes of an identity")
    newest, *former = (_read_identity(blocks) for blocks in _grouped(matches))
    return replace(newest, former=tuple(former))


def pem_files(identity: Identity) -> Mapping[str, bytes]:
    """The keys and certificates as files for other tools, by file name. The keys are not encrypted."""
    return {
        "sign-key.pem": _key_pem(identity.signing_key),
        "sign-cert.pem": _certificate_pem(identity.signing_certificate),
        "seal-key.pem": _key_pem(identity.sealing_key),
        "seal-cert.pem": _certificate_pem(identity.sealing_certificate),
    }


def key_id(certificate: bytes) -> str:
    """Names a certificate's public key: SHA-256 of its SubjectPublicKeyInfo, 64 hexadecimal digits.

    Raises:
        ValueError: the bytes are not an X.509 certificate (DER).
    """
    return hashlib.sha256(_public_key_info(certificate)).hexdigest()


def sealing_key_ids(identity: Identity) -> frozenset[str]:
    """The names of all keys that packets to this party may be sealed to, former ones among them."""
    return frozenset(key_id(each.sealing_certificate) for each in (identity, *identity.former))


def signing_key_ids(identity: Identity) -> frozenset[str]:
    """The names of all keys that this party signs with or has signed with."""
    return frozenset(key_id(each.signing_certificate) for each in (identity, *identity.former))


def can_sign(key: object) -> bool:
    """Whether a private key is of a kind that packets are signed with."""
    return _is_long_rsa(key) or (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, SIGNING_CURVES))


def can_be_sealed_to(key: object) -> bool:
    """Whether a private key is of a kind that packets are sealed to."""
    return _is_long_rsa(key) or (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1))


def key_digits(signing_certificate: bytes, sealing_certificate: bytes) -> str:
    """What two people compare aloud: 30 digits in six groups, from the first 100 bits of SHA-256 over both public keys.

    The number is below 2^100, a little more than 10^30, and is said modulo 10^30.

    Raises:
        ValueError: the bytes are not X.509 certificates (DER).
    """
    digest = hashlib.sha256(_public_key_info(signing_certificate) + _public_key_info(sealing_certificate)).digest()
    first_100_bits = int.from_bytes(digest, "big") >> (256 - 100)
    digits = f"{first_100_bits % 10**_DIGITS:0{_DIGITS}d}"
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def _key_usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=not signs,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


_SIGNING_USE: Final = _key_usage(signs=True)
_SEALING_USE: Final = _key_usage(signs=False)


def _self_signed(key: ec.EllipticCurvePrivateKey, use: x509.KeyUsage, at: datetime) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"rkv {secrets.token_hex(16)}")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _CLOCK_SLACK)
        .not_valid_after(at + _LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(use, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _public_key_info(certificate: bytes) -> bytes:
    return (
        x509.load_der_x509_certificate(certificate)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def _is_long_rsa(key: object) -> bool:
    return isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA_BITS


def _key_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _certificate_pem(certificate: bytes) -> bytes:
    return x509.load_der_x509_certificate(certificate).public_bytes(serialization.Encoding.PEM)


def _grouped(blocks: Sequence[re.Match[bytes]]) -> list[list[bytes]]:
    """Blocks of one identity each: two pairs of a key and its certificate, then the certificates of the chain."""
    groups: list[list[bytes]] = []
    for block in blocks:
        is_key = block.group(1) != b"CERTIFICATE"
        if not groups or (is_key and len(groups[-1]) > 2):
            groups.append([])
        groups[-1].append(block.group(0))
    return groups


def _read_identity(blocks: Sequence[bytes]) -> Identity:
    if len(blocks) < 4:
        raise ValueError("not the bytes of an identity")
    signing_key, signing_certificate = _read_pair(blocks[0], blocks[1])
    sealing_key, sealing_certificate = _read_pair(blocks[2], blocks[3])
    if not can_sign(signing_key) or not can_be_sealed_to(sealing_key):
        raise ValueError("not a key of an identity")
    chain = tuple(
        x509.load_pem_x509_certificate(block).public_bytes(serialization.Encoding.DER) for block in blocks[4:]
    )
    return Identity(signing_key, signing_certificate, sealing_key, sealing_certificate, chain)


def _read_pair(key_pem: bytes, certificate_pem: bytes) -> tuple[PrivateKey, bytes]:
    # Checking the primes of an RSA key takes a tenth of a second; these were checked before the store took them.
    key = serialization.load_pem_private_key(key_pem, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("not a key of an identity")
    certificate = x509.load_pem_x509_certificate(certificate_pem)
    if certificate.public_key() != key.public_key():
        raise ValueError("key and certificate do not belong together")
    return key, certificate.public_bytes(serialization.Encoding.DER)
