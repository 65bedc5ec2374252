# SPDX-License-Identifier: MIT
"""The header file beside a store: its slots, read and written; `docs/formats/store.md` describes every byte.

A slot holds the store's key wrapped under one way in; `crypto/keyslots.py` wraps and opens. The digest in the first
line tells damage from a wrong passphrase. The seal, which only the store's key can make, tells after opening whether
a slot was added, removed or altered by somebody without that key.
"""

import base64
import binascii
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rkv_app.crypto import kdf, key_failures
from rkv_app.crypto.kdf import KdfCost
from rkv_app.crypto.slots import (
    FIRST_FORMAT,
    FORMAT,
    KEY_LENGTH,
    LARGEST_CERTIFICATE,
    LARGEST_SEALED,
    LASTING,
    LONGEST_LABEL,
    MOST_SLOTS,
    NONCE_LENGTH,
    TAG_LENGTH,
    Header,
    Octets,
    OfficeSlot,
    PassphraseSlot,
    QuickSlot,
    RecoverySlot,
    Slot,
    is_boot,
)
from rkv_app.domain.stores import SlotKind

_LARGEST_HEADER: Final = 64 * 1024
_STORE_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SLOT_ID: Final = re.compile(r"[0-9a-z-]{1,36}")
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_ONLY_SLOT: Final = "passphrase-1"
_SEAL_PURPOSE: Final = "header seal"


class _Damaged(Exception):
    """The header cannot be what this program wrote."""


@dataclass(frozen=True, slots=True)
class _Seal:
    nonce: bytes
    tag: bytes


def new_header(store_id: str) -> Header:
    """A header without any slot, to which the first way in is to be added before it can be written.

    Raises:
        ValueError: the id is no UUID in lower case with hyphens.
    """
    if not _STORE_ID.fullmatch(store_id):
        raise ValueError("a store's id is a UUID")
    return Header(store_id, ())


def parse_header(data: bytes) -> Header:
    """Reads a header, of this format or the first, within bounds that are checked before anything is derived.

    Raises:
        UserError: RKV-STO-010 (DAMAGED) it is damaged, was written by a newer version, or asks for more memory or
            time than any store needs.
    """
    return _read(data)[0]


def header_bytes(header: Header, store_key: Octets) -> bytes:
    """The header file, in the present format, sealed with the store's key.

    Raises:
        ValueError: it could not be read again: no lasting way in, too many slots, a key of another length.
    """
    if len(store_key) != KEY_LENGTH:
        raise ValueError("a store key is 32 bytes long")
    nonce = secrets.token_bytes(NONCE_LENGTH)
    tag = AESGCM(subkey(store_key, _SEAL_PURPOSE)).encrypt(nonce, b"", _sealed_part(header))
    body = _body(header, _Seal(nonce, tag))
    data = _first_line(FORMAT, body) + body
    try:
        _parsed(data)
    except _Damaged as problem:
        raise ValueError("a header that could not be read again") from problem
    return data


def check_seal(data: bytes, header: Header, store_key: Octets) -> None:
    """Makes sure that whoever wrote the header had the store's key. `rkv-store/1` has no seal to check.

    Args:
        data: the header file as it was read.
        header: what `parse_header` made of it.
        store_key: as `unlock` gave it.

    Raises:
        UserError: RKV-STO-010 (DAMAGED) a slot was added, removed or altered.
    """
    read, seal = _read(data)
    if read != header:
        raise key_failures.changed_header()
    if seal is None:
        return
    try:
        AESGCM(subkey(store_key, _SEAL_PURPOSE)).decrypt(seal.nonce, seal.tag, _sealed_part(header))
    except InvalidTag as problem:
        raise key_failures.changed_header() from problem


