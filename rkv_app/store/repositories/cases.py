# SPDX-License-Identifier: MIT
"""Candidates, cases, placements, and the recorded changes of state."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rkv_app.domain.cases import Case, CaseState, FinalCompetence, Transition
from rkv_app.domain.people import Candidate
from rkv_app.domain.placements import Placement, Supervisor, Workplace
from rkv_app.domain.ports import CasePage, CaseSummary
from rkv_app.domain.stores import CaseOrder
from rkv_app.foundation.norwegian import sort_key
from rkv_app.store.database import schema
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.repositories.case_order import parts_of, token_of
from rkv_app.store.repositories.rows import change_one, put

_SUMMARIES = sa.select(schema.candidate_case, schema.candidate.c.given_name, schema.candidate.c.family_name).join_from(
    schema.candidate_case, schema.candidate
)


class SqlCases:
    """Implements `domain.ports.CaseRepository`. Changing a case that is not there is a LookupError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, candidate: Candidate, case: Case) -> None:
        """See CaseRepository. A candidate who has a case already is brought up to date."""
        table, name_key = schema.candidate_case, sort_key(f"{candidate.family_name} {candidate.given_name}")
        with self._database.transaction() as connection:
            put(connection, schema.candidate, _candidate_row(candidate))
            connection.execute(table.insert().values(_case_row(case)))
            connection.execute(
                table.update()
                .where(table.c.candidate_id == candidate.id, table.c.name_key != name_key)
                .values(name_key=name_key)
            )
            self._database.note(Entry.CANDIDATE, candidate.id, at=moment_text(case.created))
            self._database.note(Entry.CASE, case.id, value=dump_json(case.state.value), at=moment_text(case.created))

    def get(self, case_id: str) -> Case | None:
        """See CaseRepository."""
        table = schema.candidate_case
        with self._database.reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == case_id)).one_or_none()
        return None if row is None else _case(row)

    def candidate(self, candidate_id: str) -> Candidate | None:
        """See CaseRepository."""
        table = schema.candidate
        with self._database.reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == candidate_id)).one_or_none()
        return None if row is None else _candidate(row)

    def summaries(self) -> Sequence[CaseSummary]:
        """See CaseRepository."""
        case = schema.candidate_case.c
        with self._database.reading() as connection:
            return _summaries(connection.execute(_SUMMARIES.order_by(case.changed.desc(), case.seq.desc())))

    def page(
        self, order: CaseOrder, *, after: str = "", limit: int = 200, ids: Sequence[str] | None = None
    ) -> CasePage:
        """See CaseRepository. States come in the order a case goes through them, newest first within each.

        Raises:
            ValueError: `after` is not what a page of this order said.
        """
        case = schema.candidate_case.c
        chosen = sa.true() if ids is None else case.id.in_(ids)
        rows: list[sa.Row[Any]] = []
        with self._database.reading() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(schema.candidate_case).where(chosen)) or 0
            for part in parts_of(order, after):
                query = part.of(_SUMMARIES.where(chosen)).limit(limit + 1 - len(rows))
                rows += connection.execute(query)
                if len(rows) > limit:
                    break
        shown = rows[:limit]
        return CasePage(
            cases=tuple(_summaries(shown)),
            next=token_of(order, shown[-1]) if shown and len(rows) > limit else "",
            total=total,
        )

    def record(self, transition: Transition) -> None:
        """See CaseRepository."""
        case = schema.candidate_case
        with self._database.transaction() as connection:
            change_one(
                connection,
                case.update()
                .where(case.c.id == transition.case_id)
                .values(state=transition.after.value, changed=transition.at),
            )
            connection.execute(schema.transition.insert().values(_transition_row(transition)))
            self._database.note(
                Entry.TRANSITION,
                transition.case_id,
                value=dump_json(transition.after.value),
                at=moment_text(transition.at),
            )

    def transitions(self, case_id: str) -> Sequence[Transition]:
        """See CaseRepository."""
        table = schema.transition
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(table).where(table.c.case_id == case_id).order_by(table.c.seq))
            return [_transition(row) for row in rows]

    def set_further_plans(self, case_id: str, codes: Sequence[str], at: datetime) -> None:
        """See CaseRepository."""
        case = schema.candidate_case
        with self._database.transaction() as connection:
            change_one(
                connection,
                case.update().where(case.c.id == case_id).values(further_plans=list(codes), changed=at),
            )
            self._database.note(Entry.PLANS, case_id, value=dump_json(list(codes)), at=moment_text(at))

    def put_placement(self, placement: Placement, at: datetime) -> None:
        """See CaseRepository."""
        case = schema.candidate_case
        with self._database.transaction() as connection:
            change_one(connection, case.update().where(case.c.id == placement.case_id).values(changed=at))
            put(connection, schema.placement, _placement_row(placement))
            self._database.note(Entry.PLACEMENT, placement.id, at=moment_text(at))

    def placement(self, placement_id: str) -> Placement | None:
        """See CaseRepository."""
        table = schema.placement
        with self._database.reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == placement_id)).one_or_none()
        return None if row is None else _placement(row)

    def placements(self, case_id: str) -> Sequence[Placement]:
        """See CaseRepository."""
        table = schema.placement
        query = sa.select(table).where(table.c.case_id == case_id).order_by(table.c.first_day, table.c.seq)
        with self._database.reading() as connection:
            return [_placement(row) for row in connection.execute(query)]


