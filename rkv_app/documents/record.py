# SPDX-License-Identifier: MIT
"""What a document of a packet says, attached to it for machines, wherever the PDF goes alone."""

from typing import Final

from rkv_app.documents.tagged.finish import Attachment
from rkv_app.foundation.i18n import Words

RECORD_NAME: Final = "rkv.json"


def record_attachment(record: bytes, words: Words) -> Attachment:
    """Returns the attachment of a document whose content, as its packet carries it, is `record`."""
    return Attachment(
        RECORD_NAME, record, "application/json", words("What this document says, as machine-readable data")
    )
