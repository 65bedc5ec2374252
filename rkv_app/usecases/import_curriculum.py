# SPDX-License-Identifier: MIT
"""Bring curricula into the store, from Grep files that the user has or from the embedded practice plan."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rkv_app.curriculum.importer import ImportReport, practice_curriculum_files, read_curricula
from rkv_app.curriculum.sources import go_on
from rkv_app.domain.aims import Curriculum
from rkv_app.domain.stores import Progress
from rkv_app.usecases.curriculum_news import CurriculumNews, news_in
from rkv_app.usecases.workspace import Workspace

# Of a hundred parts of the work, so many are reading; the rest is writing into the store.
_READING: Final = 70
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(ImportReport):
    """What came in, and what it changed.

    Attributes:
        news: of curricula that were there before, those whose aims are other ones now.
    """

    news: tuple[CurriculumNews, ...]


def import_curriculum(
    ws: Workspace, files: Sequence[Path], only: Collection[str] | None = None, progress: Progress | None = None
) -> Imported:
    """Reads all of `files` and then stores the curricula found, all of them or none.

    Args:
        ws: where to.
        files: Grep REST JSON files, CASE packages, folders of them, or dump zips in JSON or JSON-LD.
        only: curriculum codes to take; None takes all.
        progress: is told how far it is, in hundredths; cancelling leaves the catalogue as it was.

    Raises:
        UserError: RKV-CUR-001 and up, see `read_curricula`; RKV-CUR-008 cancelled.
    """
    report = read_curricula(files, only, _share(progress))
    news = tuple(news_in(ws, report.curricula))
    with ws.store.transaction():
        ws.store.curricula.put(_told(report.curricula, progress))
    return Imported(
        curricula=report.curricula,
        records=report.records,
        skipped=report.skipped,
        missing=report.missing,
        news=news,
    )


def import_practice_curriculum(ws: Workspace) -> Imported:
    """Stores the embedded, fictional practice plan, so that everything can be tried without a download."""
    return import_curriculum(ws, practice_curriculum_files())


def _share(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(_READING * done // max(total, 1), _WHOLE)


def _told(curricula: Sequence[Curriculum], progress: Progress | None) -> Iterator[Curriculum]:
    """The curricula one by one as they are stored, each told of before."""
    for done, one in enumerate(curricula):
        go_on(progress, _READING + (_WHOLE - _READING) * done // len(curricula), _WHOLE)
        yield one
    go_on(progress, _WHOLE, _WHOLE)
