# SPDX-License-Identifier: MIT
"""Keeps what is in memory from reaching a disk, and takes secrets out of it.

What Python copies by itself, and what the system swaps out, is beyond its reach; docs/threat-model.md says so.
"""

import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_NO_CRITICAL_ERROR_BOX: Final = 0x0001
_NO_FAULT_BOX: Final = 0x0002


def forbid_core_dumps() -> None:
    """Makes the system write no image of this process when it crashes, and lets no other process of the user read it.

    To be called at start. Where the system does not know how, nothing happens.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_CRITICAL_ERROR_BOX | _NO_FAULT_BOX)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # The limit does not hold where the system pipes its dumps to a program; this does.
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def wipe(buffer: bytearray | memoryview) -> None:
    """Overwrites `buffer` with zeros, in place."""
    buffer[:] = bytes(len(buffer))


class SecretOctets(bytearray):
    """Octets that do not show in a report of an error, and that `wipe` can take out of memory."""

    def __repr__(self) -> str:
        return "SecretOctets()"
