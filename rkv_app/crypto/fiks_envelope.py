# SPDX-License-Identifier: MIT
"""The envelope that KS Fiks IO takes: CMS EnvelopedData (RFC 5652) with AES-256-CBC and RSA-OAEP-SHA256, written only.

It is NOT authenticated: it hides the content, but does not show whether somebody has changed it on its way. What is in
it has to be signed. Our own packets are sealed by `envelope`, and this program opens nothing that is sealed like this.
"""

import os
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO, Final

from cryptography import x509
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from rkv_app.crypto import der, failures
from rkv_app.crypto.certificates import certificate_in, public_key
from rkv_app.crypto.identity import SMALLEST_RSA_BITS
from rkv_app.crypto.recipients import KEY_LENGTH, MOST_RECIPIENTS, CertificateRecipient, recipient_info
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

_ENVELOPED_DATA: Final = der.oid("1.2.840.113549.1.7.3")
_DATA: Final = der.oid("1.2.840.113549.1.7.1")
_AES256_CBC: Final = der.oid("2.16.840.1.101.3.4.1.42")
_BLOCK: Final = 16
_EXPLICIT: Final = der.context(0)
_ENCRYPTED_CONTENT: Final = der.context(0, constructed=False)


def read_rsa_certificate(data: bytes, at: datetime) -> bytes:
    """Reads the certificate of a Fiks IO account from a PEM or DER file; returns it as DER.

    Args:
        data: the content of the file.
        at: the moment at which it has to be valid.

    Raises:
        UserError: RKV-PKT-060, it is no certificate, has no RSA key of at least 2048 bits, or is not valid `at`.
    """
    try:
        encoded = certificate_in(data)
        key = public_key(encoded)
        certificate = x509.load_der_x509_certificate(encoded)
        valid = certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
    except ValueError as problem:
        raise _unusable(message("it is not a certificate that can be read")) from problem
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SMALLEST_RSA_BITS:
        raise _unusable(message("Fiks IO takes RSA keys of at least 2048 bits only"))
    if not valid:
        raise _unusable(message("it is not valid today"))
    return encoded


def envelop(plaintext: BinaryIO, enveloped: BinaryIO, certificates: Sequence[bytes]) -> None:
    """Encrypts a stream to RSA certificates with a fresh key. The result is not authenticated, see the module.

    Args:
        plaintext: read from its present place to its end; must be seekable, and must not change meanwhile.
        enveloped: receives the encrypted bytes.
        certificates: DER, 1 to 20 of them, as `read_rsa_certificate` returns them.

    Raises:
        UserError: RKV-PKT-006 a certificate cannot be used.
        ValueError: no certificates or too many, or the plaintext changed length while it was read.
    """
    if not 1 <= len(certificates) <= MOST_RECIPIENTS:
        raise ValueError("an envelope has 1 to 20 recipients")
    content_key, iv = secrets.token_bytes(KEY_LENGTH), secrets.token_bytes(_BLOCK)
    infos = [recipient_info(CertificateRecipient(each), content_key) for each in certificates]
    if any(info[0] != der.SEQUENCE for info in infos):
        raise failures.unsupported()
    start = plaintext.tell()
    length = plaintext.seek(0, os.SEEK_END) - start
    plaintext.seek(start)
    enveloped.write(_head(der.set_of(*infos), iv, length + _BLOCK - length % _BLOCK))
    encryptor = Cipher(algorithms.AES(content_key), modes.CBC(iv)).encryptor()
    padder = padding.PKCS7(_BLOCK * 8).padder()
    taken = 0
    while chunk := plaintext.read(der.CHUNK):
        taken += len(chunk)
        enveloped.write(encryptor.update(padder.update(chunk)))
    if taken != length:
        raise ValueError("the plaintext changed while it was encrypted")
    enveloped.write(encryptor.update(padder.finalize()) + encryptor.finalize())


def _head(infos: bytes, iv: bytes, length: int) -> bytes:
    """Everything before the ciphertext, whose `length` in bytes the outer lengths count in."""
    algorithm = der.sequence(_AES256_CBC, der.octet_string(iv))
    content = der.opening(_ENCRYPTED_CONTENT, b"", length)
    encrypted = der.opening(der.SEQUENCE, _DATA + algorithm + content, length)
    # RFC 5652 clause 6.1: version 0 where every recipient is key transport named by issuer and serial.
    body = der.opening(der.SEQUENCE, der.integer(0) + infos + encrypted, length)
    return der.opening(der.SEQUENCE, _ENVELOPED_DATA + der.opening(_EXPLICIT, body, length), length)


def _unusable(why: Message) -> UserError:
    return UserError(
        "RKV-PKT-060",
        message("The receiver's certificate cannot be used for Fiks IO: {why}.", why=why),
        message("Nothing was written. Fetch the certificate of the receiver's Fiks IO account again."),
    )
