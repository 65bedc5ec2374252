# SPDX-License-Identifier: MIT
"""The folders that packets of forms are kept in: put there whole, taken away whole, each with a note in the store."""

import contextlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import explain_os_error, write_folder
from rkv_app.usecases.workspace import Workspace

_DECISIONS: Final = "form-packets"


@contextlib.contextmanager
def new_folder(target: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Makes a folder with these files, in place of a damaged one of the same name; undone where the block fails.

    Raises:
        UserError: RKV-SYS-001 the disk is full, RKV-SYS-002 it cannot be written; what the block raises.
    """
    aside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            aside = _moved_aside(target)
        write_folder(target, {name: _writing(data) for name, data in files.items()})
        yield
    except BaseException as problem:
        if target.exists():
            shutil.rmtree(_moved_aside(target), ignore_errors=True)
        if aside is not None:
            aside.replace(target)
        if isinstance(problem, OSError):
            raise explain_os_error(problem, target.parent) from problem
        raise
    if aside is not None:
        shutil.rmtree(aside, ignore_errors=True)


@contextlib.contextmanager
def folder_gone(folder: Path) -> Iterator[None]:
    """Takes a folder away: from the first moment on nothing in it is used. It is back where the block fails.

    Raises:
        UserError: RKV-SYS-002 it cannot be taken away; what the block raises.
    """
    try:
        aside = _moved_aside(folder)
    except OSError as problem:
        raise explain_os_error(problem, folder) from problem
    try:
        yield
    except BaseException:
        aside.replace(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def note_decision(ws: Workspace, packet: str, decision: str, by: str, files: Sequence[str]) -> None:
    """Attaches to the store who decided what about a packet of forms, so that it stands in the audit trail.

    Raises:
        UserError: RKV-STO-007 the store is read-only.
    """
    at = ws.clock.now()
    told = {"packet": packet, "decision": decision, "by": by.strip(), "at": at.isoformat(), "files": list(files)}
    note = io.BytesIO(json.dumps(told, ensure_ascii=False).encode())
    ws.store.attachments.add(note, subject=_DECISIONS, name=f"form-packet-{packet}.txt", at=at)


def _moved_aside(folder: Path) -> Path:
    # Not a name that packets have, so that nothing in it is used if the work stops here.
    return folder.replace(folder.with_name(f".rkv-part-{new_id()}"))


def _writing(data: bytes) -> Callable[[BinaryIO], object]:
    return lambda out: out.write(data)
