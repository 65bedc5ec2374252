# SPDX-License-Identifier: MIT
"""Which answers are offered for which aims, and why."""

import csv
from pathlib import Path

import pytest

from rkv_app.curriculum.importer import read_curricula
from rkv_app.domain.aims import Curriculum
from rkv_app.domain.bridges import Bridge, Place, bridges, links_of
from rkv_app.domain.carried import Reason
from rkv_app.domain.evaluations import AimText
from rkv_app.usecases.case_aims import aim_texts
from support.curricula import REWORDED, newer, practice


def _places(plan: Curriculum) -> tuple[Place, ...]:
    return tuple(Place(plan.code, plan.changed, aim) for aim in aim_texts(plan, "nb"))


def _reasons(found: tuple[Bridge, ...]) -> dict[tuple[str, str], Reason]:
    return {(one.source.aim.code, one.target.aim.code): one.reason for one in found}


def _place(plan: str, code: str, text: str, version: str = "1") -> Place:
    aim = AimText(code=code, uri=f"urn:{code}", text=text, language="nob", set_code="KV1", set_title="Modul")
    return Place(plan, version, aim)


@pytest.fixture(scope="module")
def real(shared: Path) -> dict[str, Curriculum]:
    files = [shared / "grep-samples" / "grep-dump-json.zip"]
    return {plan.code: plan for plan in read_curricula(files).curricula}


def test_the_same_text_under_two_codes_in_one_plan_is_offered_both_ways() -> None:
    modular = _places(practice("XXP05-01"))
    found = _reasons(bridges(modular, modular))
    assert found == {("KM990008", "KM990014"): Reason.SAME_PLAN, ("KM990014", "KM990008"): Reason.SAME_PLAN}


def test_real_twins_inside_a_plan_are_found(real: dict[str, Curriculum]) -> None:
    for plan, one, other in (("ROF05-01", "KM10665", "KM10680"), ("PRT05-01", "KM10778", "KM10790")):
        places = _places(real[plan])
        assert _reasons(bridges(places, places))[one, other] is Reason.SAME_PLAN


def test_udirs_own_links_lead_from_vg3_to_modules_and_back(real: dict[str, Curriculum], shared: Path) -> None:
    with (shared / "grep-samples" / "modular-vg3-equal-text.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.reader(table))
    expected = {(cell_a, cell_b) for row in rows[1:] for cell_a in row for cell_b in row
                if cell_a.startswith("KM") and cell_b.startswith("KM") and cell_a != cell_b}  # fmt: skip
    for modular, vg3 in (("HEA05-01", "HEA03-03"), ("BET05-01", "BET03-02"), ("LOG05-01", "LOG03-02")):
        plans = (real[modular], real[vg3])
        links = links_of(plans)
        there = _reasons(bridges(_places(real[modular]), _places(real[vg3]), links))
        back = _reasons(bridges(_places(real[vg3]), _places(real[modular]), links))
        assert {pair[::-1] for pair in there} == set(back)
        assert set(there) <= expected
        assert set(there.values()) <= {Reason.TAKEN_FROM, Reason.ORIGINAL_PLAN}


def test_the_same_text_is_enough_where_nothing_is_known_of_the_plans() -> None:
    found = bridges([_place("ABC05-01", "KM2", "bruke  verktøy")], [_place("ABC03-01", "KM1", "bruke verktøy")])
    assert [(one.reason, one.same_text) for one in found] == [(Reason.SAME_TEXT, True)]


def test_texts_count_in_any_language_that_the_curricula_have() -> None:
    plan = practice("XXP05-01")
    in_nynorsk = aim_texts(plan, "nn")[0]
    other = Place(plan.code, "later", AimText(code="KM1", uri="", text=in_nynorsk.text, language="nno", set_code="",
                                             set_title=""))  # fmt: skip
    source = _places(plan)[0]
    assert source.aim.text != other.aim.text
    assert bridges([other], [source]) == ()
    with_nynorsk = links_of([plan, newer(plan)])
    assert with_nynorsk.texts[source.aim.code]


def test_a_reworded_aim_is_offered_but_never_as_the_same_text() -> None:
    old = practice("XXP03-01")
    links = links_of((old, newer(old)))
    found = {one.target.aim.code: one for one in bridges(_places(newer(old)), _places(old), links)}
    assert found[REWORDED].reason is Reason.SAME_AIM
    assert not found[REWORDED].same_text
    assert found["KM990101"].same_text


def test_the_strongest_reason_comes_first() -> None:
    sources = [_place("OTH03-01", "KM7", "bruke verktøy"), _place("ABC03-01", "KM1", "bruke verktøy", version="0")]
    (first, second) = bridges([_place("ABC03-01", "KM2", "bruke verktøy")], sources)
    assert (first.reason, second.reason) == (Reason.OTHER_VERSION, Reason.SAME_TEXT)
