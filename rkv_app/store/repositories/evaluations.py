# SPDX-License-Identifier: MIT
"""Evaluations and their answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from rkv_app.domain.evaluations import AimText, Attestation, Evaluation, EvaluationState, FormPin
from rkv_app.domain.response_states import Revision
from rkv_app.store.database import schema
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.repositories.answers import AnswerSql, save_answer
from rkv_app.store.repositories.revisions import add_revision, attestation_of, note_state, revisions_of
from rkv_app.store.repositories.rows import change_one

_SQL: Final = AnswerSql(schema.SAVE_ANSWER, schema.REMOVE_ANSWER)


class SqlEvaluations:
    """Implements `domain.answer_ports.EvaluationRepository`. Changing one that is not there is an error of ours."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *evaluations: Evaluation) -> None:
        """See EvaluationRepository."""
        with self._database.transaction() as connection:
            for evaluation in evaluations:
                self._add(connection, evaluation)

    def _add(self, connection: sa.Connection, evaluation: Evaluation) -> None:
        aims = [_aim_row(evaluation.id, position, aim) for position, aim in enumerate(evaluation.aims)]
        connection.execute(schema.evaluation.insert(), _evaluation_row(evaluation))
        if aims:
            connection.execute(schema.evaluation_aim.insert(), aims)
        self._add_answers(evaluation.id, evaluation.answers)

    def _add_answers(self, evaluation_id: str, answers: Mapping[str, object]) -> None:
        # In the order of the table's own key, so that its pages are split a third less often.
        rows = [(evaluation_id, item, dump_json(answers[item])) for item in sorted(answers)]
        self._database.execute_many(schema.ADD_ANSWER, rows)
        self._database.note(Entry.EVALUATION, evaluation_id, value=dump_json(dict(answers)))

    def get(self, evaluation_id: str) -> Evaluation | None:
        """See EvaluationRepository."""
        table = schema.evaluation
        with self._database.reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == evaluation_id)).one_or_none()
            return None if row is None else _evaluation(connection, row)

    def for_case(self, case_id: str) -> Sequence[Evaluation]:
        """See EvaluationRepository."""
        evaluation, placement = schema.evaluation, schema.placement
        query = (
            sa.select(evaluation)
            .join_from(evaluation, placement, evaluation.c.placement_id == placement.c.id)
            .where(placement.c.case_id == case_id)
            .order_by(placement.c.first_day, placement.c.seq, evaluation.c.seq)
        )
        with self._database.reading() as connection:
            return [_evaluation(connection, row) for row in connection.execute(query).all()]

    def save_answer(self, evaluation_id: str, item: str, value: object, at: datetime) -> None:
        """See EvaluationRepository."""
        save_answer(self._database, _SQL, evaluation_id, item, value, at)

    def set_state(
        self,
        evaluation_id: str,
        state: EvaluationState,
        attestation: Attestation | None,
        at: datetime,
        reason: str = "",
    ) -> None:
        """See EvaluationRepository."""
        table = schema.evaluation
        with self._database.transaction() as connection:
            change_one(
                connection,
                table.update()
                .where(table.c.id == evaluation_id)
                .values(state=state.value, reason=reason, **_attestation_row(attestation)),
            )
            if reason:
                note_state(self._database, evaluation_id, state.value, reason, at)
            else:
                self._database.note(Entry.STATE, evaluation_id, value=dump_json(state.value), at=moment_text(at))

    def amend(self, evaluation_id: str, reason: str, at: datetime) -> None:
        """See EvaluationRepository."""
        with self._database.transaction() as connection:
            held = self.get(evaluation_id)
            if held is None or held.attestation is None:
                raise LookupError("there is no completed evaluation")
            before = revisions_of(connection, evaluation_id)
            made = Revision(
                number=len(before) + 1,
                answers=held.answers,
                at=held.attestation.at,
                by=held.attestation.name,
                reason=self.reason(evaluation_id),
            )
            # An amendment that was given up left its revision as what counts.
            if not before or (before[-1].answers, before[-1].at) != (made.answers, made.at):
                add_revision(self._database, connection, evaluation_id, made, held.attestation)
            self.set_state(evaluation_id, EvaluationState.IN_PROGRESS, None, at, reason)

    def go_back(self, evaluation_id: str, state: EvaluationState, at: datetime) -> None:
        """See EvaluationRepository."""
        table = schema.answer
        with self._database.transaction() as connection:
            last = revisions_of(connection, evaluation_id)[-1]
            attestation = attestation_of(connection, evaluation_id, last.number)
            connection.execute(table.delete().where(table.c.evaluation_id == evaluation_id))
            self._add_answers(evaluation_id, last.answers)
            self.set_state(evaluation_id, state, attestation, at, last.reason)

    def revisions(self, evaluation_id: str) -> Sequence[Revision]:
        """See EvaluationRepository."""
        with self._database.reading() as connection:
            return revisions_of(connection, evaluation_id)

    def reason(self, evaluation_id: str) -> str:
        """See EvaluationRepository."""
        table = schema.evaluation
        with self._database.reading() as connection:
            return connection.scalar(sa.select(table.c.reason).where(table.c.id == evaluation_id)) or ""


