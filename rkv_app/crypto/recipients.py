# SPDX-License-Identifier: MIT
"""Recipients of a sealed packet: who can recover its content key (RFC 5652 clause 6.2, RFC 5753, RFC 3560, RFC 3211).

Three kinds are written and read: RSA-OAEP with SHA-256, ephemeral ECDH on P-256 with the SHA-256 KDF and AES-256 key
wrap, and a spoken code through PBKDF2. Anything weaker is refused, also when it names us.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from cryptography.hazmat.primitives import hashes, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.serialization import pkcs12

from rkv_app.crypto import certificates, der, failures, passwords
from rkv_app.crypto.codes import normalised_code
from rkv_app.crypto.identity import SMALLEST_RSA_BITS, Identity, PrivateKey, can_be_sealed_to

KEY_LENGTH: Final = 32
"""Length of a content key in bytes."""
MOST_RECIPIENTS: Final = 20

_UKM_LENGTH: Final = 16
_READABLE_ITERATIONS: Final = range(10_000, 5_000_001)
_READABLE_SALTS: Final = range(8, 65)
_LONGEST_SECRET: Final = 1024

_SHA256: Final = der.oid("2.16.840.1.101.3.4.2.1")
_RSAES_OAEP: Final = der.oid("1.2.840.113549.1.1.7")
_MGF1: Final = der.oid("1.2.840.113549.1.1.8")
_P_SPECIFIED: Final = der.oid("1.2.840.113549.1.1.9")
_EC_PUBLIC_KEY: Final = der.oid("1.2.840.10045.2.1")
_P256: Final = der.oid("1.2.840.10045.3.1.7")
_ECDH_SHA256_KDF: Final = der.oid("1.3.132.1.11.1")
_AES256_WRAP: Final = der.oid("2.16.840.1.101.3.4.1.45")
_AES256_CBC: Final = der.oid("2.16.840.1.101.3.4.1.42")
_PBKDF2: Final = der.oid("1.2.840.113549.1.5.12")
_HMAC_SHA256: Final = der.oid("1.2.840.113549.2.9")
_PWRI_KEK: Final = der.oid("1.2.840.113549.1.9.16.3.9")
_DER_NULL: Final = der.tlv(der.NULL)

_KEY_TRANSPORT: Final = der.SEQUENCE
_KEY_AGREEMENT: Final = der.context(1)
_PASSWORD: Final = der.context(3)

_OAEP: Final = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label=None)


@dataclass(frozen=True, slots=True)
class CertificateRecipient:
    """Whoever holds the private key of a certificate (DER; P-256, or RSA of at least 2048 bits)."""

    certificate: bytes


@dataclass(frozen=True, slots=True)
class CodeRecipient:
    """Whoever is told a spoken code."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SpokenCode:
    """A spoken code as the user typed it."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A free passphrase, for packets that another program sealed. This program never seals to one."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class SealingKey:
    """A private key with its certificate, as from a PKCS#12 file."""

    private_key: PrivateKey = field(repr=False)
    certificate: bytes = field(repr=False)


SealTo: TypeAlias = CertificateRecipient | CodeRecipient
OpenWith: TypeAlias = Identity | SealingKey | SpokenCode | Passphrase


def load_pkcs12(data: bytes, password: bytes) -> SealingKey:
    """Reads a private key and its certificate from a PKCS#12 file.

    Raises:
        UserError: RKV-PKT-003 wrong password or damaged file; RKV-PKT-006 a kind of key that packets are not sealed to.
    """
    try:
        key, certificate, _chain = pkcs12.load_key_and_certificates(data, password)
    except ValueError as problem:
        raise failures.wrong_key_file_password() from problem
    if certificate is None or not isinstance(key, PrivateKey) or not can_be_sealed_to(key):
        raise failures.unsupported()
    return SealingKey(key, certificate.public_bytes(serialization.Encoding.DER))


