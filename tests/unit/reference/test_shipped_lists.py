# SPDX-License-Identifier: MIT
"""The dated lists that come with the app: whole, in three languages, and honest about what nobody has read."""

from datetime import date
from typing import Any

import pytest

from rkv_app.domain.reference import DocumentItem, Entry, applying, county_for, entry_label
from rkv_app.domain.roads import Answers, roads
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.resources import resources_dir
from rkv_app.reference import loader
from rkv_app.reference.loader import KINDS, Kind, read_list
from rkv_app.usecases import reference

TODAY = date(2026, 11, 23)
# What the research for the lists could not confirm, by list.
UNCONFIRMED = {
    "legal_bases": {"nav_7", "nav_15", "gdpr_6_1_e", "gdpr_6_1_c", "gdpr_9_2_b", "gdpr_9_2_g", "fvl_ny_5"},
    "county_documents": {"buskerud"},
    "document_items": {"evaluation"},
    "road_rules": {"candidate_long_practice", "job_employed", "job_practice"},
    "measures": set(),
    "evidence_types": set(),
    "everyday_words": set(),
}


def shipped(kind: Kind[Any]) -> tuple[Entry, ...]:
    return read_list(kind, resources_dir() / "reference")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_entry_has_words_in_three_languages_a_source_and_a_day(kind: Kind[Any]) -> None:
    for entry in shipped(kind):
        assert set(entry.label) == {"nb", "nn", "en"}
        assert all(entry.label.values())
        assert set(entry.source) == {"nb", "nn", "en"}
        assert all(entry.source.values())
        assert entry.checked_on == TODAY
        assert not entry.own


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_nobody_has_read_is_marked_and_nothing_else_is(kind: Kind[Any]) -> None:
    found = {entry.code for entry in shipped(kind) if not entry.confirmed}
    # No national period of retention was found at all.
    assert found == UNCONFIRMED.get(kind.name, {entry.code for entry in shipped(kind)})


def test_the_pilots_measure_has_the_code_that_nav_uses() -> None:
    arena = {one.code: one.arena for one in reference.all_measures()}
    assert arena["arbeidsforberedende_trening"] == "ARBFORB"


def test_consent_comes_with_a_warning() -> None:
    (consent,) = (one for one in reference.all_legal_bases() if one.code == "fvl_13a_1")
    assert consent.note


def test_an_act_that_is_not_in_force_is_shown_but_never_offered() -> None:
    assert "fvl_ny_5" in reference.legal_bases("nb")
    assert "fvl_ny_5" not in reference.offered_legal_bases("nb", TODAY)


def test_one_who_shares_is_not_offered_the_receivers_ground() -> None:
    assert "oppl_25_1" not in reference.offered_legal_bases("nb", TODAY)


def test_what_is_not_confirmed_says_so_in_every_language() -> None:
    (nav,) = (one for one in reference.all_legal_bases() if one.code == "nav_7")
    said = {language: entry_label(Words(language), nav) for language in Language}
    assert said[Language.ENGLISH].endswith("(not confirmed)")
    assert said[Language.BOKMAL].endswith("(ikke bekreftet)")
    assert said[Language.NYNORSK].endswith("(ikkje stadfesta)")
    assert reference.legal_bases("nb")["nav_7"] == said[Language.BOKMAL]


def test_a_ground_counts_from_the_day_its_paragraph_came_into_force() -> None:
    before = {one.code for one in applying(reference.all_legal_bases(), date(2024, 7, 31))}
    after = {one.code for one in applying(reference.all_legal_bases(), date(2024, 8, 1))}
    assert "oppl_18_8" in after - before


@pytest.mark.parametrize("county", ["trondelag", "oslo", "buskerud", "vestland"])
def test_each_county_of_the_trial_has_a_list_of_its_own(county: str) -> None:
    lists = reference.county_documents()
    assert county_for(lists, {"trondelag": "Trøndelag"}.get(county, county.title()) + " fylkeskommune") == county


def test_a_county_without_a_list_gets_the_general_one() -> None:
    assert county_for(reference.county_documents(), "Luftskipsfjord fylkeskommune") == "general"


def test_a_list_asks_for_nothing_that_is_not_explained() -> None:
    known = {one.code for one in reference.document_items()}
    assert {asked.item for county in reference.county_documents() for asked in county.asked} <= known


def test_what_a_county_asks_for_can_be_shown_by_the_case_or_by_a_document() -> None:
    items = read_list(loader.DOCUMENT_ITEMS, resources_dir() / "reference")
    assert all(isinstance(item, DocumentItem) and (item.facts or item.roles) for item in items)


def test_every_rule_behind_a_road_is_in_the_list() -> None:
    rules = reference.road_rules()
    cited = {
        reason.rule
        for answers in (
            Answers(turns=20, completed=False),
            Answers(turns=30),
            Answers(completed=True, had_another=True, recommended=True),
        )
        for suggestion in roads(answers)
        for reason in suggestion.reasons
    }
    assert cited == rules.keys()
