# SPDX-License-Identifier: MIT
"""A crash writes nothing of what was in memory to a disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rkv_app.foundation.memory import wipe

CRASHES = {"abort": "os.abort()", "segmentation fault": "os.kill(os.getpid(), 11)"}
PROGRAM = """
import ctypes, os, resource
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
from rkv_app.foundation.memory import forbid_core_dumps
forbid_core_dumps()
os.chdir({folder!r})
with open("seen", "w") as seen:
    print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), file=seen)
{crash}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux whether a process can be dumped")
@pytest.mark.parametrize("crash", CRASHES)
def test_a_crash_leaves_no_image_of_the_memory(crash: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    program = PROGRAM.format(folder=str(folder), crash=CRASHES[crash])
    silent = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", program], dict(os.environ), file_actions=silent)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)
    assert [path.name for path in folder.iterdir()] == ["seen"]
    assert (folder / "seen").read_text() == "(0, 0) 0\n"


def test_importing_it_loads_nothing_that_the_start_would_wait_for() -> None:
    program = "import rkv_app.foundation.memory, sys; sys.exit('ctypes' in sys.modules or 'resource' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_what_is_wiped_is_zeros_in_the_same_place() -> None:
    secret = bytearray(b"\x01" * 32)
    with memoryview(secret) as place:
        wipe(secret)
        assert place == bytes(32)
