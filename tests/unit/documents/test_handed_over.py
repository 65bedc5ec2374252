# SPDX-License-Identifier: MIT
"""Documents that people take with them: a workplace's attest, and the candidate's own copy."""

from dataclasses import replace

from rkv_app.documents.attest import render_attest
from rkv_app.documents.candidate_copy import FilledForm, render_candidate_copy
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support import form_samples
from support.pdf_text import text_of
from support.whole_form import ANSWERS, whole_form

ENGLISH = Words(Language.ENGLISH)


def _copy(**changed: object) -> str:
    copy = replace(samples.candidate_copy(), **changed)  # type: ignore[arg-type]
    return text_of(
        render_candidate_copy(
            copy, measures=samples.MEASURES, legal_bases=samples.LEGAL_BASES, words=ENGLISH, at=samples.AT
        )
    )


def test_an_attest_says_what_counties_ask_for_on_the_workplaces_own_letterhead() -> None:
    said = text_of(samples.rendered("attest", Language.ENGLISH))
    for needed in (
        *("Fjellheimen omsorgssenter", "Elvebakken 4, 9730 Karasjok", "Organisation number 999111222"),
        *("Sárá Ánne Østby Đorđević", "1 February 1990", "2 February 2026 to 31 July 2026", "80%", "4.8 months"),
        *("Stell, måltider", "KM13540", "Does it independently", "Áŋŋá Čiekčamánnu-Ŧuođđar", "fagleder"),
        *("Confirmed on", "Signature, and stamp if there is one"),
    ):
        assert needed in said, needed
    assert "Not tried" not in said


def test_an_attest_that_nobody_has_confirmed_does_not_say_that_somebody_has() -> None:
    attest = samples.attest()
    open_one = replace(attest, evaluation=replace(attest.evaluation, attestation=None), ratings=())
    said = text_of(render_attest(open_one, words=ENGLISH, at=samples.AT))
    assert "Confirmed on" not in said
    assert "Nobody at the workplace has said anything" in said


def test_candidates_are_shown_all_that_is_kept_and_whom_it_was_shared_with() -> None:
    said = _copy()
    for needed in (
        *("41029012345", "Elvebakken 4, 9730 Karasjok", "+47 400 00 001", "Finnmark fylkeskommune"),
        *("Opplæringslova § 18-8 (realkompetansevurdering)", "20 November 2026", "3f3f 3f3f", "Application", "Outcome"),
        *("Not recognised", "Decided by the county", "Kari Ødegård", "Kursbevis legemiddelhåndtering.pdf"),
    ):
        assert needed in said, needed


def test_answers_to_forms_on_the_case_are_part_of_the_copy() -> None:
    said = _copy(forms=(FilledForm(whole_form(), ANSWERS, form_samples.form_aims()),))
    for needed in (
        "Forms in the case",
        "Everything",
        "Kom hit.",
        "Not observed",
        "2. a",
        "Kroa",
        "KM1: a",
        "2.5 hours",
    ):
        assert needed in said, needed
    assert "Forms in the case" not in _copy()


def test_where_nothing_was_shared_the_copy_says_so() -> None:
    said = _copy(sharing=(), exchange=(), outcomes=())
    assert "Nothing has been shared with anybody." in said
    assert "No packets have been sent or received." in said
    assert "What the county decided" not in said
