# SPDX-License-Identifier: MIT
"""The first tables. Written out in full: what was released must not change when `store/database/schema.py` does."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes all tables."""
    _store_info()
    _owner()
    _plan()
    _aim_set()
    _aim()
    _candidate()
    _candidate_case()
    _transition()
    _placement()
    _evaluation()
    _evaluation_aim()
    _answer()
    _audit()
    _packet()
    _incoming_request()
    _queued_application()
    _contact()
    _sharing_event()


def _store_info() -> None:
    op.create_table(
        "store_info",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_info_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_info")),
    )


def _owner() -> None:
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("org_number", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_owner_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
    )


def _plan() -> None:
    op.create_table(
        "plan",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("modular", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.JSON(), nullable=False),
        sa.Column("replaced_by", sa.JSON(), nullable=False),
        sa.Column("original_plans", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "changed", name=op.f("pk_plan")),
    )


def _aim_set() -> None:
    op.create_table(
        "aim_set",
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("plan_changed", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_code", "plan_changed"],
            ["plan.code", "plan.changed"],
            name=op.f("fk_aim_set_plan_code_plan_changed"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_code", "plan_changed", "position", name=op.f("pk_aim_set")),
    )


def _aim() -> None:
    op.create_table(
        "aim",
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("plan_changed", sa.Text(), nullable=False),
        sa.Column("set_position", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("taken_from", sa.Text(), nullable=False),
        sa.Column("reuse_of", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_code", "plan_changed", "set_position"],
            ["aim_set.plan_code", "aim_set.plan_changed", "aim_set.position"],
            name=op.f("fk_aim_plan_code_plan_changed_set_position"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_code", "plan_changed", "set_position", "position", name=op.f("pk_aim")),
    )
    op.create_index(op.f("ix_aim_code"), "aim", ["code"])


def _candidate() -> None:
    op.create_table(
        "candidate",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("national_number", sa.Text(), nullable=False),
        sa.Column("shielded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
    )


def _candidate_case() -> None:
    op.create_table(
        "candidate_case",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("candidate_id", sa.Text(), nullable=False),
        sa.Column("wanted_title", sa.Text(), nullable=False),
        sa.Column("wanted_curriculum", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_candidate_case_candidate_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_candidate_case")),
        sa.UniqueConstraint("id", name=op.f("uq_candidate_case_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_candidate_case_reference")),
    )
    op.create_index(op.f("ix_candidate_case_candidate_id"), "candidate_case", ["candidate_id"])
    op.create_index(op.f("ix_candidate_case_changed"), "candidate_case", ["changed"])


def _transition() -> None:
    op.create_table(
        "transition",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("state_before", sa.Text(), nullable=False),
        sa.Column("state_after", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["candidate_case.id"], name=op.f("fk_transition_case_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_transition")),
    )
    op.create_index(op.f("ix_transition_case_id"), "transition", ["case_id"])


def _placement() -> None:
    op.create_table(
        "placement",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("workplace_name", sa.Text(), nullable=False),
        sa.Column("workplace_org_number", sa.Text(), nullable=False),
        sa.Column("workplace_address", sa.Text(), nullable=False),
        sa.Column("supervisor_name", sa.Text(), nullable=False),
        sa.Column("supervisor_position", sa.Text(), nullable=False),
        sa.Column("supervisor_email", sa.Text(), nullable=False),
        sa.Column("supervisor_phone", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["candidate_case.id"], name=op.f("fk_placement_case_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_placement")),
        sa.UniqueConstraint("id", name=op.f("uq_placement_id")),
    )
    op.create_index(op.f("ix_placement_case_id"), "placement", ["case_id"])


def _evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("placement_id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("form_sha256", sa.Text(), nullable=False),
        sa.Column("curriculum_code", sa.Text(), nullable=False),
        sa.Column("curriculum_changed", sa.Text(), nullable=False),
        sa.Column("curriculum_title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attested_name", sa.Text(), nullable=True),
        sa.Column("attested_position", sa.Text(), nullable=True),
        sa.Column("attested_statement", sa.Text(), nullable=True),
        sa.Column("attested_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("id", name=op.f("uq_evaluation_id")),
    )
    op.create_index(op.f("ix_evaluation_placement_id"), "evaluation", ["placement_id"])


def _evaluation_aim() -> None:
    op.create_table(
        "evaluation_aim",
        sa.Column("evaluation_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("set_code", sa.Text(), nullable=False),
        sa.Column("set_title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_aim_evaluation_id")),
        sa.PrimaryKeyConstraint("evaluation_id", "position", name=op.f("pk_evaluation_aim")),
    )
    op.create_index(op.f("ix_evaluation_aim_code"), "evaluation_aim", ["code"])


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("evaluation_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_answer_evaluation_id")),
        sa.PrimaryKeyConstraint("evaluation_id", "item", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_audit_evaluation_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )


def _packet() -> None:
    op.create_table(
        "packet",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("counterpart", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("manifest_sha256", sa.Text(), nullable=False),
        sa.Column("reply_token", sa.Text(), nullable=False),
        sa.Column("reply_used", sa.Boolean(), nullable=False),
        sa.Column("packet", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_packet")),
        sa.UniqueConstraint("message_id", name=op.f("uq_packet_message_id")),
    )
    op.create_index(op.f("ix_packet_case_id"), "packet", ["case_id"])
    op.create_index(op.f("ix_packet_conversation_id"), "packet", ["conversation_id"])


def _incoming_request() -> None:
    op.create_table(
        "incoming_request",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("evaluation_id", sa.Text(), nullable=False),
        sa.Column("reply_token", sa.Text(), nullable=False),
        sa.Column("sender_role", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("sender_organisation", sa.Text(), nullable=False),
        sa.Column("sender_unit", sa.Text(), nullable=False),
        sa.Column("sender_org_number", sa.Text(), nullable=False),
        sa.Column("sender_phone", sa.Text(), nullable=False),
        sa.Column("sender_email", sa.Text(), nullable=False),
        sa.Column("sender_signing_certificate", sa.LargeBinary(), nullable=False),
        sa.Column("sender_sealing_certificate", sa.LargeBinary(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_incoming_request")),
        sa.UniqueConstraint("message_id", name=op.f("uq_incoming_request_message_id")),
    )


def _queued_application() -> None:
    op.create_table(
        "queued_application",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("journal_number", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
        sa.Column("trust", sa.Text(), nullable=False),
        sa.Column("manifest_sha256", sa.Text(), nullable=False),
        sa.Column("receipt_sent", sa.Boolean(), nullable=False),
        sa.Column("sender_role", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("sender_organisation", sa.Text(), nullable=False),
        sa.Column("sender_unit", sa.Text(), nullable=False),
        sa.Column("sender_org_number", sa.Text(), nullable=False),
        sa.Column("sender_phone", sa.Text(), nullable=False),
        sa.Column("sender_email", sa.Text(), nullable=False),
        sa.Column("sender_signing_certificate", sa.LargeBinary(), nullable=False),
        sa.Column("sender_sealing_certificate", sa.LargeBinary(), nullable=False),
        sa.Column("application", sa.JSON(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_queued_application")),
        sa.UniqueConstraint("journal_number", name=op.f("uq_queued_application_journal_number")),
        sa.UniqueConstraint("message_id", name=op.f("uq_queued_application_message_id")),
    )


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.Column("pinned_at", sa.String(32), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("org_number", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("signing_certificate", sa.LargeBinary(), nullable=False),
        sa.Column("sealing_certificate", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_contact")),
        sa.UniqueConstraint("id", name=op.f("uq_contact_id")),
    )


def _sharing_event() -> None:
    op.create_table(
        "sharing_event",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sharing_event")),
        sa.UniqueConstraint("id", name=op.f("uq_sharing_event_id")),
    )
    op.create_index(op.f("ix_sharing_event_case_id"), "sharing_event", ["case_id"])
