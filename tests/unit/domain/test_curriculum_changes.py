# SPDX-License-Identifier: MIT
"""What changed between two versions of a curriculum."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, OfficialText
from rkv_app.domain.curriculum_changes import Fact, Matched, PieceKind, curriculum_changes, word_diff
from support.curricula import ADDED, NEW_WORDS, REWORDED, WITHDRAWN, curricula, newer, practice, texts

OLD = practice("XXP03-01")


def _plan(*aims: CompetenceAim) -> Curriculum:
    title = OfficialText({"default": "Module"})
    return replace(OLD, sets=(AimSet(code="KV1", uri="urn:KV1", title=title, aims=aims),))


def _aim(code: str, *, taken_from: str = "", **languages: str) -> CompetenceAim:
    return CompetenceAim(code=code, uri=f"urn:{code}", text=OfficialText(languages), taken_from=taken_from)


def test_new_reworded_and_withdrawn_aims_are_told_apart() -> None:
    changes = curriculum_changes(OLD, newer(OLD))
    assert [one.aim.code for one in changes.added] == [ADDED]
    assert [one.aim.code for one in changes.withdrawn] == [WITHDRAWN]
    assert [(pair.old.aim.code, pair.matched) for pair in changes.reworded] == [(REWORDED, Matched.CODE)]
    assert len(changes.same) == OLD.aim_count() - 2
    assert changes.reworded[0].texts("nn")[1] == NEW_WORDS


def test_nothing_changed_between_a_plan_and_itself() -> None:
    changes = curriculum_changes(OLD, OLD)
    assert not changes.any
    assert changes.facts == ()
    assert len(changes.same) == OLD.aim_count()


def test_an_aim_with_a_new_code_is_known_by_its_link_its_text_or_by_much_of_its_text() -> None:
    old = _plan(
        _aim("KM1", nob="bruke riktig verktøy"),
        _aim("KM2", nob="vurdere risiko"),
        _aim("KM3", nob="planlegge, utføre og dokumentere eget arbeid etter tegning"),
        _aim("KM4", nob="noe som forsvinner"),
    )
    new = _plan(
        _aim("KM11", nob="noe ganske annet", taken_from="KM1"),
        _aim("KM12", nob="vurdere  risiko"),
        _aim("KM13", nob="planlegge, utføre og dokumentere eget arbeid etter beskrivelse"),
        _aim("KM14", nob="helt nytt her"),
    )
    changes = curriculum_changes(old, new)
    found = {pair.new.aim.code: (pair.old.aim.code, pair.matched, pair.reworded) for pair in
             (*changes.same, *changes.reworded)}  # fmt: skip
    assert found == {
        "KM11": ("KM1", Matched.LINK, True),
        "KM12": ("KM2", Matched.TEXT, False),
        "KM13": ("KM3", Matched.ALIKE, True),
    }
    assert [one.aim.code for one in changes.added] == ["KM14"]
    assert [one.aim.code for one in changes.withdrawn] == ["KM4"]


def test_a_translation_that_has_come_is_no_rewording() -> None:
    old = _plan(_aim("KM1", default="nytte verktøy", nno="nytte verktøy"))
    new = _plan(_aim("KM1", default="bruke verktøy", nno="nytte verktøy", nob="bruke verktøy"))
    assert not curriculum_changes(old, new).any


def test_the_wording_is_shown_in_the_language_that_was_changed() -> None:
    old = _plan(_aim("KM1", nob="bruke verktøy", nno="nytte verktøy"))
    new = _plan(_aim("KM1", nob="bruke verktøy", nno="nytte reiskap"))
    (pair,) = curriculum_changes(old, new).reworded
    assert pair.texts("nb") == ("nytte verktøy", "nytte reiskap")


def test_status_and_dates_that_changed_are_told() -> None:
    expired = replace(OLD, published=False, replaced_by=("XXP03-02",))
    assert {one.fact for one in curriculum_changes(OLD, expired).facts} == {Fact.PUBLISHED, Fact.REPLACED_BY}


@given(old=curricula(), new=curricula())
@settings(max_examples=40)
def test_every_aim_is_accounted_for_once(old: Curriculum, new: Curriculum) -> None:
    changes = curriculum_changes(old, new)
    pairs = (*changes.same, *changes.reworded)
    assert sorted([pair.old.aim.code for pair in pairs] + [one.aim.code for one in changes.withdrawn]) == sorted(
        aim.code for aim in old.aims()
    )
    assert sorted([pair.new.aim.code for pair in pairs] + [one.aim.code for one in changes.added]) == sorted(
        aim.code for aim in new.aims()
    )


@given(old=texts | st.text(max_size=40), new=texts | st.text(max_size=40))
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new_one(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    for kind, text in ((PieceKind.REMOVED, old), (PieceKind.ADDED, new)):
        kept = "".join(f" {piece.words}" for piece in pieces if piece.kind in (PieceKind.SAME, kind))
        assert kept.split() == text.split()
