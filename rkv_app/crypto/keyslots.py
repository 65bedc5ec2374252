# SPDX-License-Identifier: MIT
"""Ways into a store: each slot of a header wraps the store's one random key under something a person has or knows.

Pure functions: every change gives a new `Header`, which the store writes whole. Adding, changing and removing a way in
never touches the database. Whoever kept an old header and knows an old way in can still derive the key; only a re-key
of the store ends that.
"""

import hashlib
import io
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rkv_app.crypto import kdf, key_failures
from rkv_app.crypto.kdf import KdfCost
from rkv_app.crypto.key_header import associated, check_seal, header_bytes, new_header, parse_header, subkey
from rkv_app.crypto.recovery_words import recovery_secret
from rkv_app.crypto.slots import (
    FORMAT,
    KEY_LENGTH,
    LARGEST_CERTIFICATE,
    LARGEST_SEALED,
    LASTING,
    LONGEST_LABEL,
    MOST_SLOTS,
    NONCE_LENGTH,
    Header,
    Octets,
    OfficeSlot,
    PassphraseSlot,
    QuickSlot,
    RecoverySlot,
    Slot,
    is_boot,
    to_second,
)
from rkv_app.domain.stores import KeySlot, OfficeKey, Passphrase, QuickUnlock, RecoveryWords, WayIn
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.memory import wipe

__all__ = [
    "Header",
    "OfficeSlot",
    "add_office",
    "add_passphrase",
    "add_quick",
    "add_recovery",
    "check_seal",
    "header_bytes",
    "key_slots",
    "new_header",
    "parse_header",
    "replace_passphrase",
    "slot_opened_by",
    "unlock",
    "without",
]

QUICK_SECRET_LENGTH: Final = 32
"""Bytes of the secret that the machine's key store keeps for quick unlock."""

_RECOVERY: Final = "recovery"
_QUICK: Final = "quick unlock"

SomeSlot = TypeVar("SomeSlot", bound=Slot)


def unlock(
    header: Header, way: WayIn, *, now: datetime, boot: str, quick_secret: Callable[[str], bytes | None]
) -> bytearray:
    """The store's key; whoever asked overwrites it. Every slot of the kind is tried before the answer is no.

    Args:
        header: as read; `check_seal` is to be called with the key that comes back.
        way: what the person has or knows.
        now: the present moment, for quick unlock.
        boot: names this start of this machine, for quick unlock; empty where nothing does.
        quick_secret: asks the machine's key store for the secret of a store id; only called where it can be of use.

    Raises:
        UserError: RKV-STO-001 wrong passphrase; RKV-STO-008 recovery words wrong; RKV-STO-009 quick unlock not
            available; RKV-STO-016 the office key does not open; RKV-STO-019 there is no such way in. All LOCKED but
            the last.
    """
    if isinstance(way, Passphrase):
        return _with_passphrase(header, way.text)
    if isinstance(way, RecoveryWords):
        return _with_words(header, way.text)
    if isinstance(way, QuickUnlock):
        return _with_quick_secret(header, now, boot, quick_secret)
    return _with_office_key(header, way)


def key_slots(header: Header) -> tuple[KeySlot, ...]:
    """The ways in, oldest first, as their owner may see them."""
    return tuple(
        KeySlot(
            id=slot.id,
            kind=slot.kind,
            label=slot.label,
            created=slot.created,
            expires=slot.expires if isinstance(slot, QuickSlot) else None,
        )
        for slot in header.slots
    )


def add_passphrase(header: Header, key: Octets, passphrase: str, cost: KdfCost, label: str, now: datetime) -> Header:
    """Adds a passphrase. How strong it is, is for `crypto/strength.py` to say.

    Args:
        header: what to add to.
        key: the store's key.
        passphrase: as typed.
        cost: as from `calibrated_cost`.
        label: what its owner calls it; readable without any key.
        now: the present moment.

    Raises:
        UserError: RKV-STO-019 all eight slots are taken.
        ValueError: the cost is outside what `parse_header` accepts.
    """
    return _added(header, _passphrase_slot(header.store_id, key, passphrase, cost, new_id(), _label(label), now))


def replace_passphrase(header: Header, slot_id: str, key: Octets, new: str, cost: KdfCost, now: datetime) -> Header:
    """Puts a new passphrase in the place of another; id and label stay.

    Raises:
        UserError: RKV-STO-019 no passphrase has that id.
        ValueError: as `add_passphrase`.
    """
    old = next((slot for slot in _of_kind(header, PassphraseSlot) if slot.id == slot_id), None)
    if old is None:
        raise key_failures.no_such_way_in()
    made = _passphrase_slot(header.store_id, key, new, cost, old.id, old.label, now)
    return Header(header.store_id, tuple(made if slot.id == slot_id else slot for slot in header.slots))


