# SPDX-License-Identifier: MIT
"""Answers to forms on a case, what was completed of them and of evaluations, and anonymous answers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables, and the reason to evaluations."""
    op.add_column("evaluation", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    _responses()
    op.create_table(
        "revision",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attestation", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("form_sha256", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
    )


def _responses() -> None:
    op.create_table(
        "response",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("form_sha256", sa.Text(), nullable=False),
        sa.Column("aims", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["candidate_case.id"], name=op.f("fk_response_case_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_response")),
        sa.UniqueConstraint("id", name=op.f("uq_response_id")),
    )
    op.create_index(op.f("ix_response_case_id"), "response", ["case_id"])
    op.create_table(
        "response_answer",
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_response_answer_response_id")),
        sa.PrimaryKeyConstraint("response_id", "item", name=op.f("pk_response_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "version_move",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_version_move_response_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_version_move")),
    )
    op.create_index(op.f("ix_version_move_response_id"), "version_move", ["response_id"])
