# SPDX-License-Identifier: MIT
"""Curricula go out as 1EdTech CASE 1.1 and come back the same."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rkv_app.curriculum.case_exchange import identifier, read_case, write_case
from rkv_app.curriculum.case_records import is_case
from rkv_app.curriculum.importer import read_curricula
from rkv_app.domain.aims import Curriculum
from rkv_app.foundation.errors import UserError
from support.curricula import curricula, newer, practice

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "formats" / "case-1.1-package.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(
        json.loads(SCHEMA.read_text("utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def _through_json(plan: Curriculum) -> Any:
    return json.loads(json.dumps(write_case(plan), ensure_ascii=False))


def test_every_real_plan_comes_back_the_same_and_has_the_form_of_case(
    shared: Path, validator: Draft202012Validator
) -> None:
    plans = read_curricula([shared / "grep-samples" / "grep-dump-json.zip"]).curricula
    assert len(plans) == 15
    for plan in plans:
        package = _through_json(plan)
        validator.validate(package)
        assert is_case(package)
        assert read_case(package) == plan
        assert write_case(read_case(package)) == package


def test_the_practice_plans_keep_all_their_languages() -> None:
    for code in ("XXP03-01", "XXP05-01"):
        assert read_case(_through_json(practice(code))) == practice(code)


@given(plan=curricula())
@settings(max_examples=40)
def test_any_curriculum_comes_back_the_same(plan: Curriculum) -> None:
    assert read_case(_through_json(plan)) == plan


def test_a_grep_uri_has_the_same_identifier_in_every_version() -> None:
    old = practice("XXP03-01")
    one, other = write_case(old), write_case(newer(old))
    assert one["CFDocument"]["identifier"] == other["CFDocument"]["identifier"] == identifier(old.uri)  # type: ignore[index]
    assert identifier("http://psi.udir.no/kl06/KM10543") == "8acfd993-eb8d-5b62-89d8-6ffddad73332"


def test_what_another_program_edits_counts() -> None:
    package = _through_json(practice("XXP03-01"))
    aim = next(item for item in package["CFItems"] if item["humanCodingScheme"] == "KM990101")
    aim["fullStatement"] = "en rettet tekst"
    read = next(one for one in read_case(package).aims() if one.code == "KM990101")
    assert read.text.text("nb") == "en rettet tekst"
    assert read.text.text("nn") == next(one for one in practice("XXP03-01").aims()).text.text("nn")


def test_a_package_of_another_program_is_read_without_our_extension() -> None:
    package = _through_json(practice("XXP05-01"))
    for one in (package["CFDocument"], *package["CFItems"]):
        del one["extensions"]
    package["CFRubrics"] = []
    read = read_case(package)
    assert [(one.code, len(one.aims)) for one in read.sets] == [("KV990001", 8), ("KV990002", 7)]
    assert read.title.text("nb") == practice("XXP05-01").title.text("nb")
    assert [aim.text.text("nb") for aim in read.aims()] == [aim.text.text("nb") for aim in practice("XXP05-01").aims()]


def _break(package: Any, how: str) -> None:
    match how:
        case "no document":
            package["CFDocument"] = {}
        case "no items":
            package["CFItems"] = []
        case "bad uuid":
            package["CFItems"][0]["identifier"] = "1"
        case "loop":
            item = package["CFAssociations"][0]
            item["destinationNodeURI"] = item["originNodeURI"]
        case "hidden signs":
            package["CFItems"][0]["fullStatement"] = "a\x07b"
        case "hidden signs in the extension":
            package["CFItems"][1]["extensions"]["no.rkv.grep"]["text"]["by_language"]["nno"] = "a\x00b"
        case "huge":
            package["CFItems"][1]["extensions"]["no.rkv.grep"]["text"]["by_language"]["nno"] = "a" * 20_001
        case "code":
            package["CFItems"][1]["extensions"]["no.rkv.grep"]["code"] = 7


@pytest.mark.parametrize(
    "how",
    ["no document", "no items", "bad uuid", "loop", "hidden signs", "hidden signs in the extension", "huge", "code"],
)
def test_what_is_no_curriculum_is_refused_in_plain_words(how: str) -> None:
    package = _through_json(practice("XXP03-01"))
    _break(package, how)
    with pytest.raises(UserError) as refused:
        read_case(package)
    assert refused.value.code == "RKV-CUR-020"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(data=st.data(), value=_json)
def test_no_damage_does_anything_but_be_refused(data: st.DataObject, value: object) -> None:
    package = _through_json(practice("XXP03-01"))
    at: Any = package
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            at[key] = value
            break
        at = at[key]
    with contextlib.suppress(UserError):
        read_case(package)
