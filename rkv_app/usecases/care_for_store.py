# SPDX-License-Identifier: MIT
"""What the owner of an open store sees of it and does for it: its facts, backups, a check, when it locks."""

from dataclasses import dataclass
from pathlib import Path

from rkv_app.domain.stores import SECOND_FOLDER, Backup, Health, Notice, Progress, StoreInfo, share_of
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.usecases.workspace import Workspace

LOCK_AFTER_MINUTES = "lock_after_minutes"
"""The setting that says after how many idle minutes the store locks."""
LOCK_CHOICES = (5, 10, 15, 30)
LOCK_DEFAULT = 10
# Of a check: the trail, the copy, what is in it.
_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreView:
    """An open store, as its owner sees it.

    Attributes:
        notices: what was noticed on opening.
        second_folder: where a second copy of every backup goes; None where that was not chosen.
    """

    info: StoreInfo
    notices: tuple[Notice, ...]
    lock_after_minutes: int
    second_folder: Path | None


def view_store(ws: Workspace) -> StoreView:
    """Returns what can be told of the open store."""
    second = ws.store.settings.get(SECOND_FOLDER)
    return StoreView(
        info=ws.store.info(),
        notices=tuple(ws.store.notices),
        lock_after_minutes=lock_after_minutes(ws),
        second_folder=Path(second) if isinstance(second, str) and second else None,
    )


def lock_after_minutes(ws: Workspace) -> int:
    """After how many minutes without a touch the store locks."""
    chosen = ws.store.settings.get(LOCK_AFTER_MINUTES)
    return chosen if isinstance(chosen, int) and chosen in LOCK_CHOICES else LOCK_DEFAULT


def lock_after(ws: Workspace, minutes: int) -> None:
    """Has the store lock after so many idle minutes, one of `LOCK_CHOICES`.

    Raises:
        UserError: RKV-STO-007 the store is read-only.
    """
    ws.store.settings.put(LOCK_AFTER_MINUTES, minutes)


def choose_second_folder(ws: Workspace, folder: Path | None) -> None:
    """Puts a second copy of every backup from now on into `folder`; None ends that.

    Raises:
        UserError: RKV-STO-007 the store is read-only.
    """
    ws.store.settings.put(SECOND_FOLDER, str(folder) if folder else "")


def back_up(ws: Workspace, progress: Progress) -> Backup:
    """Makes a backup now, and reads it through.

    Raises:
        UserError: RKV-STO-029 the copy is not sound; RKV-STO-034 cancelled; RKV-SYS-001 the disk is full.
    """
    return ws.store.back_up(progress)


def check_open_store(ws: Workspace, progress: Progress) -> Health:
    """Computes the audit trail again, reads through a whole copy of the store, and compares all in it with the trail.

    The copy is kept as a backup.

    Raises:
        UserError: RKV-STO-034 cancelled; RKV-SYS-001, RKV-SYS-002 there is no room for the copy.
    """
    findings: list[Notice] = []
    try:
        ws.store.verify_trail(share_of(progress, 0, _PARTS))
    except UserError as problem:
        findings.append(_finding(problem))
    try:
        backup = ws.store.back_up(share_of(progress, 1, _PARTS))
    except UserError as problem:
        findings.append(_finding(problem))
    else:
        findings += [backup.notice] if backup.notice else []
        findings += ws.store.look_through(backup, share_of(progress, 2, _PARTS))
    return Health(findings=tuple(findings))


def _finding(problem: UserError) -> Notice:
    if problem.status is not ExitStatus.DAMAGED:
        # Somebody cancelled, or there is no room: nothing was found out.
        raise problem
    return Notice(problem.code, problem.message, problem.hint)