def associated(store_id: str, slot: Slot) -> bytes:
    """What the tag of a slot covers beside the key: the format, the store, and every field but `wrapped`."""
    if isinstance(slot, PassphraseSlot) and slot.made_as == FIRST_FORMAT:
        cost = [slot.cost.memory_kib, slot.cost.iterations, slot.cost.lanes]
        return _canonical([FIRST_FORMAT, store_id, slot.kind.value, kdf.NAME, *cost, _text(slot.salt)])
    return _canonical([FORMAT, store_id, _described(slot)])


def subkey(secret: Octets, purpose: str) -> bytearray:
    """A 32-byte key for one purpose: HKDF-SHA256 (RFC 5869) without salt, info `rkv-store/2 <purpose>`."""
    key = bytearray(KEY_LENGTH)
    HKDF(hashes.SHA256(), KEY_LENGTH, salt=None, info=f"{FORMAT} {purpose}".encode()).derive_into(secret, key)
    return key


def _described(slot: Slot) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": slot.id,
        "kind": slot.kind.value,
        "label": slot.label,
        "created": None if slot.created is None else _moment_text(slot.created),
    }
    if isinstance(slot, PassphraseSlot):
        cost = slot.cost
        fields["made_as"] = slot.made_as
        fields["kdf"] = {
            "name": kdf.NAME,
            "memory_kib": cost.memory_kib,
            "iterations": cost.iterations,
            "lanes": cost.lanes,
        }
        fields["salt"] = _text(slot.salt)
    if isinstance(slot, PassphraseSlot | RecoverySlot | QuickSlot):
        fields["nonce"] = _text(slot.nonce)
    if isinstance(slot, QuickSlot):
        fields["expires"], fields["boot"] = _moment_text(slot.expires), slot.boot
    if isinstance(slot, OfficeSlot):
        fields["certificate"] = _text(slot.certificate)
    return fields


def _content(header: Header) -> dict[str, object]:
    slots = [{**_described(slot), "wrapped": _text(slot.wrapped)} for slot in header.slots]
    return {"store": header.store_id, "slots": slots}


def _sealed_part(header: Header) -> bytes:
    return _canonical(_content(header))


def _body(header: Header, seal: _Seal) -> bytes:
    return _canonical({**_content(header), "seal": {"nonce": _text(seal.nonce), "tag": _text(seal.tag)}})


def _read(data: bytes) -> tuple[Header, _Seal | None]:
    try:
        return _parsed(data)
    except _Damaged as damage:
        raise key_failures.damaged_header() from damage


def _parsed(data: bytes) -> tuple[Header, _Seal | None]:
    if len(data) > _LARGEST_HEADER:
        raise _Damaged
    first_line, separator, body = data.partition(b"\n")
    for format_name in (FORMAT, FIRST_FORMAT):
        if first_line + separator == _first_line(format_name, body):
            return _parsed_body(format_name, body)
    raise _Damaged


def _parsed_body(format_name: str, body: bytes) -> tuple[Header, _Seal | None]:
    try:
        content = _mapping(json.loads(body))
    except (ValueError, RecursionError) as problem:
        raise _Damaged from problem
    entries = content.get("slots")
    if not isinstance(entries, list) or len(entries) > MOST_SLOTS:
        raise _Damaged
    store_id = _matching(content, "store", _STORE_ID)
    if format_name == FIRST_FORMAT:
        slots: tuple[Slot, ...] = tuple(_first_slot(_mapping(entry)) for entry in entries)
        return _checked(Header(store_id, slots, FIRST_FORMAT)), None
    header = _checked(Header(store_id, tuple(_slot(_mapping(entry)) for entry in entries)))
    fields = _mapping(content.get("seal"))
    seal = _Seal(_octets(fields, "nonce", NONCE_LENGTH), _octets(fields, "tag", TAG_LENGTH))
    # Nothing unknown, nothing twice, nothing written in another way: what is not understood is not passed over.
    if _body(header, seal) != body:
        raise _Damaged
    return header, seal


