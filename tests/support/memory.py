# SPDX-License-Identifier: MIT
"""How much memory this process has needed.

Where the system tells it, not by getrusage: that begins with the peak of the process which started this one.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

# proc(5), since Linux 2.6.22 and 4.0.
_STATUS: Final = Path("/proc/self/status")
_CLEAR: Final = Path("/proc/self/clear_refs")
_FORGET_PEAK: Final = "5"


def most_memory() -> float:
    """MiB that this process has had at most; 0 where the system does not tell."""
    if _STATUS.exists():
        return int(_STATUS.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) / 2**10
    if sys.platform == "win32":
        return 0
    import resource

    # In KiB, but on macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def memory_for(action: Callable[[], object]) -> float:
    """MiB by which this process grows at most while it does something, whatever it needed earlier (on Linux)."""
    if _CLEAR.exists():
        _CLEAR.write_text(_FORGET_PEAK, encoding="ascii")
    before = most_memory()
    action()
    return most_memory() - before
