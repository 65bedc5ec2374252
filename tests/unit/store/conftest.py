# SPDX-License-Identifier: MIT
"""A store on disk, closed, with a sample case in it; and a way to start a second process on it."""

import os
import subprocess
import sys
from collections.abc import Callable
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
