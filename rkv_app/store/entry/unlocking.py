# SPDX-License-Identifier: MIT
"""From a way in to the key of a store: wrong tries are counted, and an altered header is found."""

from pathlib import Path
from typing import NamedTuple

from rkv_app.crypto.keyslots import Header, check_seal, parse_header, unlock
from rkv_app.domain.stores import Passphrase, WayIn
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.machine import boot_id
from rkv_app.foundation.memory import SecretOctets, wipe
from rkv_app.store.entry.attempts import Attempts
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.files.header_file import read_header


class Unlocked(NamedTuple):
    """The header of a store and its key, which the taker wipes."""

    header: Header
    key: bytearray

    def __repr__(self) -> str:
        # The key must not show up in a report of an error.
        return "Unlocked()"


def unlocked(path: Path, way: WayIn, surroundings: Surroundings) -> Unlocked:
    """Returns the key of the store at `path`.

    Raises:
        UserError: RKV-STO-001, RKV-STO-008, RKV-STO-009, RKV-STO-016 the way in does not open it; RKV-STO-006 wait
            first; RKV-STO-010, RKV-STO-012 the header is damaged or missing.
    """
    octets = read_header(path)
    header = parse_header(octets)
    attempts = Attempts(surroundings.state_folder, header.store_id)
    now = surroundings.clock.now()
    attempts.require(now)
    try:
        key = unlock(header, way, now=now, boot=boot_id(), quick_secret=surroundings.os_keys.read)
    except UserError as problem:
        # Recovery words and keys cannot be guessed, and an expired quick unlock is nobody's try.
        if isinstance(way, Passphrase) and problem.status is ExitStatus.LOCKED:
            attempts.failed(now)
        raise
    attempts.succeeded()
    kept = SecretOctets(key)
    wipe(key)
    try:
        check_seal(octets, header, kept)
    except BaseException:
        wipe(kept)
        raise
    return Unlocked(header, kept)
