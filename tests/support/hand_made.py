# SPDX-License-Identifier: MIT
"""Keys, signatures and seals made by hand, the same bytes every time, with every part free to lie.

Written from docs/formats/packet.md and the RFCs, not with the app's own writers: a fault there must not hide here. All
keys are derived from their names, so nothing secret lies in the repository.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.x509.oid import NameOID

from rkv_app.crypto import certificates, der
from rkv_app.crypto.identity import Identity
from rkv_app.crypto.recipients import SealingKey

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CODE = "12345678901234567890"
ITERATIONS = 10_000
CONTENT_KEY = hashlib.sha256(b"content key").digest()
NONCE = b"nonce of 12!"
UKM = b"16 bytes of ukm!"
SALT = b"16 bytes of salt"
IV = b"an IV of 16 byte"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

AUTH_ENVELOPED = "1.2.840.113549.1.9.16.1.23"
ENVELOPED = "1.2.840.113549.1.7.3"
DATA = "1.2.840.113549.1.7.1"
AES256_GCM = "2.16.840.1.101.3.4.1.46"
AES256_CBC = "2.16.840.1.101.3.4.1.42"
AES256_CTR = "2.16.840.1.101.3.4.1.0"
P256 = "1.2.840.10045.3.1.7"
P224 = "1.3.132.0.33"
RSA_V15 = "1.2.840.113549.1.1.1"
SHA256 = "2.16.840.1.101.3.4.2.1"
SHA1 = "1.3.14.3.2.26"
NULL = der.tlv(der.NULL)

_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {SHA256: hashes.SHA256, SHA1: hashes.SHA1}


@cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    """The P-256 key of a name."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


@cache
def rsa_key(name: str, bits: int) -> rsa.RSAPrivateKey:
    """The RSA key of a name."""
    p, q = _prime(f"{name} p", bits // 2), _prime(f"{name} q", bits // 2)
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    crt = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *crt, public).private_key()


def certificate(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, name: str) -> bytes:
    """A certificate (DER) for a key, with a name that tells nothing."""
    told = hashlib.sha256(name.encode()).hexdigest()[:32]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"rkv {told}")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(int(told, 16) | 1)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=3653))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if isinstance(key, rsa.RSAPrivateKey):
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    signed = builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    return signed.public_bytes(serialization.Encoding.DER)


@cache
def identity(name: str) -> Identity:
    """The two keys of a party."""
    signing, sealing = ec_key(f"{name} signs"), ec_key(f"{name} opens")
    return Identity(signing, certificate(signing, f"{name} signs"), sealing, certificate(sealing, f"{name} opens"))


@cache
def office(name: str, bits: int = 2048) -> SealingKey:
    """An RSA key with its certificate."""
    key = rsa_key(name, bits)
    return SealingKey(key, certificate(key, name))


def signed_data(
    data: bytes,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    own: bytes,
    *,
    digest: str = SHA256,
    signers: int = 1,
    attached: bool = False,
    named_by: str = SHA256,
) -> bytes:
    """A CAdES-B signature over `data` (RFC 5652 clause 5, ETSI EN 319 122-1)."""
    content = der.sequence(der.oid(DATA), *([der.tlv(der.context(0), der.octet_string(data))] if attached else []))
    algorithm = der.sequence(der.oid(digest))
    attributes = _signed_attributes(data, own, digest, named_by)
    # Signed as a SET, carried as [0] (RFC 5652 clause 5.4).
    info = der.sequence(
        der.integer(1),
        certificates.issuer_and_serial(own),
        algorithm,
        bytes([der.context(0)]) + attributes[1:],
        _scheme(key, digest),
        der.octet_string(_signature(key, attributes, digest)),
    )
    body = der.sequence(
        der.integer(1),
        der.set_of(algorithm),
        content,
        der.tlv(der.context(0), own),
        der.set_of(*[info] * signers),
    )
    return der.sequence(der.oid("1.2.840.113549.1.7.2"), der.tlv(der.context(0), body))


