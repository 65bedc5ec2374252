# SPDX-License-Identifier: MIT
"""The header file beside a store: the store's random key, wrapped under keys derived from passphrases.

Layout: one line `rkv-store/1 <SHA-256 of the rest, hex>`, then canonical JSON with the store's id and a list of slots.
The plain digest tells damage from a wrong passphrase; the AES-256-GCM tag of a slot, with every other field of the
slot as associated data, decides whether the passphrase is right. Changing a passphrase rewrites this file only.
"""

import base64
import binascii
import hashlib
import json
import secrets
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

_FORMAT: Final = "rkv-store/1"
_KDF: Final = "argon2id"
_KEY_LENGTH: Final = 32
_SALT_LENGTH: Final = 16
_NONCE_LENGTH: Final = 12
_WRAPPED_LENGTH: Final = _KEY_LENGTH + 16
_LARGEST_HEADER: Final = 64 * 1024
_MOST_SLOTS: Final = 8

_TARGET_SECONDS: Final = 0.5
_MEMORY_CAP_KIB: Final = 256 * 1024
_ITERATIONS_CAP: Final = 16

_READABLE_MEMORY_KIB: Final = range(8 * 1024, 1024 * 1024 + 1)
_READABLE_ITERATIONS: Final = range(1, _ITERATIONS_CAP + 1)
_READABLE_LANES: Final = range(1, 17)


class _Damaged(Exception):
    """The header cannot be what this program wrote."""


class _SlotKind(StrEnum):
    PASSPHRASE = "passphrase"  # noqa: S105 (a kind of slot, no secret)


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess at a passphrase costs: Argon2id parameters (RFC 9106).

    Attributes:
        memory_kib: memory in KiB.
        iterations: passes over the memory.
        lanes: parallel lanes.
    """

    memory_kib: int
    iterations: int
    lanes: int


MINIMUM_COST: Final = KdfCost(memory_kib=65536, iterations=3, lanes=4)
"""RFC 9106's second recommended choice; no store of a user is made with less."""


@dataclass(frozen=True, slots=True)
class OpenedHeader:
    """What a header gives to whoever knows a passphrase.

    Attributes:
        store_id: the id the header was made for, to be compared with the store's own.
        key: the store's 32-byte key; a bytearray so that its owner can overwrite it.
    """

    store_id: str
    key: bytearray = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Slot:
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes


def calibrated_cost() -> KdfCost:
    """The cost that takes about half a second on this machine, never below MINIMUM_COST and within 256 MiB.

    Memory is raised before iterations, because memory is what makes guessing on special hardware dear.
    """
    started = time.perf_counter()
    _derive("calibration", bytes(_SALT_LENGTH), MINIMUM_COST)
    factor = _TARGET_SECONDS / max(time.perf_counter() - started, 1e-3)
    memory = MINIMUM_COST.memory_kib
    while factor >= 2 and memory < _MEMORY_CAP_KIB:
        memory, factor = memory * 2, factor / 2
    iterations = min(max(MINIMUM_COST.iterations, round(MINIMUM_COST.iterations * factor)), _ITERATIONS_CAP)
    return KdfCost(memory_kib=memory, iterations=iterations, lanes=MINIMUM_COST.lanes)


def make_header(store_id: str, store_key: bytes, passphrase: str, cost: KdfCost) -> bytes:
    """Makes a header with one passphrase slot, with fresh salt and nonce.

    Args:
        store_id: the store's id; readable by anyone who has the file.
        store_key: the store's 32-byte key.
        passphrase: as typed; it is brought to Unicode NFC, so that it does not matter how a keyboard composes "å".
        cost: Argon2id parameters, as from `calibrated_cost`.

    Raises:
        ValueError: the key is not 32 bytes long or the cost is outside what `open_header` accepts.
    """
    if len(store_key) != _KEY_LENGTH:
        raise ValueError("a store key is 32 bytes long")
    if not _readable(cost):
        raise ValueError("cost outside the readable range")
    salt, nonce = secrets.token_bytes(_SALT_LENGTH), secrets.token_bytes(_NONCE_LENGTH)
    wrapping_key = _derive(passphrase, salt, cost)
    wrapped = AESGCM(wrapping_key).encrypt(nonce, store_key, _associated(store_id, cost, salt))
    slot = {
        "kind": _SlotKind.PASSPHRASE.value,
        "kdf": {"name": _KDF, "memory_kib": cost.memory_kib, "iterations": cost.iterations, "lanes": cost.lanes},
        "salt": _text(salt),
        "nonce": _text(nonce),
        "wrapped": _text(wrapped),
    }
    body = _canonical({"store": store_id, "slots": [slot]})
    return _first_line(body) + body


