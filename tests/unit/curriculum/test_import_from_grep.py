# SPDX-License-Identifier: MIT
"""What comes out of real Grep files."""

import csv
import json
import zipfile
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from rkv_app.curriculum.importer import read_curricula
from rkv_app.domain.aims import Curriculum
from rkv_app.foundation.errors import UserError


@pytest.fixture(scope="module")
def samples(shared: Path) -> Path:
    return shared / "grep-samples"


@pytest.fixture(scope="module")
def imported(samples: Path) -> dict[str, Curriculum]:
    report = read_curricula([samples / "grep-dump-json.zip"])
    assert (report.records, report.skipped, report.missing) == (448, 0, ())
    return {curriculum.code: curriculum for curriculum in report.curricula}


@pytest.fixture
def dump_folder(samples: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "dump"
    with zipfile.ZipFile(samples / "grep-dump-json.zip") as archive:
        archive.extractall(folder)
    return folder


def test_every_aim_of_every_plan_has_its_code_place_and_exact_text(
    samples: Path, imported: dict[str, Curriculum]
) -> None:
    expected: dict[str, dict[str, list[tuple[int, str, str]]]] = defaultdict(lambda: defaultdict(list))
    titles: dict[str, str] = {}
    with (samples / "goals.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            set_code = row["kompetansemaalsett"]
            expected[row["laereplan"]][set_code].append((int(row["nr"]), row["kode"], row["tekst"]))
            titles[set_code] = row["sett_tittel"]

    assert imported.keys() == expected.keys()
    assert sum(curriculum.aim_count() for curriculum in imported.values()) == 396
    for code, curriculum in imported.items():
        assert {aim_set.code for aim_set in curriculum.sets} == expected[code].keys()
        for aim_set in curriculum.sets:
            assert aim_set.title.text("nb") == titles[aim_set.code]
            found = [(aim.code, aim.text.text("nb")) for aim in aim_set.aims]
            assert found == [(aim_code, text) for _, aim_code, text in sorted(expected[code][aim_set.code])]


def test_modules_stand_in_the_order_of_the_chapter(imported: dict[str, Curriculum]) -> None:
    assert [aim_set.code for aim_set in imported["LOG05-01"].sets] == ["KV813", "KV812", "KV815", "KV814"]


def test_a_plan_tells_its_dates_status_structure_and_origin(imported: dict[str, Curriculum]) -> None:
    modular, vg3 = imported["BET05-01"], imported["BET03-02"]
    assert (modular.modular, vg3.modular) == (True, False)
    assert modular.original_plans == ("BET03-02",)
    assert vg3.valid_from == date(2022, 8, 1)
    assert vg3.valid_to is None
    assert vg3.published
    assert vg3.uri == "http://psi.udir.no/kl06/BET03-02"
    assert vg3.changed == "2026-09-10T11:09:50.6059016"


def test_an_aim_tells_which_aim_it_was_taken_from(samples: Path, imported: dict[str, Curriculum]) -> None:
    taken = {aim.code: aim.taken_from for plan in imported.values() for aim in plan.aims() if aim.taken_from}
    assert taken["KM10582"] == "KM5732"
    text = {aim.code: aim.text.text("nb") for plan in imported.values() for aim in plan.aims()}
    assert all(text[code] == text[origin] for code, origin in taken.items())


def test_only_the_plans_asked_for_are_read(samples: Path) -> None:
    report = read_curricula([samples / "grep-dump-json.zip"], only=["HEA03-03", "HEA05-01"])
    assert [curriculum.code for curriculum in report.curricula] == ["HEA03-03", "HEA05-01"]


def test_a_plan_that_is_not_in_the_files_is_named(samples: Path) -> None:
    with pytest.raises(UserError) as refused:
        read_curricula([samples / "grep-dump-json.zip"], only=["HEA03-03", "TMF03-02"])
    assert refused.value.code == "RKV-CUR-004"
    assert "TMF03-02" in str(refused.value.message)
    assert "HEA03-03" not in str(refused.value.message)


def test_a_folder_and_single_files_give_the_same_as_the_dump(
    dump_folder: Path, imported: dict[str, Curriculum]
) -> None:
    from_folder = read_curricula([dump_folder])
    from_files = read_curricula(sorted(dump_folder.rglob("*.json"), reverse=True))
    assert list(from_folder.curricula) == [imported[code] for code in sorted(imported)]
    assert from_files.curricula == from_folder.curricula


def test_names_of_files_and_folders_do_not_matter(dump_folder: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled.data"
    with zipfile.ZipFile(shuffled, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", "not a record")
        for number, path in enumerate(sorted(dump_folder.rglob("*.json"), reverse=True)):
            archive.writestr(f"x/{number}.bin", b"\xef\xbb\xbf" + path.read_bytes())
    report = read_curricula([shuffled])
    assert len(report.curricula) == 15
    assert (report.records, report.skipped) == (448, 1)


def test_without_aim_records_the_texts_in_the_sets_are_used(dump_folder: Path, imported: dict[str, Curriculum]) -> None:
    report = read_curricula([dump_folder / "laereplaner-lk20", dump_folder / "kompetansemaalsett-lk20"])
    for curriculum in report.curricula:
        whole = imported[curriculum.code]
        assert [aim.code for aim in curriculum.aims()] == [aim.code for aim in whole.aims()]
        assert [aim.text.by_language["default"] for aim in curriculum.aims()] == [
            aim.text.by_language["default"] for aim in whole.aims()
        ]


def test_without_set_records_the_aims_say_where_they_belong(dump_folder: Path, imported: dict[str, Curriculum]) -> None:
    report = read_curricula([dump_folder / "kompetansemaal-lk20", dump_folder / "laereplaner-lk20"])
    for curriculum in report.curricula:
        assert [aim.code for aim in curriculum.aims()] == [aim.code for aim in imported[curriculum.code].aims()]


def test_aims_without_numbers_keep_the_order_of_the_list(dump_folder: Path, imported: dict[str, Curriculum]) -> None:
    for path in (dump_folder / "kompetansemaal-lk20").iterdir():
        record = json.loads(path.read_text(encoding="utf-8"))
        record["rekkefoelge"] = None
        path.write_text(json.dumps(record), encoding="utf-8")
    curriculum = read_curricula([dump_folder], only=["ROF05-01"]).curricula[0]
    assert [aim.code for aim in curriculum.aims()] == [aim.code for aim in imported["ROF05-01"].aims()]


def test_ten_comes_after_nine_although_grep_writes_numbers_as_text(dump_folder: Path) -> None:
    path = dump_folder / "kompetansemaalsett-lk20" / "KV490.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["kompetansemaal"].reverse()
    path.write_text(json.dumps(record), encoding="utf-8")
    curriculum = read_curricula([dump_folder], only=["HEA03-03"]).curricula[0]
    assert curriculum == read_curricula([dump_folder], only=["HEA03-03"]).curricula[0]
    records = [
        json.loads((dump_folder / "kompetansemaal-lk20" / f"{aim.code}.json").read_text(encoding="utf-8"))
        for aim in curriculum.aims()
    ]
    assert [int(record["rekkefoelge"]) for record in records] == list(range(1, len(records) + 1))


def test_a_set_that_is_missing_is_reported(dump_folder: Path) -> None:
    (dump_folder / "kompetansemaalsett-lk20" / "KV794.json").unlink()
    for path in (dump_folder / "kompetansemaal-lk20").iterdir():
        if "KV794" in path.read_text(encoding="utf-8"):
            path.unlink()
    report = read_curricula([dump_folder], only=["BET05-01"])
    assert report.missing == ("KV794",)
    assert len(report.curricula[0].sets) == 3


def test_the_later_of_two_versions_of_a_plan_wins(dump_folder: Path, tmp_path: Path) -> None:
    source = dump_folder / "laereplaner-lk20" / "ROF03-01.json"
    record = json.loads(source.read_text(encoding="utf-8"))
    record["sist-endret"] = "2027-01-01T00:00:00"
    later = tmp_path / "later.json"
    later.write_text(json.dumps(record), encoding="utf-8")
    for files in ([later, dump_folder], [dump_folder, later]):
        curriculum = read_curricula(files, only=["ROF03-01"]).curricula[0]
        assert curriculum.changed == "2027-01-01T00:00:00"


class TestRawRestAnswers:
    """Untouched answers of the REST interface."""

    def test_a_plan_alone_is_refused_and_named_with_what_it_lacks(self, samples: Path) -> None:
        with pytest.raises(UserError) as refused:
            read_curricula([samples / "grep-sdk-raw" / "laereplan_lk20_BET05-01_2.json"])
        assert refused.value.code == "RKV-CUR-003"
        assert "BET05-01" in str(refused.value.message)
        assert "KV794" in str(refused.value.hint)

    def test_aims_without_their_plan_are_refused_and_the_plan_is_named(self, samples: Path) -> None:
        raw = samples / "grep-sdk-raw"
        with pytest.raises(UserError) as refused:
            read_curricula([raw / "KV370.json", raw / "kompetansemaal_lk20_KM10543_2.json"])
        assert refused.value.code == "RKV-CUR-006"
        assert "AKT02-04" in str(refused.value.hint)

    def test_texts_come_in_every_language_grep_has(self, samples: Path, tmp_path: Path) -> None:
        raw = samples / "grep-sdk-raw"
        aim = json.loads((raw / "kompetansemaal_lk20_KM10543_2.json").read_text(encoding="utf-8-sig"))
        plan = tmp_path / "plan.json"
        reference = aim["tilhoerer-laereplan"]
        chapter = {"kompetansemaalsett": [aim["tilhoerer-kompetansemaalsett"]]}
        plan.write_text(json.dumps({**reference, "kompetansemaal-kapittel": chapter}), encoding="utf-8")
        curriculum = read_curricula([plan, raw / "kompetansemaal_lk20_KM10543_2.json"]).curricula[0]
        (found,) = curriculum.aims()
        assert found.taken_from == "KM9765"
        assert set(found.text.by_language) == {"default", "nob", "nno"}
        assert found.text.text("nb").startswith("planlegge å produsere produkter")
        assert found.text.text("nn").startswith("planleggje å produsere produkt,")
        assert curriculum.title.text("nb").startswith("Læreplan i snikkarfaget")

    def test_all_other_kinds_of_record_are_passed_over(self, samples: Path) -> None:
        with pytest.raises(UserError) as refused:
            read_curricula([samples / "grep-sdk-raw"])
        assert refused.value.code == "RKV-CUR-003"
        report = read_curricula([samples / "grep-sdk-raw", samples / "grep-dump-json.zip"])
        assert len(report.curricula) == 15
        assert report.missing == ("MOK01-02",)
        assert report.skipped > 40
