# SPDX-License-Identifier: MIT
"""What a store's header holds: slots, each the store's key under one way in. Reading and writing: `key_header.py`."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar, Final, TypeAlias

from rkv_app.crypto.kdf import KdfCost
from rkv_app.domain.stores import SlotKind

FORMAT: Final = "rkv-store/2"
FIRST_FORMAT: Final = "rkv-store/1"
"""Read for ever, never written: one passphrase slot, no seal."""

KEY_LENGTH: Final = 32
NONCE_LENGTH: Final = 12
TAG_LENGTH: Final = 16
MOST_SLOTS: Final = 8
LONGEST_LABEL: Final = 80
LARGEST_CERTIFICATE: Final = 3 * 1024
LARGEST_SEALED: Final = 2 * 1024
LASTING: Final = frozenset({SlotKind.PASSPHRASE, SlotKind.RECOVERY, SlotKind.OFFICE})
"""Kinds of which a store always has at least one: quick unlock runs out by itself."""


_LONGEST_BOOT: Final = 128

Octets: TypeAlias = bytes | bytearray


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What every slot has.

    Attributes:
        created: None in a slot that was made as `rkv-store/1`.
        wrapped: the store's key under this way in, with what proves it.
    """

    kind: ClassVar[SlotKind]
    id: str
    label: str
    created: datetime | None
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSlot(Slot):
    """Argon2id, then AES-256-GCM. `made_as` says which format's associated data the tag covers."""

    kind = SlotKind.PASSPHRASE
    made_as: str
    cost: KdfCost
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySlot(Slot):
    """The secret of 24 words through HKDF, then AES-256-GCM."""

    kind = SlotKind.RECOVERY
    nonce: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickSlot(Slot):
    """A secret in the machine's key store through HKDF, then AES-256-GCM; `boot` names one start of one machine."""

    kind = SlotKind.QUICK
    expires: datetime
    boot: str = field(repr=False)
    nonce: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSlot(Slot):
    """CMS AuthEnvelopedData for a certificate (DER), which is kept so that another key can be sealed to it."""

    kind = SlotKind.OFFICE
    certificate: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Header:
    """The ways into one store, as they were read or will be written."""

    store_id: str
    slots: tuple[Slot, ...]
    format: str = FORMAT


def to_second(moment: datetime) -> datetime:
    """A moment as a header can hold it: UTC, whole seconds.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def is_boot(text: str) -> bool:
    """Whether a text can name a start of a machine."""
    return 0 < len(text) <= _LONGEST_BOOT and text.isascii() and text.isprintable()
