# SPDX-License-Identifier: MIT
"""The page about making a form is walked as somebody would who has never done it: each command, in its order."""

import re
import shlex
import shutil
from pathlib import Path
from typing import get_args

import pytest

from rkv_app.app import main
from rkv_app.forms.lint import Severity, lint
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.model import QUESTIONS, Group, Note, Section
from rkv_app.foundation.resources import own_forms_dir

_PAGE = Path(__file__).resolve().parents[3] / "docs" / "handbook" / "make-a-form.md"
_COMMAND = re.compile(r"^rkv (.+)$", re.MULTILINE)


def _commands() -> list[list[str]]:
    return [shlex.split(found) for found in _COMMAND.findall(_PAGE.read_text(encoding="utf-8"))]


def test_every_command_on_the_page_does_what_the_page_says(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.chdir(tmp_path)
    assert own_forms_dir().is_relative_to(own_home)
    said: dict[str, str] = {}
    for command in _commands():
        verb = command[1]
        if verb == "preview":
            assert Path(command[2]).is_file()
            continue
        if verb == "list":
            # Step 4: the folder is put where the organisation's forms lie.
            shutil.move("verktoy-kurs", own_forms_dir() / "verktoy-kurs")
        assert main([*command, "--language", "nb"]) == 0, command
        said[verb] = capsys.readouterr().out
    assert "verktoy-kurs/2026.1.yaml" in said["new"].replace("\\", "/")
    assert "Ingen feil" in said["lint"]
    assert "verktoy-kurs 2026.1  (virksomhetens eget)" in said["list"]
    assert Path("skjema.xlsx").is_file()
    assert Path("fra-regneark/verktoy-kurs/2026.1.yaml").is_file()


def test_a_mistake_is_told_as_the_page_shows_it(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["forms", "new", "verktoy-kurs"])
    file = Path("verktoy-kurs/2026.1.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("type: text\n", "type: txt\n"), encoding="utf-8")
    capsys.readouterr()
    assert main(["forms", "lint", str(file), "--language", "nb"]) == 1
    shown = re.search(r"2026\.1\.yaml:\d+: feil (RKV-FRM-\d+: [^'«…]+)", _PAGE.read_text(encoding="utf-8"))
    assert shown is not None
    assert shown[1] in capsys.readouterr().out


def test_the_form_of_the_page_has_every_type_of_question_and_not_one_fault(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```yaml\n(.+?)^```", _PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    form = form_from_bytes(shown.encode(), "")
    file = tmp_path / form.id / f"{form.version}.yaml"
    file.parent.mkdir()
    file.write_text(shown, encoding="utf-8")
    assert [one for one in lint(file) if one.severity is Severity.ERROR] == []
    types = {
        get_args(item.model_fields["type"].annotation)[0] for item in (*QUESTIONS, *get_args(Group), Section, Note)
    }
    assert {placed.item.type for placed in form.placed()} == types


def test_a_new_form_is_explained_in_the_language_of_whoever_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for language, said in (("nb", "Bytt ut ordene"), ("nn", "Byt ut orda"), ("en", "Change the words")):
        assert main(["forms", "new", "kurs", "--out", language, "--language", language]) == 0
        made = Path(language) / "kurs"
        assert said in next(made.glob("*.yaml")).read_text(encoding="utf-8")
        assert main(["forms", "lint", str(made)]) == 0
