# SPDX-License-Identifier: MIT
"""Any form is filled in outside the app and read back to the letter: every shipped one, and one with every type."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import page
import pytest

from rkv_app.documents.fillable import render_blank
from rkv_app.documents.fillable_plan import planned
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.domain.evaluations import AimText, FormPin
from rkv_app.forms.registry import FormFile
from rkv_app.foundation.i18n import Language, Words
from rkv_app.usecases.read_returned_form import ReturnedForm, read_returned
from support import document_samples as samples
from support import form_filling, verapdf
from support.every_type import AIMS, HALF_FILLED, every_type
from support.filled_forms import with_a_place, written
from support.golden_answers import Golden, golden
from support.shipped_answers import FORMS

SHIPPED = sorted({entry.form_id for entry in FORMS.entries()})
GOLDEN = [one for one in golden() if one.form_id in SHIPPED]
OWN = FormFile(every_type(), FormPin("every-type", "2026.1", "d" * 64))
# What stands in the files that the validators see: each form, and those in other languages and directions too.
MADE = [*((name, "nb", "") for name in SHIPPED), ("every-type", "en", ""), ("every-type", "nn", "uk")]
MADE += [("self-assessment", "nb", language) for language in ("ar", "uk", "pl")]

PAPER = {"every-type-en-paper", "self-assessment-ar-paper", "competence-mapping-nb-paper"}


def form_of(name: str, version: str = "") -> FormFile:
    if name == OWN.form.id:
        return OWN
    form = FORMS.get(name, version) if version else FORMS.newest(name)
    return FormFile(form, FORMS.pin_of(form))


@cache
def aims_of(name: str) -> tuple[AimText, ...]:
    return AIMS if name == OWN.form.id else max((one.aims for one in GOLDEN if one.form_id == name), key=len)


@cache
def blank(name: str, language: str = "nb", own_words: str = "", *, version: str = "", fillable: bool = True) -> bytes:
    made = form_of(name, version)
    return render_blank(
        made.form,
        made.pin,
        aims_of(name),
        language=own_words,
        fillable=fillable,
        words=Words(Language(language)),
        at=samples.AT,
    )


def read_back(name: str, engine: str, answers: Mapping[str, object], one: Golden | None = None) -> ReturnedForm:
    version = one.version if one else ""
    fields = written(form_of(name, version).form, aims_of(name), answers)
    filled = form_filling.ENGINES[engine](blank(name, version=version), fields)
    return read_returned(FORMS, filled, today=one.today if one else samples.AT.date(), own=OWN)


@pytest.mark.parametrize("one", GOLDEN, ids=str)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_golden_answers_come_back_to_the_letter(one: Golden) -> None:
    form = FORMS.get(one.form_id, one.version)
    answers = with_a_place(form, aims_of(one.form_id), one.answers)
    found = read_back(one.form_id, "pypdf", answers, one)
    assert (dict(found.answers), dict(found.unclear)) == (dict(answers), {})
    assert (found.asked is not None and found.asked.form) == FORMS.pin_of(form)
    if one.name == "complete":
        assert found.verdict is Verdict.COMPLETE


@pytest.mark.parametrize("name", SHIPPED)
def test_they_come_back_from_the_reader_of_firefox_too(name: str) -> None:
    if reason := form_filling.why_not("pdf.js"):
        pytest.skip(reason)
    one = next(one for one in reversed(GOLDEN) if one.form_id == name and one.name not in ("empty", "hostile"))
    answers = with_a_place(FORMS.get(name, one.version), aims_of(name), one.answers)
    found = read_back(name, "pdf.js", answers, one)
    assert (dict(found.answers), dict(found.unclear)) == (dict(answers), {})


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_type_of_question_comes_back_where_it_has_a_place() -> None:
    answers = with_a_place(OWN.form, AIMS, HALF_FILLED)
    found = read_back(OWN.form.id, "pypdf", answers)
    assert dict(found.answers) == dict(answers)
    assert found.verdict is Verdict.HALF_FILLED


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Each form in each of its ways, to be filled in and on paper."""
    folder = tmp_path_factory.mktemp("any-form")
    made: dict[str, Path] = {}
    for name, language, own_words in MADE:
        for fillable in (True, False):
            key = f"{name}-{own_words or language}-{'fillable' if fillable else 'paper'}"
            made[key] = folder / f"{key}.pdf"
            made[key].write_bytes(blank(name, language, own_words, fillable=fillable))
    return made


def test_verapdf_finds_nothing_wrong_with_any_of_them(files: Mapping[str, Path]) -> None:
    if reason := verapdf.why_not_available():
        pytest.skip(reason)
    # Paper is the same without the fields; a validator takes a second for each file.
    checked = [file for name, file in files.items() if name.endswith("fillable") or name in PAPER]
    failed = {(file.name, profile): rules for (file, profile), rules in verapdf.failed_rules(checked).items() if rules}
    assert not failed


@pytest.mark.parametrize("profile", verapdf.PROFILES)
def test_the_second_validator_agrees(profile: str, files: Mapping[str, Path]) -> None:
    wrong = [name for name, file in files.items() if not page.validate_pdf(str(file), profile=profile).is_compliant]
    assert wrong == []


@pytest.mark.parametrize("name", [*SHIPPED, OWN.form.id])
def test_the_fields_are_those_that_are_read_back(name: str) -> None:
    found = read_returned(FORMS, blank(name), today=samples.AT.date(), own=OWN)
    assert found.verdict is Verdict.EMPTY
    assert not found.of_a_case
    assert len({path for path, _ in planned(form_of(name).form, aims_of(name))}) > 3