def open_header(data: bytes, passphrase: str) -> OpenedHeader:
    """Unwraps the store key with a passphrase.

    Args:
        data: the whole header file.
        passphrase: as typed.

    Raises:
        UserError: RKV-STO-001 (LOCKED) no slot opens with the passphrase; RKV-STO-010 (DAMAGED) the header is damaged,
            was written by a newer version, or asks for more memory or time than any store needs.
    """
    try:
        store_id, slots = _parsed(data)
    except _Damaged as damage:
        raise UserError(
            "RKV-STO-010",
            message("The store's key file is damaged, or was written by a newer version of this program."),
            message(
                "Nothing was changed. The passphrase alone cannot open the store; restore the key file from a backup."
            ),
            ExitStatus.DAMAGED,
        ) from damage
    for slot in slots:
        wrapping_key = _derive(passphrase, slot.salt, slot.cost)
        try:
            key = AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped, _associated(store_id, slot.cost, slot.salt))
        except InvalidTag:
            continue
        return OpenedHeader(store_id, bytearray(key))
    raise UserError(
        "RKV-STO-001",
        message("The passphrase is wrong."),
        message("Nothing was changed. Check the keyboard layout and Caps Lock, then try again."),
        ExitStatus.LOCKED,
    )


def _derive(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    kdf = Argon2id(
        salt=salt, length=_KEY_LENGTH, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))


def _associated(store_id: str, cost: KdfCost, salt: bytes) -> bytes:
    fixed = [_FORMAT, store_id, _SlotKind.PASSPHRASE.value, _KDF, cost.memory_kib, cost.iterations, cost.lanes]
    return _canonical([*fixed, _text(salt)])


def _parsed(data: bytes) -> tuple[str, list[_Slot]]:
    first_line, separator, body = data[:_LARGEST_HEADER].partition(b"\n")
    if len(data) > _LARGEST_HEADER or first_line + separator != _first_line(body):
        raise _Damaged
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise _Damaged from problem
    fields = _mapping(content)
    store_id, entries = fields.get("store"), fields.get("slots")
    if not isinstance(store_id, str) or not isinstance(entries, list) or len(entries) > _MOST_SLOTS:
        raise _Damaged
    slots = [_slot(entry) for entry in map(_mapping, entries) if entry.get("kind") == _SlotKind.PASSPHRASE.value]
    if not slots:
        raise _Damaged
    return store_id, slots


def _slot(entry: Mapping[str, object]) -> _Slot:
    kdf = _mapping(entry.get("kdf"))
    cost = KdfCost(_number(kdf, "memory_kib"), _number(kdf, "iterations"), _number(kdf, "lanes"))
    if kdf.get("name") != _KDF or not _readable(cost):
        raise _Damaged
    return _Slot(
        cost,
        salt=_octets(entry, "salt", _SALT_LENGTH),
        nonce=_octets(entry, "nonce", _NONCE_LENGTH),
        wrapped=_octets(entry, "wrapped", _WRAPPED_LENGTH),
    )


def _readable(cost: KdfCost) -> bool:
    return (
        cost.memory_kib in _READABLE_MEMORY_KIB
        and cost.iterations in _READABLE_ITERATIONS
        and cost.lanes in _READABLE_LANES
    )


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _Damaged
    return value


def _number(fields: Mapping[str, object], name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int):
        raise _Damaged
    return value


def _octets(fields: Mapping[str, object], name: str, length: int) -> bytes:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _Damaged
    try:
        octets = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise _Damaged from problem
    if len(octets) != length:
        raise _Damaged
    return octets


def _first_line(body: bytes) -> bytes:
    return f"{_FORMAT} {hashlib.sha256(body).hexdigest()}\n".encode()


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
