# SPDX-License-Identifier: MIT
"""The imported curricula, each version of a plan with its own sets and aims."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, OfficialText
from rkv_app.domain.ports import CurriculumSummary
from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import aim, aim_set, plan
from rkv_app.store.database.trail import Entry, dump_json


class SqlCurricula:
    """Implements `domain.ports.CurriculumRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, curricula: Iterable[Curriculum]) -> None:
        """See CurriculumRepository. Of two with the same code and `changed`, the last one counts."""
        versions = {(curriculum.code, curriculum.changed): curriculum for curriculum in curricula}
        if not versions:
            return
        this_version = (plan.c.code == sa.bindparam("old_code")) & (plan.c.changed == sa.bindparam("old_changed"))
        with self._database.transaction() as connection:
            connection.execute(
                plan.delete().where(this_version),
                [{"old_code": code, "old_changed": changed} for code, changed in versions],
            )
            for table, rows in (
                (plan, map(_plan_row, versions.values())),
                (aim_set, (row for one in versions.values() for row in _set_rows(one))),
                (aim, (row for one in versions.values() for row in _aim_rows(one))),
            ):
                if values := list(rows):
                    connection.execute(table.insert(), values)
            for code, changed in versions:
                self._database.note(Entry.CURRICULUM, code, value=dump_json(changed))

    def summaries(self) -> Sequence[CurriculumSummary]:
        """See CurriculumRepository."""
        query = sa.select(
            plan.c.code,
            plan.c.title,
            plan.c.changed,
            plan.c.published,
            plan.c.valid_from,
            plan.c.valid_to,
            plan.c.modular,
            _count(aim_set, "sets"),
            _count(aim, "aims"),
        ).order_by(plan.c.code, plan.c.changed.desc())
        with self._database.reading() as connection:
            return [CurriculumSummary(**row._mapping) for row in connection.execute(query)]

    def get(self, code: str, changed: str | None = None) -> Curriculum | None:
        """See CurriculumRepository."""
        version = sa.select(plan).where(plan.c.code == code).order_by(plan.c.changed.desc()).limit(1)
        if changed is not None:
            version = version.where(plan.c.changed == changed)
        with self._database.reading() as connection:
            row = connection.execute(version).one_or_none()
            return None if row is None else _curriculum(row, _sets(connection, row.code, row.changed))


def _count(table: sa.Table, name: str) -> sa.Label[int]:
    its_own = (table.c.plan_code == plan.c.code) & (table.c.plan_changed == plan.c.changed)
    return sa.select(sa.func.count()).select_from(table).where(its_own).scalar_subquery().label(name)


def _plan_row(curriculum: Curriculum) -> dict[str, object]:
    return {
        "code": curriculum.code,
        "changed": curriculum.changed,
        "uri": curriculum.uri,
        "title": dict(curriculum.title.by_language),
        "published": curriculum.published,
        "valid_from": curriculum.valid_from,
        "valid_to": curriculum.valid_to,
        "modular": curriculum.modular,
        "replaces": list(curriculum.replaces),
        "replaced_by": list(curriculum.replaced_by),
        "original_plans": list(curriculum.original_plans),
        "source": curriculum.source,
    }


def _set_rows(curriculum: Curriculum) -> Iterator[dict[str, object]]:
    for position, one in enumerate(curriculum.sets):
        yield {
            "plan_code": curriculum.code,
            "plan_changed": curriculum.changed,
            "position": position,
            "code": one.code,
            "uri": one.uri,
            "title": dict(one.title.by_language),
        }


def _aim_rows(curriculum: Curriculum) -> Iterator[dict[str, object]]:
    for set_position, one_set in enumerate(curriculum.sets):
        for position, one in enumerate(one_set.aims):
            yield {
                "plan_code": curriculum.code,
                "plan_changed": curriculum.changed,
                "set_position": set_position,
                "position": position,
                "code": one.code,
                "uri": one.uri,
                "texts": dict(one.text.by_language),
                "taken_from": one.taken_from,
                "reuse_of": one.reuse_of,
            }


def _curriculum(row: sa.Row[Any], sets: tuple[AimSet, ...]) -> Curriculum:
    return Curriculum(
        code=row.code,
        uri=row.uri,
        title=OfficialText(row.title),
        changed=row.changed,
        published=row.published,
        sets=sets,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        modular=row.modular,
        replaces=tuple(row.replaces),
        replaced_by=tuple(row.replaced_by),
        original_plans=tuple(row.original_plans),
        source=row.source,
    )


def _sets(connection: sa.Connection, code: str, changed: str) -> tuple[AimSet, ...]:
    set_rows = connection.execute(
        sa.select(aim_set)
        .where(aim_set.c.plan_code == code, aim_set.c.plan_changed == changed)
        .order_by(aim_set.c.position)
    ).all()
    aim_rows = connection.execute(
        sa.select(aim)
        .where(aim.c.plan_code == code, aim.c.plan_changed == changed)
        .order_by(aim.c.set_position, aim.c.position)
    )
    aims = {
        position: tuple(_aim(row) for row in rows) for position, rows in groupby(aim_rows, lambda row: row.set_position)
    }
    return tuple(
        AimSet(code=row.code, uri=row.uri, title=OfficialText(row.title), aims=aims.get(row.position, ()))
        for row in set_rows
    )


def _aim(row: sa.Row[Any]) -> CompetenceAim:
    return CompetenceAim(
        code=row.code,
        uri=row.uri,
        text=OfficialText(row.texts),
        taken_from=row.taken_from,
        reuse_of=row.reuse_of,
    )
