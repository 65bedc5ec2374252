# SPDX-License-Identifier: MIT
"""Lend a document to another program, the PDF reader: outside the encrypted store for as long as the store is open."""

from pathlib import Path
from typing import Final

from rkv_app.domain.media_types import PDF
from rkv_app.packets.attachment_safety import Safety, examine
from rkv_app.packets.plaintext import LentCopies

# Says nothing of what is in it: other programs keep lists of what they opened.
_NAME: Final = "dokument.pdf"


def look_before_lending(content: bytes) -> Safety:
    """Says what in a received PDF calls for care. Nothing is opened."""
    return examine(content, PDF)


def lend_pdf(copies: LentCopies, content: bytes, *, received: bool) -> Path:
    """Writes a copy of a PDF to a private folder, marked as come from outside where it was received.

    Raises:
        UserError: RKV-SYS-001 or RKV-SYS-002, there is no place for it; then nothing is left.
    """
    return copies.lend(content, _NAME, received=received)
