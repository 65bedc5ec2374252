# SPDX-License-Identifier: MIT
"""How much memory a test has needed."""

import sys


def most_memory() -> float:
    """MiB that this process has had at most; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    # In KiB, but on macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
