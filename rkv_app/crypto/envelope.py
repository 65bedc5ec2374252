# SPDX-License-Identifier: MIT
"""The seal around a packet: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), streamed both ways.

Written as DER with definite lengths, read as BER, because other programs stream. Decryption must write before it can
know that the bytes are good: whoever calls `unseal` keeps the plaintext to itself until the call has returned.
"""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rkv_app.crypto import der, failures
from rkv_app.crypto.recipients import (
    KEY_LENGTH,
    MOST_RECIPIENTS,
    CertificateRecipient,
    CodeRecipient,
    OpenWith,
    Passphrase,
    SealingKey,
    SealTo,
    SpokenCode,
    load_pkcs12,
    open_content_key,
    recipient_info,
)
from rkv_app.foundation.safe_files import explain_os_error

__all__ = [
    "CertificateRecipient",
    "CodeRecipient",
    "OpenWith",
    "Passphrase",
    "SealTo",
    "SealingKey",
    "SpokenCode",
    "load_pkcs12",
    "seal",
    "unseal",
    "unseal_to_file",
]

_AUTH_ENVELOPED_DATA: Final = der.oid("1.2.840.113549.1.9.16.1.23")
_DATA: Final = der.oid("1.2.840.113549.1.7.1")
_AES256_GCM: Final = der.oid("2.16.840.1.101.3.4.1.46")
_NONCE_LENGTH: Final = 12
_TAG_LENGTH: Final = 16

_EXPLICIT: Final = der.context(0)
_ENCRYPTED_CONTENT: Final = der.context(0, constructed=False)
_SEGMENTED_CONTENT: Final = der.context(0)
_ORIGINATOR_INFO: Final = der.context(0)
_AUTHENTICATED_ATTRIBUTES: Final = der.context(1)
_UNAUTHENTICATED_ATTRIBUTES: Final = der.context(2)

_HEADER_ALLOWANCE: Final = 1024 * 1024
_DEEPEST: Final = 12


def seal(plaintext: BinaryIO, sealed: BinaryIO, recipients: Sequence[SealTo]) -> None:
    """Seals a stream to one or more recipients, with a fresh content key and nonce.

    Args:
        plaintext: read from its present place to its end; must be seekable, and must not change meanwhile.
        sealed: receives the sealed bytes.
        recipients: 1 to 20 of them.

    Raises:
        UserError: RKV-PKT-006 a certificate whose key packets are not sealed to; RKV-PKT-007 not a spoken code.
        ValueError: no recipients or too many, or the plaintext changed length while it was read.
    """
    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise ValueError("a packet has 1 to 20 recipients")
    content_key = secrets.token_bytes(KEY_LENGTH)
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    infos = der.set_of(*(recipient_info(recipient, content_key) for recipient in recipients))
    length = _bytes_left(plaintext)
    sealed.write(_head(infos, nonce, length))
    encryptor = Cipher(algorithms.AES(content_key), modes.GCM(nonce)).encryptor()
    written = 0
    while chunk := plaintext.read(der.CHUNK):
        written += len(chunk)
        sealed.write(encryptor.update(chunk))
    if written != length:
        raise ValueError("the plaintext changed while it was sealed")
    encryptor.finalize()
    sealed.write(der.octet_string(encryptor.tag))


def unseal(sealed: BinaryIO, plaintext: BinaryIO, opener: OpenWith) -> None:
    """Opens a sealed stream. What has been written is worth nothing unless this returns.

    Args:
        sealed: read from its present place to its end.
        plaintext: receives the decrypted bytes while they are still unproven; the caller deletes them on any error.
        opener: own keys, or the code.

    Raises:
        UserError: RKV-PKT-001 not our format, -002 not for this key or code, -003 wrong code (LOCKED), -004 damaged or
            altered (DAMAGED), -006 weak or unsupported cryptography, -007 the code has not 20 digits.
    """
    reader = der.BerReader(sealed, allowance=_HEADER_ALLOWANCE, max_depth=_DEEPEST)
    outer = _content_info(reader)
    try:
        explicit = reader.enter(outer, _EXPLICIT)
        _auth_enveloped_data(reader, explicit, plaintext, opener)
        reader.leave(explicit)
        reader.leave(outer)
        reader.finish()
    except (der.MalformedError, InvalidTag) as problem:
        raise failures.damaged() from problem