def add_recovery(header: Header, key: Octets, words: str, label: str, now: datetime) -> Header:
    """Adds the words of a recovery sheet, as `new_recovery_words` made them.

    Raises:
        UserError: RKV-STO-008 they are no recovery words; RKV-STO-019 all eight slots are taken.
    """
    slot = RecoverySlot(
        id=new_id(), label=_label(label), created=to_second(now), nonce=secrets.token_bytes(NONCE_LENGTH), wrapped=b""
    )
    return _added(header, _wrapped(header.store_id, slot, slot.nonce, subkey(recovery_secret(words), _RECOVERY), key))


def add_quick(header: Header, key: Octets, secret: bytes, expires: datetime, boot: str, now: datetime) -> Header:
    """Adds quick unlock in the place of any that has run out or belongs to the same start of the machine.

    Args:
        header: what to add to.
        key: the store's key.
        secret: 32 fresh random bytes, which the machine's key store keeps.
        expires: when it stops working.
        boot: names this start of this machine; at most 128 printable ASCII characters.
        now: the present moment.

    Raises:
        UserError: RKV-STO-019 all eight slots are taken.
        ValueError: the secret is not 32 bytes long, or `boot` names nothing.
    """
    if len(secret) != QUICK_SECRET_LENGTH or not is_boot(boot):
        raise ValueError("quick unlock needs a secret of 32 bytes and the name of this start")
    made_at = to_second(now)
    slot = QuickSlot(
        id=new_id(),
        label="",
        created=made_at,
        expires=to_second(expires),
        boot=boot,
        nonce=secrets.token_bytes(NONCE_LENGTH),
        wrapped=b"",
    )
    kept = tuple(
        other
        for other in header.slots
        if not isinstance(other, QuickSlot) or (other.expires > made_at and other.boot != boot)
    )
    made = _wrapped(header.store_id, slot, slot.nonce, subkey(secret, _QUICK), key)
    return _added(replace(header, slots=kept), made)


def add_office(header: Header, key: Octets, certificate_der: bytes, label: str, now: datetime) -> Header:
    """Seals the key to an office certificate (CMS AuthEnvelopedData); nothing in the certificate is trusted.

    Raises:
        UserError: RKV-STO-016 the certificate is of another kind or too large; RKV-STO-019 all eight slots are taken.
    """
    # The first window has no use for certificates, and must not wait for their import.
    from rkv_app.crypto import envelope

    if len(certificate_der) > LARGEST_CERTIFICATE:
        raise key_failures.unusable_certificate()
    slot = OfficeSlot(
        id=new_id(), label=_label(label), created=to_second(now), certificate=certificate_der, wrapped=b""
    )
    sealed = io.BytesIO()
    content = io.BytesIO(bytes(key) + _office_proof(header.store_id, slot))
    try:
        envelope.seal(content, sealed, [envelope.CertificateRecipient(certificate_der)])
    except UserError as problem:
        raise key_failures.unusable_certificate() from problem
    if len(sealed.getvalue()) > LARGEST_SEALED:
        raise key_failures.unusable_certificate()
    return _added(header, replace(slot, wrapped=sealed.getvalue()))


def without(header: Header, slot_id: str) -> Header:
    """Removes a way in.

    Raises:
        UserError: RKV-STO-019 none has that id; RKV-STO-017 no passphrase, recovery sheet or office key would be left.
    """
    left = tuple(slot for slot in header.slots if slot.id != slot_id)
    if len(left) == len(header.slots):
        raise key_failures.no_such_way_in()
    if not any(slot.kind in LASTING for slot in left):
        raise key_failures.last_way_in()
    return Header(header.store_id, left)


def slot_opened_by(header: Header, passphrase: str) -> str:
    """The id of the slot that a passphrase opens.

    Raises:
        UserError: RKV-STO-001 it opens none; RKV-STO-019 the header has no passphrase.
    """
    slot, key = _passphrase_opens(header, passphrase)
    wipe(key)
    return slot.id


def _with_passphrase(header: Header, passphrase: str) -> bytearray:
    _, key = _passphrase_opens(header, passphrase)
    return key


def _passphrase_opens(header: Header, passphrase: str) -> tuple[PassphraseSlot, bytearray]:
    for slot in _of_kind(header, PassphraseSlot):
        key = _opened(header.store_id, slot, slot.nonce, kdf.derive(passphrase, slot.salt, slot.cost))
        if key is not None:
            return slot, key
    raise key_failures.wrong_passphrase()


