# SPDX-License-Identifier: MIT
"""A store of every released revision opens in this version, with all that it held, and is whole afterwards.

`tests/data/stores/<revision>/` holds stores that the program of that day made; they are never made anew.
"""

import contextlib
import io
import json
import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rkv_app.crypto.keyslots import parse_header, unlock
from rkv_app.domain.exchange import Replaced
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from rkv_app.store.database.engine import RawConnection, SqlCipherDatabase, connect
from rkv_app.store.database.schema import REVISION
from rkv_app.store.entry.opening import migrate
from rkv_app.store.files.header_file import header_path, read_header
from rkv_app.store.repositories.contents import PIECE
from rkv_app.store.store import SqlCipherStore
from rkv_app.usecases.demo import PASSPHRASE as DEMO_PASSPHRASE
from support.store_samples import (
    ADVISER,
    CANDIDATE,
    CASE,
    EVALUATION,
    NOW,
    PASSPHRASE,
    PLACEMENT,
    contact,
    curriculum,
    opened_header,
    queued,
    quick_vault,
    record,
    sharing_event,
)

RELEASED = Path(__file__).resolve().parents[2] / "data" / "stores"
NAMES = {"adviser.rkv": PASSPHRASE, "supervisor.rkv": DEMO_PASSPHRASE, "intake.rkv": DEMO_PASSPHRASE}
REVISIONS = sorted(folder.name for folder in RELEASED.iterdir())


def _copied(revision: str, name: str, folder: Path) -> Path:
    path = folder / name
    released = RELEASED / revision / name
    shutil.copy(released, path)
    shutil.copy(header_path(released), header_path(path))
    return path


def test_there_is_a_store_of_every_revision() -> None:
    assert [f"{number:04}" for number in range(1, int(REVISION) + 1)] == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_adviser_finds_everything_again(revision: str, tmp_path: Path) -> None:
    path = _copied(revision, "adviser.rkv", tmp_path)
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    assert store.contacts.own_party() == ADVISER
    assert store.contacts.own_keys() == b"the store's own keys"
    assert list(store.contacts.all()) == [contact("contact-1")]
    assert store.curricula.get("HEA03-03") == curriculum()
    assert store.cases.get(CASE.id) is not None
    assert store.cases.candidate(CANDIDATE.id) == CANDIDATE
    assert list(store.cases.placements(CASE.id)) == [PLACEMENT]
    found = store.evaluations.get(EVALUATION.id)
    assert found is not None
    assert found.answers == {"matrix/KM1/example": "Skrev rapport for Zarah"}
    assert store.exchange.find("message-1") == record("message-1")
    assert store.exchange.queued("message-2") == queued("message-2")
    assert list(store.sharing.for_case(CASE.id)) == [sharing_event("event-1")]
    store.verify_trail()
    assert store.info().revision == REVISION
    store.close()
    assert quick_vault().check(path, Passphrase(PASSPHRASE)).findings == ()


@pytest.mark.parametrize("revision", [one for one in REVISIONS if one >= "0006"])
def test_a_case_on_two_plans_keeps_both_and_every_answer_its_plan(revision: str, tmp_path: Path) -> None:
    path = _copied(revision, "two_plans.rkv", tmp_path)
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    case = store.cases.get(CASE.id)
    assert case is not None
    assert case.plans == ("HEA03-03", "HEA05-01")
    assert store.curricula.get("HEA05-01") == curriculum("HEA05-01")
    first, second = store.evaluations.get(EVALUATION.id), store.evaluations.get("evaluation-2")
    assert first is not None
    assert second is not None
    assert first.aims == EVALUATION.aims
    assert [(aim.code, aim.plan.code) for aim in second.aims if aim.plan] == [
        ("KM1", "HEA03-03"),
        ("KM2", "HEA03-03"),
        ("KM3", "HEA03-03"),
        ("KM4", "HEA05-01"),
    ]
    assert second.answers == {"matrix/KM4/example": "Byttet på sengen"}
    assert CASE.id in [hit.subject for hit in store.search.find("HEA05-01")]
    store.verify_trail()
    store.close()
    assert quick_vault().check(path, Passphrase(PASSPHRASE)).findings == ()


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("name", ["supervisor.rkv", "intake.rkv"])
def test_a_store_that_took_part_in_the_whole_conversation_is_whole(revision: str, name: str, tmp_path: Path) -> None:
    path = _copied(revision, name, tmp_path)
    store = quick_vault().open(path, Passphrase(DEMO_PASSPHRASE))
    if name == "supervisor.rkv":
        (request,) = store.exchange.request_page().requests
        whole = store.exchange.request(request.message_id)
        assert whole is not None
        assert (request.candidate_name, request.wanted) == (whole.request.candidate_name, whole.request.wanted)
        assert store.evaluations.get(request.evaluation_id)
    else:
        (listed,) = store.exchange.queue_page().applications
        queued_ = store.exchange.queued(listed.message_id)
        assert queued_ is not None
        assert (listed.candidate_name, listed.receipt_sent) == (queued_.application.candidate.name, True)
    store.close()
    assert quick_vault().check(path, Passphrase(DEMO_PASSPHRASE)).findings == ()


@pytest.mark.parametrize("revision", [one for one in REVISIONS if one < "0004"])
@pytest.mark.parametrize("name", NAMES)
def test_every_packet_and_pdf_is_there_byte_for_byte(revision: str, name: str, tmp_path: Path) -> None:
    path = _copied(revision, name, tmp_path)
    before = _inline_octets(path, name)
    assert any(table == "packet" for table, _ in before)
    store = quick_vault().open(path, Passphrase(NAMES[name]))
    assert {key: _octets_of(store, *key) for key in before} == before
    store.close()


