# SPDX-License-Identifier: MIT
"""A disk with no room left, for tests of what is written."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def files_end_after(size: int) -> Iterator[None]:
    """Makes the system itself stop any file at `size` bytes, in the middle of a write, as a full disk does."""
    resource = pytest.importorskip("resource", reason="only POSIX limits the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
