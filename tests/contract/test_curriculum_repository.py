# SPDX-License-Identifier: MIT
"""What every store promises about curricula."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from rkv_app.domain.aims import Curriculum, Named, OfficialText, Trade, Validity
from rkv_app.domain.store_ports import Store
from support.store_samples import curriculum


def test_a_curriculum_comes_back_to_the_letter(store: Store) -> None:
    store.curricula.put([curriculum()])
    assert store.curricula.get("HEA03-03") == curriculum()


def test_versions_of_one_plan_live_side_by_side_and_the_newest_is_the_default(store: Store) -> None:
    old, new = curriculum(changed="2023-01-01T00:00:00", aims=2), curriculum(changed="2024-05-05T12:00:00")
    store.curricula.put([new, old])
    assert store.curricula.get("HEA03-03") == new
    assert store.curricula.get("HEA03-03", "2023-01-01T00:00:00") == old


def test_importing_the_same_version_again_replaces_it(store: Store) -> None:
    store.curricula.put([curriculum(aims=3)])
    store.curricula.put([curriculum(aims=1)])
    assert store.curricula.get("HEA03-03") == curriculum(aims=1)
    assert len(store.curricula.summaries()) == 1


def test_what_replaces_a_curriculum_is_known_by_its_version(store: Store) -> None:
    old = replace(curriculum(changed="2023-01-01T00:00:00"), replaced_by=("HEA03-04", "HEA04-01"))
    store.curricula.put([old, curriculum(), replace(curriculum("NOR01-06"), replaced_by=("NOR01-07",))])
    asked = [("HEA03-03", old.changed), ("HEA03-03", curriculum().changed), ("XXX01-01", old.changed)]
    assert store.curricula.replaced_by(asked) == {("HEA03-03", old.changed): ("HEA03-04", "HEA04-01")}


def test_a_plan_nobody_imported_is_not_there(store: Store) -> None:
    store.curricula.put([])
    store.curricula.put([curriculum()])
    assert store.curricula.get("XXX01-01") is None
    assert store.curricula.get("HEA03-03", "1999-01-01T00:00:00") is None


def test_the_list_is_by_code_newest_version_first_with_numbers_of_sets_and_aims(store: Store) -> None:
    store.curricula.put(
        [curriculum("NOR01-06"), curriculum(changed="2023-01-01T00:00:00", aims=2), curriculum(aims=0)],
    )
    listed = store.curricula.summaries()
    assert [(one.code, one.changed[:4], one.sets, one.aims) for one in listed] == [
        ("HEA03-03", "2024", 2, 0),
        ("HEA03-03", "2023", 2, 2),
        ("NOR01-06", "2024", 2, 3),
    ]
    assert listed[0].title == {"default": "Læreplan i øving", "sme": "Oahppoplána"}
    assert listed[0].published is True


def test_the_list_is_in_the_same_order_whatever_language_the_database_sorts_in(store: Store) -> None:
    # A Norwegian server puts aa last and capitals beside small letters.
    codes = ["AAA01-01", "NOR01-06", "NOR1-06", "Nor01-06", "aaa01-01", "ÅRS01-01", "ærf01-01"]
    store.curricula.put([curriculum(code, aims=0) for code in reversed(codes)])
    assert [one.code for one in store.curricula.summaries()] == sorted(codes)


def test_trades_links_and_languages_come_back_to_the_letter(store: Store) -> None:
    subject = Named(code="HEA3001", uri="http://psi.udir.no/kl06/HEA3001", title=OfficialText({"nob": "Helse"}))
    area = Named(code="HSHEA3----", uri="urn:x:HSHEA3----", title=OfficialText({}))
    trade = Trade(
        code="HEA3Z01",
        uri="http://psi.udir.no/kl06/HEA3Z01",
        title=OfficialText({"sme": "Ođđa"}),
        sets=("KV1",),
        subjects=(subject,),
        areas=(area,),
    )
    plan = replace(
        curriculum(),
        trades=(trade,),
        tags=("for_voksenopplaering",),
        short_title=OfficialText({"default": "Helse\u00a0"}),
        valid_from=date(2026, 8, 1),
        valid_to=date(2031, 7, 31),
        replaces=("HEA03-02",),
        replaced_by=("HEA03-04",),
        original_plans=("HEA02-03",),
    )
    store.curricula.put([plan])
    assert store.curricula.get(plan.code) == plan
    (listed,) = store.curricula.summaries()
    assert listed.validity(date(2026, 7, 31)) is Validity.COMING
    assert listed.validity(date(2031, 7, 31)) is plan.validity(date(2031, 7, 31)) is Validity.IN_FORCE
    assert listed.validity(date(2031, 8, 1)) is Validity.ENDED


def test_what_fails_half_way_leaves_the_catalogue_as_it_was(store: Store) -> None:
    store.curricula.put([curriculum()])
    before = (store.curricula.summaries(), store.curricula.search("oppgave"))

    def many() -> Iterator[Curriculum]:
        for number in range(60):
            yield curriculum(f"AAA{number:02}-01")
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        store.curricula.put(many())
    assert (store.curricula.summaries(), store.curricula.search("oppgave")) == before
    assert store.curricula.get("AAA01-01") is None


def test_an_index_is_made_in_steps_and_begun_anew_where_an_import_comes_between(store: Store) -> None:
    store.curricula.put([curriculum(f"AAA{number:02}-01") for number in range(60)])
    assert not store.curricula.prepare_search()
    assert not store.curricula.prepare_search()
    store.curricula.put([curriculum("HEA03-03")])
    steps = 0
    while not store.curricula.prepare_search():
        steps += 1
    assert steps > 2
    assert store.curricula.prepare_search()
    assert {hit.plan for hit in store.curricula.search("hea03")} == {"HEA03-03"}
    assert {hit.plan for hit in store.curricula.search("AAA59")} == {"AAA59-01"}


def test_a_search_finds_what_was_imported_since_the_last_one(store: Store) -> None:
    assert store.curricula.search("HEA03") == ()
    store.curricula.put([curriculum("HEA03-03")])
    assert [hit.plan for hit in store.curricula.search("HEA03") if not hit.aim and not hit.set_code] == ["HEA03-03"]
    store.curricula.put([curriculum("HEA03-04")])
    assert {hit.plan for hit in store.curricula.search("hea03")} == {"HEA03-03", "HEA03-04"}
    assert len(store.curricula.search("hea03", limit=1)) == 1
    assert store.curricula.search(" – ") == ()
    assert store.curricula.search('" OR * NEAR(') == ()