def unseal_to_file(sealed: BinaryIO, path: Path, opener: OpenWith) -> None:
    """Opens a sealed stream into a new file that only this user can read (mode 0600); no file is left on any failure.

    Raises:
        UserError: as `unseal`, and RKV-SYS-001 or RKV-SYS-002 the file cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    try:
        with os.fdopen(handle, "wb") as plaintext:
            unseal(sealed, plaintext, opener)
    except BaseException as problem:
        path.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise explain_os_error(problem, path) from problem
        raise


def _head(infos: bytes, nonce: bytes, length: int) -> bytes:
    """Everything before the ciphertext, with the lengths of what is still to come."""
    algorithm = der.sequence(_AES256_GCM, der.sequence(der.octet_string(nonce), der.integer(_TAG_LENGTH)))
    content = _opening(_ENCRYPTED_CONTENT, b"", length)
    encrypted = _opening(der.SEQUENCE, _DATA + algorithm + content, length)
    tag_length = len(der.octet_string(bytes(_TAG_LENGTH)))
    body = _opening(der.SEQUENCE, der.integer(0) + infos + encrypted, length + tag_length)
    explicit = _opening(_EXPLICIT, body, length + tag_length)
    return _opening(der.SEQUENCE, _AUTH_ENVELOPED_DATA + explicit, length + tag_length)


def _opening(tag: int, content: bytes, to_come: int) -> bytes:
    return bytes([tag]) + der.length_octets(len(content) + to_come) + content


def _bytes_left(stream: BinaryIO) -> int:
    here = stream.tell()
    end = stream.seek(0, os.SEEK_END)
    stream.seek(here)
    return end - here


def _content_info(reader: der.BerReader) -> der.Header:
    try:
        outer = reader.enter(None, der.SEQUENCE)
        content_type = reader.node(outer)
    except der.MalformedError as problem:
        raise failures.not_our_format() from problem
    if content_type.raw != _AUTH_ENVELOPED_DATA:
        raise failures.not_our_format()
    return outer


def _auth_enveloped_data(reader: der.BerReader, explicit: der.Header, plaintext: BinaryIO, opener: OpenWith) -> None:
    body = reader.enter(explicit, der.SEQUENCE)
    version, infos = reader.node(body).number(), reader.node(body)
    if version != 0 or infos.tag == _ORIGINATOR_INFO:
        raise failures.unsupported()
    if infos.tag != der.SET:
        raise der.MalformedError
    encrypted = reader.enter(body, der.SEQUENCE)
    if reader.node(encrypted).raw != _DATA:
        raise failures.unsupported()
    nonce = _gcm_nonce(reader.node(encrypted))
    content_key = open_content_key(infos, opener)
    decryptor = Cipher(algorithms.AES(content_key), modes.GCM(nonce)).decryptor()
    content = reader.next_in(encrypted)
    if content is None or content.tag not in (_ENCRYPTED_CONTENT, _SEGMENTED_CONTENT):
        raise der.MalformedError
    for chunk in reader.octets(content):
        plaintext.write(decryptor.update(chunk))
    reader.leave(encrypted)
    decryptor.finalize_with_tag(_authentication_tag(reader.node(body)))
    trailing = reader.next_in(body)
    if trailing is not None:
        raise failures.unsupported() if trailing.tag == _UNAUTHENTICATED_ATTRIBUTES else der.MalformedError()
    reader.leave(body)


def _gcm_nonce(algorithm: der.Node) -> bytes:
    """The nonce of AES-256-GCM with a full tag: a shorter tag is easier to forge, another cipher proves nothing."""
    if algorithm.child(0, der.OBJECT_IDENTIFIER).raw != _AES256_GCM:
        raise failures.unsupported()
    parameters = algorithm.child(1, der.SEQUENCE)
    nonce = parameters.child(0, der.OCTET_STRING).content
    # RFC 5084 clause 3.2: an absent aes-ICVlen means 12, which is too short here.
    if len(nonce) != _NONCE_LENGTH or len(parameters.children) < 2:
        raise failures.unsupported()
    if parameters.child(1, der.INTEGER).number() != _TAG_LENGTH:
        raise failures.unsupported()
    return nonce


def _authentication_tag(mac: der.Node) -> bytes:
    if mac.tag == _AUTHENTICATED_ATTRIBUTES:
        raise failures.unsupported()
    if mac.tag & ~0x20 != der.OCTET_STRING:
        raise der.MalformedError
    tag = mac.octets()
    if len(tag) != _TAG_LENGTH:
        raise failures.unsupported()
    return tag
