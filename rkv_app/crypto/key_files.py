# SPDX-License-Identifier: MIT
"""Key files: PKCS #12 (RFC 7292) with one private key and its certificate, as an issuer or another office hands out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from rkv_app.crypto import failures
from rkv_app.crypto.certificates import UNREADABLE, read_whole
from rkv_app.crypto.identity import Identity, PrivateKey, can_be_sealed_to, can_sign
from rkv_app.crypto.trust import (
    NOT_FOR_THIS,
    NOT_TRUSTED,
    digest_problem,
    organisation_in,
    sealing_problem,
    signing_problem,
    time_problem,
)
from rkv_app.crypto.trust_files import fingerprint, shown_name
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

ROUNDS: Final = 600_000
_LONGEST_CHAIN: Final = 8
_OFFICE_NAME: Final = b"rkv office key"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class KeyFile:
    """What a key file holds.

    Attributes:
        certificate: DER, of exactly this key.
        chain: certificates (DER) between it and its root.
    """

    key: PrivateKey
    certificate: bytes
    chain: tuple[bytes, ...]


def read_key_file(data: bytes, password: str) -> KeyFile:
    """Reads a PKCS #12 file.

    Raises:
        UserError: RKV-PKT-003 the password is wrong or the file damaged; RKV-PKT-006 it holds no key of a kind that is
            used here, or no certificate of that key.
    """
    try:
        loaded = pkcs12.load_pkcs12(data, password.encode())
        certificate = None if loaded.cert is None else read_whole(loaded.cert.certificate)
        others = [read_whole(each.certificate) for each in loaded.additional_certs]
        fits = (
            certificate is not None and loaded.key is not None and certificate.public_key() == loaded.key.public_key()
        )
    except UnsupportedAlgorithm as problem:
        raise failures.unsupported() from problem
    except UNREADABLE as problem:
        raise failures.wrong_key_file_password() from problem
    key = loaded.key
    if (
        certificate is None
        or not fits
        or not isinstance(key, PrivateKey)
        or not (can_sign(key) or can_be_sealed_to(key))
    ):
        raise failures.unsupported()
    chain = [each.public_bytes(serialization.Encoding.DER) for each in others if each.subject != each.issuer]
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    return KeyFile(key, encoded, tuple(chain[:_LONGEST_CHAIN]))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFileFacts:
    """What people see of a key file before it is taken.

    Attributes:
        organisation, org_number: as the certificate states them, or empty.
        name: of whoever holds it.
        issuer: of whoever made the certificate; the holder where nobody else did.
        fingerprint: SHA-256 of the certificate, 64 hexadecimal digits.
        against_signing, against_sealing: why it cannot be used for that, or None.
    """

    organisation: str
    org_number: str
    name: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    fingerprint: str
    against_signing: Message | None
    against_sealing: Message | None


def key_file_facts(file: KeyFile, now: datetime) -> KeyFileFacts:
    """Returns what a key file says of itself; nobody vouches for that but its issuer.

    Raises:
        UserError: RKV-PKT-006 the certificate cannot be read.
    """
    certificate = _certificate(file)
    organisation, org_number = organisation_in(certificate)
    return KeyFileFacts(
        organisation=organisation,
        org_number=org_number,
        name=shown_name(certificate.subject),
        issuer=shown_name(certificate.issuer),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        fingerprint=fingerprint(file.certificate),
        against_signing=_why_not(require_signing, file, now),
        against_sealing=_why_not(require_sealing, file, now),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """What people see of the keys in use.

    Attributes:
        organisation, org_number: as the signing certificate states them; empty where it is one made by this program.
        issuer: who issued it; empty where it was made by this program.
        signing_until, sealing_until: the end of their validity.
        former: how many pairs were in use before and are kept for reading.
    """

    organisation: str
    org_number: str
    issuer: str
    signing_until: datetime
    sealing_until: datetime
    former: int


def own_keys(identity: Identity) -> OwnKeys:
    """Returns what the certificates of an identity say."""
    signing = x509.load_der_x509_certificate(identity.signing_certificate)
    sealing = x509.load_der_x509_certificate(identity.sealing_certificate)
    organisation, org_number = organisation_in(signing)
    return OwnKeys(
        organisation=organisation,
        org_number=org_number,
        issuer="" if signing.issuer == signing.subject else shown_name(signing.issuer),
        signing_until=signing.not_valid_after_utc,
        sealing_until=sealing.not_valid_after_utc,
        former=len(identity.former),
    )


def write_office_key(identity: Identity, passphrase: str) -> bytes:
    """Writes the sealing key, which an office shares; the signing key is personal and never leaves.

    The file's MAC has 2048 rounds only, which the library leaves no choice about: a guess costs that much, so the
    passphrase must be one that a machine made.

    Returns:
        PKCS #12: PBES2 with AES-256-CBC, PBKDF2-HMAC-SHA256 of 600 000 rounds.
    """
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    certificate = x509.load_der_x509_certificate(identity.sealing_certificate)
    return pkcs12.serialize_key_and_certificates(_OFFICE_NAME, identity.sealing_key, certificate, None, encryption)


def require_signing(file: KeyFile, now: datetime) -> None:
    """Refuses a key file that nothing can be signed with now.

    Raises:
        UserError: RKV-PKT-006 the kind of key; RKV-PKT-021 the certificate is signed with a weak method; RKV-PKT-022 it
            is not made for signing, or not valid now.
    """
    certificate = _certificate(file)
    if not can_sign(file.key):
        raise failures.unsupported()
    _require(certificate, signing_problem(certificate), now)


def require_sealing(file: KeyFile, now: datetime) -> None:
    """Refuses a key file that nothing can be sealed to now.

    Raises:
        UserError: as `require_signing`, for encryption.
    """
    certificate = _certificate(file)
    if not can_be_sealed_to(file.key):
        raise failures.unsupported()
    _require(certificate, sealing_problem(certificate), now)


def _why_not(require: Callable[[KeyFile, datetime], None], file: KeyFile, now: datetime) -> Message | None:
    try:
        require(file, now)
    except UserError as refused:
        return refused.message
    return None


def _certificate(file: KeyFile) -> x509.Certificate:
    try:
        certificate = x509.load_der_x509_certificate(file.certificate)
        _ = certificate.extensions
    except UNREADABLE as problem:
        raise failures.unsupported() from problem
    return certificate


def _require(certificate: x509.Certificate, use: Message | None, now: datetime) -> None:
    if (weak := digest_problem(certificate)) is not None:
        raise _refused(NOT_TRUSTED, message("The certificate is too weak: {why}.", why=weak))
    if (why := use or time_problem(certificate, now)) is not None:
        raise _refused(NOT_FOR_THIS, why)


def _refused(code: str, why: Message) -> UserError:
    return UserError(code, why, message("Nothing was changed. Ask whoever issued the certificate for the right one."))
