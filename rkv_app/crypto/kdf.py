# SPDX-License-Identifier: MIT
"""Keys derived from passphrases: Argon2id (RFC 9106), what it costs, and what a header may ask for."""

import time
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

NAME: Final = "argon2id"
SALT_LENGTH: Final = 16

_KEY_LENGTH: Final = 32
_TARGET_SECONDS: Final = 0.6
_MEMORY_CAP_KIB: Final = 256 * 1024
_ITERATIONS_CAP: Final = 16

_READABLE_MEMORY_KIB: Final = range(8 * 1024, 1024 * 1024 + 1)
_READABLE_ITERATIONS: Final = range(1, _ITERATIONS_CAP + 1)
_READABLE_LANES: Final = range(1, 17)


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

    @property
    def work(self) -> int:
        """KiB that are filled in all passes together."""
        return self.memory_kib * self.iterations


MINIMUM_COST: Final = KdfCost(memory_kib=65536, iterations=3, lanes=4)
"""RFC 9106's second recommended choice; no store of a user is made with less."""

MOST_WORK: Final = 8 * _MEMORY_CAP_KIB * _ITERATIONS_CAP
"""What all slots of a header may cost together: eight of the dearest that `calibrated_cost` finds."""


def is_readable(cost: KdfCost) -> bool:
    """Whether a header may ask for this much: 8 MiB to 1 GiB, 1 to 16 passes, 1 to 16 lanes."""
    return (
        cost.memory_kib in _READABLE_MEMORY_KIB
        and cost.iterations in _READABLE_ITERATIONS
        and cost.lanes in _READABLE_LANES
    )


def calibrated_cost() -> KdfCost:
    """The cost that takes 0.4 to 1.0 seconds on this machine, never below MINIMUM_COST and within 256 MiB, 16 passes.

    Memory is raised before iterations, because memory is what makes guessing on special hardware dear. Measures for
    about a second; where the machine is so slow that MINIMUM_COST takes longer, that is the answer.
    """
    factor = _TARGET_SECONDS / _seconds(MINIMUM_COST)
    memory = MINIMUM_COST.memory_kib
    while factor >= 2 and memory < _MEMORY_CAP_KIB:
        memory, factor = memory * 2, factor / 2
    first = KdfCost(memory, _passes(MINIMUM_COST.iterations * factor), MINIMUM_COST.lanes)
    if first == MINIMUM_COST:
        return first
    # Large memory is slower by the page than small memory, so the first answer is measured and put right once.
    return KdfCost(memory, _passes(first.iterations * _TARGET_SECONDS / _seconds(first)), MINIMUM_COST.lanes)


def derive(passphrase: str, salt: bytes, cost: KdfCost) -> bytearray:
    """The 32-byte key of a passphrase, to be overwritten by whoever asked.

    Args:
        passphrase: as typed; it is brought to Unicode NFC, so that it does not matter how a keyboard composes "å".
        salt: 16 random bytes.
        cost: within what `is_readable` accepts.
    """
    kdf = Argon2id(
        salt=salt, length=_KEY_LENGTH, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    key = bytearray(_KEY_LENGTH)
    kdf.derive_into(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"), key)
    return key


def _passes(wanted: float) -> int:
    return min(max(MINIMUM_COST.iterations, round(wanted)), _ITERATIONS_CAP)


def _seconds(cost: KdfCost) -> float:
    started = time.perf_counter()
    derive("calibration", bytes(SALT_LENGTH), cost)
    return max(time.perf_counter() - started, 1e-3)
