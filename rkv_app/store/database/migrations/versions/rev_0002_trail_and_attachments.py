# SPDX-License-Identifier: MIT
"""A chained audit trail in place of the plain one; attachments, drafts, settings; names in Norwegian order.

The hash of an entry and the sort key of a name are what `database/trail.py` and `foundation/norwegian.py` define: they
are formats, and a change of either is a revision of its own.
"""

import sqlalchemy as sa
from alembic import op

from rkv_app.foundation.norwegian import sort_key
from rkv_app.store.database.trail import NOTHING_BEFORE, entry_hash

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables, then carries over the audit and computes the sort keys."""
    op.add_column("store_info", sa.Column("made_by", sa.Text(), server_default="", nullable=False))
    op.add_column("candidate_case", sa.Column("name_key", sa.Text(), server_default="", nullable=False))
    _trail()
    _attachments()
    _drafts_and_settings()
    _chain_the_audit()
    _name_keys()
    _orders_of_cases()


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail")),
    )


def _attachments() -> None:
    op.create_table(
        "content",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content")),
        sa.UniqueConstraint("sha256", name=op.f("uq_content_sha256")),
    )
    op.create_table(
        "content_piece",
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["content.id"], name=op.f("fk_content_piece_content_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("content_id", "position", name=op.f("pk_content_piece")),
    )
    op.create_table(
        "attachment",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("added", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], name=op.f("fk_attachment_content_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_attachment")),
        sa.UniqueConstraint("id", name=op.f("uq_attachment_id")),
    )
    op.create_index(op.f("ix_attachment_subject"), "attachment", ["subject"])
    op.create_index(op.f("ix_attachment_content_id"), "attachment", ["content_id"])


def _drafts_and_settings() -> None:
    op.create_table(
        "draft",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _chain_the_audit() -> None:
    connection = op.get_bind()
    before = NOTHING_BEFORE
    old = connection.execute(
        sa.text("SELECT at, kind, evaluation_id, item, CAST(value AS TEXT) AS value FROM audit ORDER BY seq")
    )
    into = sa.table("trail", *(sa.column(name) for name in ("seq", "at", "kind", "subject", "item", "value", "hash")))
    for seq, (at, kind, subject, item, value) in enumerate(old.all(), start=1):
        before = entry_hash(before, seq, at, kind, subject, item, value)
        connection.execute(
            into.insert().values(seq=seq, at=at, kind=kind, subject=subject, item=item, value=value, hash=before)
        )
    op.drop_table("audit")


def _name_keys() -> None:
    connection = op.get_bind()
    candidate = sa.table("candidate", *(sa.column(name) for name in ("id", "given_name", "family_name")))
    case = sa.table("candidate_case", sa.column("candidate_id"), sa.column("name_key"))
    names = connection.execute(sa.select(candidate.c.id, candidate.c.given_name, candidate.c.family_name)).all()
    for id_, given, family in names:
        key = sort_key(f"{family} {given}")
        connection.execute(case.update().where(case.c.candidate_id == id_).values(name_key=key))


def _orders_of_cases() -> None:
    op.drop_index(op.f("ix_candidate_case_changed"), "candidate_case")
    op.create_index(op.f("ix_candidate_case_changed_seq"), "candidate_case", ["changed", "seq"])
    op.create_index(op.f("ix_candidate_case_name_key_seq"), "candidate_case", ["name_key", "seq"])
    op.create_index(op.f("ix_candidate_case_state_changed_seq"), "candidate_case", ["state", "changed", "seq"])