def _summaries(rows: Iterable[sa.Row[Any]]) -> list[CaseSummary]:
    return [CaseSummary(case=_case(row), candidate_name=f"{row.given_name} {row.family_name}".strip()) for row in rows]


def _candidate_row(candidate: Candidate) -> dict[str, object]:
    return {
        "id": candidate.id,
        "given_name": candidate.given_name,
        "family_name": candidate.family_name,
        "birth_date": candidate.birth_date,
        "national_number": candidate.national_number,
        "shielded": candidate.shielded,
    }


def _candidate(row: sa.Row[Any]) -> Candidate:
    return Candidate(
        id=row.id,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        national_number=row.national_number,
        shielded=row.shielded,
    )


def _case_row(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "reference": case.reference,
        "candidate_id": case.candidate_id,
        "wanted_title": case.wanted.title,
        "wanted_curriculum": case.wanted.curriculum_code,
        "further_plans": list(case.further_plans),
        "state": case.state.value,
        "created": case.created,
        "changed": case.changed,
    }


def _case(row: sa.Row[Any]) -> Case:
    return Case(
        id=row.id,
        reference=row.reference,
        candidate_id=row.candidate_id,
        wanted=FinalCompetence(row.wanted_title, row.wanted_curriculum),
        state=CaseState(row.state),
        created=row.created,
        changed=row.changed,
        further_plans=tuple(row.further_plans),
    )


def _transition_row(transition: Transition) -> dict[str, object]:
    return {
        "case_id": transition.case_id,
        "state_before": transition.before.value,
        "state_after": transition.after.value,
        "at": transition.at,
        "done_by": transition.by,
        "why": transition.why,
    }


def _transition(row: sa.Row[Any]) -> Transition:
    return Transition(
        case_id=row.case_id,
        before=CaseState(row.state_before),
        after=CaseState(row.state_after),
        at=row.at,
        by=row.done_by,
        why=row.why,
    )


def _placement_row(placement: Placement) -> dict[str, object]:
    return {
        "id": placement.id,
        "case_id": placement.case_id,
        "workplace_name": placement.workplace.name,
        "workplace_org_number": placement.workplace.org_number,
        "workplace_address": placement.workplace.address,
        "supervisor_name": placement.supervisor.name,
        "supervisor_position": placement.supervisor.position,
        "supervisor_email": placement.supervisor.email,
        "supervisor_phone": placement.supervisor.phone,
        "measure": placement.measure,
        "first_day": placement.start,
        "last_day": placement.end,
        "percent": placement.percent,
        "tasks": placement.tasks,
    }


def _placement(row: sa.Row[Any]) -> Placement:
    return Placement(
        id=row.id,
        case_id=row.case_id,
        workplace=Workplace(
            name=row.workplace_name, org_number=row.workplace_org_number, address=row.workplace_address
        ),
        supervisor=Supervisor(
            name=row.supervisor_name,
            position=row.supervisor_position,
            email=row.supervisor_email,
            phone=row.supervisor_phone,
        ),
        measure=row.measure,
        start=row.first_day,
        end=row.last_day,
        percent=row.percent,
        tasks=row.tasks,
    )
