# SPDX-License-Identifier: MIT
"""Whether a signer's certificate is that of an organisation, by issuers and revocation lists that the user imported.

Path validation is RFC 5280 clause 6 by pyhanko-certvalidator, without any network: what is not in the file that came or
in the store is not there. The profile is that of Norwegian virksomhetssertifikater, SEID 1 and 2. No root comes with
the program; who trusts which issuer is for each office to decide.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from rkv_app.crypto.certificates import UNREADABLE, read_whole
from rkv_app.crypto.identity import SIGNING_CURVES, SMALLEST_RSA_BITS
from rkv_app.crypto.revocation import DIGESTS, Revocation, RevocationAnswer, ask_lists
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.machine import printable_name

NOT_TRUSTED: Final = "RKV-PKT-021"
NOT_FOR_THIS: Final = "RKV-PKT-022"
REVOKED: Final = "RKV-PKT-023"
NOT_CHECKED: Final = "RKV-PKT-024"

_E = TypeVar("_E", bound=x509.ExtensionType)

_LARGEST_CERTIFICATE: Final = 64 * 1024
# Certificates that all bear one name form as many chains as they have orders; none real has more than three.
_MOST_HELPERS: Final = 4
_LONGEST_NAME: Final = 200

_SEID_2_NUMBER: Final = re.compile(r"NTRNO-([0-9]{9})")
_SEID_1_NUMBER: Final = re.compile(r"[0-9]{9}")
# A certificate for a web server may name an organisation too, and its key lies on a machine that answers to anybody.
_USES: Final = frozenset(
    {
        ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
        x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
        x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),
    }
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a store trusts, as it was imported.

    Attributes:
        roots: self-signed certificates (DER) of issuers.
        intermediates: other certificates (DER) of issuers; they count only where they lead to a root.
        lists: revocation lists (DER).
    """

    roots: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know about a certificate: a stable code and a sentence."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerCheck:
    """What the certificate of a signer proves.

    Attributes:
        holds: it leads to an imported root, may sign, was valid at the signing time and is now, and is not revoked as
            far as the lists go. Only then are the two below more than a claim.
        organisation: name in the certificate, cleaned for showing.
        org_number: nine digits, or empty where the certificate has none.
        revocation: what the imported lists say of the whole chain.
        list_made, list_until: the dates of the list that runs out first; None where there is none.
        problems: all that speaks against it, and RKV-PKT-024 where no fresh list was there, which `holds` survives.
    """

    holds: bool
    organisation: str
    org_number: str
    revocation: Revocation
    list_made: datetime | None
    list_until: datetime | None
    problems: tuple[Problem, ...]


def check_signer(
    certificate: bytes, chain: Sequence[bytes], anchors: Anchors, *, signed_at: datetime | None, now: datetime
) -> SignerCheck:
    """Checks the certificate of a signer.

    Args:
        certificate: DER.
        chain: certificates that came along with the signature; they may be anything.
        anchors: what the store trusts.
        signed_at: when the signature says it was made; nobody vouches for it, so the certificate must be valid now too.
        now: the present.
    """
    leaf = _parsed(certificate)
    if leaf is None:
        return _refused("", "", Problem(NOT_TRUSTED, message("The sender's certificate is not readable.")))
    organisation, number = organisation_in(leaf)
    if leaf.issuer == leaf.subject:
        self_made = message("The sender's certificate is made by the sender, not issued by anybody.")
        return _refused(organisation, number, Problem(NOT_TRUSTED, self_made))
    moments = (now,) if signed_at is None else (signed_at, now)
    helpers = [each for each in map(_parsed, chain[:_MOST_HELPERS]) if each is not None]
    path = _path(leaf, helpers, anchors, _moment(leaf, moments))
    if path is None:
        leads_nowhere = message("The sender's certificate does not lead to an issuer that this store trusts.")
        return _refused(organisation, number, *_use_problems(leaf), Problem(NOT_TRUSTED, leads_nowhere))
    against = (*_policy_problems(path), *_use_problems(leaf), *_time_problems(path, moments))
    answer = ask_lists(path, anchors.lists, now)
    return SignerCheck(
        holds=not against and answer.revocation is not Revocation.REVOKED,
        organisation=organisation,
        org_number=number,
        revocation=answer.revocation,
        list_made=answer.made,
        list_until=answer.until,
        problems=(*against, *_revocation_problems(answer)),
    )


