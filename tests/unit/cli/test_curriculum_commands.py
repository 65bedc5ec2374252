# SPDX-License-Identifier: MIT
"""Curricula from the command line: brought in, fetched, listed and searched, for people and for scripts."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.i18n import Language, Words
from rkv_app.usecases.create_workspace import create_workspace
from rkv_app.usecases.fetch_curricula import SERVICE
from rkv_app.usecases.open_workspace import open_workspace
from support.commands import Answer, Command
from support.curricula import practice
from support.desks import FORMS, FixedClock
from support.grep_dumps import write_dump
from support.grep_server import KEY, GrepServer
from support.parties import ADVISER
from support.store_samples import PASSPHRASE, quick_vault

Run = Callable[..., Answer]


@pytest.fixture
def run(rkv: Command, tmp_path: Path) -> Run:
    """Runs `rkv curriculum` on an adviser's new store."""
    store, secret = tmp_path / "nav.rkv", tmp_path / "secret"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    words = Words(Language.ENGLISH)
    ws = create_workspace(quick_vault(), store, PASSPHRASE, ADVISER, forms=FORMS, clock=FixedClock(), words=words)
    # The pace is Grep's; here it would only be slow.
    ws.store.settings.put(SERVICE, {"pause": 0.0})
    ws.close()
    return lambda verb, *more: rkv("curriculum", verb, "--store", store, "--passphrase-file", secret, *more)


def test_a_dump_is_imported_listed_and_searched(run: Run, tmp_path: Path) -> None:
    write_dump(tmp_path / "dump.zip", 100)
    assert run("import", tmp_path / "dump.zip", "--json").document["curricula"] == ["AAA03-01", "AAB03-01"]
    listed = run("list", "--json").document["curricula"]
    assert {(one["sets"], one["aims"], one["validity"]) for one in listed} == {(3, 42, "in_force")}
    found = run("search", "reinhald", "--limit", "5", "--json").document["hits"]
    assert len(found) == 5
    assert run("search", "KM10000", "--json").document["hits"][0]["plan"] == "AAA03-01"
    assert "KM10000" in run("search", "km10000").out
    assert "Nothing was found" in run("search", "zzzz").out


def test_a_hit_says_whether_its_curriculum_has_ended_and_what_replaces_it(run: Run, tmp_path: Path) -> None:
    ended = replace(practice("XXP03-01"), valid_to=date(2024, 7, 31), replaced_by=("XXP03-02",))
    ws = open_workspace(
        quick_vault(), tmp_path / "nav.rkv", Passphrase(PASSPHRASE), forms=FORMS, clock=FixedClock(),
        words=Words(Language.ENGLISH),
    )  # fmt: skip
    ws.store.curricula.put([ended, practice("XXP05-01")])
    ws.close()
    hits = run("search", "XXP0", "--json").document["hits"]
    assert {one["plan"]: (one["validity"], one["replaced_by"]) for one in hits} == {
        "XXP03-01": ("ended", ["XXP03-02"]),
        "XXP05-01": ("in_force", []),
    }
    said = run("search", "XXP0").out.splitlines()
    assert [line.endswith("no longer in force  replaced by XXP03-02") for line in said] == [
        line.startswith("XXP03-01") for line in said
    ]


def _type_of(record: Path) -> str:
    return str(json.loads(record.read_text("utf-8-sig"))["grep-type"])


def test_a_person_is_told_what_an_import_left_out_and_what_was_not_among_the_files(run: Run, tmp_path: Path) -> None:
    write_dump(tmp_path / "dump.zip", 100)
    folder = tmp_path / "dump"
    with zipfile.ZipFile(tmp_path / "dump.zip") as dump:
        dump.extractall(folder)
    lost = next(path for path in sorted(folder.rglob("*.json")) if _type_of(path).endswith("kompetansemaalsett_lk20"))
    code = json.loads(lost.read_text("utf-8-sig"))["kode"]
    for path in folder.rglob("*.json"):
        if _type_of(path).endswith("kompetansemaal_lk20") and code in path.read_text("utf-8-sig"):
            path.unlink()
    lost.write_text('{"kode": "X1", "grep-type": "http://psi.udir.no/ontologi/kl06/aarstrinn"}', encoding="utf-8")
    said = run("import", folder).out
    assert "left out" in said
    assert f"not among them: {code}." in said


@pytest.mark.allow_hosts(["127.0.0.1"])
class TestFetching:
    """`rkv curriculum fetch`."""

    @pytest.fixture
    def server(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[GrepServer]:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        running = GrepServer()
        yield running
        running.close()

    def test_a_key_is_kept_and_a_curriculum_fetched(self, run: Run, server: GrepServer, tmp_path: Path) -> None:
        server.needs_key = True
        key = tmp_path / "key"
        key.write_text(KEY + "\n", encoding="utf-8")
        refused = run("fetch", "AAA03-01", "--service", server.root, "--json")
        assert (refused.status, refused.document["error"]["code"]) == (2, "RKV-CUR-010")
        assert "Nothing was fetched" in run("fetch", "--key-file", key).out
        fetched = run("fetch", "AAA03-01")
        assert fetched.status == 0
        assert "1 curriculum imported" in fetched.out
        assert KEY not in fetched.out + fetched.err

    def test_the_whole_catalogue_comes_once(self, run: Run, server: GrepServer, tmp_path: Path) -> None:
        write_dump(tmp_path / "dump.zip", 100)
        server.dump = (tmp_path / "dump.zip").read_bytes()
        assert run("fetch", "--all", "--service", server.root, "--json").document["curricula"] == [
            "AAA03-01",
            "AAB03-01",
        ]
        assert "Nothing has changed" in run("fetch", "--all").out

    @pytest.mark.parametrize("arguments", [(), ("--all", "HEA03-03")])
    def test_what_is_not_clear_is_asked_for_before_anything_is_sent(self, run: Run, arguments: tuple[str, ...]) -> None:
        assert run("fetch", *arguments, "--json").document["error"]["code"] == "RKV-CUR-016"
