# SPDX-License-Identifier: MIT
"""Before an application is sent: the county's list, trades, roads and Nav's recommendation, made from the case."""

from dataclasses import replace

import pytest

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.readiness import Ready
from rkv_app.domain.roads import Road, Stands
from rkv_app.foundation.errors import UserError
from rkv_app.usecases import contacts
from rkv_app.usecases.case_plans import add_plan_to_case
from rkv_app.usecases.check_readiness import (
    ReadinessView,
    choose_county,
    say_item_is_there,
    say_what_document_is,
    view_readiness,
)
from rkv_app.usecases.find_trades import experience_in_case, find_trades
from rkv_app.usecases.recommend import write_recommendation
from rkv_app.usecases.suggest_roads import Asked, suggest_roads
from support.curricula import practice
from support.desks import ADDRESS, CLEARED_BY, Desks, snapshot
from support.parties import INTAKE, SUPERVISOR, TRADE_PLAN
from support.pdf_text import text_of


def stands(view: ReadinessView) -> dict[str, Ready]:
    return {one.item.code: one.ready for one in view.readiness.items}


def test_what_the_case_holds_is_there_and_the_rest_is_missing(desks: Desks) -> None:
    case_id = desks.documented_case()
    found = stands(view_readiness(desks.adviser, case_id))
    assert found["practice"] is found["tasks"] is found["evaluation"] is found["birth_date"] is Ready.THERE
    assert (found["cv"], found["diploma"]) == (Ready.MISSING, Ready.IF_ANY)


def test_an_evaluation_is_missing_until_it_has_come(desks: Desks) -> None:
    case_id, _ = desks.case()
    assert stands(view_readiness(desks.adviser, case_id))["evaluation"] is Ready.MISSING


def test_a_document_counts_as_what_the_adviser_says_it_is(desks: Desks) -> None:
    case_id, _ = desks.case()
    document = desks.attached(desks.adviser, case_id, "cv.pdf")
    assert stands(view_readiness(desks.adviser, case_id))["cv"] is Ready.MISSING
    say_what_document_is(desks.adviser, case_id, document.id, DocumentRole.CV)
    view = view_readiness(desks.adviser, case_id)
    assert stands(view)["cv"] is Ready.THERE
    assert view.roles == {document.id: DocumentRole.CV}
    say_what_document_is(desks.adviser, case_id, document.id, None)
    assert stands(view_readiness(desks.adviser, case_id))["cv"] is Ready.MISSING


def test_what_goes_along_in_another_way_can_be_said_and_taken_back(desks: Desks) -> None:
    case_id, _ = desks.case()
    say_item_is_there(desks.adviser, case_id, "cv", there=True)
    assert stands(view_readiness(desks.adviser, case_id))["cv"] is Ready.SAID
    say_item_is_there(desks.adviser, case_id, "cv", there=False)
    assert stands(view_readiness(desks.adviser, case_id))["cv"] is Ready.MISSING


def test_the_list_is_that_of_the_county_one_knows_until_another_is_chosen(desks: Desks) -> None:
    case_id, _ = desks.case()
    assert view_readiness(desks.adviser, case_id).readiness.county.code == "general"
    oslo = replace(desks.intake.card, party=replace(INTAKE, organisation="Oslo kommune"))
    contacts.pin_card(desks.adviser, oslo)
    assert view_readiness(desks.adviser, case_id).readiness.county.code == "oslo"
    choose_county(desks.adviser, case_id, "vestland")
    assert view_readiness(desks.adviser, case_id).readiness.county.code == "vestland"


def test_a_county_without_a_list_is_refused(desks: Desks) -> None:
    case_id, _ = desks.case()
    before = view_readiness(desks.adviser, case_id)
    with pytest.raises(UserError, match="RKV-CAS-018"):
        choose_county(desks.adviser, case_id, "atlantis")
    assert view_readiness(desks.adviser, case_id) == before


def test_checking_changes_nothing_in_the_case(desks: Desks) -> None:
    case_id = desks.documented_case()
    before = snapshot(desks.adviser, case_id)
    say_item_is_there(desks.adviser, case_id, "cv", there=True)
    find_trades(desks.adviser, "fortøye luftskip i mast")
    suggest_roads(desks.adviser, case_id, Asked())
    write_recommendation(desks.adviser, case_id, "Fordi.", desks.folder / "letter.pdf")
    assert snapshot(desks.adviser, case_id) == before


