# SPDX-License-Identifier: MIT
"""What imported revocation lists (CRLs, RFC 5280 clause 5) say of a chain of certificates. Nothing is fetched."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

_CLOCK_SLACK: Final = timedelta(days=1)
DIGESTS: Final = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
UNREADABLE_LIST: Final = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion)


class Revocation(StrEnum):
    """What the lists say of a whole chain."""

    GOOD = "good"
    NOT_CHECKED = "not_checked"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationAnswer:
    """What the lists say.

    Attributes:
        revoked_on: when a certificate of the chain was revoked, or None.
        made, until: the dates of the list that runs out first among the newest of each issuer, or None.
        missing: there is no list of some issuer.
    """

    revocation: Revocation
    revoked_on: datetime | None = None
    made: datetime | None = None
    until: datetime | None = None
    missing: bool = False


def ask_lists(path: Sequence[x509.Certificate], lists: Sequence[bytes], now: datetime) -> RevocationAnswer:
    """Looks for every certificate of a path but its root in the lists of its issuer.

    What was revoked stays revoked when its list has run out, and also for what was signed before: the time in a
    signature is the signer's own word, which a thief of the key would choose to suit.

    Args:
        path: from the signer to the root.
        lists: DER.
        now: a list counts as fresh until its own next date.
    """
    loaded = [each for each in map(_load, lists) if each is not None]
    newest: list[x509.CertificateRevocationList | None] = []
    for certificate, issuer in itertools.pairwise(path):
        covering = list(_covering(loaded, certificate, issuer))
        for one in covering:
            entry = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None:
                return replace(_answer(Revocation.REVOKED, [one]), revoked_on=entry.revocation_date_utc)
        newest.append(max(covering, key=lambda one: one.last_update_utc, default=None))
    found = [one for one in newest if one is not None]
    missing = len(found) < len(newest)
    checked = not missing and all(_is_fresh(one, now) for one in found)
    return replace(_answer(Revocation.GOOD if checked else Revocation.NOT_CHECKED, found), missing=missing)


def is_issued_by(revocation_list: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether an issuer made a list, by its name, its signature and its right to sign lists."""
    if revocation_list.issuer != issuer.subject:
        return False
    try:
        key = issuer.public_key()
        strong = isinstance(revocation_list.signature_hash_algorithm, DIGESTS)
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
        if not strong or not usage.crl_sign or not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            return False
        return revocation_list.is_signature_valid(key)
    except (*UNREADABLE_LIST, x509.ExtensionNotFound, InvalidSignature):
        return False


def _answer(revocation: Revocation, used: Sequence[x509.CertificateRevocationList]) -> RevocationAnswer:
    first_out = min(used, key=lambda one: one.next_update_utc or one.last_update_utc, default=None)
    if first_out is None:
        return RevocationAnswer(revocation=revocation)
    return RevocationAnswer(
        revocation=revocation,
        made=first_out.last_update_utc,
        until=first_out.next_update_utc or first_out.last_update_utc,
    )


def _covering(
    lists: Sequence[x509.CertificateRevocationList], certificate: x509.Certificate, issuer: x509.Certificate
) -> Iterator[x509.CertificateRevocationList]:
    for one in lists:
        try:
            if is_issued_by(one, issuer) and _is_about(one, certificate):
                yield one
        except UNREADABLE_LIST:
            continue


def _is_about(revocation_list: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether a list speaks of all reasons and of such a certificate; a list with an unknown rule is passed over."""
    for extension in revocation_list.extensions:
        value = extension.value
        if isinstance(value, x509.IssuingDistributionPoint):
            if not _is_in_scope(value, certificate):
                return False
        elif extension.critical:
            # A delta list among them: it tells only what changed.
            return False
    return True


def _is_in_scope(point: x509.IssuingDistributionPoint, certificate: x509.Certificate) -> bool:
    if point.indirect_crl or point.only_some_reasons or point.only_contains_attribute_certs or point.relative_name:
        return False
    is_issuer = _is_issuer(certificate)
    if (point.only_contains_user_certs and is_issuer) or (point.only_contains_ca_certs and not is_issuer):
        return False
    # A list in parts: only the part that the certificate names is about it.
    return point.full_name is None or bool({*point.full_name} & {*_places(certificate)})


def _is_issuer(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _places(certificate: x509.Certificate) -> Iterator[x509.GeneralName]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return
    for point in points:
        yield from point.full_name or ()


def _is_fresh(revocation_list: x509.CertificateRevocationList, now: datetime) -> bool:
    until = revocation_list.next_update_utc
    return until is not None and revocation_list.last_update_utc <= now + _CLOCK_SLACK and now <= until


def _load(encoded: bytes) -> x509.CertificateRevocationList | None:
    try:
        return x509.load_der_x509_crl(encoded)
    except UNREADABLE_LIST:
        return None