def _with_words(header: Header, words: str) -> bytearray:
    slots = _of_kind(header, RecoverySlot)
    secret = recovery_secret(words)
    for slot in slots:
        key = _opened(header.store_id, slot, slot.nonce, subkey(secret, _RECOVERY))
        if key is not None:
            return key
    raise key_failures.words_of_another_sheet()


def _with_quick_secret(
    header: Header, now: datetime, boot: str, quick_secret: Callable[[str], bytes | None]
) -> bytearray:
    slots = [slot for slot in _of_kind(header, QuickSlot) if slot.boot == boot and _in_time(slot, now)]
    secret = quick_secret(header.store_id) if slots else None
    if secret is None or len(secret) != QUICK_SECRET_LENGTH:
        raise key_failures.quick_unlock_not_available()
    for slot in slots:
        key = _opened(header.store_id, slot, slot.nonce, subkey(secret, _QUICK))
        if key is not None:
            return key
    raise key_failures.quick_unlock_not_available()


def _in_time(slot: QuickSlot, now: datetime) -> bool:
    """Whether a slot is neither run out nor, because the clock was set back, not made yet."""
    return slot.created is not None and slot.created <= now < slot.expires


def _with_office_key(header: Header, way: OfficeKey) -> bytearray:
    from rkv_app.crypto import envelope

    slots = _of_kind(header, OfficeSlot)
    try:
        private_key = envelope.load_pkcs12(way.pkcs12, way.password.encode())
    except (UserError, ValueError, UnsupportedAlgorithm) as problem:
        raise key_failures.wrong_office_key_file() from problem
    for slot in slots:
        content = io.BytesIO()
        try:
            envelope.unseal(io.BytesIO(slot.wrapped), content, private_key)
        except (UserError, ValueError):
            continue
        opened = content.getbuffer()
        key, proof = bytearray(opened[:KEY_LENGTH]), bytes(opened[KEY_LENGTH:])
        wipe(opened)
        if len(key) == KEY_LENGTH and proof == _office_proof(header.store_id, slot):
            return key
    raise key_failures.wrong_office_key()


def _office_proof(store_id: str, slot: OfficeSlot) -> bytes:
    """What binds the sealed key to its slot and store: CMS covers no associated data, so it is sealed with the key."""
    return hashlib.sha256(associated(store_id, slot)).digest()


def _passphrase_slot(
    store_id: str, key: Octets, passphrase: str, cost: KdfCost, slot_id: str, label: str, now: datetime
) -> PassphraseSlot:
    if not kdf.is_readable(cost):
        raise ValueError("cost outside the readable range")
    slot = PassphraseSlot(
        id=slot_id,
        label=label,
        created=to_second(now),
        made_as=FORMAT,
        cost=cost,
        salt=secrets.token_bytes(kdf.SALT_LENGTH),
        nonce=secrets.token_bytes(NONCE_LENGTH),
        wrapped=b"",
    )
    return _wrapped(store_id, slot, slot.nonce, kdf.derive(passphrase, slot.salt, cost), key)


def _wrapped(store_id: str, slot: SomeSlot, nonce: bytes, wrapping_key: bytearray, key: Octets) -> SomeSlot:
    if len(key) != KEY_LENGTH:
        raise ValueError("a store key is 32 bytes long")
    sealed = AESGCM(wrapping_key).encrypt(nonce, key, associated(store_id, slot))
    wipe(wrapping_key)
    return replace(slot, wrapped=sealed)


def _opened(store_id: str, slot: Slot, nonce: bytes, wrapping_key: bytearray) -> bytearray | None:
    key = bytearray(KEY_LENGTH)
    try:
        AESGCM(wrapping_key).decrypt_into(nonce, slot.wrapped, associated(store_id, slot), key)
    except InvalidTag:
        return None
    finally:
        wipe(wrapping_key)
    return key


def _of_kind(header: Header, kind: type[SomeSlot]) -> list[SomeSlot]:
    slots = [slot for slot in header.slots if isinstance(slot, kind)]
    if not slots:
        raise key_failures.no_such_way_in()
    return slots


def _added(header: Header, slot: Slot) -> Header:
    if len(header.slots) >= MOST_SLOTS:
        raise key_failures.no_room_for_another()
    return Header(header.store_id, (*header.slots, slot))


def _label(text: str) -> str:
    """What can stand in a header on one line."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:LONGEST_LABEL].rstrip()
