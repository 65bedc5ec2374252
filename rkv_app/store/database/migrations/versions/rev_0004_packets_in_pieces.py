# SPDX-License-Identifier: MIT
"""Packets and PDFs lie in pieces, as attachments do; lists have what they show in columns; settings become columns.

The octets are moved a piece at a time. Where room runs out, the transaction is taken back and the store is as it was.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OCTETS = (("packet", "packet", "content_id"), ("queued_application", "pdf", "pdf_content_id"))
_PIECE = 256 * 1024
_TEXTS = {
    "incoming_request": ("candidate_name", "wanted"),
    "queued_application": ("candidate_name", "wanted"),
    "contact": ("checked_how", "replaced_contact", "replaced_by"),
    "sharing_event": ("shape", "cleared_by"),
}
# What the program of 0003 wrote after the receiver's name, in the three languages it speaks.
_SHAPES = {
    "PDF for an upload portal": "pdf",
    "PDF til en opplastingsportal": "pdf",
    "PDF til ein opplastingsportal": "pdf",
    "folder for eFormidling": "eformidling",
    "mappe til eFormidling": "eformidling",
    "envelope for Fiks IO": "fiks-io",
    "konvolutt til Fiks IO": "fiks-io",
    "on paper": "print",
    "på papir": "print",
}
_CLEARED = (", cleared by ", ", klarert av ")

_content = sa.table("content", sa.column("id", sa.Integer), sa.column("sha256"), sa.column("size"))
_piece = sa.table("content_piece", sa.column("content_id"), sa.column("position"), sa.column("octets", sa.LargeBinary))


def upgrade() -> None:
    """Adds the columns, fills them from where the same stood before, and then takes that away."""
    for table, column, content_column in _OCTETS:
        _move_octets(table, column, content_column)
    for table, columns in _TEXTS.items():
        for name in columns:
            op.add_column(table, sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("contact", sa.Column("replaced_on", sa.Date(), nullable=True))
    for table in ("incoming_request", "queued_application"):
        op.create_index(op.f(f"ix_{table}_received_at_seq"), table, ["received_at", "seq"])
    fill(op.get_bind())


def fill(connection: sa.Connection) -> None:
    """Fills the columns from where the program of 0003 kept the same. To be run once, on tables of 0004."""
    _lists(connection, "incoming_request", "request", lambda request: request["candidate_name"])
    _lists(connection, "queued_application", "application", lambda application: _name(application["candidate"]))
    _contacts(connection)
    _shapes(connection)


def _move_octets(table: str, column: str, content_column: str) -> None:
    connection = op.get_bind()
    op.add_column(table, sa.Column(content_column, sa.Integer(), nullable=True))
    rows = sa.table(table, sa.column("seq"), sa.column(content_column))
    for seq in connection.scalars(sa.select(rows.c.seq).order_by(rows.c.seq)).all():
        content_id = _kept(connection, table, column, seq)
        connection.execute(rows.update().where(rows.c.seq == seq).values({content_column: content_id}))
    with op.batch_alter_table(table) as batch:
        batch.drop_column(column)
        batch.alter_column(content_column, existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f(f"fk_{table}_{content_column}"), "content", [content_column], ["id"])
    op.create_index(op.f(f"ix_{table}_{content_column}"), table, [content_column])


def _kept(connection: sa.Connection, table: str, column: str, seq: int) -> int:
    """The id of the content that a row has, which is kept once however many rows have it."""
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(connection, table, column, seq):
        digest.update(piece)
        size += len(piece)
    known = connection.scalar(sa.select(_content.c.id).where(_content.c.sha256 == digest.hexdigest()))
    if known is not None:
        return int(known)
    content_id = (connection.scalar(sa.select(sa.func.max(_content.c.id))) or 0) + 1
    connection.execute(_content.insert().values(id=content_id, sha256=digest.hexdigest(), size=size))
    for position, piece in enumerate(_pieces(connection, table, column, seq)):
        connection.execute(_piece.insert().values(content_id=content_id, position=position, octets=piece))
    return content_id


def _pieces(connection: sa.Connection, table: str, column: str, seq: int) -> Iterator[bytes]:
    if connection.dialect.name != "sqlite":
        rows = sa.table(table, sa.column("seq"), sa.column(column, sa.LargeBinary))
        whole = connection.execute(sa.select(rows.c[column]).where(rows.c.seq == seq)).scalar_one()
        yield from (whole[start : start + _PIECE] for start in range(0, len(whole), _PIECE))
        return
    raw: Any = connection.connection.driver_connection
    octets = raw.open_blob(table, column, seq, True)
    try:
        while piece := octets.read(_PIECE):
            yield piece
    finally:
        octets.close()


def _lists(connection: sa.Connection, table: str, snapshot: str, name_in: Callable[[Any], str]) -> None:
    """What a list shows of each row, which so far stood within the snapshot only."""
    names = ("seq", "candidate_name", "wanted")
    rows = sa.table(table, *(sa.column(name) for name in names), sa.column(snapshot, sa.JSON))
    for seq in connection.scalars(sa.select(rows.c.seq)).all():
        told = connection.execute(sa.select(rows.c[snapshot]).where(rows.c.seq == seq)).scalar_one()
        values = {"candidate_name": name_in(told), "wanted": told["wanted"]}
        connection.execute(rows.update().where(rows.c.seq == seq).values(values))


def _name(candidate: dict[str, str]) -> str:
    return f"{candidate['given_name']} {candidate['family_name']}".strip()


def _contacts(connection: sa.Connection) -> None:
    """How digits were compared and which keys were replaced lay among the settings."""
    names = ("id", "checked_how", "replaced_contact", "replaced_by", "replaced_on")
    contact = sa.table("contact", *(sa.column(name) for name in names))
    for id_, how in _taken_setting(connection, "contacts.checked_how").items():
        connection.execute(contact.update().where(contact.c.id == id_).values(checked_how=how))
    for id_, told in _taken_setting(connection, "contacts.replaced").items():
        values = {"replaced_contact": told["contact"], "replaced_on": told["on"], "replaced_by": told["by"]}
        connection.execute(contact.update().where(contact.c.id == id_).values(values))


def _taken_setting(connection: sa.Connection, name: str) -> dict[str, Any]:
    setting = sa.table("setting", sa.column("name"), sa.column("value", sa.JSON))
    value = connection.scalar(sa.select(setting.c.value).where(setting.c.name == name))
    connection.execute(setting.delete().where(setting.c.name == name))
    value = json.loads(value) if isinstance(value, str) else value
    return value if isinstance(value, dict) else {}


def _shapes(connection: sa.Connection) -> None:
    """The shape of an export, and who cleared it, stood after the receiver's name."""
    names = ("seq", "receiver", "shape", "cleared_by")
    event = sa.table("sharing_event", *(sa.column(name) for name in names))
    for seq, told in connection.execute(sa.select(event.c.seq, event.c.receiver)).all():
        receiver, shape, cleared_by = _taken_apart(told)
        if shape:
            values = {"receiver": receiver, "shape": shape, "cleared_by": cleared_by}
            connection.execute(event.update().where(event.c.seq == seq).values(values))


def _taken_apart(told: str) -> tuple[str, str, str]:
    """A receiver, shape and name as 0003 put them into one text; the text alone where it is no export's."""
    for words, shape in _SHAPES.items():
        if told.endswith(f", {words}"):
            return told.removesuffix(f", {words}"), shape, ""
        for cleared in _CLEARED:
            receiver, found, name = told.rpartition(f", {words}{cleared}")
            if found:
                return receiver, shape, name
    return told, "", ""