def test_a_trade_is_found_by_the_words_of_the_placements(desks: Desks) -> None:
    case_id, _ = desks.case()
    assert experience_in_case(desks.adviser, case_id) == "Klargjøring av hangar og fortøyning."
    (found,) = find_trades(desks.adviser, "Jeg fortøyde luftskip i mast og sjekket knuter og liner.")
    assert found.trade == TRADE_PLAN[:3]
    assert found.aims


@pytest.mark.parametrize("nothing", ["", " \n "])
def test_nothing_to_look_for_is_told(desks: Desks, nothing: str) -> None:
    with pytest.raises(UserError, match="RKV-CAS-015"):
        find_trades(desks.adviser, nothing)


def test_a_store_without_curricula_in_force_says_so(desks: Desks) -> None:
    plans = [desks.adviser.store.curricula.get(one.code) for one in desks.adviser.store.curricula.summaries()]
    desks.adviser.store.curricula.put(replace(plan, published=False) for plan in plans if plan)
    with pytest.raises(UserError, match="RKV-CAS-016"):
        find_trades(desks.adviser, "fortøye luftskip i mast")


def test_a_candidate_with_a_right_and_documentation_can_be_assessed(desks: Desks) -> None:
    case_id = desks.documented_case()
    view = suggest_roads(desks.adviser, case_id, Asked(completed=False))
    found = {one.road: one.stands for one in view.suggestions}
    assert view.answers.turns == 35
    assert view.answers.shown == 1
    assert found[Road.ASSESSMENT] is Stands.OPEN
    assert found[Road.CANDIDATE] is Stands.NOT_NOW
    assert all(reason.rule in view.rules for one in view.suggestions for reason in one.reasons)


def test_practice_from_before_is_added_and_its_age_is_asked_for(desks: Desks) -> None:
    case_id = desks.documented_case()
    view = suggest_roads(desks.adviser, case_id, Asked(earlier_months=60))
    assert view.answers.practice_months is not None
    assert view.answers.practice_months > 60
    assert view.answers.recent is None
    assert suggest_roads(desks.adviser, case_id, Asked()).answers.recent is True


def test_a_modular_curriculum_among_those_of_a_case_opens_the_modular_road(desks: Desks) -> None:
    case_id = desks.documented_case()
    plan = practice(TRADE_PLAN)
    others = [replace(practice("XXP05-01"), published=False), replace(plan, code="OVE04-01", modular=True)]
    desks.adviser.store.curricula.put(others)
    assert suggest_roads(desks.adviser, case_id, Asked()).answers.modular is None
    add_plan_to_case(desks.adviser, case_id, "OVE04-01")
    assert suggest_roads(desks.adviser, case_id, Asked()).answers.modular is True


def letter(desks: Desks, case_id: str, cleared_by: str = "") -> str:
    path = write_recommendation(
        desks.adviser, case_id, "Hun har gjort det lenge.", desks.folder / "letter.pdf", cleared_by=cleared_by
    )
    return " ".join(text_of(path.read_bytes()).split())


def test_the_recommendation_says_under_which_section_why_and_on_what_it_rests(desks: Desks) -> None:
    read = letter(desks, desks.documented_case())
    for said in (
        "opplæringslova § 18-8",
        "Amina Eksempel",
        "Hun har gjort det lenge.",
        "Klargjøring av hangar og fortøyning.",
        "Til sammen: 4,1 måneder",
        SUPERVISOR.organisation,
        "Det er fylkeskommunen som vurderer kompetansen og avgjør.",
    ):
        assert said in read


def test_the_recommendation_does_not_tell_where_a_protected_candidate_is(desks: Desks) -> None:
    case_id, _ = desks.case(shielded=True)
    read = letter(desks, case_id, CLEARED_BY)
    assert SUPERVISOR.organisation not in read
    assert ADDRESS not in read


@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_recommendation_without_a_reason_is_not_written(desks: Desks, nothing: str) -> None:
    case_id, _ = desks.case()
    with pytest.raises(UserError, match="RKV-CAS-017"):
        write_recommendation(desks.adviser, case_id, nothing, desks.folder / "letter.pdf")
    assert not (desks.folder / "letter.pdf").exists()


def test_only_the_adviser_does_this(desks: Desks) -> None:
    for refused in (
        lambda: find_trades(desks.intake, "fortøye"),
        lambda: write_recommendation(desks.supervisor, "x", "Fordi.", desks.folder / "letter.pdf"),
    ):
        with pytest.raises(UserError, match="RKV-EXC-005"):
            refused()
