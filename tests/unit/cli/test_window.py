# SPDX-License-Identifier: MIT
"""The program as it is started: the window from the command line, and an answer that nobody reads to its end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rkv_app.app import main
from rkv_app.foundation.errors import ExitStatus


def test_a_passphrase_file_that_is_not_there_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--store", str(tmp_path / "none.rkv"), "--passphrase-file", str(tmp_path / "none.txt")])
    assert status == ExitStatus.REFUSED
    assert "RKV-SYS-004" in capsys.readouterr().err


def test_who_has_read_enough_of_an_answer_gets_no_fault(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "rkv_app", "reference", "list", "measures", "--json"],
            stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False, env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