def recipient_info(recipient: SealTo, content_key: bytes) -> bytes:
    """The encoded RecipientInfo that gives `content_key` to one recipient.

    Raises:
        UserError: RKV-PKT-006 the certificate's key is of a kind that packets are not sealed to; RKV-PKT-007 the
            code is no spoken code.
    """
    if isinstance(recipient, CodeRecipient):
        return _password_info(normalised_code(recipient.code).encode(), content_key)
    try:
        key = certificates.public_key(recipient.certificate)
        named = certificates.issuer_and_serial(recipient.certificate)
    except ValueError as problem:
        raise failures.unsupported() from problem
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return _key_agreement_info(key, named, content_key)
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA_BITS:
        return _key_transport_info(key, named, content_key)
    raise failures.unsupported()


def open_content_key(recipient_infos: der.Node, opener: OpenWith) -> bytes:
    """Recovers the content key.

    Args:
        recipient_infos: the SET as it was read.
        opener: the key or code to try.

    Raises:
        UserError: RKV-PKT-002 no recipient fits; RKV-PKT-003 wrong code; RKV-PKT-004 the wrapped key is damaged;
            RKV-PKT-006 weak or unknown; RKV-PKT-007 the code is no spoken code; RKV-PKT-032 too costly.
        der.MalformedError: the recipients are not encoded as they should be.
    """
    if not recipient_infos.children:
        raise der.MalformedError
    if len(recipient_infos.children) > MOST_RECIPIENTS:
        raise failures.too_costly()
    if isinstance(opener, SpokenCode):
        return _open_with_secret(recipient_infos, normalised_code(opener.code).encode())
    if isinstance(opener, Passphrase):
        return _open_with_secret(recipient_infos, opener.text.encode("utf-8", "surrogatepass"))
    for key in _sealing_keys(opener):
        content_key = _open_with_key(recipient_infos, key)
        if content_key is not None:
            return content_key
    raise failures.not_for_you()


def _sealing_keys(opener: Identity | SealingKey) -> tuple[SealingKey, ...]:
    if isinstance(opener, SealingKey):
        return (opener,)
    return tuple(SealingKey(each.sealing_key, each.sealing_certificate) for each in (opener, *opener.former))


def _open_with_key(recipient_infos: der.Node, key: SealingKey) -> bytes | None:
    if isinstance(key.private_key, ec.EllipticCurvePrivateKey):
        return _open_agreed(recipient_infos, key.private_key, key.certificate)
    return _open_transported(recipient_infos, key.private_key, key.certificate)


def _key_transport_info(key: rsa.RSAPublicKey, named: bytes, content_key: bytes) -> bytes:
    digest = der.sequence(_SHA256, _DER_NULL)
    parameters = der.sequence(der.tlv(der.context(0), digest), der.tlv(der.context(1), der.sequence(_MGF1, digest)))
    return der.sequence(
        der.integer(0),
        named,
        der.sequence(_RSAES_OAEP, parameters),
        der.octet_string(key.encrypt(content_key, _OAEP)),
    )


def _open_transported(recipient_infos: der.Node, key: rsa.RSAPrivateKey, certificate: bytes) -> bytes | None:
    for info in recipient_infos.children:
        if info.tag != _KEY_TRANSPORT or not certificates.is_named_by(certificate, _at(info, 1)):
            continue
        _require_oaep_sha256(info.child(2, der.SEQUENCE))
        try:
            content_key = key.decrypt(_at(info, 3).octets(), _OAEP)
        except ValueError as problem:
            raise failures.damaged() from problem
        return _content_key(content_key)
    return None


def _require_oaep_sha256(algorithm: der.Node) -> None:
    parameters = algorithm.tagged(der.SEQUENCE)
    if _at(algorithm, 0).raw != _RSAES_OAEP or parameters is None:
        raise failures.unsupported()
    digest, mask, label = (parameters.tagged(der.context(number)) for number in range(3))
    if digest is None or _at(digest.child(0, der.SEQUENCE), 0).raw != _SHA256 or mask is None:
        raise failures.unsupported()
    mask_algorithm = mask.child(0, der.SEQUENCE)
    mask_digest = mask_algorithm.child(1, der.SEQUENCE)
    if _at(mask_algorithm, 0).raw != _MGF1 or _at(mask_digest, 0).raw != _SHA256:
        raise failures.unsupported()
    if label is not None and _at(label, 0).raw != der.sequence(_P_SPECIFIED, der.octet_string(b"")):
        raise failures.unsupported()


