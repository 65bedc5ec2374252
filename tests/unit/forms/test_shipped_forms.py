# SPDX-License-Identifier: MIT
"""The forms that candidates and advisers fill in: every question is reachable, and the words are plain and kind."""

import re
from collections.abc import Iterator
from dataclasses import fields

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from rkv_app.domain.roads import Answers, Road, Stands, roads
from rkv_app.domain.self_assessment import Own
from rkv_app.forms.advice import labels
from rkv_app.forms.answer_schema import answer_schema
from rkv_app.forms.answers import asked_columns, own_answers, relevant_answers, shown_items
from rkv_app.forms.completion import completion
from rkv_app.forms.lint import lint
from rkv_app.forms.model import AimMatrixItem, ChoicesItem, Form, Group, Note, ScaleItem, Section
from rkv_app.forms.parts import Label
from rkv_app.forms.reading import row_ids
from rkv_app.forms.registry import Forms
from rkv_app.forms.validation import check, check_value
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.resources import forms_dir
from rkv_app.usecases.reference import road_rules
from support.golden_answers import Golden, golden

SELF, MAPPING, READINESS, SURVEY = "self-assessment", "competence-mapping", "rkv-readiness", "user-survey"
EVALUATION = "practice-evaluation"
IDS = tuple(sorted({entry.form_id for entry in Forms(forms_dir()).entries()} - {EVALUATION}))
FORMS = {form_id: Forms(forms_dir()).newest(form_id) for form_id in (*IDS, EVALUATION)}
# Older versions are answered no more.
ALL = [one for form_id, form in FORMS.items() for one in golden(form_id) if one.version == form.version]
# What an adviser or an employer reads, who is used to such words.
AT_WORK = (READINESS, "attest", "workplace-agreement")
# What a machine translated is not checked here; nobody has read it.
READ = ("nb", "nn", "en")
each_form = pytest.mark.parametrize("form", [FORMS[form_id] for form_id in IDS], ids=lambda form: form.id)
each_golden = pytest.mark.parametrize("one", ALL, ids=str)


def sentences(form: Form, language: str) -> Iterator[str]:
    for _, label in labels(form):
        yield from re.split(r"(?<=[.!?:])\s+", label.text(language))


def everything(form: Form, language: str) -> str:
    return "\n".join(label.text(language) for _, label in labels(form)).lower()


def rows_of(form: Form, one: Golden) -> Iterator[tuple[Group, frozenset[str]]]:
    """Each row that somebody is shown, with the columns that are asked in it."""
    shown = shown_items(form, one.answers, one.aims)
    for _, item, _ in form.placed():
        if isinstance(item, Group) and item.id in shown:
            rows = [aim.code for aim in one.aims] if isinstance(item, AimMatrixItem) else row_ids(item, one.answers)
            yield from ((item, asked_columns(item, row, one.answers)) for row in rows)


def reached(form: Form, one: Golden) -> set[str]:
    """All that is shown to somebody, columns too."""
    columns = {f"{group.id}/{column}" for group, asked in rows_of(form, one) for column in asked}
    return columns | shown_items(form, one.answers, one.aims)


def spared(form: Form, one: Golden) -> set[str]:
    """All that somebody is not asked because of what they have answered; in a row, because of what stands there."""
    shown = shown_items(form, one.answers, one.aims)
    columns = {
        f"{group.id}/{column.id}"
        for group, asked in rows_of(form, one)
        for column in group.columns
        if column.id not in asked
    }
    return columns | {item.id for _, item, _ in form.placed() if item.id not in shown}


def conditional(form: Form) -> Iterator[str]:
    for _, item, _ in form.placed():
        if item.enable_when is not None:
            yield item.id
        if isinstance(item, Group):
            yield from (f"{item.id}/{column.id}" for column in item.columns if column.enable_when is not None)


class TestFiles:
    """What an author of forms is told of ours."""

    @each_form
    def test_there_is_nothing_to_remark_on(self, form: Form) -> None:
        assert not lint(forms_dir() / form.id / f"{form.version}.yaml")

    @each_form
    def test_every_question_and_note_is_shown_to_somebody(self, form: Form) -> None:
        found = {path for one in golden(form.id) for path in reached(form, one)}
        every = {item.id for _, item, _ in form.placed()} | {path for path, _ in form.questions()}
        assert every <= found, every - found

    @each_form
    def test_every_condition_spares_somebody(self, form: Form) -> None:
        found = {path for one in golden(form.id) for path in spared(form, one)}
        assert set(conditional(form)) <= found, set(conditional(form)) - found


