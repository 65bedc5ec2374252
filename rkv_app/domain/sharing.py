# SPDX-License-Identifier: MIT
"""What was shared with whom, on which legal ground. The candidate may always see it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingGround:
    """Why something may leave.

    Attributes:
        legal_basis: code from `resources/reference/legal_bases.yaml`.
        purpose: what the receiver needs it for, in plain words.
        informed_on: the day the candidate was told.
    """

    legal_basis: str
    purpose: str
    informed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingEvent:
    """One thing that left: what, when, to whom, why, and the digest of the file as it was sent.

    Attributes:
        shape: what it left as, where it was no packet: the name of an export.
        cleared_by: who cleared the papers of a shielded candidate; empty where it needed nobody.
    """

    id: str
    case_id: str
    message_id: str
    at: datetime
    receiver: str
    ground: SharingGround
    sha256: str
    shape: str = ""
    cleared_by: str = ""
