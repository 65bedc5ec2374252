# SPDX-License-Identifier: MIT
"""Small secrets beside a store, sealed under keys that are derived from the store's own."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_LENGTH: Final = 12
_KEY_LENGTH: Final = 32
OVERHEAD: Final = _NONCE_LENGTH + 16
"""How many octets a seal adds."""


class Seal:
    """Seals short texts with AES-256-GCM under HKDF-SHA256(store key, purpose).

    Args:
        store_key: 32 octets; not kept.
        purpose: what the sealed texts are for; texts of another purpose do not open.
    """

    def __init__(self, store_key: bytes | bytearray, purpose: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=_KEY_LENGTH, salt=None, info=purpose.encode()).derive(store_key)
        self._cipher = AESGCM(derived)

    def close(self, content: bytes) -> bytes:
        """Returns `content` sealed, `OVERHEAD` octets longer."""
        nonce = os.urandom(_NONCE_LENGTH)
        return nonce + self._cipher.encrypt(nonce, content, None)

    def open(self, sealed: bytes) -> bytes | None:
        """Returns what was sealed, or None where it was not sealed by this key for this purpose, or was altered."""
        if len(sealed) < OVERHEAD:
            return None
        try:
            return self._cipher.decrypt(sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:], None)
        except InvalidTag:
            return None
