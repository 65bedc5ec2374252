# SPDX-License-Identifier: MIT
"""The readiness check says per item what is there and what is missing, and never more than it knows."""

from datetime import date

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.readiness import Ready, check_readiness
from rkv_app.domain.reference import Asked, CountyDocuments, DocumentItem, Fact, Need

LABEL = {"nb": "Ting", "nn": "Ting", "en": "Thing"}
DAY = date(2026, 11, 23)
ITEMS = (
    DocumentItem(
        code="cv", label=LABEL, source=LABEL, confirmed=True, checked_on=DAY, roles=frozenset({DocumentRole.CV})
    ),
    DocumentItem(
        code="tasks",
        label=LABEL,
        source=LABEL,
        confirmed=True,
        checked_on=DAY,
        facts=frozenset({Fact.PLACEMENT, Fact.TASKS}),
    ),
    DocumentItem(code="paper", label=LABEL, source=LABEL, confirmed=True, checked_on=DAY),
)


def county(*asked: tuple[str, Need]) -> CountyDocuments:
    return CountyDocuments(
        code="oslo",
        label=LABEL,
        source=LABEL,
        confirmed=True,
        checked_on=DAY,
        asked=tuple(
            Asked(item=item, need=need, source={"en": f"{item} page"}, confirmed=False) for item, need in asked
        ),
    )


def test_a_document_in_the_right_role_answers_and_is_named() -> None:
    found = check_readiness(county(("cv", Need.MUST)), ITEMS, (), {DocumentRole.CV: ["cv.pdf"]})
    assert (found.items[0].ready, found.items[0].documents) == (Ready.THERE, ("cv.pdf",))
    assert found.missing == ()


def test_a_document_in_another_role_does_not() -> None:
    found = check_readiness(county(("cv", Need.MUST)), ITEMS, (), {DocumentRole.OTHER: ["cv.pdf"]})
    assert [one.item.code for one in found.missing] == ["cv"]


def test_all_facts_must_be_there() -> None:
    asked = county(("tasks", Need.MUST))
    assert check_readiness(asked, ITEMS, {Fact.PLACEMENT}, {}).items[0].ready is Ready.MISSING
    assert check_readiness(asked, ITEMS, {Fact.PLACEMENT, Fact.TASKS}, {}).items[0].ready is Ready.THERE


def test_what_only_some_have_is_never_missing() -> None:
    found = check_readiness(county(("cv", Need.IF_ANY)), ITEMS, (), {})
    assert (found.items[0].ready, found.missing) == (Ready.IF_ANY, ())


def test_what_goes_along_in_another_way_counts_as_somebodys_word() -> None:
    found = check_readiness(county(("paper", Need.MUST)), ITEMS, (), {}, said={"paper"})
    assert found.items[0].ready is Ready.SAID


def test_what_nothing_can_show_is_missing_until_somebody_says_so() -> None:
    assert check_readiness(county(("paper", Need.MUST)), ITEMS, set(Fact), {}).items[0].ready is Ready.MISSING


def test_an_item_that_no_list_explains_is_still_asked_for() -> None:
    (item,) = check_readiness(county(("parrot", Need.MUST)), ITEMS, (), {}).missing
    assert (item.item.code, item.item.confirmed) == ("parrot", False)


def test_each_item_keeps_who_asks_for_it_and_the_order_of_the_list() -> None:
    found = check_readiness(county(("tasks", Need.MUST), ("cv", Need.MUST)), ITEMS, (), {})
    assert [one.asked.source["en"] for one in found.items] == ["tasks page", "cv page"]
