# SPDX-License-Identifier: MIT
"""Opening the window from the command line."""

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
