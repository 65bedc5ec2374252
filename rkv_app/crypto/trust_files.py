# SPDX-License-Identifier: MIT
"""Reading the files that issuers publish: their certificates and revocation lists, as PEM, DER or PKCS #7."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from rkv_app.crypto.certificates import UNREADABLE, read_whole
from rkv_app.crypto.revocation import UNREADABLE_LIST, is_issued_by
from rkv_app.crypto.trust import Anchors, key_problem
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

_LARGEST_FILE: Final = 24 * 2**20
_MOST_CERTIFICATES: Final = 200
_PEM_LIST: Final = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)
_PEM_CERTIFICATE: Final = b"-----BEGIN CERTIFICATE-----"
_PEM_PKCS7: Final = b"-----BEGIN PKCS7-----"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerFacts:
    """What people see of an imported certificate of an issuer.

    Attributes:
        fingerprint: SHA-256 of the certificate, 64 hexadecimal digits: what the issuer publishes to compare with.
        is_root: self-signed; chains end here.
    """

    fingerprint: str
    name: str
    is_root: bool
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """What people see of an imported revocation list.

    Attributes:
        signed_by: fingerprints of the imported issuers whose key has signed it.
        until: None where the list does not say.
    """

    fingerprint: str
    issuer: str
    signed_by: frozenset[str]
    made: datetime
    until: datetime | None


def read_trust_file(data: bytes, held: Anchors) -> Anchors:
    """Reads what is in a file.

    Args:
        data: the file.
        held: what is trusted already; a revocation list must come from an issuer in there.

    Raises:
        UserError: RKV-EXC-012 it holds no certificate of an issuer and no list, or one that cannot be used.
    """
    if len(data) > _LARGEST_FILE:
        raise not_usable(message("it is too large"))
    certificates = _certificates(data)
    lists = _lists(data) if not certificates else ()
    if not certificates and not lists:
        raise not_usable(message("it holds no certificate and no revocation list"))
    if len(certificates) > _MOST_CERTIFICATES:
        raise not_usable(message("it holds too many certificates"))
    for certificate in certificates:
        _require_issuer(certificate)
    issuers = [x509.load_der_x509_certificate(each) for each in (*held.roots, *held.intermediates)]
    for one in lists:
        _require_origin(one, issuers)
    return Anchors(
        roots=tuple(_der(each) for each in certificates if _is_self_signed(each)),
        intermediates=tuple(_der(each) for each in certificates if not _is_self_signed(each)),
        lists=tuple(one.public_bytes(serialization.Encoding.DER) for one in lists),
    )


def issuer_facts(certificate: bytes) -> IssuerFacts:
    """Returns what people see of an issuer's certificate (DER) that was read before."""
    parsed = x509.load_der_x509_certificate(certificate)
    return IssuerFacts(
        fingerprint=fingerprint(certificate),
        name=shown_name(parsed.subject),
        valid_from=parsed.not_valid_before_utc,
        is_root=_is_self_signed(parsed),
        valid_until=parsed.not_valid_after_utc,
    )


def list_facts(revocation_list: bytes, issuers: Sequence[bytes]) -> ListFacts:
    """Returns what people see of a revocation list (DER) that was read before, and who of `issuers` has signed it."""
    parsed = x509.load_der_x509_crl(revocation_list)
    signed_by = [each for each in issuers if is_issued_by(parsed, x509.load_der_x509_certificate(each))]
    return ListFacts(
        fingerprint=fingerprint(revocation_list),
        issuer=shown_name(parsed.issuer),
        signed_by=frozenset(map(fingerprint, signed_by)),
        made=parsed.last_update_utc,
        until=parsed.next_update_utc,
    )


def newest_lists(lists: Sequence[bytes]) -> tuple[bytes, ...]:
    """Leaves out every list that has a newer one of the same issuer for the same certificates."""
    newest: dict[tuple[bytes, bytes], tuple[datetime, bytes]] = {}
    for encoded in lists:
        parsed = x509.load_der_x509_crl(encoded)
        key = (parsed.issuer.public_bytes(), _scope(parsed))
        if key not in newest or newest[key][0] < parsed.last_update_utc:
            newest[key] = (parsed.last_update_utc, encoded)
    return tuple(encoded for _, encoded in newest.values())


def fingerprint(encoded: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(encoded).hexdigest()


def shown_name(name: x509.Name) -> str:
    """What people are shown of a name in a certificate: its common name, or else its organisation, or all of it."""
    texts = [
        str(attribute.value)
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for attribute in name.get_attributes_for_oid(kind)
    ]
    return "".join(sign for sign in (texts or [name.rfc4514_string()])[0] if sign.isprintable())[:200]


def not_usable(why: Message) -> UserError:
    """RKV-EXC-012: a file that was to be trusted, or worked with, is something else."""
    return UserError(
        "RKV-EXC-012",
        message("This file cannot be used here: {why}.", why=why),
        message("Nothing was changed. Get the file again from whoever issued it, and check that it is the right one."),
    )


def _certificates(data: bytes) -> Sequence[x509.Certificate]:
    try:
        if _PEM_CERTIFICATE in data:
            return x509.load_pem_x509_certificates(data)
        if _PEM_PKCS7 in data:
            return pkcs7.load_pem_pkcs7_certificates(data)
    except UNREADABLE:
        raise not_usable(message("a certificate in it is not readable")) from None
    try:
        return [x509.load_der_x509_certificate(data)]
    except UNREADABLE:
        pass
    try:
        return pkcs7.load_der_pkcs7_certificates(data)
    except UNREADABLE:
        return ()


def _lists(data: bytes) -> Sequence[x509.CertificateRevocationList]:
    blocks = _PEM_LIST.findall(data)
    try:
        if blocks:
            return [x509.load_pem_x509_crl(block + b"\n") for block in blocks]
        return [x509.load_der_x509_crl(data)]
    except UNREADABLE_LIST:
        return ()


def _require_issuer(certificate: x509.Certificate) -> None:
    try:
        read_whole(certificate)
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except UNREADABLE:
        raise not_usable(message("a certificate in it is not readable")) from None
    except x509.ExtensionNotFound:
        raise not_usable(message("a certificate in it does not belong to an issuer of certificates")) from None
    if not constraints.ca or not usage.key_cert_sign:
        raise not_usable(message("a certificate in it does not belong to an issuer of certificates"))
    if (why := key_problem(certificate)) is not None:
        raise not_usable(message("a certificate in it is too weak: {why}", why=why))


def _require_origin(one: x509.CertificateRevocationList, issuers: Sequence[x509.Certificate]) -> None:
    if not any(is_issued_by(one, issuer) for issuer in issuers):
        raise not_usable(
            message("the revocation list is not signed by an issuer that this store knows; import the issuer first")
        )


def _is_self_signed(certificate: x509.Certificate) -> bool:
    if certificate.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _scope(revocation_list: x509.CertificateRevocationList) -> bytes:
    try:
        return revocation_list.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value.public_bytes()
    except x509.ExtensionNotFound:
        return b""


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