def _key_agreement_info(key: ec.EllipticCurvePublicKey, named: bytes, content_key: bytes) -> bytes:
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    ukm = secrets.token_bytes(_UKM_LENGTH)
    wrap_algorithm = der.sequence(_AES256_WRAP)
    wrapping_key = _agreed_key(ephemeral, key, wrap_algorithm, ukm)
    originator = der.tlv(der.context(1), der.sequence(_EC_PUBLIC_KEY, _P256), der.tlv(der.BIT_STRING, b"\0", point))
    wrapped = der.octet_string(keywrap.aes_key_wrap(wrapping_key, content_key))
    return der.tlv(
        _KEY_AGREEMENT,
        der.integer(3),
        der.tlv(der.context(0), originator),
        der.tlv(der.context(1), der.octet_string(ukm)),
        der.sequence(_ECDH_SHA256_KDF, wrap_algorithm),
        der.sequence(der.sequence(named, wrapped)),
    )


def _open_agreed(recipient_infos: der.Node, key: ec.EllipticCurvePrivateKey, certificate: bytes) -> bytes | None:
    for info in recipient_infos.children:
        if info.tag != _KEY_AGREEMENT or not info.children:
            continue
        for encrypted_key in info.children[-1].children:
            if certificates.is_named_by(certificate, _at(encrypted_key, 0)):
                return _agreed_content_key(info, _at(encrypted_key, 1).octets(), key)
    return None


def _agreed_content_key(info: der.Node, wrapped: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    algorithm = info.tagged(der.SEQUENCE)
    if algorithm is None or _at(algorithm, 0).raw != _ECDH_SHA256_KDF:
        raise failures.unsupported()
    wrap_algorithm = algorithm.child(1, der.SEQUENCE)
    if _at(wrap_algorithm, 0).raw != _AES256_WRAP:
        raise failures.unsupported()
    ukm = info.tagged(der.context(1))
    wrapping_key = _agreed_key(
        key,
        _originator_key(info.child(1, der.context(0))),
        wrap_algorithm.raw,
        None if ukm is None else _at(ukm, 0).octets(),
    )
    try:
        return _content_key(keywrap.aes_key_unwrap(wrapping_key, wrapped))
    except (keywrap.InvalidUnwrap, ValueError) as problem:
        raise failures.damaged() from problem


def _originator_key(originator: der.Node) -> ec.EllipticCurvePublicKey:
    """The sender's ephemeral key; the curve parameters may be absent, as OpenSSL writes it (RFC 5753 clause 7.1.2)."""
    public_key = originator.tagged(der.context(1))
    if public_key is None:
        raise failures.unsupported()
    algorithm, point = public_key.child(0, der.SEQUENCE), public_key.child(1, der.BIT_STRING)
    parameters = [child.raw for child in algorithm.children[1:]]
    if _at(algorithm, 0).raw != _EC_PUBLIC_KEY or parameters not in ([], [_P256], [_DER_NULL]):
        raise failures.unsupported()
    if point.content[:1] != b"\0":
        raise der.MalformedError
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point.content[1:])
    except ValueError as problem:
        raise failures.damaged() from problem


def _agreed_key(
    own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey, wrap_algorithm: bytes, ukm: bytes | None
) -> bytes:
    """The wrapping key from ECDH and X9.63, bound to its use by ECC-CMS-SharedInfo (RFC 5753 clause 7.2)."""
    party_info = b"" if ukm is None else der.tlv(der.context(0), der.octet_string(ukm))
    key_bits = der.octet_string((KEY_LENGTH * 8).to_bytes(4, "big"))
    shared_info = der.sequence(wrap_algorithm, party_info, der.tlv(der.context(2), key_bits))
    return X963KDF(hashes.SHA256(), KEY_LENGTH, shared_info).derive(own.exchange(ec.ECDH(), other))


