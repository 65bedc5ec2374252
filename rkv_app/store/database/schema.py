# SPDX-License-Identifier: MIT
"""The tables of a store as they are today. How a store gets there from an older one is told in `migrations/`.

`seq` columns keep the order of arrival, which a clock that ticks in seconds does not.
"""

from typing import Final

import sqlalchemy as sa

from rkv_app.domain.evaluations import PlanText
from rkv_app.domain.exchange import Application, EvaluationRequest
from rkv_app.store.database.columns import Moment, Snapshot
from rkv_app.store.database.response_tables import (
    REMOVE_RESPONSE_ANSWER,
    SAVE_RESPONSE_ANSWER,
    response,
    response_answer,
    revision,
    survey_answers,
    version_move,
)
from rkv_app.store.database.tables import metadata
from rkv_app.store.database.tables import seq as _seq
from rkv_app.store.database.tables import text as _text

__all__ = [
    "REMOVE_RESPONSE_ANSWER",
    "SAVE_RESPONSE_ANSWER",
    "metadata",
    "response",
    "response_answer",
    "revision",
    "survey_answers",
    "version_move",
]

REVISION: Final = "0006"
"""The newest revision in `migrations/versions`; equal to what an up-to-date store says of itself."""


def _party(prefix: str = "") -> tuple[sa.Column[str], ...]:
    fields = ("role", "name", "organisation", "unit", "org_number", "phone", "email")
    return tuple(_text(prefix + field) for field in fields)


def _card(prefix: str = "") -> tuple[sa.Column[str] | sa.Column[bytes], ...]:
    return (
        *_party(prefix),
        sa.Column(prefix + "signing_certificate", sa.LargeBinary, nullable=False),
        sa.Column(prefix + "sealing_certificate", sa.LargeBinary, nullable=False),
    )


def _content(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey("content.id"), nullable=False, index=True)


store_info = sa.Table(
    "store_info",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("store_id"),
    _text("made_by", server_default=""),
    sa.CheckConstraint("id = 1", name="one_row"),
)

# One row for each version of a plan. `body` is JSON with its sets, aims, trades and links, which
# `repositories/curricula.py` reads and writes; it comes last, so that a list is read without it.
curriculum = sa.Table(
    "curriculum",
    metadata,
    _seq(),
    _text("code"),
    _text("changed"),
    sa.Column("title", sa.JSON, nullable=False),
    sa.Column("published", sa.Boolean, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("modular", sa.Boolean, nullable=False),
    sa.Column("sets", sa.Integer, nullable=False),
    sa.Column("aims", sa.Integer, nullable=False),
    _text("body"),
    sa.UniqueConstraint("code", "changed"),
)

candidate = sa.Table(
    "candidate",
    metadata,
    _text("id", primary_key=True),
    _text("given_name"),
    _text("family_name"),
    sa.Column("birth_date", sa.Date),
    _text("national_number"),
    sa.Column("shielded", sa.Boolean, nullable=False),
)

candidate_case = sa.Table(
    "candidate_case",
    metadata,
    _seq(),
    _text("id", unique=True),
    _text("reference", unique=True),
    sa.Column("candidate_id", sa.Text, sa.ForeignKey("candidate.id"), nullable=False, index=True),
    _text("wanted_title"),
    _text("wanted_curriculum"),
    _text("state"),
    sa.Column("created", Moment, nullable=False),
    sa.Column("changed", Moment, nullable=False),
    _text("name_key", server_default=""),
    sa.Column("further_plans", sa.JSON, server_default="[]", nullable=False),
    # One for each order of the list, with all that it is ordered by: a part of it is read without sorting anything.
    sa.Index(None, "changed", "seq"),
    sa.Index(None, "name_key", "seq"),
    sa.Index(None, "state", "changed", "seq"),
)

transition = sa.Table(
    "transition",
    metadata,
    _seq(),
    sa.Column("case_id", sa.Text, sa.ForeignKey("candidate_case.id"), nullable=False, index=True),
    _text("state_before"),
    _text("state_after"),
    sa.Column("at", Moment, nullable=False),
    _text("done_by"),
    _text("why"),
)

placement = sa.Table(
    "placement",
    metadata,
    _seq(),
    _text("id", unique=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("candidate_case.id"), nullable=False, index=True),
    _text("workplace_name"),
    _text("workplace_org_number"),
    _text("workplace_address"),
    _text("supervisor_name"),
    _text("supervisor_position"),
    _text("supervisor_email"),
    _text("supervisor_phone"),
    _text("measure"),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date),
    sa.Column("percent", sa.Integer, nullable=False),
    _text("tasks"),
)

# In a supervisor's store the placement is part of the request, so there is no row to point to.
evaluation = sa.Table(
    "evaluation",
    metadata,
    _seq(),
    _text("id", unique=True),
    _text("placement_id", index=True),
    _text("form_id"),
    _text("form_version"),
    _text("form_sha256"),
    _text("curriculum_code"),
    _text("curriculum_changed"),
    _text("curriculum_title"),
    _text("state"),
    sa.Column("attested_name", sa.Text),
    sa.Column("attested_position", sa.Text),
    sa.Column("attested_statement", sa.Text),
    sa.Column("attested_at", Moment),
    _text("reason", server_default=""),
)

