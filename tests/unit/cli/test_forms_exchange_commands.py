# SPDX-License-Identifier: MIT
"""`rkv forms export` and `import`: what goes out of the app and comes in again."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import Workbook

from rkv_app.forms.loader import form_from_bytes
from rkv_app.foundation.resources import forms_dir
from support.commands import Command
from support.pdf_text import text_of
from support.whole_form import WHOLE


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    file = tmp_path / "whole.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    return file


@pytest.mark.parametrize("release", ["r4b", "r5"])
def test_a_form_goes_out_as_fhir_and_is_the_same_when_it_comes_in(
    rkv: Command, tmp_path: Path, whole: Path, release: str
) -> None:
    out = tmp_path / "whole.json"
    assert rkv("forms", "export", whole, "--to", "fhir", "--fhir-version", release, "--out", out).status == 0
    assert rkv("forms", "import", out, "--out", tmp_path).status == 0
    made = tmp_path / "whole" / "2026.2.yaml"
    assert form_from_bytes(made.read_bytes(), "") == form_from_bytes(WHOLE.encode(), "")
    assert rkv("forms", "lint", made).status == 0
    before = made.read_bytes()
    assert "RKV-SYS-003" in rkv("forms", "import", out, "--out", tmp_path).err
    assert made.read_bytes() == before


def test_the_schema_of_answers_goes_out_on_standard_output_by_id(rkv: Command) -> None:
    (form_id, *_) = sorted(path.name for path in forms_dir().iterdir() if path.is_dir())
    Draft202012Validator.check_schema(json.loads(rkv("forms", "export", form_id, "--to", "jsonschema").out))


def test_what_is_no_form_is_refused_and_nothing_is_written(rkv: Command, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}")
    refused = rkv("forms", "import", file, "--out", tmp_path)
    assert (refused.status, "RKV-FRM-056" in refused.err) == (2, True)
    assert "RKV-FRM-004" in rkv("forms", "export", "no-such-form", "--to", "fhir").err
    assert "RKV-SYS-004" in rkv("forms", "import", tmp_path / "gone.json").err
    assert not list(tmp_path.rglob("*.yaml"))


def test_a_form_goes_out_as_a_spreadsheet_and_is_the_same_when_it_comes_in(
    rkv: Command, tmp_path: Path, whole: Path
) -> None:
    out = tmp_path / "whole.xlsx"
    assert "RKV-FRM-061" in rkv("forms", "export", whole, "--to", "xlsform").err
    assert rkv("forms", "export", whole, "--to", "xlsform", "--out", out).status == 0
    assert rkv("forms", "import", out, "--out", tmp_path).status == 0
    made = tmp_path / "whole" / "2026.2.yaml"
    assert form_from_bytes(made.read_bytes(), "") == form_from_bytes(WHOLE.encode(), "")


def test_a_proposal_is_drafted_in_its_own_folder_and_what_is_left_out_is_told(rkv: Command, tmp_path: Path) -> None:
    file, out = tmp_path / "x.xlsx", tmp_path / "forms"
    book = Workbook()
    survey = book.worksheets[0]
    survey.title = "survey"
    for row in (("type", "name", "label", "rkv_type"), ("text", "a", "A"), ("geopoint", "b", "B")):
        survey.append(row)
    settings = book.create_sheet("settings")
    for row in (("form_id", "version"), ("../../Round", "1")):
        settings.append(row)
    book.save(file)
    told = rkv("forms", "import", file, "--out", out)
    (made,) = out.rglob("*.yaml")
    assert made.parent == out / "round"
    assert told.status == 1
    assert f"{file}: survey:3: A question of the type geopoint" in told.out
    assert rkv("forms", "lint", made).status == 0


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "Må besvares"), ("nn", "Må svarast på"), ("en", "Must be answered")]
)
def test_a_form_goes_out_as_a_pdf_to_fill_in_by_hand_in_the_language_asked_for(
    rkv: Command, tmp_path: Path, whole: Path, language: str, said: str
) -> None:
    out = tmp_path / "whole.pdf"
    assert "RKV-DOC-037" in rkv("forms", "export", whole, "--to", "pdf").err
    assert rkv("forms", "export", whole, "--to", "pdf", "--out", out, "--language", language).status == 0
    assert said in text_of(out.read_bytes())
