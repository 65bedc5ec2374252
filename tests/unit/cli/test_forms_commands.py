# SPDX-License-Identifier: MIT
"""`rkv forms`: what an author of forms types."""

from pathlib import Path

import pytest

from rkv_app.app import main
from rkv_app.foundation.resources import forms_dir, own_forms_dir
from support.commands import Command


def test_a_new_form_is_begun_checked_and_never_written_over(rkv: Command, tmp_path: Path) -> None:
    begun = rkv("forms", "new", "safety-round", "--out", tmp_path)
    (file,) = tmp_path.rglob("*.yaml")
    assert begun.status == 0
    assert str(file) in begun.out
    checked = rkv("forms", "lint", file)
    assert (checked.status, checked.out) == (0, "No errors. The form can be used.\n")
    before = file.read_bytes()
    assert rkv("forms", "new", "safety-round", "--out", tmp_path).status == 2
    assert file.read_bytes() == before


def test_a_fault_is_told_with_file_and_line_and_a_status_that_says_no(rkv: Command, tmp_path: Path) -> None:
    rkv("forms", "new", "safety-round", "--out", tmp_path)
    (file,) = tmp_path.rglob("*.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("type: yes_no", "type: maybe"), encoding="utf-8")
    line = text[: text.index("type: yes_no")].count("\n") + 1
    told = rkv("forms", "lint", tmp_path)
    assert told.status == 1
    assert told.out.startswith(f"{file}:{line}: error RKV-FRM-003: type must be one of")
    document = rkv("forms", "lint", tmp_path, "--json").document
    assert not document["ok"]
    assert [(one["code"], one["severity"], one["line"]) for one in document["findings"]] == [
        ("RKV-FRM-003", "error", line)
    ]


def test_a_form_that_takes_the_name_of_one_of_ours_is_refused_and_ours_is_not(rkv: Command, tmp_path: Path) -> None:
    ours = forms_dir() / "practice-evaluation" / "2026.1.yaml"
    file = tmp_path / "practice-evaluation" / "2026.1.yaml"
    file.parent.mkdir()
    file.write_bytes(ours.read_bytes())
    assert "RKV-FRM-041" in rkv("forms", "lint", file).out
    assert rkv("forms", "lint", ours).status == 0


def test_every_form_is_listed_with_whose_it_is(rkv: Command) -> None:
    assert "practice-evaluation 2026.1  (ours)" in rkv("forms", "list").out
    assert {"id": "practice-evaluation", "version": "2026.1", "source": "shipped"} in rkv(
        "forms", "list", "--json"
    ).document["forms"]


def test_what_is_not_there_is_refused_in_words(rkv: Command, tmp_path: Path) -> None:
    for arguments, code in (
        (("forms", "lint", tmp_path), "RKV-FRM-034"),
        (("forms", "lint", tmp_path / "no.yaml"), "RKV-SYS-004"),
        (("forms", "new", "Ær", "--out", tmp_path), "RKV-FRM-034"),
    ):
        refused = rkv(*arguments)
        assert refused.status == 2
        assert code in refused.err
    assert not list(tmp_path.rglob("*.yaml"))


def test_an_organisations_forms_are_found_in_its_own_folder(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert own_forms_dir().is_relative_to(own_home)
    main(["forms", "new", "our-round", "--out", str(own_forms_dir())])
    capsys.readouterr()
    assert main(["forms", "list", "--language", "en"]) == 0
    assert "(your organisation's)" in capsys.readouterr().out


def test_a_preview_is_of_one_form_file_that_is_there(rkv: Command, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("id: notes\n", encoding="utf-8")
    for path, code in ((tmp_path, "RKV-FRM-042"), (text, "RKV-FRM-042"), (tmp_path / "no.yaml", "RKV-SYS-004")):
        refused = rkv("forms", "preview", path)
        assert refused.status == 2
        assert code in refused.err
