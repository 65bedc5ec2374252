# SPDX-License-Identifier: MIT
"""One version of a curriculum to read, with its other versions and what it has to do with others in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.ports import CurriculumSummary
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.compare_curricula import named_curriculum, versions_of
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CurriculumView:
    """A curriculum on its page.

    Attributes:
        versions: all versions in the store, this one among them, newest first.
        kin: other curricula in the store that it replaces, is replaced by, or was made from, newest version of each.
        today: the day that its status is told for.
    """

    curriculum: Curriculum
    versions: tuple[CurriculumSummary, ...]
    kin: tuple[CurriculumSummary, ...]
    today: date


@dataclass(frozen=True, slots=True)
class CurriculumList:
    """The curricula in the store, by code, newest version first."""

    curricula: Sequence[CurriculumSummary]
    today: date


def list_curricula(ws: Workspace) -> CurriculumList:
    """Returns all curricula in the store."""
    return CurriculumList(ws.store.curricula.summaries(), local_date(ws.clock.now()))


def view_curriculum(ws: Workspace, name: str) -> CurriculumView:
    """Returns the curriculum that `CODE` or `CODE@CHANGED` names.

    Raises:
        UserError: RKV-CAS-003, RKV-CUR-021.
    """
    curriculum = named_curriculum(ws, name)
    related = {*curriculum.replaces, *curriculum.replaced_by, *curriculum.original_plans} - {curriculum.code}
    kin: dict[str, CurriculumSummary] = {}
    for one in ws.store.curricula.summaries():
        if one.code in related:
            kin.setdefault(one.code, one)
    return CurriculumView(curriculum, versions_of(ws, curriculum.code), tuple(kin.values()), local_date(ws.clock.now()))