def organisation_in(certificate: x509.Certificate) -> tuple[str, str]:
    """The name and the number of the organisation in the subject of a certificate, empty where it states none.

    SEID 2 has the number as organizationIdentifier (ETSI EN 319 412-1 clause 5.1.4), SEID 1 as serialNumber. Two
    numbers of one kind say nothing certain, so they count as none.
    """
    return (
        printable_name(_single(certificate, NameOID.ORGANIZATION_NAME), _LONGEST_NAME),
        _number(_SEID_2_NUMBER, _single(certificate, NameOID.ORGANIZATION_IDENTIFIER), group=1)
        or _number(_SEID_1_NUMBER, _single(certificate, NameOID.SERIAL_NUMBER), group=0),
    )


def key_problem(certificate: x509.Certificate) -> Message | None:
    """What is wrong with the key of a certificate: RSA under 2048 bits, or an EC curve that is not a named NIST one."""
    try:
        key = certificate.public_key()
    except UNREADABLE:
        return message("its key is of an unknown kind")
    if isinstance(key, rsa.RSAPublicKey):
        return message("its RSA key is too short") if key.key_size < SMALLEST_RSA_BITS else None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, SIGNING_CURVES):
        return None
    return message("its key is of a kind that is not accepted")


def digest_problem(certificate: x509.Certificate) -> Message | None:
    """What is wrong with the digest that a certificate is signed with: SHA-1 and everything unknown."""
    try:
        digest = certificate.signature_hash_algorithm
    except UNREADABLE:
        digest = None
    return None if isinstance(digest, DIGESTS) else message("it is signed with SHA-1 or another weak method")


def signing_problem(certificate: x509.Certificate) -> Message | None:
    """Why a certificate may not sign messages, or None."""
    usage = _extension(certificate, x509.KeyUsage)
    if usage is None or not (usage.digital_signature or usage.content_commitment):
        return message("The certificate is not made for signing.")
    return _end_problem(certificate)


def sealing_problem(certificate: x509.Certificate) -> Message | None:
    """Why nothing may be sealed to a certificate, or None."""
    usage = _extension(certificate, x509.KeyUsage)
    is_rsa = isinstance(certificate.public_key(), rsa.RSAPublicKey)
    if usage is None or not (usage.key_encipherment if is_rsa else usage.key_agreement):
        return message("The certificate is not made for encryption.")
    return _end_problem(certificate)


def time_problem(certificate: x509.Certificate, at: datetime) -> Message | None:
    """Why a certificate is not valid at a moment, or None."""
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if first <= at <= last:
        return None
    return message(
        "The certificate is valid from {first} to {last}, not on {day}.",
        first=local_date(first).isoformat(),
        last=local_date(last).isoformat(),
        day=local_date(at).isoformat(),
    )


# ---- the path


def _path(
    leaf: x509.Certificate, helpers: Sequence[x509.Certificate], anchors: Anchors, moment: datetime
) -> list[x509.Certificate] | None:
    """The certificates from the leaf to a trusted root, both included; None where no path holds by RFC 5280."""
    if not anchors.roots:
        return None
    # The validator takes a third of a second to import, and most packets are signed with keys made here.
    from asn1crypto import x509 as asn1  # type: ignore[import-untyped]
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.authority import CertTrustAnchor, derive_quals_from_cert
    from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy

    def load(encoded: bytes) -> asn1.Certificate:
        loaded: asn1.Certificate = asn1.Certificate.load(encoded)
        return loaded

    def anchor(root: asn1.Certificate) -> CertTrustAnchor:
        """A root with its own limits of length and names, which RFC 5280 leaves to whoever trusts it."""
        limits = derive_quals_from_cert(root)
        if limits.standard_parameters is not None:
            any_policy = frozenset(["any_policy"])
            names = replace(
                limits.standard_parameters, user_initial_policy_set=any_policy, initial_explicit_policy=False
            )
            limits = replace(limits, standard_parameters=names)
        return CertTrustAnchor(root, limits)

    try:
        context = ValidationContext(
            trust_roots=[anchor(load(root)) for root in anchors.roots],
            other_certs=[load(each) for each in (*anchors.intermediates, *map(_der, helpers))],
            moment=moment,
            allow_fetching=False,
            # Asked below, because here a list would be passed over where a certificate names no place to fetch it from.
            revinfo_policy=CertRevTrustPolicy(NO_REVOCATION),
        )
        validator = CertificateValidator(load(_der(leaf)), validation_context=context)
        path = asyncio.run(validator.async_validate_path())
        found = [x509.load_der_x509_certificate(each.dump()) for each in path.iter_certs(include_root=True)]
    except Exception:
        # The validator says in many ways that certificates which anybody may have made are no chain: besides its own
        # errors, asn1crypto decodes as it goes, and assertions fail where a signature is of another kind than the key.
        return None
    return found[::-1]


