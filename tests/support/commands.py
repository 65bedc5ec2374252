# SPDX-License-Identifier: MIT
"""Runs `rkv` inside the test, with stores that are quick to open."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rkv_app.cli.main import run
from rkv_app.cli.tools import Tools
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.i18n import Language
from rkv_app.foundation.resources import forms_dir, own_forms_dir, own_packets_dir
from support.store_samples import quick_vault


def no_window(_store: Path | None, _passphrase: str | None, _language: Language | None) -> int:
    """Stands where the windows would be."""
    raise AssertionError("a window was asked for")


def no_preview(_form: Path, _language: Language) -> int:
    """Stands where the window with a form would be."""
    raise AssertionError("a preview was asked for")


def tools() -> Tools:
    """What the commands work with."""
    return Tools(
        vault=quick_vault(),
        demo_vault=quick_vault(),
        forms=Forms(forms_dir(), own_forms_dir(), own_packets_dir()),
        clock=SystemClock(),
        language=Language.ENGLISH,
        open_window=no_window,
        open_preview=no_preview,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document of --json."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Command:
    """`rkv`, typed by a test."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Answer:
        """Runs one command to its end."""
        self.capsys.readouterr()
        try:
            status = run([str(argument) for argument in arguments], tools())
        except SystemExit as refused:
            status = int(refused.code or 0)
        said = self.capsys.readouterr()
        return Answer(int(status), said.out, said.err)


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder with None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