class TestAnswers:
    """What people answer is judged as it always was."""

    @each_golden
    def test_exactly_what_is_wrong_is_found(self, one: Golden) -> None:
        found = check(FORMS[one.form_id], one.answers, one.aims, today=one.today)
        assert [(problem.code, problem.item) for problem in found] == list(one.problems)

    @each_golden
    def test_the_schema_takes_what_the_app_takes(self, one: Golden) -> None:
        form = FORMS[one.form_id]
        validator = Draft202012Validator(answer_schema(form, one.aims), format_checker=FormatChecker(["date"]))
        for path, value in one.answers.items():
            try:
                check_value(form, path, value, one.aims)
            except UserError:
                assert not validator.is_valid({path: value}), path
            else:
                assert validator.is_valid({path: value}), path

    @pytest.mark.parametrize("one", [one for one in ALL if not one.problems], ids=str)
    def test_completing_keeps_what_counts_and_settles(self, one: Golden) -> None:
        form = FORMS[one.form_id]
        kept = completion(form, one.answers, one.aims).kept
        assert not check(form, kept, one.aims, today=one.today)
        assert relevant_answers(form, kept, one.aims) == relevant_answers(form, one.answers, one.aims)
        assert not completion(form, kept, one.aims).dropped

    def test_every_form_has_somebody_who_is_done_who_stopped_who_began_and_who_means_harm(self) -> None:
        for form_id in IDS:
            names = {one.name: one for one in golden(form_id)}
            assert {"half", "empty", "hostile"} <= names.keys()
            assert names["hostile"].problems
            assert not names["empty"].answers
            assert len(names) >= 4

    def test_jobs_are_counted_as_full_time(self) -> None:
        (whole,) = [one for one in golden(MAPPING) if one.name == "complete"]
        found = relevant_answers(FORMS[MAPPING], whole.answers, whole.aims)
        # Four years of full time, and six months of half time up to the day that was named.
        assert (found["job_months"], found["schools_abroad"], found["without_papers"]) == (51, 1, 2)


class TestWords:
    """What a tired person, or one with little schooling, reads."""

    @each_form
    @pytest.mark.parametrize("language", READ)
    def test_sentences_are_short(self, form: Form, language: str) -> None:
        most = 20 if form.id == READINESS else 16
        assert not [said for said in sentences(form, language) if len(said.split()) > most]

    @each_form
    @pytest.mark.parametrize("language", ["nb", "nn"])
    def test_reading_is_easy(self, form: Form, language: str) -> None:
        """LIX (Björnsson): below 25 is for children, below 35 is fiction. At work one reads of laws and duties."""
        words = [word.strip(".,:?!«»") for said in sentences(form, language) for word in said.split()]
        lix = len(words) / sum(1 for _ in sentences(form, language)) + 100 * sum(len(w) > 6 for w in words) / len(words)
        assert lix < (35 if form.id in AT_WORK else 25)

    @each_form
    def test_bokmal_and_nynorsk_are_themselves(self, form: Form) -> None:
        only_nb = (
            r"\b(ikke|jeg|hva|hvor|hvem|hvis|hvordan|noen|noe|fra|også|være|gjøre|mye|mer|uker?|uken|vei|veien|veier)\b"
        )
        only_nn = r"\b(ikkje|eg|kva|kor|kven|korleis|nokon|noko|frå|òg|gjere|mykje|meir|veker?|veka|veg|vegen|vegar)\b"
        assert not re.findall(only_nb, everything(form, "nn"))
        assert not re.findall(only_nn, everything(form, "nb"))

    @each_form
    def test_nobody_is_asked_about_health(self, form: Form) -> None:
        for language, asking, warned in (
            ("nb", r"helse|\bsyk|diagnos|medisin|\blege", r"ikke skriv om helse\w*"),
            ("nn", r"helse|helsa|sjuk|diagnos|medisin|\blege", r"ikkje skriv om hels\w+"),
            ("en", r"health|illness|sick|diagnos|medicine|doctor", r"do not write about (anybody's )?health"),
        ):
            assert not re.findall(asking, re.sub(warned, "", everything(form, language)))

    @each_form
    def test_the_countys_words_are_never_ours(self, form: Form) -> None:
        for language, theirs in (
            ("nb", "som fylkeskommunen alt har godkjent"),
            ("nn", "som fylkeskommunen alt har godkjent"),
            ("en", "that the county has already recognised"),
        ):
            said = everything(form, language).replace(theirs, "")
            assert not re.findall(r"godkje|bestått|approve|recogni|passed|failed", said)


