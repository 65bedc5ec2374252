# SPDX-License-Identifier: MIT
"""What stands outside the encryption of a sealed file: how it is sealed and for whom. Proves nothing, opens nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from rkv_app.crypto import certificates, der, failures

_SEALS: Final = {
    der.oid("1.2.840.113549.1.9.16.1.23"): "authEnvelopedData",
    der.oid("1.2.840.113549.1.7.3"): "envelopedData",
}
_ATTRIBUTES: Final = {
    der.oid("2.5.4.3"): "CN",
    der.oid("2.5.4.5"): "serialNumber",
    der.oid("2.5.4.6"): "C",
    der.oid("2.5.4.10"): "O",
    der.oid("2.5.4.11"): "OU",
    der.oid("2.5.4.97"): "organizationIdentifier",
}
_ORIGINATOR_INFO: Final = der.context(0)
_KEY_TRANSPORT: Final = der.SEQUENCE
_KEY_AGREEMENT: Final = der.context(1)
_PASSWORD: Final = der.context(3)
_HEADER_ALLOWANCE: Final = 1024 * 1024
_DEEPEST: Final = 12
_LONGEST_NAME: Final = 300


class RecipientKind(StrEnum):
    """How a recipient gets at the content key."""

    CERTIFICATE = "certificate"
    OWN_KEY = "own_key"
    CODE = "code"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SealedTo:
    """One recipient as it is named outside the encryption, where anybody may write anything.

    Attributes:
        issuer, serial: of the certificate, the number in hexadecimal; empty where it is named by `key_identifier`.
        ours: whether it names one of the certificates that were asked for.
    """

    kind: RecipientKind
    issuer: str = ""
    serial: str = ""
    key_identifier: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class SealFacts:
    """How a file is sealed.

    Attributes:
        seal: `authEnvelopedData` as packets are, or `envelopedData`, which is not authenticated and not opened here.
    """

    seal: str
    recipients: tuple[SealedTo, ...]


def inspect_seal(sealed: BinaryIO, own_certificates: Sequence[bytes] = ()) -> SealFacts:
    """Reads the head of a sealed file.

    Args:
        sealed: the file, read from its present place.
        own_certificates: DER; recipients that name one of them are marked as ours.

    Raises:
        UserError: RKV-PKT-001 it is no sealed file; RKV-PKT-004 its head is damaged.
    """
    reader = der.BerReader(sealed, allowance=_HEADER_ALLOWANCE, max_depth=_DEEPEST)
    try:
        outer = reader.enter(None, der.SEQUENCE)
        seal = _SEALS.get(reader.node(outer).raw, "")
    except der.MalformedError as problem:
        raise failures.not_our_format() from problem
    if not seal:
        raise failures.not_our_format()
    try:
        body = reader.enter(reader.enter(outer, der.context(0)), der.SEQUENCE)
        reader.node(body)
        infos = reader.node(body)
        if infos.tag == _ORIGINATOR_INFO:
            infos = reader.node(body)
        if infos.tag != der.SET:
            raise der.MalformedError
        return SealFacts(seal, tuple(to for info in infos.children for to in _recipients(info, own_certificates)))
    except der.MalformedError as problem:
        raise failures.damaged() from problem


def _recipients(info: der.Node, own: Sequence[bytes]) -> list[SealedTo]:
    if info.tag == _PASSWORD:
        return [SealedTo(RecipientKind.CODE)]
    if info.tag == _KEY_TRANSPORT and len(info.children) > 1:
        return [_named(RecipientKind.CERTIFICATE, info.children[1], own)]
    if info.tag == _KEY_AGREEMENT and info.children:
        keys = info.children[-1].children
        return [_named(RecipientKind.OWN_KEY, key.children[0], own) for key in keys if key.children]
    return [SealedTo(RecipientKind.OTHER)]


def _named(kind: RecipientKind, identifier: der.Node, own: Sequence[bytes]) -> SealedTo:
    ours = any(certificates.is_named_by(each, identifier) for each in own)
    if identifier.tag == der.SEQUENCE:
        issuer, serial = identifier.child(0, der.SEQUENCE), identifier.child(1, der.INTEGER)
        return SealedTo(kind, _readable(issuer), serial.content.hex(), ours=ours)
    octets = identifier.children[0].octets() if identifier.children else identifier.content
    return SealedTo(kind, key_identifier=octets.hex(), ours=ours)


def _readable(name: der.Node) -> str:
    """The distinguished name as text, such as `CN=Test, O=Test AS`."""
    parts = []
    for pair in (pair for each in name.children for pair in each.children):
        if len(pair.children) == 2:
            value = pair.children[1].content.decode("utf-8", "replace")
            parts.append(f"{_ATTRIBUTES.get(pair.children[0].raw, '?')}={value}")
    return ", ".join(parts)[:_LONGEST_NAME]
