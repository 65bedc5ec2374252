# SPDX-License-Identifier: MIT
"""What every store promises about finding things while one types."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rkv_app.domain.store_ports import Store
from rkv_app.domain.stores import Hit, HitKind
from rkv_app.foundation.norwegian import fold
from support.store_samples import CANDIDATE, CASE, EVALUATION, NOW, PLACEMENT, later

_MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _sample_case(store: Store) -> None:
    store.cases.add(CANDIDATE, CASE)
    store.cases.put_placement(PLACEMENT, NOW)
    store.evaluations.add(EVALUATION)


def _answer(store: Store, text: object, item: str = "matrix/KM1/example") -> None:
    store.evaluations.save_answer(EVALUATION.id, item, text, NOW)


def _kinds(store: Store, text: str) -> list[HitKind]:
    return [hit.kind for hit in store.search.find(text)]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("zar", HitKind.CANDIDATE),
        ("ovelsesen ZARAH", HitKind.CANDIDATE),
        ("17.05.1990", HitKind.CANDIDATE),
        ("r-7kq2", HitKind.CASE),
        ("helsearb", HitKind.CASE),
        ("hea03-03", HitKind.CASE),
        ("testvik sykeh", HitKind.PLACEMENT),
        ("ola test", HitKind.PLACEMENT),
        ("maltider", HitKind.PLACEMENT),
    ],
)
def test_people_cases_and_placements_are_found_by_what_is_written_of_them(
    store: Store, typed: str, kind: HitKind
) -> None:
    assert _kinds(store, typed) == [kind]


def test_a_hit_says_what_it_is_and_which_case_it_belongs_to(store: Store) -> None:
    _answer(store, "Skrev rapport på vakt")
    assert store.search.find("rapport") == [
        Hit(kind=HitKind.ANSWER, subject=EVALUATION.id, case_id=CASE.id, excerpt="Skrev rapport på vakt")
    ]


def test_a_name_of_another_store_stands_for_nothing_in_a_supervisors(store: Store) -> None:
    store.evaluations.add(replace(EVALUATION, id="received", placement_id="elsewhere", answers={"hours": "Nattevakt"}))
    assert [(hit.subject, hit.case_id) for hit in store.search.find("nattevakt")] == [("received", "")]


def test_all_words_must_be_there_and_only_the_last_may_be_a_beginning(store: Store) -> None:
    assert _kinds(store, "zarah øv") == [HitKind.CANDIDATE]
    assert _kinds(store, "zar øvelsesen") == []
    assert _kinds(store, "zarah nordmann") == []


def test_a_name_is_found_at_every_letter_while_it_is_typed(store: Store) -> None:
    store.cases.add(
        replace(CANDIDATE, id="k", given_name="Mikael", family_name="Aasen"),
        replace(CASE, id="case-2", reference="R-2", candidate_id="k"),
    )
    for end in range(1, len("Mikael Åsen") + 1):
        assert "k" in [hit.subject for hit in store.search.find("Mikael Åsen"[:end])], end


def test_people_come_first_and_those_with_exactly_that_name_before_longer_ones(store: Store) -> None:
    for number, name in enumerate(("Hansen", "Hans", "Hansine")):
        person = replace(CANDIDATE, id=name, given_name=name, family_name="", birth_date=None)
        store.cases.add(person, replace(CASE, id=f"c-{number}", reference=f"X-{number}", candidate_id=name))
    _answer(store, "Hans")
    found = store.search.find("hans")
    assert found[0].subject == "Hans"
    assert {hit.subject for hit in found[1:3]} == {"Hansen", "Hansine"}
    assert [hit.kind for hit in found[3:]] == [HitKind.ANSWER]


def test_a_person_with_two_cases_leads_to_both(store: Store) -> None:
    store.cases.add(CANDIDATE, replace(CASE, id="case-2", reference="R-2"))
    assert {hit.case_id for hit in store.search.find("zarah")} == {CASE.id, "case-2"}


def test_what_was_changed_is_found_as_it_is_now_and_no_longer_as_it_was(store: Store) -> None:
    _answer(store, "Bakte brød")
    assert _kinds(store, "brød") == [HitKind.ANSWER]
    _answer(store, "Vasket gulv")
    store.cases.add(replace(CANDIDATE, family_name="Prøvesen"), replace(CASE, id="case-2", reference="R-2"))
    store.cases.put_placement(replace(PLACEMENT, tasks="Hagearbeid"), later(1))
    assert [_kinds(store, gone) for gone in ("brød", "øvelsesen", "måltider")] == [[], [], []]
    assert _kinds(store, "gulv") == [HitKind.ANSWER]
    assert _kinds(store, "prøvesen") == [HitKind.CANDIDATE, HitKind.CANDIDATE]
    assert _kinds(store, "hagearbeid") == [HitKind.PLACEMENT]


def test_an_answer_that_was_taken_back_is_not_found(store: Store) -> None:
    _answer(store, "Bakte brød")
    assert _kinds(store, "brød") == [HitKind.ANSWER]
    _answer(store, None)
    assert _kinds(store, "brød") == []


def test_an_answer_that_came_before_its_placement_belongs_to_the_case_once_that_is_there(store: Store) -> None:
    store.evaluations.add(replace(EVALUATION, id="early", placement_id="late", answers={"note": "Strikket"}))
    assert [hit.case_id for hit in store.search.find("strikket")] == [""]
    store.cases.put_placement(replace(PLACEMENT, id="late"), later(1))
    assert [hit.case_id for hit in store.search.find("strikket")] == [CASE.id]


def test_what_was_undone_is_not_found_and_what_came_after_is(store: Store) -> None:
    class _Undone(Exception):
        pass

    def answer_search_and_undo() -> None:
        with store.transaction():
            _answer(store, "Angret setning")
            assert _kinds(store, "angret") == [HitKind.ANSWER]
            raise _Undone

    with pytest.raises(_Undone):
        answer_search_and_undo()
    assert _kinds(store, "angret") == []
    _answer(store, "Ny setning")
    assert _kinds(store, "setning") == [HitKind.ANSWER]


def test_only_free_text_of_answers_is_searched(store: Store) -> None:
    _answer(store, ["observed"], "matrix/KM1/known_by")
    _answer(store, 1234, "hours")
    assert _kinds(store, "observed") == []
    assert _kinds(store, "1234") == []


def test_a_national_number_finds_nobody(store: Store) -> None:
    store.cases.add(replace(CANDIDATE, national_number="17059012345"), replace(CASE, id="case-2", reference="R-2"))
    assert _kinds(store, "17059012345") == []


def test_a_file_is_found_by_its_name_until_it_is_removed(store: Store) -> None:
    file = store.attachments.add(io.BytesIO(b"%PDF-1.7"), subject=PLACEMENT.id, name="Kursbevis.pdf", at=NOW)
    assert [(hit.kind, hit.subject, hit.case_id) for hit in store.search.find("kursb")] == [
        (HitKind.ATTACHMENT, file.id, CASE.id)
    ]
    store.attachments.remove(file.id, later(1))
    assert _kinds(store, "kursb") == []


def test_no_more_is_found_than_was_asked_for(store: Store) -> None:
    for number in range(8):
        _answer(store, f"Melding {number}", f"note/{number}")
    assert len(store.search.find("melding", limit=5)) == 5
    assert store.search.find("melding", limit=0) == ()


@pytest.mark.parametrize("typed", ["", "  ", "…!?", '"', "\x00", "\ud800", "a" * 100_000, "ord " * 5_000])
def test_what_has_no_word_that_is_there_finds_nothing(store: Store, typed: str) -> None:
    assert list(store.search.find(typed)) == []


@_MANY
@given(typed=st.text(max_size=60))
@example(typed='zarah" OR "x')
@example(typed="NEAR(zarah øvelsesen)")
@example(typed="words : zarah * ^ - + {")
def test_whatever_is_typed_is_words_and_never_an_error(store: Store, typed: str) -> None:
    wanted = list(dict.fromkeys(fold(typed).split()))
    for hit in store.search.find(typed):
        assert set(wanted[:-1]) <= set(fold(hit.excerpt).split())


@_MANY
@given(text=st.text(min_size=1, max_size=80).filter(lambda text: "\x00" not in text))
@example(text="Ærlig å være — «sånn» 😀 straße ŋuoŋa")
def test_any_text_is_found_by_its_own_words(store: Store, text: str) -> None:
    _answer(store, text)
    found = [hit.excerpt for hit in store.search.find(text)]
    assert text in found or not fold(text)