def _policy_problems(path: Sequence[x509.Certificate]) -> Iterator[Problem]:
    """Weak keys anywhere, and weak digests below the root, whose own signature proves nothing anyway."""
    for certificate in path:
        why = key_problem(certificate) or (digest_problem(certificate) if certificate is not path[-1] else None)
        if why is not None:
            weak = message("A certificate in the chain of the sender's certificate is too weak: {why}.", why=why)
            yield Problem(NOT_TRUSTED, weak)


def _use_problems(leaf: x509.Certificate) -> Iterator[Problem]:
    if (why := signing_problem(leaf)) is not None:
        yield Problem(NOT_FOR_THIS, why)


def _time_problems(path: Sequence[x509.Certificate], moments: Sequence[datetime]) -> Iterator[Problem]:
    seen = set()
    for certificate in path:
        for at in moments:
            why = time_problem(certificate, at)
            if why is not None and str(why) not in seen:
                seen.add(str(why))
                yield Problem(NOT_FOR_THIS, why)


def _revocation_problems(answer: RevocationAnswer) -> Iterator[Problem]:
    if answer.revoked_on is not None:
        day = local_date(answer.revoked_on).isoformat()
        yield Problem(
            REVOKED, message("The sender's certificate, or that of its issuer, was revoked on {day}.", day=day)
        )
    elif answer.revocation is Revocation.NOT_CHECKED:
        yield Problem(NOT_CHECKED, _not_checked(answer))


def _not_checked(answer: RevocationAnswer) -> Message:
    if answer.made is None or answer.until is None:
        return message("The certificate was not checked against a revocation list: none was imported for its issuers.")
    if answer.missing:
        return message(
            "The certificate was not checked against a revocation list of every issuer: one is missing here."
        )
    return message(
        "The certificate was not checked against a fresh revocation list: "
        "the one that is here was made on {made} and ran out on {until}.",
        made=local_date(answer.made).isoformat(),
        until=local_date(answer.until).isoformat(),
    )


def _moment(leaf: x509.Certificate, moments: Sequence[datetime]) -> datetime:
    """A moment at which the leaf was valid, so that a path can be found; whether it was the right one is told apart."""
    for at in reversed(moments):
        if time_problem(leaf, at) is None:
            return at
    return leaf.not_valid_after_utc


def _end_problem(certificate: x509.Certificate) -> Message | None:
    constraints = _extension(certificate, x509.BasicConstraints)
    if constraints is not None and constraints.ca:
        return message("The certificate belongs to an issuer of certificates, not to somebody who sends.")
    extended = _extension(certificate, x509.ExtendedKeyUsage)
    if extended is None:
        return None
    uses = frozenset(extended)
    if ExtendedKeyUsageOID.SERVER_AUTH in uses or not uses & _USES:
        return message("The certificate is made for something else than messages, such as a web server.")
    return None


def _parsed(encoded: bytes) -> x509.Certificate | None:
    """A certificate whose every part can be read, or None."""
    if len(encoded) > _LARGEST_CERTIFICATE:
        return None
    try:
        return read_whole(x509.load_der_x509_certificate(encoded))
    except UNREADABLE:
        return None


def _extension(certificate: x509.Certificate, kind: type[_E]) -> _E | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _single(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    values = certificate.subject.get_attributes_for_oid(kind)
    return str(values[0].value) if len(values) == 1 and isinstance(values[0].value, str) else ""


def _number(form: re.Pattern[str], text: str, *, group: int) -> str:
    match = form.fullmatch(text)
    return "" if match is None else match[group]


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _refused(organisation: str, number: str, *problems: Problem) -> SignerCheck:
    return SignerCheck(
        holds=False,
        organisation=organisation,
        org_number=number,
        revocation=Revocation.NOT_CHECKED,
        list_made=None,
        list_until=None,
        problems=problems,
    )
