# SPDX-License-Identifier: MIT
"""Random identifiers, and secrets that are not keys."""

import secrets
import uuid


def new_id() -> str:
    """A fresh random UUID (RFC 9562 version 4), lower case with hyphens."""
    return str(uuid.uuid4())


def new_token() -> str:
    """A fresh secret of 256 random bits as 64 hexadecimal digits."""
    return secrets.token_hex(32)