evaluation_aim = sa.Table(
    "evaluation_aim",
    metadata,
    sa.Column("evaluation_id", sa.Text, sa.ForeignKey("evaluation.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _text("code", index=True),
    _text("uri"),
    _text("text"),
    _text("language"),
    _text("set_code"),
    _text("set_title"),
    sa.Column("plan", Snapshot(PlanText)),
)

# Without a row id it is one tree and not two: every page that a save touches is encrypted and synced.
# `saved_at` is empty for an answer that came with its evaluation.
answer = sa.Table(
    "answer",
    metadata,
    sa.Column("evaluation_id", sa.Text, sa.ForeignKey("evaluation.id"), primary_key=True),
    _text("item", primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("saved_at", Moment),
    sqlite_with_rowid=False,
)

# Written with every save and read in order only: no index. It outlives what it speaks of, so `subject` is a name only.
trail = sa.Table(
    "trail",
    metadata,
    _seq(),
    sa.Column("at", Moment, nullable=False),
    _text("kind"),
    _text("subject"),
    _text("item"),
    sa.Column("value", sa.Text),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

# An answer is saved at every pause in typing. These go straight to the driver: building and compiling the same
# statements anew would take longer than running them.
SAVE_ANSWER: Final = """
    INSERT INTO answer (evaluation_id, item, value, saved_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (evaluation_id, item) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at
"""
ADD_ANSWER: Final = "INSERT INTO answer (evaluation_id, item, value) VALUES (?, ?, ?)"
REMOVE_ANSWER: Final = "DELETE FROM answer WHERE evaluation_id = ? AND item = ?"
ADD_TO_TRAIL: Final = "INSERT INTO trail (seq, at, kind, subject, item, value, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"

# A whole catalogue goes in at once, see `repositories/curricula.py`.
ADD_CURRICULUM: Final = """
    INSERT INTO curriculum (code, changed, title, published, valid_from, valid_to, modular, sets, aims, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
REMOVE_CURRICULUM: Final = "DELETE FROM curriculum WHERE code = ? AND changed = ?"

# Attachments, packets and PDFs lie in pieces, so that none ever has to be in memory whole; each is kept once, however
# often it is attached, sent or received.
content = sa.Table(
    "content",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.Text, unique=True),
    sa.Column("size", sa.Integer, nullable=False),
)

content_piece = sa.Table(
    "content_piece",
    metadata,
    sa.Column("content_id", sa.Integer, sa.ForeignKey("content.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("octets", sa.LargeBinary, nullable=False),
)

attachment = sa.Table(
    "attachment",
    metadata,
    _seq(),
    _text("id", unique=True),
    _text("subject", index=True),
    _text("name"),
    _text("media_type"),
    sa.Column("content_id", sa.Integer, sa.ForeignKey("content.id"), nullable=False, index=True),
    sa.Column("added", Moment, nullable=False),
)

draft = sa.Table(
    "draft",
    metadata,
    _text("key", primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

setting = sa.Table(
    "setting",
    metadata,
    _text("name", primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)

packet = sa.Table(
    "packet",
    metadata,
    _seq(),
    _text("message_id", unique=True),
    _text("conversation_id", index=True),
    _text("answers"),
    _text("type"),
    _text("direction"),
    _text("case_id", index=True),
    _text("counterpart"),
    sa.Column("at", Moment, nullable=False),
    _text("manifest_sha256"),
    _text("reply_token"),
    sa.Column("reply_used", sa.Boolean, nullable=False),
    _content("content_id"),
)

incoming_request = sa.Table(
    "incoming_request",
    metadata,
    _seq(),
    _text("message_id", unique=True),
    _text("conversation_id"),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("expires", sa.Date),
    _text("evaluation_id"),
    _text("reply_token"),
    *_card("sender_"),
    sa.Column("request", Snapshot(EvaluationRequest), nullable=False),
    _text("candidate_name", server_default=""),
    _text("wanted", server_default=""),
    # With its own order for a list: a part of it is read without sorting anything, and without reading a snapshot.
    sa.Index(None, "received_at", "seq"),
)

queued_application = sa.Table(
    "queued_application",
    metadata,
    _seq(),
    _text("message_id", unique=True),
    _text("conversation_id"),
    _text("journal_number", unique=True),
    sa.Column("received_at", Moment, nullable=False),
    _text("trust"),
    _text("manifest_sha256"),
    sa.Column("receipt_sent", sa.Boolean, nullable=False),
    *_card("sender_"),
    sa.Column("application", Snapshot(Application), nullable=False),
    _content("pdf_content_id"),
    _text("candidate_name", server_default=""),
    _text("wanted", server_default=""),
    sa.Index(None, "received_at", "seq"),
)

contact = sa.Table(
    "contact",
    metadata,
    _seq(),
    _text("id", unique=True),
    _text("digits"),
    sa.Column("pinned_at", Moment, nullable=False),
    _text("checked_by"),
    sa.Column("checked_on", sa.Date),
    *_card(),
    _text("checked_how", server_default=""),
    _text("replaced_contact", server_default=""),
    sa.Column("replaced_on", sa.Date),
    _text("replaced_by", server_default=""),
)

owner = sa.Table(
    "owner",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *_party(),
    sa.Column("keys", sa.LargeBinary, nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)

# The sharing record outlives the case it speaks of, so it points to it by name only.
sharing_event = sa.Table(
    "sharing_event",
    metadata,
    _seq(),
    _text("id", unique=True),
    _text("case_id", index=True),
    _text("message_id"),
    sa.Column("at", Moment, nullable=False),
    _text("receiver"),
    _text("legal_basis"),
    _text("purpose"),
    sa.Column("informed_on", sa.Date, nullable=False),
    _text("sha256"),
    _text("shape", server_default=""),
    _text("cleared_by", server_default=""),
)
