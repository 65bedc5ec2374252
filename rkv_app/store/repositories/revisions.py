# SPDX-License-Identifier: MIT
"""What was completed, of a response to a form or of an evaluation: added, and never changed."""

from datetime import datetime

import sqlalchemy as sa

from rkv_app.domain.evaluations import Attestation
from rkv_app.domain.response_states import Revision
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import revision as table
from rkv_app.store.database.trail import Entry, dump_json


def add_revision(
    database: Database, connection: sa.Connection, subject: str, made: Revision, attestation: Attestation | None = None
) -> None:
    """Keeps a revision, with an entry that has all of it. To be used inside a transaction."""
    connection.execute(
        table.insert().values(
            subject=subject,
            number=made.number,
            answers=dict(made.answers),
            at=made.at,
            done_by=made.by,
            reason=made.reason,
            attestation=attestation,
        )
    )
    told = dump_json({"answers": dict(made.answers), "by": made.by, "number": made.number, "reason": made.reason})
    database.note(Entry.REVISED, subject, item=str(made.number), value=told, at=moment_text(made.at))


def revisions_of(connection: sa.Connection, subject: str) -> tuple[Revision, ...]:
    """Everything that was completed, oldest first."""
    rows = connection.execute(sa.select(table).where(table.c.subject == subject).order_by(table.c.number))
    return tuple(
        Revision(number=row.number, answers=row.answers, at=row.at, by=row.done_by, reason=row.reason) for row in rows
    )


def attestation_of(connection: sa.Connection, subject: str, number: int) -> Attestation | None:
    """What was attested with one revision."""
    chosen = sa.select(table.c.attestation).where(table.c.subject == subject, table.c.number == number)
    found: Attestation | None = connection.scalar(chosen)
    return found


def note_state(database: Database, subject: str, state: str, reason: str, at: datetime) -> None:
    """Tells the trail of a state that was reached for a reason. To be used inside a transaction."""
    told = dump_json({"reason": reason, "state": state})
    database.note(Entry.STATE, subject, value=told, at=moment_text(at))
