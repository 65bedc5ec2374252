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
    "Sealing",
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
# Encrypted, but open to changes: EnvelopedData (RFC 5652), and AES in CBC or CTR under any content type (RFC 9709).
_ENVELOPED_DATA: Final = der.oid("1.2.840.113549.1.7.3")
_UNAUTHENTICATED: Final = frozenset(der.oid(f"2.16.840.1.101.3.4.1.{arc}") for arc in (0, 2, 22, 42))
_NONCE_LENGTH: Final = 12
_TAG_LENGTH: Final = 16
# What a cipher asks for beyond the length of its input (a block less one).
_ROOM: Final = 15
_PIECE: Final = 64 * 1024

_EXPLICIT: Final = der.context(0)
_ENCRYPTED_CONTENT: Final = der.context(0, constructed=False)
_SEGMENTED_CONTENT: Final = der.context(0)
_ORIGINATOR_INFO: Final = der.context(0)
_AUTHENTICATED_ATTRIBUTES: Final = der.context(1)
_UNAUTHENTICATED_ATTRIBUTES: Final = der.context(2)

_HEADER_ALLOWANCE: Final = 1024 * 1024
_DEEPEST: Final = 12


class Sealing:
    """A stream to write plaintext to, which comes out sealed.

    A fresh content key and nonce are made for each. What has been written is no packet before `finish` has returned.
    """

    def __init__(self, sealed: BinaryIO, recipients: Sequence[SealTo], length: int) -> None:
        """Begins a packet.

        Args:
            sealed: receives the sealed bytes.
            recipients: 1 to 20 of them.
            length: bytes of plaintext that will come.

        Raises:
            UserError: RKV-PKT-006 a certificate whose key packets are not sealed to; RKV-PKT-007 not a spoken code.
            ValueError: no recipients or too many.
        """
        if not 1 <= len(recipients) <= MOST_RECIPIENTS:
            raise ValueError("a packet has 1 to 20 recipients")
        content_key = secrets.token_bytes(KEY_LENGTH)
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        infos = der.set_of(*(recipient_info(recipient, content_key) for recipient in recipients))
        sealed.write(_head(infos, nonce, length))
        self._sealed = sealed
        self._encryptor = Cipher(algorithms.AES(content_key), modes.GCM(nonce)).encryptor()
        self._buffer = bytearray(min(length, _PIECE) + _ROOM)
        self._left = length

    def write(self, plaintext: bytes, /) -> int:
        """Seals the next piece, all of it."""
        whole = memoryview(plaintext)
        self._left -= len(whole)
        most = len(self._buffer) - _ROOM
        # Never a part of the last, too long piece: GCM must not encrypt more than was said.
        for start in range(0, len(whole) if self._left >= 0 else 0, most or 1):
            size = self._encryptor.update_into(whole[start : start + most], self._buffer)
            self._sealed.write(memoryview(self._buffer)[:size])
        return len(whole)

    def finish(self) -> None:
        """Ends the packet.

        Raises:
            ValueError: more or less plaintext came than was said.
        """
        if self._left:
            raise ValueError("the plaintext changed while it was sealed")
        self._encryptor.finalize()
        self._sealed.write(der.octet_string(self._encryptor.tag))


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
    sealing = Sealing(sealed, recipients, _bytes_left(plaintext))
    while chunk := plaintext.read(der.CHUNK):
        sealing.write(chunk)
    sealing.finish()


def unseal(sealed: BinaryIO, plaintext: BinaryIO, opener: OpenWith) -> None:
    """Opens a sealed stream. What has been written is worth nothing unless this returns.

    Args:
        sealed: read from its present place to its end.
        plaintext: receives the decrypted bytes while they are still unproven; the caller deletes them on any error.
        opener: own keys, or the code.

    Raises:
        UserError: RKV-PKT-001 not our format, -002 not for this key or code, -003 wrong code (LOCKED), -004 damaged or
            altered (DAMAGED), -006 weak or unsupported cryptography, -007 the code is no spoken code, -030 not
            authenticated at all, -031 a short tag or nonce, -032 too costly to read, -033 bytes after the end.
    """
    reader = der.BerReader(sealed, allowance=_HEADER_ALLOWANCE, max_depth=_DEEPEST)
    outer = _content_info(reader)
    try:
        explicit = reader.enter(outer, _EXPLICIT)
        _auth_enveloped_data(reader, explicit, plaintext, opener)
        reader.leave(explicit)
        reader.leave(outer)
    except der.TooLargeError as problem:
        raise failures.too_costly() from problem
    except (der.MalformedError, InvalidTag) as problem:
        raise failures.damaged() from problem
    try:
        reader.finish()
    except der.MalformedError as problem:
        raise failures.trailing_bytes() from problem


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
    content = der.opening(_ENCRYPTED_CONTENT, b"", length)
    encrypted = der.opening(der.SEQUENCE, _DATA + algorithm + content, length)
    tag_length = len(der.octet_string(bytes(_TAG_LENGTH)))
    body = der.opening(der.SEQUENCE, der.integer(0) + infos + encrypted, length + tag_length)
    explicit = der.opening(_EXPLICIT, body, length + tag_length)
    return der.opening(der.SEQUENCE, _AUTH_ENVELOPED_DATA + explicit, length + tag_length)


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
    if content_type.raw == _ENVELOPED_DATA:
        raise failures.unauthenticated()
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
    buffer = bytearray()
    for chunk in reader.octets(content):
        if len(buffer) < len(chunk) + _ROOM:
            buffer = bytearray(len(chunk) + _ROOM)
        plaintext.write(memoryview(buffer)[: decryptor.update_into(chunk, buffer)])
    reader.leave(encrypted)
    decryptor.finalize_with_tag(_authentication_tag(reader.node(body)))
    trailing = reader.next_in(body)
    if trailing is not None:
        raise failures.unsupported() if trailing.tag == _UNAUTHENTICATED_ATTRIBUTES else der.MalformedError()
    reader.leave(body)


def _gcm_nonce(algorithm: der.Node) -> bytes:
    """The nonce of AES-256-GCM with a full tag: a shorter tag is easier to forge, another cipher proves nothing."""
    cipher = algorithm.child(0, der.OBJECT_IDENTIFIER).raw
    if cipher in _UNAUTHENTICATED:
        raise failures.unauthenticated()
    if cipher != _AES256_GCM:
        raise failures.unsupported()
    parameters = algorithm.child(1, der.SEQUENCE)
    nonce = parameters.child(0, der.OCTET_STRING).content
    # RFC 5084 clause 3.2: an absent aes-ICVlen means 12, which is too short here.
    if len(nonce) != _NONCE_LENGTH or len(parameters.children) < 2:
        raise failures.short_proof()
    if parameters.child(1, der.INTEGER).number() != _TAG_LENGTH:
        raise failures.short_proof()
    return nonce


def _authentication_tag(mac: der.Node) -> bytes:
    if mac.tag == _AUTHENTICATED_ATTRIBUTES:
        raise failures.unsupported()
    if mac.tag & ~0x20 != der.OCTET_STRING:
        raise der.MalformedError
    tag = mac.octets()
    if len(tag) != _TAG_LENGTH:
        raise failures.short_proof()
    return tag