def test_a_large_packet_is_moved_in_pieces_and_the_same_octets_are_kept_once(tmp_path: Path) -> None:
    path = _copied("0002", "adviser.rkv", tmp_path)
    large = os.urandom(1_500_000)
    with contextlib.closing(_opened_as_it_is(path)) as raw:
        raw.execute("UPDATE packet SET packet = ?", (large,))
        raw.execute("UPDATE queued_application SET pdf = ?", (large,))
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    assert _octets_of(store, "packet", "message-1") == _octets_of(store, "queued_application", "message-2") == large
    store.close()
    with contextlib.closing(_opened_as_it_is(path)) as raw:
        assert raw.execute("SELECT count(*), max(size) FROM content").fetchall() == [(1, len(large))]
        assert raw.execute("SELECT max(length(octets)) FROM content_piece").fetchall() == [(PIECE,)]


def test_who_replaced_keys_and_how_digits_were_compared_is_still_known(tmp_path: Path) -> None:
    path = _copied("0002", "adviser.rkv", tmp_path)
    replaced = {"contact-1": {"contact": "contact-2", "on": "2026-03-04", "by": "Kari Nordmann"}}
    with contextlib.closing(_opened_as_it_is(path)) as raw:
        _put_setting(raw, "contacts.replaced", replaced)
        _put_setting(raw, "contacts.checked_how", {"contact-1": "på telefon", "gone": "ved oppmøte"})
        _put_setting(raw, "something.else", 1)
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    how = Replaced(contact_id="contact-2", on=date(2026, 3, 4), by="Kari Nordmann")
    assert store.contacts.get("contact-1") == replace(contact("contact-1"), checked_how="på telefon", replaced=how)
    assert [store.settings.get(name) for name in ("contacts.replaced", "contacts.checked_how")] == [None, None]
    assert store.settings.get("something.else") == 1
    store.close()


@pytest.mark.parametrize(
    ("told", "receiver", "shape", "cleared_by"),
    [
        ("Testvik fylkeskommune", "Testvik fylkeskommune", "", ""),
        ("Testvik, PDF til en opplastingsportal", "Testvik", "pdf", ""),
        ("Testvik, avd. 2, mappe til eFormidling", "Testvik, avd. 2", "eformidling", ""),
        ("Testvik, envelope for Fiks IO, cleared by Kari, leder", "Testvik", "fiks-io", "Kari, leder"),
        ("Testvik, på papir, klarert av Ola", "Testvik", "print", "Ola"),
        ("Hytta på papir", "Hytta på papir", "", ""),
    ],
)
def test_the_shape_of_an_export_is_told_apart_from_the_receiver(
    told: str, receiver: str, shape: str, cleared_by: str, tmp_path: Path
) -> None:
    path = _copied("0002", "adviser.rkv", tmp_path)
    with contextlib.closing(_opened_as_it_is(path)) as raw:
        raw.execute("UPDATE sharing_event SET receiver = ?", (told,))
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    (event,) = store.sharing.for_case(CASE.id)
    store.close()
    assert event == replace(sharing_event("event-1"), receiver=receiver, shape=shape, cleared_by=cleared_by)


def test_a_disk_that_is_full_half_way_leaves_the_store_of_before(tmp_path: Path) -> None:
    path = _copied("0002", "adviser.rkv", tmp_path)
    with contextlib.closing(_opened_as_it_is(path)) as raw:
        raw.execute("UPDATE packet SET packet = ?", (os.urandom(400_000),))
    before = _inline_octets(path, "adviser.rkv")
    _, key = opened_header(path)
    database = SqlCipherDatabase(connect(path, key), path, SystemClock())
    (pages,) = database.raw.execute("PRAGMA page_count").fetchall()[0]
    database.raw.execute(f"PRAGMA max_page_count = {int(str(pages)) + 20}")
    with pytest.raises(UserError) as refused:
        migrate(database)
    database.close()
    assert refused.value.code == "RKV-SYS-001"
    assert _inline_octets(path, "adviser.rkv") == before


def _opened_as_it_is(path: Path) -> RawConnection:
    _, key = opened_header(path)
    return connect(path, key)


def _put_setting(raw: RawConnection, name: str, value: object) -> None:
    raw.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, json.dumps(value)))


def _inline_octets(path: Path, name: str) -> dict[tuple[str, str], object]:
    """What a store of 0001 or 0002 has in the rows themselves, by table and message id."""
    header = parse_header(read_header(path))
    key = unlock(header, Passphrase(NAMES[name]), now=NOW, boot="", quick_secret=lambda _store_id: None)
    with contextlib.closing(connect(path, key)) as raw:
        return {
            (table, str(message_id)): octets
            for table, column in (("packet", "packet"), ("queued_application", "pdf"))
            for message_id, octets in raw.execute(f"SELECT message_id, {column} FROM {table}").fetchall()
        }


def _octets_of(store: SqlCipherStore, table: str, message_id: str) -> bytes:
    target = io.BytesIO()
    copy = store.exchange.copy_packet_to if table == "packet" else store.exchange.copy_pdf_to
    copy(message_id, target)
    return target.getvalue()


def test_before_a_store_is_brought_up_to_date_a_copy_of_it_is_kept(tmp_path: Path) -> None:
    path = _copied("0001", "adviser.rkv", tmp_path)
    quick_vault().open(path, Passphrase(PASSPHRASE)).close()
    kept = quick_vault().backups(path)
    assert kept
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    oldest = elsewhere / "oldest.rkv"
    shutil.copy(kept[-1].path, oldest)
    shutil.copy(header_path(kept[-1].path), header_path(oldest))
    again = quick_vault().open(oldest, Passphrase(PASSPHRASE))
    assert again.cases.candidate(CANDIDATE.id) == CANDIDATE
    again.close()
