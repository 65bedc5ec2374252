# SPDX-License-Identifier: MIT
"""A folder as docs/formats/cli-packet.md tells of it, and the shell lines in there run without a shell."""

import contextlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rkv_app.cli.main import run
from rkv_app.foundation.errors import UserError
from rkv_app.packets.opening import open_packet
from rkv_app.usecases import contacts
from rkv_app.usecases.quarantine import list_held
from rkv_app.usecases.receive_packet import receive_packet
from support.commands import tools
from support.desks import Desks
from support.fiks_account import fiks_account
from support.store_samples import PASSPHRASE


def hand_over(folder: Path) -> None:
    """Makes the folder."""
    desks = Desks.made_in(folder)
    application = desks.apply(desks.documented_case())
    desks.introduce_adviser()
    receive_packet(desks.intake, application.path)
    _put_into_quarantine(desks, application.path)
    opened = open_packet(application.path.read_bytes(), desks.intake.identity)
    (folder / "letter.pdf").write_bytes(opened.documents["hoveddokument.pdf"])
    draft = {"type": "soknad", "innhold": json.loads(opened.documents["rkv.json"])["innhold"]}
    (folder / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
    _, placement_id = desks.case()
    (folder / "code").write_text(desks.request(placement_id, "asked").code)
    contacts.write_card(desks.intake, folder / "county.rkvkontakt")
    desks.close()
    (folder / "asked.rkvpakke").replace(folder / "request.rkvpakke")
    for suffix in ("", ".key"):
        shutil.move(folder / f"intake.rkv{suffix}", folder / f"county.rkv{suffix}")
    (folder / "application.pdf").unlink()
    (folder / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    fiks_account(datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)).write(folder)


def _put_into_quarantine(desks: Desks, application: Path) -> None:
    """Two applications from somebody whom the county does not know; `held` and `other` have their ids."""
    for name in ("held", "other"):
        packet = desks.forged(application, lambda draft: draft, sender=desks.supervisor, to=desks.intake)
        with contextlib.suppress(UserError):
            receive_packet(desks.intake, packet)
        (desks.folder / name).write_text(list_held(desks.intake)[-1].id)
        packet.unlink()


@dataclass(frozen=True, slots=True)
class Line:
    """What one line did: how it ended, and what came out."""

    status: int
    out: bytes
    err: str


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        """Somebody does."""
        return True


def run_line(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch, err: io.StringIO | None = None) -> Line:
    """Runs `[cat FILE |] COMMAND [> FILE]` in `folder`; `rkv` within the test, everything else as a program.

    `$(cat FILE)` stands for what is in a file.
    """
    line = re.sub(r"\$\(cat (\S+)\)", lambda found: (folder / found[1]).read_text().strip(), line)
    command, _, target = line.partition(" > ")
    given, _, command = command.rpartition(" | ")
    words = shlex.split(command)
    if words[0] != "rkv":
        if shutil.which(words[0]) is None:
            pytest.skip(f"{words[0]} is not installed")
        done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
        return Line(done.returncode, done.stdout, done.stderr.decode())
    given_bytes = (folder / given.removeprefix("cat ")).read_bytes() if given else b""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), err or io.StringIO()
    with monkeypatch.context() as patched:
        patched.chdir(folder)
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_bytes)))
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        status = run(words[1:], tools())
    out.flush()
    written = out.buffer.getvalue()  # type: ignore[attr-defined]
    if target:
        (folder / target.strip()).write_bytes(written)
    return Line(status, written, err.getvalue())