def _checked(header: Header) -> Header:
    if len({slot.id for slot in header.slots}) != len(header.slots):
        raise _Damaged
    if not any(slot.kind in LASTING for slot in header.slots):
        raise _Damaged
    if sum(slot.cost.work for slot in header.slots if isinstance(slot, PassphraseSlot)) > kdf.MOST_WORK:
        raise _Damaged
    return header


def _first_slot(entry: Mapping[str, object]) -> Slot:
    if entry.get("kind") != SlotKind.PASSPHRASE.value:
        raise _Damaged
    return _slot({**entry, "id": _ONLY_SLOT, "label": "", "created": None, "made_as": FIRST_FORMAT})


def _slot(entry: Mapping[str, object]) -> Slot:
    slot_id, label, created = _matching(entry, "id", _SLOT_ID), _label(entry), _created(entry)
    kind = entry.get("kind")
    if kind == SlotKind.OFFICE.value:
        return OfficeSlot(
            id=slot_id,
            label=label,
            created=created,
            certificate=_octets(entry, "certificate", range(1, LARGEST_CERTIFICATE + 1)),
            wrapped=_octets(entry, "wrapped", range(1, LARGEST_SEALED + 1)),
        )
    nonce, wrapped = _octets(entry, "nonce", NONCE_LENGTH), _octets(entry, "wrapped", KEY_LENGTH + TAG_LENGTH)
    if kind == SlotKind.PASSPHRASE.value:
        return PassphraseSlot(
            id=slot_id,
            label=label,
            created=created,
            made_as=_made_as(entry),
            cost=_cost(_mapping(entry.get("kdf"))),
            salt=_octets(entry, "salt", kdf.SALT_LENGTH),
            nonce=nonce,
            wrapped=wrapped,
        )
    if kind == SlotKind.RECOVERY.value:
        return RecoverySlot(id=slot_id, label=label, created=created, nonce=nonce, wrapped=wrapped)
    if kind == SlotKind.QUICK.value:
        expires, boot = _moment(entry.get("expires")), entry.get("boot")
        if not isinstance(boot, str) or not is_boot(boot):
            raise _Damaged
        return QuickSlot(
            id=slot_id, label=label, created=created, expires=expires, boot=boot, nonce=nonce, wrapped=wrapped
        )
    raise _Damaged


def _made_as(entry: Mapping[str, object]) -> str:
    made_as = entry.get("made_as")
    if made_as not in (FORMAT, FIRST_FORMAT):
        raise _Damaged
    return str(made_as)


def _cost(fields: Mapping[str, object]) -> KdfCost:
    cost = KdfCost(_number(fields, "memory_kib"), _number(fields, "iterations"), _number(fields, "lanes"))
    if fields.get("name") != kdf.NAME or not kdf.is_readable(cost):
        raise _Damaged
    return cost


def _label(entry: Mapping[str, object]) -> str:
    label = entry.get("label")
    if not isinstance(label, str) or len(label) > LONGEST_LABEL or not label.isprintable():
        raise _Damaged
    return label


def _created(entry: Mapping[str, object]) -> datetime | None:
    if entry.get("made_as") == FIRST_FORMAT and entry.get("created") is None:
        return None
    return _moment(entry.get("created"))


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise _Damaged
    try:
        return datetime.fromisoformat(value)
    except ValueError as problem:
        raise _Damaged from problem


def _moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _Damaged
    return value


def _matching(fields: Mapping[str, object], name: str, pattern: re.Pattern[str]) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _Damaged
    return value


def _number(fields: Mapping[str, object], name: str) -> int:
    value = fields.get(name)
    if type(value) is not int:
        raise _Damaged
    return value


def _octets(fields: Mapping[str, object], name: str, length: int | range) -> bytes:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _Damaged
    try:
        octets = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise _Damaged from problem
    if len(octets) not in (range(length, length + 1) if isinstance(length, int) else length):
        raise _Damaged
    return octets


def _first_line(format_name: str, body: bytes) -> bytes:
    return f"{format_name} {hashlib.sha256(body).hexdigest()}\n".encode()


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
