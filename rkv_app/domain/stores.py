# SPDX-License-Identifier: MIT
"""Stores as their users see them: ways in, who holds one, what was noticed, copies that were kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from rkv_app.foundation.i18n import Message

SECOND_FOLDER: Final = "backup.second_folder"
"""The setting that names the folder where a second copy of every backup goes."""


class SlotKind(StrEnum):
    """Kinds of way in, by the names that stand in a store's header file."""

    PASSPHRASE = "passphrase"  # noqa: S105 (a kind of slot, no secret)
    RECOVERY = "recovery"
    QUICK = "quick"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase as it was typed."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryWords:
    """The words of a recovery sheet as they were typed."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuickUnlock:
    """The secret that this machine's own key store keeps for the logged-in user."""


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """The private key of an office certificate.

    Attributes:
        pkcs12: content of a PKCS#12 file.
        password: the password of that file.
    """

    pkcs12: bytes = field(repr=False)
    password: str = field(repr=False)


WayIn = Passphrase | RecoveryWords | QuickUnlock | OfficeKey


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlot:
    """One way into a store.

    Attributes:
        id: names the slot within its store.
        label: what its owner calls it, readable without a key: never a person's name by our doing.
        expires: when it stops working; None means never.
    """

    id: str
    kind: SlotKind
    label: str
    created: datetime | None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has a store open for writing."""

    user: str
    host: str
    pid: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling that does not stop the work: a code with a handbook page, a sentence, what to do."""

    code: str
    message: Message
    hint: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a check of a whole store found; sound where there are no findings."""

    findings: tuple[Notice, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


class Verified(NamedTuple):
    """How far an audit trail has been recomputed: so many entries, the hash of the last of them."""

    entries: int = 0
    last: bytes = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy of a store with its header file beside it: by itself a store that opens with the ways in of its day.

    Attributes:
        size: bytes of the database.
        notice: on one just made, why there is no second copy of it where there was to be one.
    """

    path: Path
    made_at: datetime
    size: int
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageReport:
    """What could be read of a damaged store and was put into a new one: rows kept and rows lost, by table."""

    kept: dict[str, int]
    lost: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInfo:
    """What can be told of an open store.

    Attributes:
        path: where the database lies.
        revision: of its tables.
        size: bytes of the database file.
        entries: entries in the audit trail.
        made_by: the version of the program that last changed its tables.
    """

    store_id: str
    path: Path
    revision: str
    size: int
    entries: int
    made_by: str
    slots: tuple[KeySlot, ...]
    last_backup: Backup | None
    read_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a case; its content is kept once per store, however often it is attached.

    Attributes:
        subject: id of what it belongs to.
        media_type: by content, never by name.
        sha256: of the content, hexadecimal.
        size: in bytes.
    """

    id: str
    subject: str
    name: str
    media_type: str
    sha256: str
    size: int
    added: datetime


class HitKind(StrEnum):
    """What a search found."""

    CANDIDATE = "candidate"
    CASE = "case"
    PLACEMENT = "placement"
    ANSWER = "answer"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that a search found, best first.

    Attributes:
        subject: id of what was found; for an answer the evaluation's.
        case_id: the case it belongs to; empty in a supervisor's store.
        excerpt: the text that was found, as it is stored.
    """

    kind: HitKind
    subject: str
    case_id: str
    excerpt: str


class CaseOrder(StrEnum):
    """How a list of cases is sorted."""

    CHANGED = "changed"
    NAME = "name"
    STATE = "state"
    REFERENCE = "reference"


Progress = Callable[[int, int], bool]
"""Called with how much is done and how much there is; answers False to have the work cancelled."""
_STEPS = 1000


def share_of(progress: Progress | None, number: int, parts: int) -> Progress | None:
    """What tells `progress` of one of several parts of the work, counted from 0, as of its share of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(number * _STEPS + _STEPS * done // max(1, total), parts * _STEPS)
