# SPDX-License-Identifier: MIT
"""Bring curricula into the store, from Grep files that the user has or from the embedded practice plan."""

from collections.abc import Collection, Sequence
from pathlib import Path

from rkv_app.curriculum.importer import ImportReport, practice_curriculum_files, read_curricula
from rkv_app.usecases.workspace import Workspace


def import_curriculum(ws: Workspace, files: Sequence[Path], only: Collection[str] | None = None) -> ImportReport:
    """Reads all of `files` and then stores the curricula found, all of them or none.

    Args:
        ws: where to.
        files: Grep REST JSON files, folders of them, or JSON dump zips.
        only: curriculum codes to take; None takes all.

    Raises:
        UserError: RKV-CUR-001 and up, see `read_curricula`.
    """
    report = read_curricula(files, only)
    with ws.store.transaction():
        ws.store.curricula.put(report.curricula)
    return report


def import_practice_curriculum(ws: Workspace) -> ImportReport:
    """Stores the embedded, fictional practice plan, so that everything can be tried without a download."""
    return import_curriculum(ws, practice_curriculum_files())
