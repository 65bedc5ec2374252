# SPDX-License-Identifier: MIT
"""The practice evaluation as published: its rules, its words, and that it never changes."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from rkv_app.domain.evaluations import AimText, FormPin, KnownBy, Rating
from rkv_app.forms.answers import aim_ratings, hidden_answers, progress, relevant_answers
from rkv_app.forms.model import AimMatrixItem, Form, ScaleItem
from rkv_app.forms.reading import item_path
from rkv_app.forms.registry import Forms
from rkv_app.forms.schema import form_schema
from rkv_app.forms.validation import check, check_value
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.resources import forms_dir

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 23)


def aim(code: str) -> AimText:
    return AimText(
        code=code, uri=f"urn:rkv:ovelse:{code}", text="fortøye", language="nob", set_code="KV1", set_title="Stell"
    )


AIMS = (aim("KM1"), aim("KM2"), aim("KM3"))
COMPLETE: dict[str, object] = {
    "aims/KM1/rating": "independent",
    "aims/KM1/known_by": ["observed", "product"],
    "aims/KM1/example": "Fortøyde skipet i vind.",
    "aims/KM1/observed_on": "2026-11-20",
}


@pytest.fixture(scope="module")
def form() -> Form:
    return Forms(forms_dir()).newest("practice-evaluation")


def problems(form: Form, answers: dict[str, object]) -> list[tuple[str, str]]:
    return [(problem.code, problem.item) for problem in check(form, answers, AIMS, today=TODAY)]


def test_one_fully_answered_aim_is_enough(form: Form) -> None:
    assert problems(form, COMPLETE) == []


def test_at_least_one_aim_must_be_answered(form: Form) -> None:
    assert problems(form, {}) == [("RKV-FRM-024", "aims")]
    assert problems(form, {"conduct_strengths": "Blid."}) == [("RKV-FRM-024", "aims")]


def test_not_tried_needs_nothing_more(form: Form) -> None:
    assert problems(form, {"aims/KM2/rating": "not_tried"}) == []


@pytest.mark.parametrize("rating", ["learning", "guided", "independent"])
def test_any_other_rating_needs_how_it_is_known_an_example_and_a_date(form: Form, rating: str) -> None:
    assert problems(form, {"aims/KM2/rating": rating}) == [
        ("RKV-FRM-020", "aims/KM2/known_by"),
        ("RKV-FRM-020", "aims/KM2/example"),
        ("RKV-FRM-020", "aims/KM2/observed_on"),
    ]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("aims/KM1/rating", "godkjent", "RKV-FRM-011"),
        ("aims/KM1/known_by", [], "RKV-FRM-020"),
        ("aims/KM1/known_by", ["observed", "observed"], "RKV-FRM-011"),
        ("aims/KM1/known_by", "observed", "RKV-FRM-011"),
        ("aims/KM1/example", " \n ", "RKV-FRM-020"),
        ("aims/KM1/example", "x" * 1001, "RKV-FRM-021"),
        ("aims/KM1/observed_on", "2026-11-24", "RKV-FRM-022"),
        ("aims/KM1/observed_on", "2026-02-30", "RKV-FRM-011"),
        ("aims/KM1/observed_on", "20260220", "RKV-FRM-011"),
        ("aims/KM9/rating", "guided", "RKV-FRM-010"),
        ("aims/KM1/colour", "red", "RKV-FRM-010"),
        ("aims", "red", "RKV-FRM-010"),
        ("conduct_safety", "sometimes", "RKV-FRM-011"),
    ],
)
def test_each_wrong_answer_is_found_at_its_place(form: Form, path: str, value: object, code: str) -> None:
    assert (code, path) in problems(form, {**COMPLETE, path: value})


def test_the_bounds_themselves_are_allowed(form: Form) -> None:
    answers = {**COMPLETE, "aims/KM1/example": "x" * 1000, "aims/KM1/observed_on": TODAY.isoformat()}
    assert problems(form, answers) == []


def test_what_was_written_under_another_rating_is_kept_but_counts_for_nothing(form: Form) -> None:
    answers = {**COMPLETE, "aims/KM1/rating": "not_tried", "aims/KM1/observed_on": "2099-01-01"}
    assert problems(form, answers) == []
    assert hidden_answers(form, answers, AIMS) == ("aims/KM1/known_by", "aims/KM1/example", "aims/KM1/observed_on")
    assert relevant_answers(form, answers, AIMS) == {"aims/KM1/rating": "not_tried"}
    (rating,) = aim_ratings(form, answers, AIMS)
    assert (rating.rating, rating.known_by, rating.example, rating.observed_on) == (
        Rating.NOT_TRIED,
        frozenset(),
        "",
        None,
    )


def test_ratings_come_in_the_order_of_the_aims_and_unrated_aims_are_left_out(form: Form) -> None:
    found = aim_ratings(form, {"aims/KM3/rating": "not_tried", **COMPLETE}, AIMS)
    assert [rating.aim.code for rating in found] == ["KM1", "KM3"]
    assert found[0].rating is Rating.INDEPENDENT
    assert found[0].known_by == {KnownBy.OBSERVED, KnownBy.PRODUCT}
    assert found[0].example == "Fortøyde skipet i vind."
    assert found[0].observed_on == date(2026, 11, 20)


def test_progress_counts_aims_that_are_fully_answered(form: Form) -> None:
    assert progress(form, {}, AIMS) == (0, 3)
    assert progress(form, {**COMPLETE, "aims/KM2/rating": "guided", "aims/KM3/rating": "not_tried"}, AIMS) == (2, 3)


def test_a_value_that_cannot_be_an_answer_is_not_saved(form: Form) -> None:
    for path, value in COMPLETE.items():
        check_value(form, path, value, AIMS)
        check_value(form, path, None, AIMS)
    check_value(form, "aims/KM1/example", "x" * 1500, AIMS)
    for path, value, code in (
        ("aims/KM1/rating", "godkjent", "RKV-FRM-011"),
        ("aims/KM1/rating", ["guided"], "RKV-FRM-011"),
        ("aims/KM1/example", "half a pair \ud800", "RKV-FRM-011"),
        ("aims/KM1/example", "NUL \x00", "RKV-FRM-011"),
        ("aims/KM9/rating", "guided", "RKV-FRM-010"),
        ("aims/KM1", "guided", "RKV-FRM-010"),
        ("work_intro", "guided", "RKV-FRM-010"),
    ):
        with pytest.raises(UserError) as refused:
            check_value(form, path, value, AIMS)
        assert refused.value.code == code


PATHS = [
    item_path("aims", code, column)
    for code in ("KM1", "KM2", "KM9")
    for column in ("rating", "known_by", "example", "observed_on")
]
VALUES = (
    st.sampled_from(["not_tried", "guided", "observed", "2026-01-01", "", "x"])
    | st.lists(st.sampled_from(["observed", "talked", "x"]), max_size=3)
    | st.none()
    | st.booleans()
    | st.integers()
)


@given(answers=st.dictionaries(st.sampled_from([*PATHS, "conduct_safety", "ghost"]), VALUES))
def test_no_problem_is_ever_about_a_hidden_question_and_completing_settles(
    form: Form, answers: dict[str, object]
) -> None:
    found = check(form, answers, AIMS, today=TODAY)
    hidden = set(hidden_answers(form, answers, AIMS))
    assert not [problem for problem in found if problem.item in hidden and problem.code != "RKV-FRM-010"]
    kept = relevant_answers(form, answers, AIMS)
    assert relevant_answers(form, kept, AIMS) == kept
    assert aim_ratings(form, kept, AIMS) == aim_ratings(form, answers, AIMS)
    if not found:
        assert check(form, kept, AIMS, today=TODAY) == ()


class TestWords:
    """What the supervisor reads."""

    def test_the_scale_is_worded_as_the_product_says(self, form: Form) -> None:
        matrix = form.find("aims")
        assert isinstance(matrix, AimMatrixItem)
        scale = matrix.column("rating")
        assert isinstance(scale, ScaleItem)
        assert [(option.code, option.label.nb) for option in scale.options] == [
            ("not_tried", "Ikke prøvd her"),
            ("learning", "Under opplæring"),
            ("guided", "Gjør det med veiledning"),
            ("independent", "Gjør det selvstendig"),
        ]
        assert [option.code for option in scale.options if option.apart] == ["not_tried"]

    def test_codes_are_those_of_the_domain(self, form: Form) -> None:
        matrix = form.find("aims")
        assert isinstance(matrix, AimMatrixItem)
        assert [matrix.column(name).codes() for name in ("rating", "known_by")] == [  # type: ignore[union-attr]
            tuple(Rating),
            tuple(KnownBy),
        ]

    def test_the_countys_words_are_never_used(self, form: Form) -> None:
        words = form.model_dump_json().lower()
        assert not [word for word in ("godkje", "ikke bestått", "approve", "passed") if word in words]

    def test_each_language_has_its_own_words(self, form: Form) -> None:
        def labels(value: object) -> Iterator[dict[str, str]]:
            if isinstance(value, dict):
                if "nb" in value:
                    yield value
                for inner in value.values():
                    yield from labels(inner)
            elif isinstance(value, list):
                for inner in value:
                    yield from labels(inner)

        found = list(labels(form.model_dump(mode="json")))
        assert len(found) > 30
        assert all(set(label) == {"nb", "nn", "en"} for label in found)
        assert not [label for label in found if label["en"] == label["nb"]]
        assert not [label for label in found if " ikke " in label["nn"] or " jeg " in label["nn"].lower()]


class TestPublished:
    """Published forms are for ever."""

    def test_published_files_are_unchanged(self) -> None:
        locked = {}
        for line in (forms_dir() / "published.lock").read_text(encoding="ascii").splitlines():
            digest, name = line.split("  ", 1)
            locked[name] = digest
        files = {path.relative_to(forms_dir()).as_posix(): path for path in forms_dir().rglob("*.yaml")}
        assert locked.keys() == files.keys()
        for name, path in files.items():
            assert hashlib.sha256(path.read_bytes()).hexdigest() == locked[name], f"{name} has been changed"

    def test_the_published_schema_is_current_and_the_form_holds_it(self) -> None:
        path = ROOT / "docs" / "formats" / "form.schema.json"
        again = "run: python -m rkv_app.forms.schema > docs/formats/form.schema.json"
        assert path.read_text(encoding="utf-8") == form_schema(), again
        source = forms_dir() / "practice-evaluation" / "2026.1.yaml"
        jsonschema.Draft202012Validator(json.loads(form_schema())).validate(
            YAML(typ="safe", pure=True).load(source.read_text(encoding="utf-8"))
        )

    def test_a_pin_finds_the_very_form_again(self, form: Form) -> None:
        forms = Forms(forms_dir())
        assert forms.pinned(forms.pin_of(form)) == form

    def test_a_form_that_was_changed_since_is_not_taken_for_the_same(self, form: Form) -> None:
        with pytest.raises(UserError) as refused:
            Forms(forms_dir()).pinned(FormPin(form.id, form.version, "0" * 64))
        assert (refused.value.code, refused.value.status) == ("RKV-FRM-005", ExitStatus.DAMAGED)

    @pytest.mark.parametrize(
        ("form_id", "version"),
        [
            ("no-such-form", "2026.1"),
            ("practice-evaluation", "2099.1"),
            ("../forms/practice-evaluation", "2026.1"),
            ("practice-evaluation", "../practice-evaluation/2026.1"),
            ("", ""),
        ],
    )
    def test_a_form_that_is_not_here_is_refused_whatever_its_name(self, form_id: str, version: str) -> None:
        with pytest.raises(UserError) as refused:
            Forms(forms_dir()).pinned(FormPin(form_id, version, "0" * 64))
        assert refused.value.code == "RKV-FRM-004"

    def test_the_newest_version_is_found_by_number_and_not_by_name(self, tmp_path: Path) -> None:
        text = (forms_dir() / "practice-evaluation" / "2026.1.yaml").read_text(encoding="utf-8")
        (tmp_path / "practice-evaluation").mkdir()
        for version in ("2026.2", "2026.10"):
            path = tmp_path / "practice-evaluation" / f"{version}.yaml"
            path.write_text(text.replace('version: "2026.1"', f'version: "{version}"'), encoding="utf-8")
        assert Forms(tmp_path).newest("practice-evaluation").version == "2026.10"

    def test_a_form_under_another_name_is_refused(self, tmp_path: Path) -> None:
        text = (forms_dir() / "practice-evaluation" / "2026.1.yaml").read_text(encoding="utf-8")
        (tmp_path / "other-form").mkdir()
        (tmp_path / "other-form" / "2026.1.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(UserError) as refused:
            Forms(tmp_path).newest("other-form")
        assert refused.value.code == "RKV-FRM-003"