@dataclass(frozen=True, kw_only=True)
class Seal:
    """A seal; every field may lie.

    Attributes:
        infos: encoded RecipientInfos.
        tag_length: octets of the GCM tag that are written, and are told in ICVlen unless `told_tag_length` is.
        after: bytes after the ContentInfo.
    """

    infos: Sequence[bytes]
    kind: str = AUTH_ENVELOPED
    cipher: str = AES256_GCM
    tag_length: int = 16
    told_tag_length: int | None = None
    nonce: bytes = NONCE
    flip_tag: bool = False
    after: bytes = b""

    def around(self, content: bytes) -> bytes:
        """The sealed bytes."""
        encrypted, tag = self._encrypted(content)
        told = self.tag_length if self.told_tag_length is None else self.told_tag_length
        parameters = (
            der.sequence(der.octet_string(self.nonce), der.integer(told))
            if self.cipher == AES256_GCM
            else der.octet_string(IV)
        )
        data = der.sequence(der.oid(DATA), der.sequence(der.oid(self.cipher), parameters), der.tlv(0x80, encrypted))
        body = der.sequence(der.integer(0), der.tlv(der.SET, *self.infos), data, *tag)
        return der.sequence(der.oid(self.kind), der.tlv(der.context(0), body)) + self.after

    def _encrypted(self, content: bytes) -> tuple[bytes, list[bytes]]:
        if self.cipher != AES256_GCM:
            fill = 16 - len(content) % 16
            mode = modes.CBC(IV) if self.cipher == AES256_CBC else modes.CTR(IV)
            engine = Cipher(algorithms.AES(CONTENT_KEY), mode).encryptor()
            encrypted = engine.update(content + bytes([fill]) * fill) + engine.finalize()
            return encrypted, [] if self.kind == ENVELOPED else [der.octet_string(bytes(16))]
        whole = AESGCM(CONTENT_KEY).encrypt(self.nonce, content, None)
        tag = bytes([whole[-16] ^ self.flip_tag]) + whole[-15:]
        return whole[:-16], [der.octet_string(tag[: self.tag_length])]


def streamed(infos: Sequence[bytes], content: bytes, *, piece: int = 40) -> bytes:
    """The same as BER: indefinite lengths, the content in segments, as programs write that stream."""
    whole = AESGCM(CONTENT_KEY).encrypt(NONCE, content, None)
    pieces = [der.octet_string(whole[start : start + piece]) for start in range(0, len(content), piece)]
    pieces[-1] = der.octet_string(whole[(len(pieces) - 1) * piece : -16])
    algorithm = der.sequence(der.oid(AES256_GCM), der.sequence(der.octet_string(NONCE), der.integer(16)))
    data = _open(der.SEQUENCE, der.oid(DATA), algorithm, _open(der.context(0), *pieces))
    body = _open(der.SEQUENCE, der.integer(0), der.tlv(der.SET, *infos), data, der.octet_string(whole[-16:]))
    return _open(der.SEQUENCE, der.oid(AUTH_ENVELOPED), _open(der.context(0), body))


def _open(tag: int, *parts: bytes) -> bytes:
    return bytes([tag, 0x80]) + b"".join(parts) + bytes(2)


def code_info(iterations: int = ITERATIONS, *, told_iterations: int | None = None, code: str = CODE) -> bytes:
    """A recipient that opens with a code (RFC 5652 clause 6.2.4, RFC 3211)."""
    wrapping_key = hashlib.pbkdf2_hmac("sha256", code.encode(), SALT, iterations, 32)
    block = bytes([32]) + bytes(octet ^ 0xFF for octet in CONTENT_KEY[:3]) + CONTENT_KEY + b"fill to 16.."
    once = _cbc(block, wrapping_key, IV)
    derivation = der.sequence(
        der.octet_string(SALT),
        der.integer(iterations if told_iterations is None else told_iterations),
        der.integer(32),
        der.sequence(der.oid("1.2.840.113549.2.9"), NULL),
    )
    return der.tlv(
        der.context(3),
        der.integer(0),
        der.tlv(der.context(0), der.oid("1.2.840.113549.1.5.12"), derivation),
        der.sequence(der.oid("1.2.840.113549.1.9.16.3.9"), der.sequence(der.oid(AES256_CBC), der.octet_string(IV))),
        der.octet_string(_cbc(once, wrapping_key, once[-16:])),
    )


