# SPDX-License-Identifier: MIT
"""Answers to forms on a case, and anonymous answers."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from rkv_app.domain.evaluations import EvaluationState, FormPin
from rkv_app.domain.response_states import Revision
from rkv_app.domain.responses import FormResponse, SurveyAnswers, VersionMove
from rkv_app.store.database import schema
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.repositories.answers import AnswerSql, save_answer
from rkv_app.store.repositories.revisions import add_revision, note_state, revisions_of
from rkv_app.store.repositories.rows import change_one

_ID_BITS: Final = 31
_SQL: Final = AnswerSql(schema.SAVE_RESPONSE_ANSWER, schema.REMOVE_RESPONSE_ANSWER)


class SqlResponses:
    """Implements `domain.answer_ports.ResponseRepository`. Changing a response that is not there is a LookupError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, response: FormResponse) -> None:
        """See ResponseRepository."""
        with self._database.transaction() as connection:
            connection.execute(
                schema.response.insert().values(
                    id=response.id,
                    case_id=response.case_id,
                    **_pin_row(response.form),
                    aims=response.aims,
                    language=response.language,
                    state=response.state.value,
                    reason=response.reason,
                    made=response.made,
                    changed=response.changed,
                )
            )
            self._write_all(response.id, response.answers, response.made)

    def get(self, response_id: str) -> FormResponse | None:
        """See ResponseRepository."""
        table = schema.response
        with self._database.reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == response_id)).one_or_none()
            return None if row is None else _response(connection, row)

    def for_case(self, case_id: str) -> Sequence[FormResponse]:
        """See ResponseRepository."""
        table = schema.response
        query = sa.select(table).where(table.c.case_id == case_id).order_by(table.c.seq)
        with self._database.reading() as connection:
            return [_response(connection, row) for row in connection.execute(query).all()]

    def save_answer(self, response_id: str, item: str, value: object, at: datetime) -> None:
        """See ResponseRepository."""
        save_answer(self._database, _SQL, response_id, item, value, at)

    def set_state(self, response_id: str, state: EvaluationState, at: datetime, reason: str = "") -> None:
        """See ResponseRepository."""
        with self._database.transaction() as connection:
            _change(connection, response_id, state=state.value, reason=reason, changed=at)
            note_state(self._database, response_id, state.value, reason, at)

    def revise(self, response_id: str, revision: Revision, state: EvaluationState) -> None:
        """See ResponseRepository."""
        with self._database.transaction() as connection:
            add_revision(self._database, connection, response_id, revision)
            self.set_state(response_id, state, revision.at)
            self._replace(connection, response_id, revision.answers, revision.at)

    def go_back(self, response_id: str, state: EvaluationState, at: datetime) -> None:
        """See ResponseRepository."""
        with self._database.transaction() as connection:
            last = revisions_of(connection, response_id)[-1]
            self.set_state(response_id, state, at)
            self._replace(connection, response_id, last.answers, at)

    def move(self, response_id: str, move: VersionMove, answers: Mapping[str, object]) -> None:
        """See ResponseRepository."""
        with self._database.transaction() as connection:
            _change(connection, response_id, **_pin_row(move.after), changed=move.at)
            connection.execute(schema.version_move.insert().values(response_id=response_id, report=move))
            told = {
                "before": [move.before.version, move.before.sha256],
                "after": [move.after.version, move.after.sha256],
                "by": move.by,
                "kept": list(move.kept),
                "changed": dict(move.changed),
                "lost": dict(move.lost),
            }
            self._database.note(Entry.MOVED, response_id, value=dump_json(told), at=moment_text(move.at))
            self._replace(connection, response_id, answers, move.at)

    def moves(self, response_id: str) -> Sequence[VersionMove]:
        """See ResponseRepository."""
        table = schema.version_move
        query = sa.select(table.c.report).where(table.c.response_id == response_id).order_by(table.c.seq)
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def add_survey(self, survey: SurveyAnswers) -> None:
        """See ResponseRepository. The entry says that somebody answered in that month, and no more."""
        with self._database.transaction() as connection:
            connection.execute(
                schema.survey_answers.insert().values(
                    id=secrets.randbits(_ID_BITS),
                    **_pin_row(survey.form),
                    month=survey.month,
                    answers=dict(survey.answers),
                )
            )
            month = datetime.fromisoformat(f"{survey.month}-01T00:00:00+00:00")
            self._database.note(Entry.SURVEYED, "", item=survey.form.form_id, at=moment_text(month))

    def surveys(self, form_id: str) -> Sequence[SurveyAnswers]:
        """See ResponseRepository."""
        table = schema.survey_answers
        query = sa.select(table).where(table.c.form_id == form_id).order_by(table.c.month, table.c.id)
        with self._database.reading() as connection:
            return [
                SurveyAnswers(form=_pin(row), month=row.month, answers=row.answers) for row in connection.execute(query)
            ]

    def _replace(
        self, connection: sa.Connection, response_id: str, answers: Mapping[str, object], at: datetime
    ) -> None:
        if _answers(connection, response_id) == dict(answers):
            return
        table = schema.response_answer
        connection.execute(table.delete().where(table.c.response_id == response_id))
        self._write_all(response_id, answers, at)

    def _write_all(self, response_id: str, answers: Mapping[str, object], at: datetime) -> None:
        saved_at = moment_text(at)
        rows = [(response_id, item, dump_json(answers[item]), saved_at) for item in sorted(answers)]
        self._database.execute_many(schema.SAVE_RESPONSE_ANSWER, rows)
        self._database.note(Entry.RESPONSE, response_id, value=dump_json(dict(answers)), at=saved_at)


def _change(connection: sa.Connection, response_id: str, **values: object) -> None:
    table = schema.response
    change_one(connection, table.update().where(table.c.id == response_id).values(**values))


def _pin_row(pin: FormPin) -> dict[str, str]:
    return {"form_id": pin.form_id, "form_version": pin.version, "form_sha256": pin.sha256}


def _pin(row: sa.Row[Any]) -> FormPin:
    return FormPin(row.form_id, row.form_version, row.form_sha256)


def _answers(connection: sa.Connection, response_id: str) -> dict[str, object]:
    table = schema.response_answer
    rows = connection.execute(
        sa.select(table.c.item, table.c.value).where(table.c.response_id == response_id).order_by(table.c.item)
    )
    return {row.item: row.value for row in rows}


def _response(connection: sa.Connection, row: sa.Row[Any]) -> FormResponse:
    return FormResponse(
        id=row.id,
        case_id=row.case_id,
        form=_pin(row),
        aims=tuple(row.aims),
        language=row.language,
        state=EvaluationState(row.state),
        answers=_answers(connection, row.id),
        reason=row.reason,
        made=row.made,
        changed=row.changed,
        revisions=revisions_of(connection, row.id),
    )
