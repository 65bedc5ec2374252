# SPDX-License-Identifier: MIT
"""Searching real curricula as somebody would who does not know how they are worded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.curriculum.importer import practice_curriculum_files, read_curricula
from rkv_app.domain.aims import Curriculum, OfficialText
from rkv_app.domain.ports import CurriculumHit
from rkv_app.store.repositories.catalogue_index import CatalogueIndex

Find = Callable[[str], Sequence[CurriculumHit]]


@pytest.fixture(scope="module")
def plans(shared: Path) -> tuple[Curriculum, ...]:
    return read_curricula([shared / "grep-samples" / "grep-dump-json.zip"]).curricula


@pytest.fixture(scope="module")
def find(plans: tuple[Curriculum, ...]) -> Iterator[Find]:
    index = _index(plans)
    yield lambda text: index.find(text, 500)
    index.close()


def _index(plans: Sequence[Curriculum]) -> CatalogueIndex:
    index = CatalogueIndex([one] for one in plans)
    for _ in index.steps():
        pass
    return index


def plans_of(hits: Sequence[CurriculumHit]) -> set[str]:
    return {hit.plan for hit in hits}


def test_every_aim_is_found_by_its_code_and_by_its_own_words(plans: tuple[Curriculum, ...], find: Find) -> None:
    for plan in plans:
        for aim in plan.aims():
            text = aim.text.text("nb")
            assert [hit.text for hit in find(aim.code) if hit.aim == aim.code] == [text]
            assert aim.code in {hit.aim for hit in find(" ".join(text.split()[:12]))}


def test_every_plan_is_found_first_by_its_code_or_title(plans: tuple[Curriculum, ...], find: Find) -> None:
    for plan in plans:
        assert (find(plan.code)[0].plan, find(plan.code)[0].aim) == (plan.code, "")
        assert plan.code in {hit.plan for hit in find(plan.title.text("nb")) if not hit.aim and not hit.set_code}


@pytest.mark.parametrize(
    ("bokmål", "nynorsk"), [("renhold", "reinhald"), ("sikkerhet", "tryggleik"), ("tegninger", "teikningar")]
)
def test_one_form_of_norwegian_finds_the_other(bokmål: str, nynorsk: str, find: Find) -> None:
    assert find(bokmål)
    assert {hit.aim for hit in find(bokmål)} == {hit.aim for hit in find(nynorsk)}


def test_reinhald_finds_renhold_and_the_other_way_about(find: Find) -> None:
    assert {"ROF03-01", "ROF05-01"} <= plans_of(find("reinhald")) & plans_of(find("renhold"))
    assert {"ROF03-01", "ROF05-01"} <= plans_of(find("reinh")) | plans_of(find("renh"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("RENHOLDSOPERATØR", "renholdsoperatør"), ("renholdsoperatoer", "renholdsoperatør"), ("maaling", "måling"),
     ("maling", "måling"), ("målinger", "måling")],
)  # fmt: skip
def test_how_letters_are_typed_and_words_are_bent_makes_no_difference(typed: str, meant: str, find: Find) -> None:
    assert {hit.aim for hit in find(meant)} <= {hit.aim for hit in find(typed)}


def test_the_last_part_of_a_compound_is_found(find: Find) -> None:
    texts = [hit.text.lower() for hit in find("systemer")]
    assert any("kvalitetssikringssystem" in text for text in texts)


def test_older_versions_come_last() -> None:
    vg3, new = sorted(read_curricula(practice_curriculum_files()).curricula, key=lambda one: one.code)
    old = replace(new, changed="2020", title=OfficialText({"nob": "Luftskip"}))
    index = _index([new, old, vg3])
    found = [(hit.plan, hit.changed) for hit in index.find("luftskip", 50) if not hit.aim and not hit.set_code]
    assert found == [(vg3.code, vg3.changed), (new.code, new.changed), (old.code, "2020")]
    index.close()


def test_a_text_is_shown_in_the_language_it_was_searched_for_in(practice: CatalogueIndex) -> None:
    for typed, language in (("airship", "eng"), ("luftskipsstellarfaget", "nno"), ("luftskipsstellerfaget", "nob")):
        assert {hit.language for hit in practice.find(typed, 50)} == {language}


@pytest.fixture(scope="module")
def practice() -> Iterator[CatalogueIndex]:
    index = _index(read_curricula(practice_curriculum_files()).curricula)
    yield index
    index.close()


@given(text=st.text(max_size=40) | st.text('"*()^:-+ aeinORANDT{}', max_size=20))
def test_nothing_that_is_typed_is_an_error(practice: CatalogueIndex, text: str) -> None:
    assert len(practice.find(text, 5)) <= 5
