# SPDX-License-Identifier: MIT
"""Opening a store also clears away what a program that was killed could not."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.i18n import Language
from support.parties import ADVISER, made, opened
from support.store_samples import PASSPHRASE

_KILLED_WHILE_IT_READ = """
import os, sys, tempfile
tempfile.tempdir = sys.argv[1]
from rkv_app.packets.plaintext import plaintext_path
with plaintext_path(None) as path:
    path.write_bytes(b"what nobody else may read")
    os._exit(9)
"""


def test_plaintext_of_a_killed_program_is_gone_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    subprocess.run([sys.executable, "-c", _KILLED_WHILE_IT_READ, str(temporary)], check=False)
    assert [path for path in temporary.rglob("*") if path.is_file()]
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    store = tmp_path / "store.rkv"
    made(store, PASSPHRASE, ADVISER, Language.ENGLISH).close()
    opened(store, Passphrase(PASSPHRASE), Language.ENGLISH).close()
    assert [path for path in temporary.rglob("*") if path.is_file()] == []
