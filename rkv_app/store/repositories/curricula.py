# SPDX-License-Identifier: MIT
"""The imported curricula, each version of a plan as one row: what a list shows in columns, all the rest as one text.

A catalogue has some 45,000 aims, and a row for each would take SQLCipher longer to write than a whole dump takes to
read (ADR 5); nobody ever reads one without its plan. What is searched is an index of its own, see `catalogue_index`.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, Named, OfficialText, Trade
from rkv_app.domain.ports import CurriculumHit, CurriculumSummary
from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import ADD_CURRICULUM, REMOVE_CURRICULUM, curriculum
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.repositories.catalogue_index import CatalogueIndex

Parts = Mapping[str, Any]

_URI_ROOT: Final = "http://psi.udir.no/kl06/"
_ROWS_AT_ONCE: Final = 25
_LISTS: Final = ("replaces", "replaced_by", "original_plans", "tags")


class SqlCurricula:
    """Implements `domain.ports.CurriculumRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._index: CatalogueIndex | None = None
        self._steps: Iterator[None] | None = None
        self._indexed: int | None = None

    def put(self, curricula: Iterable[Curriculum]) -> None:
        """See CurriculumRepository. Of two with the same code and `changed`, the last one counts."""
        self._forget_index()
        waiting = iter(curricula)
        with self._database.transaction():
            while portion := {(one.code, one.changed): one for one in islice(waiting, _ROWS_AT_ONCE)}:
                self._database.execute_many(REMOVE_CURRICULUM, list(portion))
                self._database.execute_many(ADD_CURRICULUM, [_row(one) for one in portion.values()])
                for code, changed in portion:
                    self._database.note(Entry.CURRICULUM, code, value=dump_json(changed))

    def summaries(self) -> Sequence[CurriculumSummary]:
        """See CurriculumRepository."""
        columns = [column for column in curriculum.c if column.name not in ("seq", "body")]
        query = sa.select(*columns).order_by(curriculum.c.code, curriculum.c.changed.desc())
        with self._database.reading() as connection:
            return [CurriculumSummary(**row._mapping) for row in connection.execute(query)]

    def get(self, code: str, changed: str | None = None) -> Curriculum | None:
        """See CurriculumRepository."""
        version = sa.select(curriculum).where(curriculum.c.code == code)
        if changed is not None:
            version = version.where(curriculum.c.changed == changed)
        with self._database.reading() as connection:
            row = connection.execute(version.order_by(curriculum.c.changed.desc()).limit(1)).one_or_none()
        return None if row is None else _curriculum(row)

    def replaced_by(self, versions: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """See CurriculumRepository."""
        columns = (curriculum.c.code, curriculum.c.changed)
        chosen = sa.select(*columns, curriculum.c.body).where(sa.tuple_(*columns).in_(list(versions)))
        with self._database.reading() as connection:
            found = {(row.code, row.changed): json.loads(row.body) for row in connection.execute(chosen)}
        return {version: tuple(body["replaced_by"]) for version, body in found.items() if body.get("replaced_by")}

    def search(self, text: str, limit: int = 50) -> Sequence[CurriculumHit]:
        """See CurriculumRepository."""
        while not self.prepare_search():
            pass
        return self._index.find(text, limit) if self._index is not None else ()

    def prepare_search(self) -> bool:
        """See CurriculumRepository."""
        # Nothing is ever taken away but for something newer, so the newest row tells whether there is anything new.
        with self._database.reading() as connection:
            newest = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM curriculum").scalar_one()
        if self._index is None or newest != self._indexed:
            self._forget_index()
            self._index, self._indexed = CatalogueIndex(self._portions()), newest
            self._steps = self._index.steps()
        try:
            is_made = self._steps is None or next(self._steps, self._steps) is self._steps
        except BaseException:
            # Half an index would find half of what there is.
            self._forget_index()
            raise
        if is_made:
            self._steps = None
        return is_made

    def _portions(self) -> Iterator[list[Curriculum]]:
        """All curricula, some at a time: nothing stays open between two portions."""
        in_order = sa.select(curriculum.c.seq).order_by(curriculum.c.code, curriculum.c.changed.desc())
        with self._database.reading() as connection:
            waiting = iter(connection.execute(in_order).scalars().all())
        while numbers := list(islice(waiting, _ROWS_AT_ONCE)):
            with self._database.reading() as connection:
                rows = connection.execute(sa.select(curriculum).where(curriculum.c.seq.in_(numbers))).all()
            found = {row.seq: _curriculum(row) for row in rows}
            yield [found[number] for number in numbers if number in found]

    def _forget_index(self) -> None:
        if self._index is not None:
            self._index.close()
        self._index, self._steps = None, None


def _row(one: Curriculum) -> tuple[object, ...]:
    """The values of ADD_CURRICULUM."""
    return (
        one.code,
        one.changed,
        dump_json(one.title.by_language),
        one.published,
        one.valid_from and one.valid_from.isoformat(),
        one.valid_to and one.valid_to.isoformat(),
        one.modular,
        len(one.sets),
        one.aim_count(),
        dump_json(_body(one)),
    )


def _body(one: Curriculum) -> Parts:
    """What no column has. Left out is what is empty, and a URI that Grep's rule gives."""
    return {
        **_named(one.code, one.uri, one.short_title),
        "source": one.source,
        **{name: getattr(one, name) for name in _LISTS if getattr(one, name)},
        "trades": [
            {
                **_named(trade.code, trade.uri, trade.title),
                "sets": trade.sets,
                "subjects": [_named(each.code, each.uri, each.title) for each in trade.subjects],
                "areas": [_named(each.code, each.uri, each.title) for each in trade.areas],
            }
            for trade in one.trades
        ],
        "sets": [
            {**_named(each.code, each.uri, each.title), "aims": [_aim_parts(aim) for aim in each.aims]}
            for each in one.sets
        ],
    }


def _aim_parts(aim: CompetenceAim) -> Parts:
    parts = _named(aim.code, aim.uri, aim.text)
    if aim.taken_from:
        parts["taken_from"] = aim.taken_from
    if aim.reuse_of:
        parts["reuse_of"] = aim.reuse_of
    return parts


def _named(code: str, uri: str, text: OfficialText) -> dict[str, object]:
    parts: dict[str, object] = {"code": code, "text": text.by_language}
    if uri != _URI_ROOT + code:
        parts["uri"] = uri
    return parts


def _curriculum(row: sa.Row[Any]) -> Curriculum:
    body: Parts = json.loads(row.body)
    lists = {name: tuple(body.get(name, ())) for name in _LISTS}
    return Curriculum(
        code=row.code,
        uri=_uri(body),
        title=OfficialText(row.title),
        changed=row.changed,
        published=row.published,
        sets=tuple(
            AimSet(code=each["code"], uri=_uri(each), title=_text(each), aims=tuple(map(_aim, each["aims"])))
            for each in body["sets"]
        ),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        modular=row.modular,
        source=body["source"],
        short_title=_text(body),
        trades=tuple(map(_trade, body["trades"])),
        **lists,
    )


def _trade(parts: Parts) -> Trade:
    return Trade(
        code=parts["code"],
        uri=_uri(parts),
        title=_text(parts),
        sets=tuple(parts["sets"]),
        subjects=tuple(Named(code=each["code"], uri=_uri(each), title=_text(each)) for each in parts["subjects"]),
        areas=tuple(Named(code=each["code"], uri=_uri(each), title=_text(each)) for each in parts["areas"]),
    )


def _aim(parts: Parts) -> CompetenceAim:
    return CompetenceAim(
        code=parts["code"],
        uri=_uri(parts),
        text=_text(parts),
        taken_from=parts.get("taken_from", ""),
        reuse_of=parts.get("reuse_of", ""),
    )


def _uri(parts: Parts) -> str:
    uri: str = parts.get("uri") or _URI_ROOT + parts["code"]
    return uri


def _text(parts: Parts) -> OfficialText:
    return OfficialText(parts["text"])
