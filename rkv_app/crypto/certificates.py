# SPDX-License-Identifier: MIT
"""What CMS needs to know of an X.509 certificate: whether an id names it, and its public key. Trusts nothing in it."""

import io

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding

from rkv_app.crypto import der

_VERSION = der.context(0)
_MOST_OCTETS = 256 * 1024
_DEEPEST = 32
_PEM = b"-----BEGIN CERTIFICATE-----"
UNREADABLE = (
    ValueError,
    # A name whose text is of a type that its kind must not have.
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


def read_whole(certificate: x509.Certificate) -> x509.Certificate:
    """Returns the certificate after reading each part of it: the library reads most of them when they are asked for.

    Raises:
        UNREADABLE: a part is damaged.
    """
    _ = certificate.extensions, certificate.subject, certificate.issuer, certificate.public_key()
    return certificate


def certificate_in(data: bytes) -> bytes:
    """The one certificate in a file, as DER; the file is DER, or PEM (RFC 7468) with or without text before it.

    Raises:
        ValueError: there is none that can be read.
    """
    start = data.find(_PEM)
    try:
        parsed = x509.load_der_x509_certificate(data) if start < 0 else x509.load_pem_x509_certificate(data[start:])
    except UNREADABLE as problem:
        raise ValueError("unreadable certificate") from problem
    return parsed.public_bytes(Encoding.DER)


def public_key(certificate: bytes) -> CertificatePublicKeyTypes:
    """The public key in a certificate.

    Raises:
        ValueError: the certificate or its key cannot be read.
    """
    try:
        return x509.load_der_x509_certificate(certificate).public_key()
    except UNREADABLE as problem:
        raise ValueError("unreadable certificate") from problem


def issuer_and_serial(certificate: bytes) -> bytes:
    """The encoded IssuerAndSerialNumber (RFC 5652 clause 10.2.4), from the certificate's own bytes.

    Raises:
        ValueError: the certificate cannot be read.
    """
    # Field by field and no further: a certificate is long, and these stand at its beginning (RFC 5280 clause 4.1).
    reader = der.BerReader(io.BytesIO(certificate), allowance=_MOST_OCTETS, max_depth=_DEEPEST)
    try:
        fields = reader.enter(reader.enter(None, der.SEQUENCE), der.SEQUENCE)
        first = reader.node(fields)
        serial = reader.node(fields) if first.tag == _VERSION else first
        _algorithm, issuer = reader.node(fields), reader.node(fields)
    except der.MalformedError as problem:
        raise ValueError("not a certificate") from problem
    return der.sequence(issuer.raw, serial.raw)


def key_identifier(certificate: bytes) -> bytes:
    """The SubjectKeyIdentifier extension, or what RFC 5280 clause 4.2.1.2 (1) derives where there is none.

    Raises:
        ValueError: the certificate cannot be read.
    """
    try:
        parsed = x509.load_der_x509_certificate(certificate)
        try:
            return parsed.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        except x509.ExtensionNotFound:
            return x509.SubjectKeyIdentifier.from_public_key(parsed.public_key()).digest
    except UNREADABLE as problem:
        raise ValueError("unreadable certificate") from problem


def is_named_by(certificate: bytes, identifier: der.Node) -> bool:
    """Whether an id in a CMS message, in any of its forms, is that of a certificate.

    Args:
        certificate: DER.
        identifier: SignerIdentifier, RecipientIdentifier or KeyAgreeRecipientIdentifier (RFC 5652).

    Raises:
        ValueError: the certificate cannot be read.
        der.MalformedError: the id is not encoded as it should be.
    """
    if identifier.tag == der.SEQUENCE:
        return der.sequence(*(part.raw for part in identifier.children)) == issuer_and_serial(certificate)
    if identifier.tag == der.context(0, constructed=False):
        return identifier.content == key_identifier(certificate)
    if identifier.tag == der.context(0) and identifier.children:
        return identifier.children[0].octets() == key_identifier(certificate)
    return False
