# SPDX-License-Identifier: MIT
"""CMS password recipients: PBKDF2 and the PWRI key wrap (RFC 3211), the way `openssl cms -pwri_password` opens them."""

import secrets
from typing import Final

from cryptography.hazmat.primitives import constant_time, hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

ITERATIONS: Final = 600_000
"""PBKDF2-HMAC-SHA256 rounds on write (OWASP 2023)."""
SALT_LENGTH: Final = 16
IV_LENGTH: Final = 16
WRAPPED_LENGTH: Final = 48

_BLOCK: Final = 16
_KEY_LENGTH: Final = 32
_CHECKED: Final = 3


def derive(secret: bytes, salt: bytes, iterations: int) -> bytes:
    """The 32-byte key-encryption key of a secret."""
    return PBKDF2HMAC(hashes.SHA256(), _KEY_LENGTH, salt, iterations).derive(secret)


def wrap(key: bytes, wrapping_key: bytes, iv: bytes) -> bytes:
    """Wraps a 32-byte key: length, three check bytes, key, padding, encrypted twice (RFC 3211 clause 2.3.1)."""
    check = bytes(octet ^ 0xFF for octet in key[:_CHECKED])
    block = bytes([len(key)]) + check + key
    block += secrets.token_bytes(-len(block) % _BLOCK)
    once = _encrypted(block, wrapping_key, iv)
    return _encrypted(once, wrapping_key, once[-_BLOCK:])


def unwrap(wrapped: bytes, wrapping_key: bytes, iv: bytes) -> bytes | None:
    """Unwraps what `wrap` made (RFC 3211 clause 2.3.2); None where the check bytes say that the key is wrong."""
    last = _decrypted(wrapped[-_BLOCK:], wrapping_key, wrapped[-2 * _BLOCK : -_BLOCK])
    once = _decrypted(wrapped, wrapping_key, last)
    block = _decrypted(once, wrapping_key, iv)
    key = block[1 + _CHECKED : 1 + _CHECKED + _KEY_LENGTH]
    expected = bytes([_KEY_LENGTH, *(octet ^ 0xFF for octet in key[:_CHECKED])])
    return key if constant_time.bytes_eq(block[: 1 + _CHECKED], expected) else None


def _encrypted(block: bytes, key: bytes, iv: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(block) + encryptor.finalize()


def _decrypted(block: bytes, key: bytes, iv: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(block) + decryptor.finalize()
