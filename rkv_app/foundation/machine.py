# SPDX-License-Identifier: MIT
"""What only the operating system knows: since when it runs, who is logged in, how much room there is, what runs.

Nothing here changes anything. Each system is asked in its own way, below; what cannot be known is answered plainly.
"""

import os
import shutil
import sys
import time
from pathlib import Path, PurePosixPath
from typing import Final

_LONGEST_NAME: Final = 100
_LARGEST_PID: Final = 0x7FFFFFFF


def boot_id() -> str:
    """Returns an opaque id that stays the same until the machine is started anew.

    On Windows and macOS it also changes when the clock is set by minutes: a change may be taken for a start.
    """
    return _boot_id()


def minute_of_start(now: float, running: float) -> str:
    """Returns an id for the minute in which a machine was started that has run for `running` seconds at `now`."""
    return f"minute-{round((now - running) / 60)}"


def free_bytes(path: Path) -> int:
    """Returns how many bytes this user can still write where `path` is or will be.

    Raises:
        OSError: the folder cannot be reached.
    """
    return shutil.disk_usage(path if path.is_dir() else path.parent).free


def login_and_host() -> tuple[str, str]:
    """Returns the names of the logged-in user and of the machine, as others know them; each may be empty."""
    login, host = _login_and_host()
    return printable_name(login), printable_name(host)


def printable_name(name: str, longest: int = _LONGEST_NAME) -> str:
    """Returns `name` cut to a length that fits a sentence, without anything that could disturb it."""
    return "".join(character for character in name if character.isprintable())[:longest].strip()


def process_alive(pid: int) -> bool:
    """Whether a process of this machine has that number, whoever's it is."""
    return 0 < pid <= _LARGEST_PID and _process_alive(pid)


def filesystem_type(path: Path) -> str:
    """Returns the type of the file system that holds `path`, in the system's own word; empty where it is unknown.

    On Windows it is "remote" for a network drive, and empty for any other.
    """
    return _filesystem_type(path)


def type_in_mountinfo(mounts: str, path: PurePosixPath) -> str:
    """Returns the type of the file system that holds the absolute `path`, from /proc/self/mountinfo (proc(5))."""
    deepest, found = 0, ""
    for line in mounts.splitlines():
        mount, separator, source = line.partition(" - ")
        fields = mount.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = PurePosixPath(_unescaped(fields[4]))
        # What is mounted later over the same place hides what was there.
        if len(point.parts) >= deepest and path.is_relative_to(point):
            deepest, found = len(point.parts), source.split(" ")[0]
    return found


def _unescaped(field: str) -> str:
    for escape, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(escape, character)
    return field


if sys.platform == "win32":
    import ctypes

    _REMOTE_DRIVE: Final = 4
    _QUERY_LIMITED_INFORMATION: Final = 0x1000
    _STILL_ACTIVE: Final = 259
    _ACCESS_DENIED: Final = 5
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.GetTickCount64.restype = ctypes.c_uint64
    _kernel.OpenProcess.restype = ctypes.c_void_p

    def _boot_id() -> str:
        return minute_of_start(time.time(), float(_kernel.GetTickCount64()) / 1000)

    def _login_and_host() -> tuple[str, str]:
        return os.environ.get("USERNAME", ""), os.environ.get("COMPUTERNAME", "")

    def _process_alive(pid: int) -> bool:
        # Not os.kill: here it ends the process, whatever the signal.
        handle = _kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        if not handle:
            return ctypes.get_last_error() == _ACCESS_DENIED
        status = ctypes.c_ulong()
        is_known = _kernel.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(status))
        _kernel.CloseHandle(ctypes.c_void_p(handle))
        return not is_known or status.value == _STILL_ACTIVE

    def _filesystem_type(path: Path) -> str:
        return "remote" if _kernel.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE else ""

else:

    def _login_and_host() -> tuple[str, str]:
        import pwd

        try:
            login = pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            login = os.environ.get("LOGNAME", "")
        return login, os.uname().nodename

    def _process_alive(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


if sys.platform == "linux":

    def _boot_id() -> str:
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            return minute_of_start(time.time(), time.clock_gettime(time.CLOCK_BOOTTIME))

    def _filesystem_type(path: Path) -> str:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
        return type_in_mountinfo(mounts, PurePosixPath(path))

elif sys.platform == "darwin":

    def _boot_id() -> str:
        import ctypes

        class Moment(ctypes.Structure):
            _fields_ = (("seconds", ctypes.c_long), ("microseconds", ctypes.c_int))

        started = Moment()
        size = ctypes.c_size_t(ctypes.sizeof(started))
        asked = ctypes.CDLL(None).sysctlbyname(b"kern.boottime", ctypes.byref(started), ctypes.byref(size), None, 0)
        # Where it is not told, every asking is a start.
        return minute_of_start(started.seconds, 0) if asked == 0 else f"unknown-{time.monotonic_ns()}"

    def _filesystem_type(path: Path) -> str:
        import ctypes

        # struct statfs with 64-bit inodes: f_fstypename[16] begins 72 bytes in, and the whole has 2168.
        library = ctypes.CDLL(None)
        statfs = getattr(library, "statfs$INODE64", None) or library.statfs
        answer = ctypes.create_string_buffer(4096)
        if statfs(os.fsencode(path), answer) != 0:
            return ""
        return answer.raw[72:88].partition(b"\0")[0].decode("ascii", "replace")

elif sys.platform != "win32":

    def _boot_id() -> str:
        return minute_of_start(time.time(), time.clock_gettime(time.CLOCK_MONOTONIC))

    def _filesystem_type(_path: Path) -> str:
        return ""
