# SPDX-License-Identifier: MIT
"""Signatures: CAdES baseline B (ETSI EN 319 122-1), detached, written by pyHanko and checked here.

Checking answers one question: did the holder of the certificate inside the signature sign exactly these bytes? Whether
that certificate is anyone's is the caller's decision: by pinning, or by `crypto/trust.py` from the certificates that
came along. Nothing is fetched and no chain is built here.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from rkv_app.crypto import certificates, der, failures
from rkv_app.crypto.identity import SIGNING_CURVES, SMALLEST_RSA_BITS, Identity

if TYPE_CHECKING:
    from asn1crypto import cms  # type: ignore[import-untyped]
    from pyhanko.sign.signers.pdf_cms import SimpleSigner

_SIGNED_DATA: Final = der.oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE: Final = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST: Final = der.oid("1.2.840.113549.1.9.4")
_SIGNING_TIME: Final = der.oid("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE: Final = der.oid("1.2.840.113549.1.9.16.2.12")
_SIGNING_CERTIFICATE_V2: Final = der.oid("1.2.840.113549.1.9.16.2.47")
_RSA_ENCRYPTION: Final = der.oid("1.2.840.113549.1.1.1")

_DIGESTS: Final[Mapping[bytes, hashes.HashAlgorithm]] = MappingProxyType(
    {
        der.oid("1.3.14.3.2.26"): hashes.SHA1(),  # noqa: S303 (read and marked weak, never written)
        der.oid("2.16.840.1.101.3.4.2.1"): hashes.SHA256(),
        der.oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384(),
        der.oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512(),
    }
)
_SIGNATURE_DIGESTS: Final[Mapping[bytes, hashes.HashAlgorithm]] = MappingProxyType(
    {
        der.oid("1.2.840.113549.1.1.5"): hashes.SHA1(),  # noqa: S303 (read and marked weak, never written)
        der.oid("1.2.840.113549.1.1.11"): hashes.SHA256(),
        der.oid("1.2.840.113549.1.1.12"): hashes.SHA384(),
        der.oid("1.2.840.113549.1.1.13"): hashes.SHA512(),
        der.oid("1.2.840.10045.4.1"): hashes.SHA1(),  # noqa: S303 (read and marked weak, never written)
        der.oid("1.2.840.10045.4.3.2"): hashes.SHA256(),
        der.oid("1.2.840.10045.4.3.3"): hashes.SHA384(),
        der.oid("1.2.840.10045.4.3.4"): hashes.SHA512(),
    }
)
_LONGEST_CHAIN: Final = 8

_EXPLICIT: Final = der.context(0)
_CERTIFICATES: Final = der.context(0)
_SIGNED_ATTRIBUTES: Final = der.context(0)
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18
_FIRST_UTC_YEAR: Final = 1950


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that holds.

    Attributes:
        certificate: the signer's certificate (DER), as carried in the signature; not trusted for that.
        signed_at: what the signer says the time was.
        weak: SHA-1 is used somewhere, so that the signature proves little.
        chain: up to 8 further certificates (DER) that came along; they may be anything.
    """

    certificate: bytes
    signed_at: datetime | None
    weak: bool
    chain: tuple[bytes, ...] = ()


def sign_detached(data: bytes, identity: Identity, at: datetime) -> bytes:
    """Signs bytes with a party's signing key.

    Returns:
        A detached CMS SignedData (DER): CAdES baseline B, ECDSA or RSA PKCS #1 v1.5 with SHA-256, the certificate and
        the chain of the identity included.
    """
    # pyHanko takes a third of a second to import, and most runs of the program only read.
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = identity.signing_key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = [each for link in identity.signing_chain for each in load_certs_from_pemder_data(link)]
    signer = SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(identity.signing_certificate))),
        signing_key=load_private_key_from_pemder_data(key, passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs(chain),  # type: ignore[no-untyped-call]
    )
    encoded: bytes = asyncio.run(_signed_data(signer, data, at)).dump()
    return encoded


async def _signed_data(signer: "SimpleSigner", data: bytes, at: datetime) -> "cms.ContentInfo":
    from asn1crypto import cms
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    attributes = await signer.signed_attrs(
        _hash(hashes.SHA256(), data),
        "sha256",
        PdfCMSSignedAttributes(signing_time=at),
        use_pades=True,
        is_pdf_sig=False,
    )
    # Encoded once and read back: what was built is encoded anew at each level that it is put into.
    return await signer.async_sign_prescribed_attributes("sha256", cms.CMSAttributes.load(attributes.dump()))


def verify_detached(signature: bytes, data: bytes) -> Signature:
    """Checks that a detached signature holds over `data`.

    Raises:
        UserError: RKV-PKT-005 (DAMAGED) it does not, or is no detached signature by exactly one signer; RKV-PKT-006
            (REFUSED) its algorithms or key are too weak or unknown. SHA-1 is not refused, but marked weak.
    """
    try:
        return _verified(der.parse(signature), data)
    except (der.MalformedError, InvalidSignature, ValueError) as problem:
        raise failures.signature_does_not_hold() from problem


