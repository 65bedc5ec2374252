# SPDX-License-Identifier: MIT
"""The tables of answers to forms on a case, of what was completed, and of anonymous answers."""

from typing import Final

import sqlalchemy as sa

from rkv_app.domain.evaluations import AimText, Attestation
from rkv_app.domain.responses import VersionMove
from rkv_app.store.database.columns import Moment, Snapshot
from rkv_app.store.database.tables import metadata, seq, text

response = sa.Table(
    "response",
    metadata,
    seq(),
    text("id", unique=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("candidate_case.id"), nullable=False, index=True),
    text("form_id"),
    text("form_version"),
    text("form_sha256"),
    sa.Column("aims", Snapshot(tuple[AimText, ...]), nullable=False),
    text("language"),
    text("state"),
    text("reason"),
    sa.Column("made", Moment, nullable=False),
    sa.Column("changed", Moment, nullable=False),
)

# As the table `answer`, and for the same reason.
response_answer = sa.Table(
    "response_answer",
    metadata,
    sa.Column("response_id", sa.Text, sa.ForeignKey("response.id"), primary_key=True),
    text("item", primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("saved_at", Moment),
    sqlite_with_rowid=False,
)

# Of a response or of an evaluation; `subject` is the id of either.
revision = sa.Table(
    "revision",
    metadata,
    text("subject", primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
    text("done_by"),
    text("reason"),
    sa.Column("attestation", Snapshot(Attestation)),
)

version_move = sa.Table(
    "version_move",
    metadata,
    seq(),
    sa.Column("response_id", sa.Text, sa.ForeignKey("response.id"), nullable=False, index=True),
    sa.Column("report", Snapshot(VersionMove), nullable=False),
)

# Nothing here tells whose the answers are, or in which order they came: the key is drawn by lot.
survey_answers = sa.Table(
    "survey_answers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    text("form_id"),
    text("form_version"),
    text("form_sha256"),
    text("month"),
    sa.Column("answers", sa.JSON, nullable=False),
)

SAVE_RESPONSE_ANSWER: Final = """
    INSERT INTO response_answer (response_id, item, value, saved_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (response_id, item) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at
"""
REMOVE_RESPONSE_ANSWER: Final = "DELETE FROM response_answer WHERE response_id = ? AND item = ?"
