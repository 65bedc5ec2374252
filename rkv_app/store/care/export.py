# SPDX-License-Identifier: MIT
"""Writes everything in a store as files that anybody can read, for those who leave the program or must hand it over.

Every kind of record is one JSON file, an array of objects; packets, documents, certificates and attachments are files
of their own, and stand in the records by their names. The store's private keys are left out: nobody reads a record in
them, and whoever had them could sign in their owner's name.
"""

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

import sqlalchemy as sa

from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import write_atomically, write_in_pieces
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.schema import metadata
from rkv_app.store.entry.opening import reachable
from rkv_app.store.failures import go_on
from rkv_app.store.repositories.attachments import SqlAttachments
from rkv_app.store.repositories.contents import copy_content

_PRIVATE: Final = 0o700
_README: Final = "README.txt"
_LEFT_OUT: Final = frozenset({"content", "content_piece"})
_SECRET: Final = frozenset({"owner.keys"})
# Octets in other columns are certificates.
_DIGESTS: Final = frozenset({"trail.hash"})
# What lies in pieces, by the column that names its content: what it is called in the record, and its ending.
_CONTENTS: Final = {
    "packet.content_id": ("packet", "rkvpakke"),
    "queued_application.pdf_content_id": ("pdf", "pdf"),
}
_LONGEST_NAME: Final = 80
_NOT_FOR_NAMES: Final = re.compile(r"[^\w.() -]+")
_TOLD: Final = """\
THESE FILES ARE NOT PROTECTED / DISSE FILENE ER IKKE BESKYTTET

Anybody who can open this folder can read all that was in the store: names, evaluations, attachments.
Alle som kan åpne denne mappen, kan lese alt som sto i lageret: navn, vurderinger, vedlegg.

Keep the folder no longer than you need it, and delete it for good afterwards.
Ta ikke vare på mappen lenger enn du trenger den, og slett den for godt etterpå.

records/       one JSON file for each kind of record / én JSON-fil for hver slags opplysning
files/         packets, documents, certificates / pakker, dokumenter, sertifikater
attachments/   attached files / vedlegg

The private keys of the store are not here. / De private nøklene til lageret er ikke her.
"""


def export(database: SqlCipherDatabase, folder: Path, progress: Progress | None = None) -> None:
    """Writes a store into a new or empty folder, readable by its owner only; nothing large is in memory whole.

    Raises:
        UserError: RKV-SYS-003 the folder has something in it; RKV-STO-034 cancelled; RKV-STO-036 an attachment or
            a packet is damaged; RKV-SYS-001, RKV-SYS-002. Nothing that was written is left then.
    """
    made = _prepare(folder)
    written: list[Path] = []
    try:
        _write_all(database, folder, written, progress)
    except BaseException:
        for place in reversed(written):
            with contextlib.suppress(OSError):
                place.rmdir() if place.is_dir() else place.unlink(missing_ok=True)
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _prepare(folder: Path) -> bool:
    """Makes the folder where it is missing, and tells whether it was."""
    with reachable(folder):
        if folder.exists():
            if not folder.is_dir() or any(folder.iterdir()):
                raise _occupied(folder)
            return False
        folder.mkdir(mode=_PRIVATE)
        return True


def _write_all(database: SqlCipherDatabase, folder: Path, written: list[Path], progress: Progress | None) -> None:
    tables = [table for table in metadata.sorted_tables if table.name not in _LEFT_OUT]

    def claimed(*parts: str) -> Path:
        place = folder.joinpath(*parts)
        written.append(place)
        return place

    write_atomically(claimed(_README), _TOLD.encode())
    for name in ("records", "files", "attachments"):
        with reachable(folder):
            claimed(name).mkdir(mode=_PRIVATE)
    for done, table in enumerate(tables):
        go_on(progress, done, len(tables) + 1)
        with database.reading():
            records = _records(database, table, claimed)
            write_in_pieces(claimed("records", f"{table.name}.json"), _array_writer(records))
    _write_attachments(database, claimed, progress)
    if progress is not None:
        progress(len(tables) + 1, len(tables) + 1)


def _array_writer(records: Iterator[dict[str, object]]) -> Callable[[BinaryIO], None]:
    def write(out: BinaryIO) -> None:
        before = b"[\n"
        for record in records:
            out.write(before + json.dumps(record, ensure_ascii=False, indent=1).encode())
            before = b",\n"
        out.write(b"[]\n" if before == b"[\n" else b"\n]\n")

    return write


def _records(database: SqlCipherDatabase, table: sa.Table, claimed: Callable[..., Path]) -> Iterator[dict[str, object]]:
    """The rows of a table as they are kept, nested values as such and octets as the names of their files."""
    columns = [column for column in table.columns if f"{table.name}.{column.name}" not in _SECRET]
    names = ", ".join(f'"{column.name}"' for column in columns)
    order = ", ".join(f'"{column.name}"' for column in table.primary_key)
    rows = database.raw.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {order}')  # noqa: S608  # our own names
    for number, row in enumerate(rows, start=1):
        record: dict[str, object] = {}
        for column, value in zip(columns, row, strict=True):
            if (content := _CONTENTS.get(f"{table.name}.{column.name}")) is not None:
                file = claimed("files", f"{table.name}-{number:06d}-{'.'.join(content)}")
                record[content[0]] = _written(database, cast(int, value), file)
            else:
                record[column.name] = _readable(table, column, value, number, claimed)
        yield record


def _written(database: SqlCipherDatabase, content_id: int, file: Path) -> str:
    with database.streaming():
        write_in_pieces(file, lambda out: copy_content(database.alchemy(), content_id, out))
    return f"files/{file.name}"


def _readable(
    table: sa.Table, column: sa.Column[object], value: object, number: int, claimed: Callable[..., Path]
) -> object:
    if isinstance(value, bytes):
        if f"{table.name}.{column.name}" in _DIGESTS:
            return value.hex()
        file = claimed("files", f"{table.name}-{number:06d}-{column.name}.cer")
        write_atomically(file, value)
        return f"files/{file.name}"
    if isinstance(column.type, sa.Boolean):
        return bool(value)
    if isinstance(value, str) and (isinstance(column.type, sa.JSON) or _is_snapshot(column)):
        return json.loads(value)
    return value


def _is_snapshot(column: sa.Column[object]) -> bool:
    return isinstance(getattr(column.type, "impl_instance", None), sa.JSON)


def _write_attachments(database: SqlCipherDatabase, claimed: Callable[..., Path], progress: Progress | None) -> None:
    attachments = SqlAttachments(database)
    rows = database.raw.execute("SELECT id, name FROM attachment ORDER BY seq").fetchall()
    for number, (attachment_id, name) in enumerate(rows, start=1):
        file = claimed("attachments", f"{number:06d}-{_safe(str(name))}")

        def copy(out: BinaryIO, which: str = cast(str, attachment_id)) -> None:
            attachments.copy_to(which, out, progress=_uncounted(progress))

        write_in_pieces(file, copy)


def _uncounted(progress: Progress | None) -> Progress | None:
    """Asks only whether to go on: how far one attachment is says nothing of how far the whole is."""
    return None if progress is None else lambda _done, _total: progress(0, 0)


def _safe(name: str) -> str:
    """A name that every file system takes and that stays in its folder."""
    kept = _NOT_FOR_NAMES.sub("_", Path(name).name).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:16]}" if dot else kept[:_LONGEST_NAME] or "attachment"


def _occupied(folder: Path) -> UserError:
    return UserError(
        "RKV-SYS-003",
        message("There is already something in the folder {name}.", name=folder.name),
        message("It was left as it is. Choose a new or an empty folder."),
    )
