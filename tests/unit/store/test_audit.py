# SPDX-License-Identifier: MIT
"""Who changed an answer, and when, can be told afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.store.engine import Database, connect
from rkv_app.store.repositories.evaluations import SqlEvaluations
from rkv_app.store.schema import answer, audit, metadata
from support.store_samples import ATTESTATION, EVALUATION, later


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database with all tables."""
    path = tmp_path / "plain.db"
    path.touch()
    opened = Database(connect(path, bytes(32)), path)
    with opened.transaction() as connection:
        metadata.create_all(connection)
    yield opened
    opened.close()


def test_every_saved_answer_every_removal_and_every_state_leaves_a_row(database: Database) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(EVALUATION)
    evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    evaluations.save_answer(EVALUATION.id, "hours", ["æ"], later(2))
    evaluations.save_answer(EVALUATION.id, "hours", None, later(3))
    evaluations.set_state(EVALUATION.id, EvaluationState.COMPLETED, ATTESTATION, later(4))
    with database.reading() as connection:
        rows = connection.execute(
            sa.select(audit.c.kind, audit.c.item, audit.c.value, audit.c.at).order_by(audit.c.seq)
        )
        assert [tuple(row) for row in rows] == [
            ("answer", "hours", 12, later(1)),
            ("answer", "hours", ["æ"], later(2)),
            ("removed", "hours", None, later(3)),
            ("state", "", "completed", later(4)),
        ]


def test_an_answer_and_its_row_are_written_together_or_not_at_all(database: Database) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(EVALUATION)
    with database.transaction() as connection:
        connection.execute(sa.text("CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END"))
    with pytest.raises(Exception, match="no"):
        evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    with database.reading() as connection:
        assert connection.execute(sa.select(answer)).all() == []


def test_an_answer_says_when_it_was_saved(database: Database) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(EVALUATION)
    evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    with database.reading() as connection:
        assert connection.scalar(sa.select(answer.c.saved_at)) == later(1)