def _verified(content_info: der.Node, data: bytes) -> Signature:
    if content_info.child(0, der.OBJECT_IDENTIFIER).raw != _SIGNED_DATA:
        raise der.MalformedError
    signed_data = content_info.child(1, _EXPLICIT).child(0, der.SEQUENCE)
    signer, content_type = _only_signer(signed_data)
    certificate = _signer_certificate(signed_data, signer)
    digest = _digest_algorithm(signer)
    signed_attributes = signer.child(3, _SIGNED_ATTRIBUTES)
    _check_value(signer, signed_attributes, certificate, digest)
    attributes = _by_type(signed_attributes)
    if attributes.get(_CONTENT_TYPE) != content_type or _MESSAGE_DIGEST not in attributes:
        raise der.MalformedError
    if _octet_string(attributes[_MESSAGE_DIGEST]) != _hash(digest, data):
        raise InvalidSignature
    weak_binding = _check_binding(attributes, certificate)
    return Signature(
        certificate=certificate,
        signed_at=_signing_time(attributes.get(_SIGNING_TIME)),
        weak=weak_binding or isinstance(digest, hashes.SHA1),
        chain=_others(signed_data, certificate),
    )


def _only_signer(signed_data: der.Node) -> tuple[der.Node, bytes]:
    """The one SignerInfo, and the type of the content, which must be elsewhere (detached)."""
    signers = signed_data.children[-1] if signed_data.children else signed_data
    if signers.tag != der.SET or len(signers.children) != 1:
        raise der.MalformedError
    encapsulated = signed_data.child(2, der.SEQUENCE)
    if len(encapsulated.children) != 1:
        raise der.MalformedError
    return signers.child(0, der.SEQUENCE), encapsulated.child(0, der.OBJECT_IDENTIFIER).raw


def _signer_certificate(signed_data: der.Node, signer: der.Node) -> bytes:
    included = signed_data.tagged(_CERTIFICATES)
    wanted = signer.children[1] if len(signer.children) > 1 else None
    if included is None or wanted is None:
        raise der.MalformedError
    for certificate in included.children:
        if certificate.tag != der.SEQUENCE:
            continue
        if certificates.is_named_by(certificate.raw, wanted):
            return certificate.raw
    raise der.MalformedError


def _others(signed_data: der.Node, certificate: bytes) -> tuple[bytes, ...]:
    included = signed_data.tagged(_CERTIFICATES)
    others = () if included is None else included.children
    return tuple(each.raw for each in others if each.tag == der.SEQUENCE and each.raw != certificate)[:_LONGEST_CHAIN]


def _digest_algorithm(signer: der.Node) -> hashes.HashAlgorithm:
    """The digest that both the attributes and the signature value use."""
    digest = _DIGESTS.get(signer.child(2, der.SEQUENCE).child(0, der.OBJECT_IDENTIFIER).raw)
    scheme = signer.child(4, der.SEQUENCE).child(0, der.OBJECT_IDENTIFIER).raw
    in_scheme = digest if scheme == _RSA_ENCRYPTION else _SIGNATURE_DIGESTS.get(scheme)
    if digest is None or in_scheme is None or in_scheme.name != digest.name:
        raise failures.unsupported()
    return digest


def _check_value(
    signer: der.Node, signed_attributes: der.Node, certificate: bytes, digest: hashes.HashAlgorithm
) -> None:
    """Checks the signature value over the attributes, which are signed as a SET (RFC 5652 clause 5.4)."""
    signed = bytes([der.SET]) + signed_attributes.raw[1:]
    value = signer.child(5, der.OCTET_STRING).content
    key = certificates.public_key(certificate)
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA_BITS:
        key.verify(value, signed, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, SIGNING_CURVES):
        key.verify(value, signed, ec.ECDSA(digest))
    elif isinstance(key, rsa.RSAPublicKey):
        raise failures.weak_signature()
    else:
        raise failures.unsupported()


def _by_type(signed_attributes: der.Node) -> Mapping[bytes, bytes]:
    """The one value of each attribute, encoded, by the encoded type."""
    found: dict[bytes, bytes] = {}
    for attribute in signed_attributes.children:
        kind, values = attribute.child(0, der.OBJECT_IDENTIFIER).raw, attribute.child(1, der.SET)
        if kind in found or len(values.children) != 1:
            raise der.MalformedError
        found[kind] = values.children[0].raw
    return found


def _check_binding(attributes: Mapping[bytes, bytes], certificate: bytes) -> bool:
    """Checks the certificate against the digest that the signature names it by, if any; returns whether by SHA-1."""
    if (second := attributes.get(_SIGNING_CERTIFICATE_V2)) is not None:
        fields = der.parse(second).child(0, der.SEQUENCE).child(0, der.SEQUENCE).children
        stated = fields[0].children[0].raw if fields and fields[0].tag == der.SEQUENCE and fields[0].children else None
        digest = hashes.SHA256() if stated is None else _DIGESTS.get(stated)
        named = next((field for field in fields if field.tag == der.OCTET_STRING), None)
    elif (first := attributes.get(_SIGNING_CERTIFICATE)) is not None:
        digest = hashes.SHA1()  # noqa: S303 (RFC 2634's attribute knows no other; marked weak)
        named = der.parse(first).child(0, der.SEQUENCE).child(0, der.SEQUENCE).child(0, der.OCTET_STRING)
    else:
        return False
    if digest is None or named is None or named.content != _hash(digest, certificate):
        raise InvalidSignature
    return isinstance(digest, hashes.SHA1)


def _signing_time(encoded: bytes | None) -> datetime | None:
    if encoded is None:
        return None
    node = der.parse(encoded)
    text = node.content.decode("ascii")
    if node.tag == _GENERALIZED_TIME:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    if node.tag != _UTC_TIME:
        raise der.MalformedError
    century = "20" if int(text[:2]) < _FIRST_UTC_YEAR % 100 else "19"
    return datetime.strptime(century + text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _octet_string(encoded: bytes) -> bytes:
    node = der.parse(encoded)
    if node.tag != der.OCTET_STRING:
        raise der.MalformedError
    return node.content


def _hash(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()
