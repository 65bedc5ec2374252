# SPDX-License-Identifier: MIT
"""Everything that keeps and mends a store can be done from the command line, by people and by scripts."""

import io
import json
from pathlib import Path

import pytest

from rkv_app.crypto.recovery_words import new_recovery_words
from rkv_app.domain.stores import Passphrase
from rkv_app.store.files.header_file import header_path
from support.commands import Answer, Command
from support.store_samples import EVALUATION, NOW, PASSPHRASE, made_store, quick_vault

NEW = "seks sauer spiser grønt gress ved fjorden"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A closed store with the sample case; closing it has made a backup."""
    (tmp_path / "stores").mkdir()
    return made_store(tmp_path / "stores" / "nav.rkv")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    return _file(tmp_path, "secret", PASSPHRASE)


@pytest.fixture
def new_secret(tmp_path: Path) -> Path:
    """A file with another passphrase."""
    return _file(tmp_path, "new secret", NEW)


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _on(rkv: Command, verb: str, store: Path, secret: Path, *more: str | Path) -> Answer:
    return rkv("store", *verb.split(), "--store", store, "--passphrase-file", secret, "--json", *more)


def _damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_sound_store_and_a_damaged_one_are_told_apart_by_status(rkv: Command, store: Path, secret: Path) -> None:
    sound = _on(rkv, "check", store, secret)
    assert (sound.status, sound.document["integrity"]) == (0, "ok")
    _damaged(store)
    damaged = _on(rkv, "check", store, secret)
    assert (damaged.status, damaged.document["ok"]) == (4, False)
    assert {one["code"] for one in damaged.document["error"]["findings"]} == {"RKV-STO-011"}


def test_info_tells_of_size_ways_in_and_last_backup(rkv: Command, store: Path, secret: Path) -> None:
    told = _on(rkv, "info", store, secret).document
    assert told["entries"] > 0
    assert [one["kind"] for one in told["ways_in"]] == ["passphrase"]
    assert Path(told["last_backup"]["path"]).is_file()


def test_a_store_goes_back_to_a_backup_and_the_present_one_is_kept(rkv: Command, store: Path, secret: Path) -> None:
    backup = _on(rkv, "backup", store, secret).document["backup"]["path"]
    opened = quick_vault().open(store, Passphrase(PASSPHRASE))
    opened.evaluations.save_answer(EVALUATION.id, "hours", 7, NOW)
    opened.close()
    restored = _on(rkv, "restore", store, secret, "--from", backup)
    assert restored.status == 0
    aside = Path(restored.document["aside"])
    assert "hours" not in _answers(store)
    assert _on(rkv, "check", store, secret).status == 0
    assert _answers(aside)["hours"] == 7


def _answers(path: Path) -> dict[str, object]:
    # The present store's end is what this machine remembers, so the one moved aside is another for it.
    opened = quick_vault().open(path, Passphrase(PASSPHRASE), accept_older="before-restore" in path.name)
    found = opened.evaluations.get(EVALUATION.id)
    opened.close()
    assert found is not None
    return dict(found.answers)


def test_backups_are_listed_without_a_passphrase_newest_first(rkv: Command, store: Path, secret: Path) -> None:
    made = _on(rkv, "backup", store, secret).document["backup"]["path"]
    listed = rkv("store", "backups", "--store", store, "--json").document["backups"]
    assert [Path(one["path"]).is_file() for one in listed] == [True] * len(listed)
    assert listed[0]["path"] == made


def test_a_second_folder_is_remembered_and_gets_every_backup(
    rkv: Command, store: Path, secret: Path, tmp_path: Path
) -> None:
    second = tmp_path / "share"
    second.mkdir()
    assert _on(rkv, "backup", store, secret, "--second-folder", second).document["notices"] == []
    made = Path(_on(rkv, "backup", store, secret).document["backup"]["path"])
    assert (second / made.parent.name / made.name).read_bytes() == made.read_bytes()


def test_a_damaged_store_is_read_into_a_new_one(rkv: Command, store: Path, secret: Path, new_secret: Path) -> None:
    _damaged(store)
    before = store.read_bytes()
    new = store.with_name("new.rkv")
    report = _on(rkv, "salvage", store, secret, "--out", new, "--new-passphrase-file", new_secret)
    assert report.status == 0
    assert sum(report.document["kept"].values()) > 0
    assert store.read_bytes() == before
    assert _on(rkv, "check", new, new_secret).status == 0


def test_rekeying_says_which_ways_in_are_gone(rkv: Command, store: Path, secret: Path, new_secret: Path) -> None:
    added = _on(rkv, "ways add-passphrase", store, secret, "--new-passphrase-file", new_secret)
    rekeyed = _on(rkv, "rekey", store, secret)
    assert rekeyed.document["given_up"] == [added.document["way_in"]]
    assert _on(rkv, "open", store, new_secret).status == 3
    assert _on(rkv, "check", store, secret).status == 0


def test_everything_is_exported_into_a_folder_of_its_own(
    rkv: Command, store: Path, secret: Path, tmp_path: Path
) -> None:
    assert _on(rkv, "export", store, secret, "--out", tmp_path / "out").status == 0
    (candidate,) = json.loads((tmp_path / "out" / "records" / "candidate.json").read_text(encoding="utf-8"))
    assert candidate["given_name"] == "Zarah"
    again = _on(rkv, "export", store, secret, "--out", tmp_path / "out")
    assert (again.status, again.document["error"]["code"]) == (2, "RKV-SYS-003")


def test_a_passphrase_is_changed_and_the_old_one_opens_no_more(
    rkv: Command, store: Path, secret: Path, new_secret: Path
) -> None:
    assert _on(rkv, "ways change-passphrase", store, secret, "--new-passphrase-file", new_secret).status == 0
    refused = _on(rkv, "open", store, secret)
    assert (refused.status, refused.document["error"]["code"]) == (3, "RKV-STO-001")
    assert _on(rkv, "open", store, new_secret).status == 0


def test_recovery_words_open_the_store_when_they_have_been_added(
    rkv: Command, store: Path, secret: Path, tmp_path: Path
) -> None:
    words = " ".join(rkv("store", "ways", "new-words", "--json").document["words"])
    file = _file(tmp_path, "words", words.replace(" ", "\n", 5))
    added = _on(rkv, "ways add-recovery", store, secret, "--words-file", file, "--label", "arket")
    assert (added.status, added.document["way_in"]["label"]) == (0, "arket")
    assert rkv("store", "open", "--store", store, "--recovery-file", file, "--json").status == 0
    wrong = _file(tmp_path, "wrong", new_recovery_words())
    assert rkv("store", "open", "--store", store, "--recovery-file", wrong, "--json").status == 3


def test_recovery_words_are_not_added_when_they_are_typed_back_wrong(
    rkv: Command, store: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO(new_recovery_words() + "\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    header = header_path(store).read_bytes()
    refused = _on(rkv, "ways add-recovery", store, secret)
    assert (refused.status, refused.document["error"]["code"]) == (2, "RKV-CLI-003")
    assert header_path(store).read_bytes() == header


def test_the_last_way_in_is_not_removed(rkv: Command, store: Path, secret: Path) -> None:
    (slot,) = rkv("store", "ways", "list", "--store", store, "--json").document["ways_in"]
    refused = _on(rkv, "ways remove", store, secret, slot["id"])
    assert (refused.status, refused.document["error"]["code"]) == (2, "RKV-STO-017")
    assert _on(rkv, "open", store, secret).status == 0


def test_search_finds_people_and_says_by_status_when_there_is_nothing(rkv: Command, store: Path, secret: Path) -> None:
    found = _on(rkv, "search", store, secret, "zar")
    assert found.status == 0
    assert {"candidate"} <= {one["kind"] for one in found.document["hits"]}
    assert _on(rkv, "search", store, secret, "finnes ikke").status == 1


def test_a_store_that_is_open_can_be_looked_at(rkv: Command, store: Path, secret: Path) -> None:
    held = quick_vault().open(store, Passphrase(PASSPHRASE))
    assert _on(rkv, "open", store, secret).status == 3
    looked = _on(rkv, "open", store, secret, "--read-only")
    held.close()
    assert (looked.status, looked.document["read_only"]) == (0, True)


def test_an_older_copy_is_opened_only_when_that_is_said(rkv: Command, store: Path, secret: Path) -> None:
    older = store.read_bytes()
    opened = quick_vault().open(store, Passphrase(PASSPHRASE))
    opened.evaluations.save_answer(EVALUATION.id, "hours", 7, NOW)
    opened.close()
    store.write_bytes(older)
    refused = _on(rkv, "open", store, secret)
    assert (refused.status, refused.document["error"]["code"]) == (4, "RKV-STO-021")
    assert {one["code"] for one in _on(rkv, "check", store, secret).document["error"]["findings"]} == {"RKV-STO-021"}
    assert _on(rkv, "open", store, secret, "--accept-older").status == 0
    assert _on(rkv, "open", store, secret).status == 0


def test_no_secret_is_taken_from_the_command_line(rkv: Command, store: Path) -> None:
    assert rkv("store", "open", "--store", store, "--passphrase", PASSPHRASE).status == 2


def test_without_json_a_person_is_told_in_sentences(rkv: Command, store: Path, secret: Path) -> None:
    said = rkv("store", "backup", "--store", store, "--passphrase-file", secret)
    assert said.status == 0
    assert said.out.startswith("The backup is made and checked: ")
