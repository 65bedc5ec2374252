# SPDX-License-Identifier: MIT
"""What every store promises about files that belong to a case."""

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pytest
import sqlalchemy as sa

from rkv_app.domain.store_ports import Store
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.database.schema import attachment, content, content_piece
from rkv_app.store.repositories.attachments import MOST_BYTES
from rkv_app.store.repositories.contents import PIECE
from support.composed_store import ComposedStore
from support.store_samples import CASE, NOW, later

_PDF = b"%PDF-1.7\n" + bytes(range(256)) * (PIECE // 100)


def _attached(store: Store, octets: bytes = _PDF, name: str = "bevis.pdf", subject: str = CASE.id) -> Attachment:
    return store.attachments.add(io.BytesIO(octets), subject=subject, name=name, at=NOW)


def _read(store: Store, attachment_id: str) -> bytes:
    target = io.BytesIO()
    store.attachments.copy_to(attachment_id, target)
    return target.getvalue()


def _rows(store: ComposedStore) -> list[int]:
    with store.database.reading() as connection:
        return [
            connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in (attachment, content, content_piece)
        ]


def _refused(action: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as refused:
        action()
    return refused.value


def test_a_file_comes_back_byte_for_byte_with_all_that_is_known_of_it(store: Store) -> None:
    added = _attached(store, name="Kursbevis.pdf")
    assert store.attachments.for_subject(CASE.id) == [added]
    assert (added.subject, added.name, added.media_type, added.size, added.added) == (
        CASE.id,
        "Kursbevis.pdf",
        "application/pdf",
        len(_PDF),
        NOW,
    )
    assert added.sha256 == hashlib.sha256(_PDF).hexdigest()
    assert _read(store, added.id) == _PDF


@pytest.mark.parametrize("size", [10, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_every_size_comes_back_whole(store: Store, size: int) -> None:
    octets = (b"%PDF-" + os.urandom(size))[:size]
    assert _read(store, _attached(store, octets).id) == octets


def test_files_are_listed_in_the_order_in_which_they_came_each_where_it_belongs(store: Store) -> None:
    first, _, third = _attached(store, name="b.pdf"), _attached(store, subject="other"), _attached(store, name="a.pdf")
    assert store.attachments.for_subject(CASE.id) == [first, third]
    assert store.attachments.for_subject("nothing") == []


def test_the_same_content_is_kept_once_and_stays_while_anything_uses_it(bare_store: ComposedStore) -> None:
    one, two = _attached(bare_store), _attached(bare_store, name="kopi.pdf", subject="other")
    pieces = -(-len(_PDF) // PIECE)
    assert _rows(bare_store) == [2, 1, pieces]
    bare_store.attachments.remove(one.id, later(1))
    assert _read(bare_store, two.id) == _PDF
    bare_store.attachments.remove(two.id, later(2))
    assert _rows(bare_store) == [0, 0, 0]


def test_every_file_that_came_or_went_is_in_the_trail(bare_store: ComposedStore) -> None:
    added = _attached(bare_store)
    bare_store.attachments.remove(added.id, later(1))
    value = f'{{"sha256":"{added.sha256}","size":{added.size},"name":"bevis.pdf"}}'
    assert [row[2:6] for row in bare_store.trail()] == [
        ("attached", CASE.id, added.id, value),
        ("detached", CASE.id, added.id, value),
    ]


def test_a_source_that_cannot_be_rewound_and_gives_little_at_a_time_is_read_to_its_end(store: Store) -> None:
    class _Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self._left = io.BytesIO(_PDF)

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            return self._left.read(min(size, 10_000))

    source = cast(BinaryIO, _Pipe())
    added = store.attachments.add(source, subject=CASE.id, name="bevis.pdf", at=NOW)
    assert _read(store, added.id) == _PDF


@pytest.mark.parametrize(
    "octets",
    [b"", b"MZ\x90\x00" + bytes(100), b"#!/bin/sh\nrm x", b"<html></html>", b"PK\x05\x06" + bytes(18), b"ren\0tekst"],
)
def test_a_file_that_may_do_harm_is_refused_whatever_it_is_called(bare_store: ComposedStore, octets: bytes) -> None:
    refused = _refused(lambda: _attached(bare_store, octets, name="bevis.pdf"))
    assert (refused.code, refused.status) == ("RKV-STO-035", ExitStatus.REFUSED)
    assert _rows(bare_store) == [0, 0, 0]


def test_a_text_that_turns_into_something_else_far_down_is_refused(bare_store: ComposedStore) -> None:
    refused = _refused(lambda: _attached(bare_store, b"tekst\n" * PIECE + b"\x00", name="notat.txt"))
    assert refused.code == "RKV-STO-035"
    assert _rows(bare_store) == [0, 0, 0]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(store: Store, tmp_path: Path) -> None:
    with (tmp_path / "large").open("w+b") as large:
        large.truncate(MOST_BYTES + 1)
        refused = _refused(lambda: store.attachments.add(large, subject=CASE.id, name="a.pdf", at=NOW))
        assert large.tell() == 0
    assert refused.code == "RKV-STO-035"
    assert "200" in str(refused.message)


def test_adding_says_how_far_it_is_and_a_cancel_leaves_nothing_behind(bare_store: ComposedStore) -> None:
    told: list[tuple[int, int]] = []

    def until_half(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) < 2

    refused = _refused(
        lambda: bare_store.attachments.add(
            io.BytesIO(_PDF), subject=CASE.id, name="bevis.pdf", at=NOW, progress=until_half
        )
    )
    assert refused.code == "RKV-STO-034"
    assert told == [(PIECE, len(_PDF)), (2 * PIECE, len(_PDF))]
    assert _rows(bare_store) == [0, 0, 0]
    assert bare_store.trail() == []


def test_a_source_that_fails_half_way_leaves_nothing_behind(bare_store: ComposedStore) -> None:
    class _Unplugged(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > PIECE:
                raise OSError("unplugged")
            return super().read(size)

    with pytest.raises(OSError, match="unplugged"):
        bare_store.attachments.add(_Unplugged(_PDF), subject=CASE.id, name="bevis.pdf", at=NOW)
    assert _rows(bare_store) == [0, 0, 0]


def test_reading_says_how_far_it_is_and_can_be_cancelled(store: Store) -> None:
    added = _attached(store)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    assert _refused(lambda: store.attachments.copy_to(added.id, io.BytesIO(), progress=stop)).code == "RKV-STO-034"
    assert told == [(PIECE, len(_PDF))]
    assert _read(store, added.id) == _PDF


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE content_piece SET octets = (SELECT octets FROM content_piece WHERE position = 0) WHERE position = 1",
        "DELETE FROM content_piece WHERE position = 1",
        "DELETE FROM content_piece WHERE position > 0",
    ],
)
def test_content_that_is_not_what_was_put_in_is_never_given_out_as_good(bare_store: ComposedStore, damage: str) -> None:
    added = _attached(bare_store, b"%PDF-" + os.urandom(3 * PIECE))
    with bare_store.database.transaction() as connection:
        connection.execute(sa.text(damage))
    refused = _refused(lambda: _read(bare_store, added.id))
    assert (refused.code, refused.status) == ("RKV-STO-036", ExitStatus.DAMAGED)


def test_what_is_not_attached_cannot_be_read_or_removed(store: Store) -> None:
    with pytest.raises(LookupError):
        _read(store, "nothing")
    with pytest.raises(LookupError):
        store.attachments.remove("nothing", NOW)


def test_a_name_leads_nowhere_and_hides_nothing(store: Store) -> None:
    assert _attached(store, name="../../etc/be\u202evis.pdf.exe").name == "bevis.pdf.exe.pdf"
