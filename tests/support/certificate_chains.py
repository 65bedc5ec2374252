# SPDX-License-Identifier: MIT
"""Issuers, organisation certificates, revocation lists and key files made on the spot, good and bad ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

AT = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
ORG_NUMBER = "999999999"
ORGANISATION = "Øvingsfylket"
SEID_2 = (
    (NameOID.ORGANIZATION_NAME, ORGANISATION),
    (NameOID.ORGANIZATION_IDENTIFIER, f"NTRNO-{ORG_NUMBER}"),
    (NameOID.COMMON_NAME, ORGANISATION),
)
SEID_1 = (
    (NameOID.ORGANIZATION_NAME, ORGANISATION),
    (NameOID.SERIAL_NUMBER, ORG_NUMBER),
    (NameOID.COMMON_NAME, ORGANISATION),
)
SIGNING = ("digital_signature", "content_commitment")
ISSUING = ("key_cert_sign", "crl_sign")


@cache
def rsa_key(name: str, bits: int = 3072) -> rsa.RSAPrivateKey:
    """A key by a name, the same all through a test run."""
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    """A key by a name, on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def usage(*names: str) -> x509.KeyUsage:
    """A key usage with these bits."""
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name in names for name in every})


def subject(parts: Sequence[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    """A name in Norway."""
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"), *(x509.NameAttribute(*part) for part in parts)])


@dataclass(frozen=True, eq=False)
class Issuer:
    """Somebody who issues certificates: the certificate and its key."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def der(self) -> bytes:
        """The certificate."""
        return der(self.certificate)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a certificate should be like."""

    parts: Sequence[tuple[x509.ObjectIdentifier, str]] = SEID_2
    first: datetime = AT - timedelta(days=300)
    last: datetime = AT + timedelta(days=700)
    uses: Sequence[str] | None = SIGNING
    ca: bool = False
    path_length: int | None = None
    digest: hashes.HashAlgorithm = field(default_factory=hashes.SHA256)
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = ()


def certificate(key: PrivateKey, issuer: Issuer | None, wish: Wish) -> x509.Certificate:
    """Issues a certificate; self-signed where there is no issuer."""
    name = subject(wish.parts)
    issuer_key = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(wish.first)
        .not_valid_after(wish.last)
        .add_extension(x509.BasicConstraints(wish.ca, wish.path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if wish.uses is not None:
        builder = builder.add_extension(usage(*wish.uses), critical=True)
    for extension, critical in wish.extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key, wish.digest)


def issuer(
    name: str,
    above: Issuer | None = None,
    *,
    key: PrivateKey | None = None,
    path_length: int | None = None,
    last: datetime = AT + timedelta(days=3000),
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    uses: Sequence[str] = ISSUING,
    ca: bool = True,
) -> Issuer:
    """An issuer, below another one or a root."""
    own = key or rsa_key(name)
    wish = Wish(
        parts=((NameOID.ORGANIZATION_NAME, "Øvingsutsteder"), (NameOID.COMMON_NAME, name)),
        first=AT - timedelta(days=1000),
        last=last,
        uses=uses,
        ca=ca,
        path_length=path_length,
        extensions=extensions,
    )
    return Issuer(certificate(own, above, wish), own)


def revocation_list(
    by: Issuer,
    *revoked: x509.Certificate,
    made: datetime = AT - timedelta(days=1),
    until: datetime = AT + timedelta(days=6),
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    number: int = 1,
) -> bytes:
    """A revocation list (DER) of an issuer."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(made)
        .next_update(until)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(made - timedelta(days=1)).build())
    return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def signed_with_sha1(encoded: bytes, by: Issuer) -> bytes:
    """A certificate or revocation list (DER) with its signature made anew, with SHA-1, by an issuer with an RSA key."""
    is_list = b"\x55\x1d\x14" in encoded
    parsed = (asn1_crl.CertificateList if is_list else asn1_x509.Certificate).load(encoded)
    signed = parsed["tbs_cert_list" if is_list else "tbs_certificate"]
    algorithm = {"algorithm": "sha1_rsa"}
    signed["signature"], parsed["signature_algorithm"] = algorithm, algorithm
    assert isinstance(by.key, rsa.RSAPrivateKey)
    parsed["signature" if is_list else "signature_value"] = by.key.sign(
        signed.dump(force=True), padding.PKCS1v15(), hashes.SHA1()
    )
    remade: bytes = parsed.dump(force=True)
    return remade


def key_file(key: PrivateKey, certificate: x509.Certificate, password: str, *chain: x509.Certificate) -> bytes:
    """A PKCS #12 file."""
    encryption = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"test", key, certificate, chain or None, encryption)


def der(certificate: x509.Certificate) -> bytes:
    """A certificate's bytes."""
    return certificate.public_bytes(serialization.Encoding.DER)


def pem(certificate: x509.Certificate) -> bytes:
    """A certificate as text."""
    return certificate.public_bytes(serialization.Encoding.PEM)