def key_info(own: bytes, *, curve: str = P256, scheme: str = "1.3.132.1.11.1") -> bytes:
    """A recipient that opens with a P-256 key (RFC 5753)."""
    recipient = x509.load_der_x509_certificate(own).public_key()
    assert isinstance(recipient, ec.EllipticCurvePublicKey)
    ephemeral = ec_key("ephemeral")
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    wrap = der.sequence(der.oid("2.16.840.1.101.3.4.1.45"))
    shared = der.sequence(
        wrap,
        der.tlv(der.context(0), der.octet_string(UKM)),
        der.tlv(der.context(2), der.octet_string((256).to_bytes(4, "big"))),
    )
    wrapping_key = X963KDF(hashes.SHA256(), 32, shared).derive(ephemeral.exchange(ec.ECDH(), recipient))
    wrapped = der.octet_string(keywrap.aes_key_wrap(wrapping_key, CONTENT_KEY))
    originator = der.tlv(
        der.context(1),
        der.sequence(der.oid("1.2.840.10045.2.1"), der.oid(curve)),
        der.tlv(der.BIT_STRING, b"\0", point),
    )
    return der.tlv(
        der.context(1),
        der.integer(3),
        der.tlv(der.context(0), originator),
        der.tlv(der.context(1), der.octet_string(UKM)),
        der.sequence(der.oid(scheme), wrap),
        der.sequence(der.sequence(certificates.issuer_and_serial(own), wrapped)),
    )


def old_rsa_info(own: SealingKey) -> bytes:
    """A recipient by RSA PKCS#1 v1.5, which is broken and must be refused before it is tried."""
    return der.sequence(
        der.integer(0),
        certificates.issuer_and_serial(own.certificate),
        der.sequence(der.oid(RSA_V15), NULL),
        der.octet_string(bytes(256)),
    )


def _cbc(block: bytes, key: bytes, iv: bytes) -> bytes:
    engine = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return engine.update(block) + engine.finalize()


def _signed_attributes(data: bytes, own: bytes, digest: str, named_by: str) -> bytes:
    def attribute(kind: str, value: bytes) -> bytes:
        return der.sequence(der.oid(kind), der.set_of(value))

    if named_by == SHA256:
        named = der.sequence(der.sequence(der.sequence(der.octet_string(_hash(SHA256, own)))))
        binding = attribute("1.2.840.113549.1.9.16.2.47", named)
    else:
        named = der.sequence(der.sequence(der.sequence(der.octet_string(_hash(SHA1, own)))))
        binding = attribute("1.2.840.113549.1.9.16.2.12", named)
    return der.set_of(
        attribute("1.2.840.113549.1.9.3", der.oid(DATA)),
        attribute("1.2.840.113549.1.9.5", der.tlv(0x17, f"{AT:%y%m%d%H%M%S}Z".encode())),
        attribute("1.2.840.113549.1.9.4", der.octet_string(_hash(digest, data))),
        binding,
    )


def _signature(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, attributes: bytes, digest: str) -> bytes:
    algorithm = _HASHES[digest]()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(attributes, padding.PKCS1v15(), algorithm)
    # RFC 6979 without hedging, so that the bytes are the same on every run.
    hashed = _hash(digest, attributes)
    return key.sign(hashed, ec.ECDSA(Prehashed(algorithm), deterministic_signing=True))


def _scheme(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, digest: str) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return der.sequence(der.oid(RSA_V15), NULL)
    return der.sequence(der.oid("1.2.840.10045.4.3.2" if digest == SHA256 else "1.2.840.10045.4.1"))


def _hash(digest: str, data: bytes) -> bytes:
    return hashlib.new("sha256" if digest == SHA256 else "sha1", data).digest()


def _prime(name: str, bits: int) -> int:
    """The first probable prime at or above a number drawn from a name, with its two highest bits set."""
    drawn = int.from_bytes(hashlib.shake_256(name.encode()).digest(bits // 8), "big")
    number = drawn | 1 | 3 << (bits - 2)
    while number % 65537 == 1 or not _is_prime(number):
        number += 2
    return number


def _is_prime(number: int) -> bool:
    """Miller-Rabin with the first primes as bases."""
    if any(number % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    twos = (number - 1 & -(number - 1)).bit_length() - 1
    odd = number - 1 >> twos
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(base, odd, number)
        if x not in (1, number - 1) and all((x := x * x % number) != number - 1 for _ in range(twos - 1)):
            return False
    return True
