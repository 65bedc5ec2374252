# SPDX-License-Identifier: MIT
"""What changed, what belongs together and the open formats, from the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from rkv_app.curriculum.case_exchange import read_case
from rkv_app.domain.people import Party, Role
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.i18n import Language
from support.commands import Answer, Command
from support.curricula import ADDED, NEWER, REWORDED, WITHDRAWN, newer, practice
from support.parties import made, opened
from support.store_samples import PASSPHRASE

PARTY = Party(role=Role.ADVISER, name="Ola Veileder", organisation="Nav Testvik")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both practice plans, one of them in two versions. Nothing here changes it."""
    store = tmp_path_factory.mktemp("catalogue") / "nav.rkv"
    made(store, PASSPHRASE, PARTY, Language.ENGLISH).close()
    workspace = opened(store, Passphrase(PASSPHRASE), Language.ENGLISH)
    plans = practice("XXP03-01"), practice("XXP05-01"), newer(practice("XXP03-01"))
    workspace.store.curricula.put(plans)
    workspace.close()
    return store


@pytest.fixture
def curriculum(rkv: Command, filled: Path, tmp_path: Path) -> "Curriculum":
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return Curriculum(rkv, filled, secret)


class Curriculum:
    """`rkv curriculum` on the filled store."""

    def __init__(self, rkv: Command, store: Path, secret: Path) -> None:
        self._rkv, self._store, self._secret = rkv, store, secret

    def __call__(self, verb: str, *arguments: str | Path) -> Answer:
        return self._rkv("curriculum", verb, "--store", self._store, "--passphrase-file", self._secret, *arguments)


def test_each_version_can_be_told_from_the_others_and_shown(curriculum: Curriculum) -> None:
    listed = [line for line in curriculum("list").out.splitlines() if line.startswith("XXP03-01")]
    assert len(listed) == 2
    assert f"@{NEWER}" in listed[0]
    assert ADDED in curriculum("show", "XXP03-01").out
    older = curriculum("show", "XXP03-01@2026").out
    assert WITHDRAWN in older
    assert ADDED not in older


def test_a_text_that_is_shown_in_another_language_says_so(curriculum: Curriculum) -> None:
    assert "Only in" not in curriculum("show", "XXP05-01", "--language", "nn").out
    assert "[In the language the curriculum was adopted in.]" in curriculum("show", "XXP03-01", "--language", "en").out


def test_one_code_alone_compares_its_two_newest_versions(curriculum: Curriculum) -> None:
    answer = curriculum("diff", "XXP03-01", "--json", "--language", "nb")
    assert answer.status == 0
    document = answer.document
    assert document["new"] == {"code": "XXP03-01", "changed": NEWER}
    assert [one["code"] for one in document["new_aims"]] == [ADDED]
    assert [one["code"] for one in document["withdrawn"]] == [WITHDRAWN]
    (reworded,) = document["reworded"]
    assert (reworded["old"], reworded["by"]) == (REWORDED, "code")
    assert {"kind": "added", "words": " rutiner"} in reworded["words"]


def test_a_person_reads_the_changes_without_colours(curriculum: Curriculum) -> None:
    said = curriculum("diff", "XXP03-01@2026", f"XXP03-01@{NEWER}", "--language", "nb").out
    assert "Nye mål (1)" in said
    assert "{+rutiner+}" in said
    assert "[-prosedyrer" in said


def test_nothing_changed_says_so(curriculum: Curriculum) -> None:
    assert "No aim is new, reworded or withdrawn." in curriculum("diff", "XXP05-01", "--language", "en").out


def test_bridges_between_vg3_and_modules_say_why(curriculum: Curriculum) -> None:
    found = curriculum("bridges", "XXP03-01@2026", "XXP05-01", "--json", "--language", "nb").document["bridges"]
    assert {"from": "KM990102", "to": "KM990002", "reason": "taken_from", "same_text": True} in found
    assert {one["reason"] for one in found} == {"taken_from"}


@pytest.mark.parametrize("name", ["XXP03-01@1999", "XXP03-01@20", "ABC01-01"])
def test_a_version_that_is_not_there_or_not_told_from_others_is_refused(curriculum: Curriculum, name: str) -> None:
    answer = curriculum("diff", name, "XXP05-01", "--json")
    assert answer.status == 2
    assert answer.document["error"]["code"] == ("RKV-CUR-021" if "@" in name else "RKV-CAS-003")


def test_case_comes_out_as_it_went_in(curriculum: Curriculum, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    assert curriculum("export", "XXP05-01", "--to", "case", "--out", target, "--json").document["aims"] == 15
    assert read_case(json.loads(target.read_text("utf-8"))) == practice("XXP05-01")
    assert curriculum("export", "XXP05-01", "--to", "case", "--out", target).status == 2


def test_csv_has_every_aim_in_every_language_to_the_letter(curriculum: Curriculum, tmp_path: Path) -> None:
    target = tmp_path / "plan.csv"
    curriculum("export", "XXP05-01", "--to", "csv", "--out", target)
    rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"))))
    expected = {
        (aim.code, language, text)
        for aim in practice("XXP05-01").aims()
        for language, text in aim.text.by_language.items()
        if language != "default"
    }
    assert {(row["aim"], row["language"], row["text"]) for row in rows} == expected
    assert len(rows) == len(expected)


def test_json_has_sets_and_links(curriculum: Curriculum, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    curriculum("export", "XXP05-01", "--to", "json", "--out", target)
    plan = json.loads(target.read_text("utf-8"))
    assert [len(one["aims"]) for one in plan["sets"]] == [8, 7]
    assert plan["sets"][0]["aims"][0]["taken_from"] == "KM990101"