def _password_info(secret: bytes, content_key: bytes) -> bytes:
    salt, iv = secrets.token_bytes(passwords.SALT_LENGTH), secrets.token_bytes(passwords.IV_LENGTH)
    wrapping_key = passwords.derive(secret, salt, passwords.ITERATIONS)
    derivation = der.sequence(
        der.octet_string(salt),
        der.integer(passwords.ITERATIONS),
        der.integer(KEY_LENGTH),
        der.sequence(_HMAC_SHA256, _DER_NULL),
    )
    return der.tlv(
        _PASSWORD,
        der.integer(0),
        der.tlv(der.context(0), _PBKDF2, derivation),
        der.sequence(_PWRI_KEK, der.sequence(_AES256_CBC, der.octet_string(iv))),
        der.octet_string(passwords.wrap(content_key, wrapping_key, iv)),
    )


@dataclass(frozen=True, slots=True)
class _PasswordWrap:
    salt: bytes
    iterations: int
    iv: bytes
    wrapped: bytes


def _open_with_secret(recipient_infos: der.Node, secret: bytes) -> bytes:
    if len(secret) > _LONGEST_SECRET:
        raise failures.wrong_code()
    wraps = list(_password_wraps(recipient_infos))
    if not wraps:
        raise failures.not_for_you()
    if sum(wrap.iterations for wrap in wraps) >= _READABLE_ITERATIONS.stop:
        raise failures.too_costly()
    for wrap in wraps:
        wrapping_key = passwords.derive(secret, wrap.salt, wrap.iterations)
        content_key = passwords.unwrap(wrap.wrapped, wrapping_key, wrap.iv)
        if content_key is not None:
            return content_key
    raise failures.wrong_code()


def _password_wraps(recipient_infos: der.Node) -> Iterator[_PasswordWrap]:
    for info in recipient_infos.children:
        if info.tag != _PASSWORD:
            continue
        derivation, wrapping = info.child(1, der.context(0)), info.child(2, der.SEQUENCE)
        if _at(derivation, 0).raw != _PBKDF2 or _at(wrapping, 0).raw != _PWRI_KEK:
            raise failures.unsupported()
        parameters, cipher = derivation.child(1, der.SEQUENCE), wrapping.child(1, der.SEQUENCE)
        if _at(cipher, 0).raw != _AES256_CBC or not _is_hmac_sha256(parameters):
            raise failures.unsupported()
        wrap = _PasswordWrap(
            salt=parameters.child(0, der.OCTET_STRING).content,
            iterations=parameters.child(1, der.INTEGER).number(),
            iv=cipher.child(1, der.OCTET_STRING).content,
            wrapped=_at(info, 3).octets(),
        )
        if wrap.iterations >= _READABLE_ITERATIONS.stop:
            raise failures.too_costly()
        if wrap.iterations not in _READABLE_ITERATIONS or len(wrap.salt) not in _READABLE_SALTS:
            raise failures.unsupported()
        if len(wrap.iv) != passwords.IV_LENGTH or len(wrap.wrapped) != passwords.WRAPPED_LENGTH:
            raise der.MalformedError
        yield wrap


def _is_hmac_sha256(parameters: der.Node) -> bool:
    """Whether PBKDF2 uses HMAC-SHA256 (its default is SHA-1) for a key of the right length, where one is stated."""
    function = parameters.tagged(der.SEQUENCE)
    lengths = [child.number() for child in parameters.children[2:] if child.tag == der.INTEGER]
    return function is not None and _at(function, 0).raw == _HMAC_SHA256 and lengths in ([], [KEY_LENGTH])


def _at(node: der.Node, index: int) -> der.Node:
    if index >= len(node.children):
        raise der.MalformedError
    return node.children[index]


def _content_key(key: bytes) -> bytes:
    if len(key) != KEY_LENGTH:
        raise failures.damaged()
    return key
