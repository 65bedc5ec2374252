# SPDX-License-Identifier: MIT
"""The audit trail: one entry for every change, each chained to the one before by its hash.

`hash = SHA-256(hash before ‖ UTF-8 of the JSON array [seq, at, kind, subject, item, value])`, the array without
spaces and `value` a text that holds JSON, or null; before the first entry stand 32 zero octets. So nothing in the
middle can be changed, taken out or put in without every later hash becoming another one. The newest hash and the
number of entries are kept outside the database as well, see `store/database/tip.py`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from json.encoder import encode_basestring
from typing import Final

from rkv_app.store.database.schema import ADD_TO_TRAIL

NOTHING_BEFORE: Final = bytes(32)

dump_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
"""JSON as it is written in every JSON column."""


class Entry(StrEnum):
    """What an entry tells of. `subject` is the id of what it happened to."""

    ANSWER = "answer"
    REMOVED = "removed"
    STATE = "state"
    EVALUATION = "evaluation"
    RESPONSE = "response"
    REVISED = "revised"
    MOVED = "moved"
    SURVEYED = "surveyed"
    CANDIDATE = "candidate"
    CASE = "case"
    PLANS = "plans"
    TRANSITION = "transition"
    PLACEMENT = "placement"
    PACKET = "packet"
    REPLY_USED = "reply_used"
    REQUEST = "request"
    QUEUED = "queued"
    RECEIPT_SENT = "receipt_sent"
    CONTACT = "contact"
    OWNER = "owner"
    SHARED = "shared"
    CURRICULUM = "curriculum"
    ATTACHED = "attached"
    DETACHED = "detached"
    WAY_ADDED = "way_added"
    WAY_CHANGED = "way_changed"
    WAY_REMOVED = "way_removed"
    REKEYED = "rekeyed"
    RESTORED = "restored"
    SALVAGED = "salvaged"
    ACCEPTED_OLDER = "accepted_older"
    EXPORTED = "exported"


class Trail:
    """The growing end of the trail of one open database.

    Args:
        execute: runs one statement with `?` for parameters, inside the transaction that is open.
        count: how many entries there are.
        last: the hash of the newest one.
    """

    def __init__(
        self, execute: Callable[[str, Sequence[object]], object], count: int = 0, last: bytes = NOTHING_BEFORE
    ) -> None:
        self._execute = execute
        self.count = count
        self.last = last

    def note(self, at: str, kind: Entry, subject: str, item: str, value: str | None) -> None:
        """Adds an entry; `value` is JSON. It belongs to the transaction that is open."""
        seq = self.count + 1
        digest = entry_hash(self.last, seq, at, kind.value, subject, item, value)
        self._execute(ADD_TO_TRAIL, (seq, at, kind.value, subject, item, value, digest))
        self.count, self.last = seq, digest

    def back_to(self, count: int, last: bytes) -> None:
        """Forgets the entries of a transaction that was undone."""
        self.count, self.last = count, last


def entry_hash(before: bytes, seq: int, at: str, kind: str, subject: str, item: str, value: str | None) -> bytes:
    """The hash of an entry, see the module."""
    held = "null" if value is None else encode_basestring(value)
    texts = ",".join(map(encode_basestring, (at, kind, subject, item)))
    return hashlib.sha256(before + f"[{seq},{texts},{held}]".encode()).digest()


def first_broken(rows: Iterable[Sequence[object]], before: bytes = NOTHING_BEFORE, first: int = 1) -> int | None:
    """The number of the first entry that is not what was written, or is missing; None where all are as they were.

    Args:
        rows: (seq, at, kind, subject, item, value, hash) in the order of seq.
        before: the hash of the entry before the first of `rows`.
        first: the number that the first of `rows` must have.
    """
    for expected, (seq, at, kind, subject, item, value, digest) in enumerate(rows, start=first):
        if (
            seq != expected
            or entry_hash(before, expected, str(at), str(kind), str(subject), str(item), _text(value)) != digest
        ):
            return expected
        before = digest
    return None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
