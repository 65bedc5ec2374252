# SPDX-License-Identifier: MIT
"""What can be read of a damaged store is saved into a sound one, and the damaged one stays as it is."""

import contextlib
import json
import random
import shutil
from io import BytesIO
from pathlib import Path

import pytest

from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.stores import Passphrase, SalvageReport
from rkv_app.foundation.errors import UserError
from rkv_app.store.files.header_file import header_path
from rkv_app.store.repositories.exchange import SqlExchange
from support.store_samples import (
    CASE,
    EVALUATION,
    NOW,
    PASSPHRASE,
    made_store,
    opened_database,
    packet,
    quick_vault,
    record,
)

WAY = Passphrase(PASSPHRASE)
NEW = "seks sauer spiser grønt gress ved fjorden"
PAGE = 4096
OLDER = Path(__file__).resolve().parents[2] / "data" / "stores" / "0002" / "adviser.rkv"
ANSWERS = {f"item-{number:03}": f"svar {number} " * 30 for number in range(120)}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a closed store with many pages of answers, trail and packets."""
    folder = tmp_path_factory.mktemp("large")
    path = made_store(folder / "store.rkv")
    store = quick_vault().open(path, WAY)
    with store.transaction():
        for item, text in ANSWERS.items():
            store.evaluations.save_answer(EVALUATION.id, item, text, NOW)
        for number in range(40):
            store.exchange.record(record(f"packet-{number}"), packet())
        store.attachments.add(BytesIO(b"%PDF-1.7 " + bytes(50_000)), subject=CASE.id, name="a.pdf", at=NOW)
    store.close()
    return {"": path.read_bytes(), ".key": header_path(path).read_bytes()}


def _laid_out(files: dict[str, bytes], folder: Path, damaged: bytes) -> Path:
    path = folder / "store.rkv"
    path.write_bytes(damaged)
    header_path(path).write_bytes(files[".key"])
    return path


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def _salvaged(path: Path) -> tuple[SalvageReport, Evaluation | None]:
    """Salvages beside the store; the damaged files stay as they are and the new store is sound."""
    before = _files(path.parent)
    report = quick_vault().salvage(path, WAY, path.with_name("new.rkv"), NEW)
    after = _files(path.parent)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"new.rkv", "new.rkv.key"}
    assert quick_vault().check(path.with_name("new.rkv"), Passphrase(NEW)).findings == ()
    store = quick_vault().open(path.with_name("new.rkv"), Passphrase(NEW))
    store.verify_trail()
    found = store.evaluations.get(EVALUATION.id)
    store.close()
    return report, found


def test_a_sound_store_is_salvaged_whole(large: dict[str, bytes], tmp_path: Path) -> None:
    report, found = _salvaged(_laid_out(large, tmp_path, large[""]))
    assert report.lost == {}
    assert report.kept["packet"] == 41
    assert report.kept["attachment"] == 1
    assert found is not None
    assert {item: found.answers[item] for item in ANSWERS} == ANSWERS


def test_whichever_page_is_damaged_the_rest_is_kept_and_nothing_is_made_up(
    large: dict[str, bytes], tmp_path: Path
) -> None:
    pages = len(large[""]) // PAGE
    lost_something = 0
    beyond_help: list[str] = []
    for turn, page in enumerate(random.Random(4).sample(range(1, pages), 16)):
        folder = tmp_path / str(turn)
        folder.mkdir()
        damaged = bytearray(large[""])
        damaged[page * PAGE + 1000] ^= 1
        path = _laid_out(large, folder, bytes(damaged))
        try:
            report, found = _salvaged(path)
        except UserError as refused:
            beyond_help.append(refused.code)
            continue
        lost_something += bool(report.lost)
        if found is not None:
            known = {**ANSWERS, "matrix/KM1/example": "Skrev rapport for Zarah"}
            assert found.answers.items() <= known.items(), page
            # Every answer is in the trail too, so that one page of content never costs one.
            assert len(found.answers) == len(known) or "sqlite_schema" in report.lost, page
    assert lost_something > 3
    assert set(beyond_help) <= {"RKV-STO-032"}
    assert len(beyond_help) <= 2, "only the few pages that list the tables are missed by all"


def test_a_damaged_page_costs_no_more_than_what_lies_on_it(tmp_path: Path) -> None:
    path = made_store(tmp_path / "store.rkv")
    with contextlib.closing(opened_database(path)) as database:
        (root,) = database.raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'contact'").fetchall()[0]
    damaged = bytearray(path.read_bytes())
    damaged[(int(str(root)) - 1) * PAGE + 1000] ^= 1
    path.write_bytes(damaged)
    report, found = _salvaged(path)
    assert report.lost == {"contact": 1}
    assert report.kept.keys() >= {"candidate_case", "placement", "packet", "queued_application", "sharing_event"}
    assert found is not None


def test_a_store_cut_off_in_the_middle_gives_what_its_first_half_has(large: dict[str, bytes], tmp_path: Path) -> None:
    report, _ = _salvaged(_laid_out(large, tmp_path, large[""][: len(large[""]) // PAGE // 2 * PAGE]))
    assert report.kept
    assert report.lost


def test_nothing_readable_is_said_and_makes_no_store(large: dict[str, bytes], tmp_path: Path) -> None:
    for damaged in (bytes(len(large[""])), large[""][:16] + bytes(20 * PAGE), b"x" * 100):
        path = _laid_out(large, tmp_path, damaged)
        with pytest.raises(UserError) as refused:
            quick_vault().salvage(path, WAY, tmp_path / "new.rkv", NEW)
        assert refused.value.code == "RKV-STO-032"
        assert sorted(file.name for file in tmp_path.iterdir() if "new" in file.name) == []


def test_a_target_that_is_taken_a_weak_passphrase_and_a_cancel_make_no_store(
    large: dict[str, bytes], tmp_path: Path
) -> None:
    path = _laid_out(large, tmp_path, large[""])
    codes = []
    for target, passphrase, progress in (
        (path, NEW, None),
        (tmp_path / "new.rkv", "passord1", None),
        (tmp_path / "new.rkv", NEW, lambda done, _total: done < 9),
    ):
        with pytest.raises(UserError) as refused:
            quick_vault().salvage(path, WAY, target, passphrase, progress)
        codes.append(refused.value.code)
    assert codes == ["RKV-STO-003", "RKV-STO-018", "RKV-STO-034"]
    assert sorted(file.name for file in tmp_path.iterdir() if "new" in file.name) == []


def test_the_salvage_is_written_down_in_the_new_store(large: dict[str, bytes], tmp_path: Path) -> None:
    path = _laid_out(large, tmp_path, large[""])
    _salvaged(path)
    store = quick_vault().open(tmp_path / "new.rkv", Passphrase(NEW))
    store.export(tmp_path / "out")
    store.close()
    assert '"salvaged"' in (tmp_path / "out" / "records" / "trail.json").read_text(encoding="utf-8")


def test_a_damaged_store_of_an_older_version_keeps_its_packets_and_who_is_not_trusted_any_more(tmp_path: Path) -> None:
    path = tmp_path / "store.rkv"
    shutil.copy(OLDER, path)
    shutil.copy(header_path(OLDER), header_path(path))
    with contextlib.closing(opened_database(path)) as database:
        replaced = json.dumps({"contact-1": {"contact": "contact-2", "on": "2026-03-04", "by": "Kari"}})
        database.raw.execute("INSERT INTO setting VALUES ('contacts.replaced', ?)", (replaced,))
        (root,) = database.raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'incoming_request'").fetchall()[
            0
        ]
    damaged = bytearray(path.read_bytes())
    # The tables cannot be made new ones then, because every request is read on the way.
    damaged[(int(str(root)) - 1) * PAGE + 1000] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(UserError):
        quick_vault().open(path, WAY)
    report = quick_vault().salvage(path, WAY, tmp_path / "new.rkv", NEW)
    assert report.kept.get("packet") == 1, report
    store = quick_vault().open(tmp_path / "new.rkv", Passphrase(NEW))
    octets = BytesIO()
    store.exchange.copy_packet_to("message-1", octets)
    assert octets.getvalue() == packet().getvalue()
    (listed,) = store.exchange.queue_page().applications
    assert listed.candidate_name == "Zarah Øvelsesen"
    (known,) = store.contacts.all()
    assert known.replaced is not None
    store.close()


def test_a_packet_that_lacks_a_piece_goes_and_takes_nothing_else_along(tmp_path: Path) -> None:
    path = made_store(tmp_path / "store.rkv")
    with contextlib.closing(opened_database(path)) as database:
        SqlExchange(database).record(record("large"), BytesIO(bytes(600_000)))
        database.raw.execute("DELETE FROM content_piece WHERE position = 1")
    report, _ = _salvaged(path)
    assert (report.lost["packet"], report.lost["content"], report.kept["packet"]) == (1, 1, 1)