def _evaluation_row(evaluation: Evaluation) -> dict[str, object]:
    return {
        "id": evaluation.id,
        "placement_id": evaluation.placement_id,
        "form_id": evaluation.form.form_id,
        "form_version": evaluation.form.version,
        "form_sha256": evaluation.form.sha256,
        "curriculum_code": evaluation.curriculum_code,
        "curriculum_changed": evaluation.curriculum_changed,
        "curriculum_title": evaluation.curriculum_title,
        "state": evaluation.state.value,
        **_attestation_row(evaluation.attestation),
    }


def _attestation_row(attestation: Attestation | None) -> dict[str, object]:
    return {
        "attested_name": attestation.name if attestation else None,
        "attested_position": attestation.position if attestation else None,
        "attested_statement": attestation.statement if attestation else None,
        "attested_at": attestation.at if attestation else None,
    }


def _aim_row(evaluation_id: str, position: int, aim: AimText) -> dict[str, object]:
    return {
        "evaluation_id": evaluation_id,
        "position": position,
        "code": aim.code,
        "uri": aim.uri,
        "text": aim.text,
        "language": aim.language,
        "set_code": aim.set_code,
        "set_title": aim.set_title,
        "plan": aim.plan,
    }


def _evaluation(connection: sa.Connection, row: sa.Row[Any]) -> Evaluation:
    aim, answer = schema.evaluation_aim, schema.answer
    aims = connection.execute(sa.select(aim).where(aim.c.evaluation_id == row.id).order_by(aim.c.position))
    answers = connection.execute(
        sa.select(answer.c.item, answer.c.value).where(answer.c.evaluation_id == row.id).order_by(answer.c.item)
    )
    return Evaluation(
        id=row.id,
        placement_id=row.placement_id,
        form=FormPin(row.form_id, row.form_version, row.form_sha256),
        curriculum_code=row.curriculum_code,
        curriculum_changed=row.curriculum_changed,
        curriculum_title=row.curriculum_title,
        aims=tuple(_aim(found) for found in aims),
        state=EvaluationState(row.state),
        answers={found.item: found.value for found in answers},
        attestation=_attestation(row),
    )


def _aim(row: sa.Row[Any]) -> AimText:
    return AimText(
        code=row.code,
        uri=row.uri,
        text=row.text,
        language=row.language,
        set_code=row.set_code,
        set_title=row.set_title,
        plan=row.plan,
    )


def _attestation(row: sa.Row[Any]) -> Attestation | None:
    if row.attested_at is None:
        return None
    return Attestation(
        name=row.attested_name,
        position=row.attested_position,
        statement=row.attested_statement,
        at=row.attested_at,
    )
