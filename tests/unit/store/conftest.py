# SPDX-License-Identifier: MIT
"""A store on disk, closed, with a sample case in it; and a way to start a second process on it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.store_samples import made_store

Start = Callable[[str, Path], "subprocess.Popen[str]"]

_REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def closed_store(tmp_path: Path) -> Path:
    """The path of a closed store."""
    folder = tmp_path / "stores"
    folder.mkdir()
    return made_store(folder / "øvre store.rkv")


@pytest.fixture
def start() -> Start:
    """Starts `support/store_worker.py` with a verb and a store."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(_REPOSITORY), str(_REPOSITORY / "tests")))}

    def _start(verb: str, store: Path) -> "subprocess.Popen[str]":
        worker = _REPOSITORY / "tests" / "support" / "store_worker.py"
        return subprocess.Popen(
            [sys.executable, str(worker), verb, str(store)], stdout=subprocess.PIPE, text=True, env=environment
        )

    return _start


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, where this user may make one."""
    folder = tmp_path / "tiny disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
