# SPDX-License-Identifier: MIT
"""CASE packages are imported like Grep's own files, alone, in folders and in archives, and beside them."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from rkv_app.curriculum.importer import practice_curriculum_files, read_curricula
from rkv_app.domain.aims import Curriculum
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words
from rkv_app.usecases.export_curriculum import CurriculumFormat, export_curriculum
from support.curricula import curricula, newer, practice
from support.grep_dumps import write_dump


def _written(folder: Path, plan: Curriculum, name: str = "plan.json") -> Path:
    path = folder / name
    path.write_bytes(export_curriculum(plan, CurriculumFormat.CASE))
    return path


@given(plan=curricula())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_exported_as_case_comes_in_again_whole(tmp_path: Path, plan: Curriculum) -> None:
    assert read_curricula([_written(tmp_path, plan)]).curricula == (plan,)


def test_every_real_plan_comes_in_again_whole(shared: Path, tmp_path: Path) -> None:
    plans = read_curricula([shared / "grep-samples" / "grep-dump-json.zip"]).curricula
    for plan in plans:
        _written(tmp_path, plan, f"{plan.code}.json")
    assert read_curricula([tmp_path]).curricula == plans


def test_case_and_grep_files_are_taken_together_and_versions_live_side_by_side(tmp_path: Path) -> None:
    old = practice("XXP03-01")
    files = [_written(tmp_path, replace(newer(old), code="ZZZ03-01"), "other.json"), *practice_curriculum_files()]
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for plan in (old, newer(old)):
            archive.writestr(f"{plan.changed}.json", export_curriculum(plan, CurriculumFormat.CASE))
    assert [one.code for one in read_curricula(files).curricula] == ["XXP03-01", "XXP05-01", "ZZZ03-01"]
    assert [one.code for one in read_curricula(files, ["ZZZ03-01"]).curricula] == ["ZZZ03-01"]
    versions = read_curricula([tmp_path / "both.zip"])
    assert {one.changed for one in versions.curricula} == {old.changed, newer(old).changed}
    assert (versions.records, versions.skipped, versions.missing) == (2, 0, ())


def test_a_wanted_plan_that_is_not_there_is_told_with_what_is(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        read_curricula([_written(tmp_path, practice("XXP03-01"))], ["HEA03-03"])
    assert refused.value.code == "RKV-CUR-004"
    assert "XXP03-01" in Words(Language.ENGLISH).say(refused.value.hint)


@pytest.mark.parametrize("broken", ["no aims", "nested"])
def test_a_case_package_that_cannot_be_read_keeps_everything_out(tmp_path: Path, broken: str) -> None:
    path = _written(tmp_path, practice("XXP03-01"))
    package = json.loads(path.read_text("utf-8"))
    if broken == "no aims":
        package["CFItems"] = []
    else:
        package["CFDocument"]["extensions"]["no.rkv.grep"]["tags"] = 0
    text = json.dumps(package).replace('"tags": 0', '"tags": ' + "[" * 900 + "]" * 900)
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        read_curricula([path, *practice_curriculum_files()])
    assert refused.value.code in ("RKV-CUR-020", "RKV-CUR-001")


def test_spreadsheet_and_json_name_trades_subject_codes_tags_and_short_title(tmp_path: Path) -> None:
    write_dump(tmp_path / "dump.zip", 1)
    (plain,) = read_curricula([tmp_path / "dump.zip"]).curricula
    plan = replace(plain, tags=("for_voksenopplaering",), short_title=plain.title)
    rows = export_curriculum(plan, CurriculumFormat.CSV).decode("utf-8-sig").splitlines()
    assert rows[0].endswith("plan_short_title,tags,trades,subject_codes")
    said = json.loads(export_curriculum(plan, CurriculumFormat.JSON))
    assert (said["short_title"], said["tags"]) == (dict(plan.short_title.by_language), list(plan.tags))
    trade = plan.trades[0]
    assert said["trades"][0]["subjects"][0]["code"] == trade.subjects[0].code
    assert any(trade.code in row and trade.subjects[0].code in row and plan.tags[0] in row for row in rows[1:])
