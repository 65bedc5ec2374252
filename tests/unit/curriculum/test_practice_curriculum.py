# SPDX-License-Identifier: MIT
"""The made-up practice curriculum: shaped like the real thing, never to be mistaken for it."""

import json
import re

import pytest

from rkv_app.curriculum.importer import practice_curriculum_files, read_curricula
from rkv_app.domain.aims import Curriculum


@pytest.fixture(scope="module")
def plans() -> dict[str, Curriculum]:
    report = read_curricula(practice_curriculum_files())
    assert (report.skipped, report.missing) == (0, ())
    return {curriculum.code: curriculum for curriculum in report.curricula}


def test_there_is_a_modular_plan_and_its_vg3_twin(plans: dict[str, Curriculum]) -> None:
    modular, vg3 = plans["XXP05-01"], plans["XXP03-01"]
    assert [len(aim_set.aims) for aim_set in modular.sets] == [8, 7]
    assert [len(aim_set.aims) for aim_set in vg3.sets] == [10]
    assert (modular.modular, vg3.modular) == (True, False)
    assert modular.original_plans == ("XXP03-01",)
    assert {aim.taken_from for aim in modular.aims()} - {""} == {aim.code for aim in vg3.aims()}


def test_every_text_is_there_in_three_languages(plans: dict[str, Curriculum]) -> None:
    for plan in plans.values():
        texts = [plan.title, *(aim_set.title for aim_set in plan.sets), *(aim.text for aim in plan.aims())]
        for language, code in (("nb", "nob"), ("nn", "nno"), ("en", "eng")):
            assert all(text.shown(language)[1] == code and text.text(language).strip() for text in texts)


def test_nobody_can_mistake_it_for_a_real_plan(plans: dict[str, Curriculum]) -> None:
    for plan in plans.values():
        assert "Udir" not in plan.source
        for language, word in (("nb", "oppdiktet"), ("nn", "oppdikta"), ("en", "made-up")):
            assert word in plan.title.text(language)
        uris = [plan.uri, *(aim_set.uri for aim_set in plan.sets), *(aim.uri for aim in plan.aims())]
        assert all(uri.startswith("urn:rkv:ovelse:") for uri in uris)
        assert re.fullmatch(r"[A-Z]{3}0[35]-01", plan.code)
        assert all(re.fullmatch(r"KM990\d{3}", aim.code) for aim in plan.aims())


def test_one_text_stands_twice_under_two_codes_as_in_real_plans(plans: dict[str, Curriculum]) -> None:
    texts = {aim.code: aim.text for aim in plans["XXP05-01"].aims()}
    assert texts["KM990008"] == texts["KM990014"]


def test_references_say_the_same_as_the_records_they_name() -> None:
    records = [json.loads(path.read_text(encoding="utf-8")) for path in practice_curriculum_files()]
    default = {record["kode"]: record["tittel"]["tekst"][0]["verdi"] for record in records}

    def references(value: object) -> list[dict[str, object]]:
        if isinstance(value, dict):
            own = [value] if isinstance(value.get("tittel"), str) else []
            return own + [found for inner in value.values() for found in references(inner)]
        return [found for inner in value for found in references(inner)] if isinstance(value, list) else []

    checked = 0
    for record in records:
        for reference in references(record):
            if str(reference["uri"]).startswith("urn:rkv:"):
                assert reference["tittel"] == default[str(reference["kode"])]
                checked += 1
    assert checked > 80
