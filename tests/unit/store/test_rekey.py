# SPDX-License-Identifier: MIT
"""A re-keyed store holds what it held, under a key that nobody had before, wherever the work is interrupted."""

import os
import shutil
from pathlib import Path

import pytest

from rkv_app.crypto.identity import make_identity
from rkv_app.crypto.keyslots import parse_header, unlock
from rkv_app.crypto.recovery_words import new_recovery_words
from rkv_app.domain.stores import Passphrase, RecoveryWords, SlotKind
from rkv_app.foundation.errors import UserError
from rkv_app.store.database.engine import connect
from rkv_app.store.files.header_file import read_header
from support.crashes import kills
from support.store_samples import EVALUATION, NOW, PASSPHRASE, quick_vault

WAY = Passphrase(PASSPHRASE)
ANOTHER = "seks sauer spiser grønt gress ved fjorden"


def _key(path: Path) -> bytes:
    return bytes(unlock(parse_header(read_header(path)), WAY, now=NOW, boot="", quick_secret=lambda _: None))


def _answers(path: Path) -> dict[str, object]:
    store = quick_vault().open(path, WAY)
    found = store.evaluations.get(EVALUATION.id)
    store.verify_trail()
    store.close()
    assert found is not None
    return dict(found.answers)


def _work(path: Path) -> None:
    store = quick_vault().open(path, WAY)
    store.evaluations.save_answer(EVALUATION.id, "hours", 7, NOW)
    store.close()


def test_a_rekeyed_store_holds_what_it_held_and_the_old_key_reads_it_no_more(closed_store: Path) -> None:
    _work(closed_store)
    before, old = _answers(closed_store), _key(closed_store)
    assert quick_vault().rekey(closed_store, PASSPHRASE) == ()
    assert not list(closed_store.parent.glob("*.before-rekey*"))
    assert _answers(closed_store) == before
    assert _key(closed_store) != old
    with pytest.raises(UserError) as refused:
        connect(closed_store, old)
    assert refused.value.code == "RKV-STO-011"
    assert quick_vault().check(closed_store, WAY).sound


def test_an_office_key_opens_it_still_and_what_was_given_up_is_named(closed_store: Path) -> None:
    words = new_recovery_words()
    office = make_identity(NOW)
    store = quick_vault().open(closed_store, WAY)
    store.ways_in.add_recovery(words, "arket", NOW)
    store.ways_in.add_passphrase(ANOTHER, "vikaren", NOW)
    store.ways_in.add_office(office.sealing_certificate, "kontoret", NOW)
    store.close()
    given_up = quick_vault().rekey(closed_store, PASSPHRASE)
    assert [(slot.kind, slot.label) for slot in given_up] == [
        (SlotKind.RECOVERY, "arket"),
        (SlotKind.PASSPHRASE, "vikaren"),
    ]
    assert [(slot.kind, slot.label) for slot in quick_vault().ways_in(closed_store)] == [
        (SlotKind.PASSPHRASE, ""),
        (SlotKind.OFFICE, "kontoret"),
    ]
    for gone in (RecoveryWords(words), Passphrase(ANOTHER)):
        with pytest.raises(UserError):
            quick_vault().open(closed_store, gone)


def test_backups_made_before_open_as_they_did(closed_store: Path) -> None:
    _work(closed_store)
    backup = quick_vault().backups(closed_store)[0].path
    quick_vault().rekey(closed_store, PASSPHRASE)
    assert quick_vault().check(backup, WAY).sound
    quick_vault().restore(backup, closed_store, WAY)
    assert _answers(closed_store)["hours"] == 7


def test_a_wrong_passphrase_a_cancel_or_an_open_store_changes_nothing(closed_store: Path) -> None:
    before = {file.name: file.read_bytes() for file in closed_store.parent.iterdir() if file.is_file()}
    codes = []
    for passphrase, progress in (("noe helt annet enn den", None), (PASSPHRASE, lambda _done, _total: False)):
        with pytest.raises(UserError) as refused:
            quick_vault().rekey(closed_store, passphrase, progress)
        codes.append(refused.value.code)
        assert {file.name: file.read_bytes() for file in closed_store.parent.iterdir() if file.is_file()} == before
    store = quick_vault().open(closed_store, WAY)
    with pytest.raises(UserError) as refused:
        quick_vault().rekey(closed_store, PASSPHRASE)
    store.close()
    assert [*codes, refused.value.code] == ["RKV-STO-001", "RKV-STO-034", "RKV-STO-002"]


def test_a_damaged_store_is_not_rekeyed(closed_store: Path) -> None:
    content = bytearray(closed_store.read_bytes())
    content[-2000] ^= 1
    closed_store.write_bytes(content)
    with pytest.raises(UserError):
        quick_vault().rekey(closed_store, PASSPHRASE)
    assert closed_store.read_bytes() == content


def test_a_full_disk_is_said_and_the_store_opens_as_before(closed_store: Path, tiny_disk: Path) -> None:
    path = tiny_disk / closed_store.name
    for end in ("", ".key"):
        shutil.copy(closed_store.with_name(closed_store.name + end), path.with_name(path.name + end))
    (tiny_disk / "mine").write_bytes(bytes(600_000))
    before, names = path.read_bytes(), sorted(file.name for file in tiny_disk.iterdir())
    with pytest.raises(UserError) as refused:
        quick_vault().rekey(path, PASSPHRASE)
    assert refused.value.code == "RKV-SYS-001"
    assert (path.read_bytes(), sorted(file.name for file in tiny_disk.iterdir())) == (before, names)
    (tiny_disk / "mine").unlink()
    assert quick_vault().rekey(path, PASSPHRASE) == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_killed_anywhere_while_it_rekeys_leaves_a_store_that_opens(
    closed_store: Path, own_home: Path
) -> None:
    _work(closed_store)
    old = _key(closed_store)
    before = _answers(closed_store)
    folder, sound = closed_store.parent, own_home.parent / "sound"
    shutil.copytree(folder, sound / "stores")
    shutil.copytree(own_home, sound / "home")
    changed, steps = [], 0
    for steps in kills(lambda: quick_vault().rekey(closed_store, PASSPHRASE)):
        assert _answers(closed_store) == before, steps
        changed.append(_key(closed_store) != old)
        left = {file.name.removeprefix(closed_store.name) for file in folder.glob(closed_store.name + "*")}
        assert left == {"", ".key", ".ballast", "-backups"}, steps
        for kept, place in (("stores", folder), ("home", own_home)):
            shutil.rmtree(place)
            shutil.copytree(sound / kept, place)
    assert changed == sorted(changed), "once it counts it counts"
    assert set(changed) == {False, True}
    assert steps > 10