class TestSelfAssessment:
    """The candidate's own word."""

    def test_the_scale_is_worded_as_the_product_says_and_known_to_the_domain(self) -> None:
        matrix = FORMS[SELF].find("aims")
        assert isinstance(matrix, AimMatrixItem)
        scale = matrix.column("own")
        assert isinstance(scale, ScaleItem)
        assert [option.label.nb for option in scale.options] == ["Kan ikke", "Kan litt", "Kan"]
        assert scale.codes() == tuple(Own)

    def test_what_the_candidate_says_of_each_aim_is_read_as_it_counts(self) -> None:
        said = {one.name: own_answers(FORMS[SELF], one.answers, one.aims) for one in golden(SELF)}
        assert [(one.aim_code, one.own) for one in said["complete"]] == [
            ("KM990001", Own.CAN),
            ("KM990002", Own.CAN),
            ("KM990009", Own.A_LITTLE),
            ("KM990010", Own.CANNOT),
        ]
        assert said["complete"][0].example.startswith("I går så jeg på værmeldingen")
        # Under "cannot" no example is asked for, so one that stands there still is not the candidate's word any more.
        assert [(one.own, one.example) for one in said["half"]] == [(Own.CANNOT, ""), (Own.CAN, "")]
        assert said["empty"] == ()

    def test_a_machine_translation_is_whole_and_says_that_it_is_one(self) -> None:
        form = FORMS[SELF]
        assert form.machine_translated == ("uk", "ar", "pl")
        assert all(set(label.languages()) == {*READ, "uk", "ar", "pl"} for _, label in labels(form))
        assert all(re.search("[а-яіїєґ]", label.text("uk")) for _, label in labels(form))
        assert all(re.search("[\u0600-\u06ff]", label.text("ar")) for _, label in labels(form))


class TestSurvey:
    """Nobody can be known by what they answer."""

    def test_there_is_no_place_for_a_name_a_date_or_an_id(self) -> None:
        types = {item.type for _, item, _ in FORMS[SURVEY].placed()}
        assert types <= {"section", "note", "choice", "choices", "scale", "yes_no"}
        assert not any(isinstance(item, Group) for _, item, _ in FORMS[SURVEY].placed())

    def test_it_belongs_to_no_case(self) -> None:
        assert FORMS[SURVEY].anonymous
        assert not [form_id for form_id in FORMS if form_id != SURVEY and FORMS[form_id].anonymous]

    def test_no_answer_is_required(self) -> None:
        assert not [path for path, question in FORMS[SURVEY].questions() if question.required]


# How much is documented, as the adviser sees it on the coverage of a case: of ten aims, so many.
_SHOWN = {"none": 0, "few": 1, "some": 2}


class TestRoads:
    """The form leads where the app's own suggestions lead, for the same reasons."""

    @pytest.mark.parametrize(
        "one", [one for one in golden(READINESS) if str(one.answers.get("documented")) in _SHOWN], ids=str
    )
    def test_the_same_roads_are_open_for_the_same_reasons(self, one: Golden) -> None:
        # As they were given, so that a question that the form hides in error cannot excuse the form.
        known = {field.name: one.answers[field.name] for field in fields(Answers) if field.name in one.answers}
        found = roads(Answers(**known, aims=10, shown=_SHOWN[str(one.answers["documented"])]))  # type: ignore[arg-type]
        shown = shown_items(FORMS[READINESS], one.answers, ())
        leads = {
            Road.ASSESSMENT: "assessment" in shown and "something_documented" not in shown,
            Road.CANDIDATE: "candidate" in shown,
            Road.ON_THE_JOB: "on_the_job" in shown,
            Road.MODULAR: "modules" in shown and "modular_right" in shown,
            Road.MORE_PRACTICE: "more_practice" in shown,
        }
        assert leads == {road.road: road.stands is Stands.OPEN for road in found}
        reasons = {reason.rule for road in found if road.stands is Stands.OPEN for reason in road.reasons}
        # That one says what to do where nothing is documented, and has nothing to say else.
        assert reasons - {"something_documented"} <= shown

    def test_the_roads_to_choose_are_those_of_the_app(self) -> None:
        chosen = FORMS[READINESS].find("roads_chosen")
        assert isinstance(chosen, ChoicesItem)
        assert chosen.codes() == tuple(Road)

    def test_every_rule_is_there_with_its_provision_and_what_nobody_has_read_says_so(self) -> None:
        for rule in road_rules().values():
            note = FORMS[READINESS].find(rule.code)
            assert isinstance(note, Note), rule.code
            if not rule.confirmed:
                assert note.label.nb.startswith("Ikke bekreftet:")
                assert note.label.nn.startswith("Ikkje stadfesta:")
                assert note.label.en.startswith("Not confirmed:")
            elif rule.provision:
                provision = rule.provision.replace("§ ", "§\u00a0")
                assert all(provision in label for label in _each(note.label)), rule.code

    def test_no_line_ends_between_a_section_sign_and_its_number(self) -> None:
        assert not [said for language in READ for said in sentences(FORMS[READINESS], language) if "§ " in said]

    def test_every_road_says_what_it_rests_on(self) -> None:
        for _, item, _ in FORMS[READINESS].placed():
            if isinstance(item, Section) and item.label.nb.startswith("Vei:"):
                said = " ".join(inner.label.nb for inner in item.items)
                assert re.search(r"§|Ikke bekreftet:|Vårt råd", said), item.id


def _each(label: Label) -> Iterator[str]:
    yield from (label.text(language) for language in READ)
