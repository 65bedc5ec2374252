# SPDX-License-Identifier: MIT
"""What the child takes from itself before it looks at a stranger's file. It cannot be given back."""

import contextlib
import sys
from typing import Final

MOST_MEMORY: Final = 768 * 1024 * 1024
# The program waits much less for any one page; this is for a child that is left alone, and for long documents.
_MOST_SECONDS: Final = 600


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS: Final = 9
    _ONE_PROCESS: Final = 0x8
    _PROCESS_MEMORY: Final = 0x100

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("per_process_time", ctypes.c_int64),
            ("per_job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("smallest_set", ctypes.c_size_t),
            ("largest_set", ctypes.c_size_t),
            ("most_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    def give_up_rights() -> None:
        """Bounds memory and forbids other processes, by a job object. Files and network: see docs/threat-model.md."""
        system = ctypes.WinDLL("kernel32", use_last_error=True)
        system.CreateJobObjectW.restype = wintypes.HANDLE
        system.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(system.CreateJobObjectW(None, None))
        limits = _ExtendedLimits(process_memory=MOST_MEMORY)
        limits.basic.flags, limits.basic.most_processes = _ONE_PROCESS | _PROCESS_MEMORY, 1
        system.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        system.AssignProcessToJobObject(job, wintypes.HANDLE(system.GetCurrentProcess()))

else:
    import resource

    def give_up_rights() -> None:
        """Bounds memory and processor time, and forbids to open anything: no file, no socket, no other process."""
        for what, most in (
            (resource.RLIMIT_AS, MOST_MEMORY),
            (resource.RLIMIT_CPU, _MOST_SECONDS),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NPROC, 0),
            # What is open stays open; a file or a socket would need a new number.
            (resource.RLIMIT_NOFILE, 0),
        ):
            # macOS knows no limit of address space.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))
