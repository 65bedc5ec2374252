# SPDX-License-Identifier: MIT
"""`rkv forms export --to fillable|paper` makes any form to be filled in elsewhere, and `read-pdf` knows it again."""

import hashlib
from pathlib import Path

import pypdfium2
import pytest

from rkv_app.foundation.resources import forms_dir
from support import form_filling
from support.commands import Command
from support.every_type import EVERY_TYPE
from support.pdf_text import text_of


def test_a_form_of_ours_is_made_blank_and_read_back_with_id_version_and_digest(rkv: Command, tmp_path: Path) -> None:
    out, back = tmp_path / "skjema.pdf", tmp_path / "tilbake.pdf"
    told = rkv("forms", "export", "rkv-readiness", "--to", "fillable", "--out", out, "--language", "nn", "--json")
    assert (told.status, told.document["id"]) == (0, "rkv-readiness")
    back.write_bytes(form_filling.mupdf(out.read_bytes(), {"completed": "yes", "trade_known": "no"}))
    read = rkv("forms", "read-pdf", back, "--json").document
    file = forms_dir() / "rkv-readiness" / f"{read['form']['version']}.yaml"
    assert read["form"]["id"] == "rkv-readiness"
    assert read["form"]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert read["answers"] == {"completed": True, "trade_known": False}
    assert read["request"] is None
    assert "supervisor" not in read["next"]


def test_an_authors_own_form_is_read_back_with_its_file(rkv: Command, tmp_path: Path) -> None:
    out = tmp_path / "skjema.pdf"
    assert rkv("forms", "export", EVERY_TYPE, "--to", "fillable", "--out", out).status == 0
    out.write_bytes(form_filling.mupdf(out.read_bytes(), {"name": "Kari", "jobs/r1/where": "Smia"}))
    unknown = rkv("forms", "read-pdf", out, "--json").document
    assert (unknown["verdict"], unknown["answers"]) == ("newer_form", {})
    assert "--form" in unknown["next"]
    known = rkv("forms", "read-pdf", out, "--form", EVERY_TYPE, "--json").document
    assert known["answers"] == {"name": "Kari", "jobs": ["r1"], "jobs/r1/where": "Smia"}
    changed = tmp_path / "changed.yaml"
    changed.write_text(EVERY_TYPE.read_text(encoding="utf-8") + "\n# another\n", encoding="utf-8")
    assert rkv("forms", "read-pdf", out, "--form", changed, "--json").document["verdict"] == "newer_form"


def test_a_photo_of_a_blank_paper_form_says_which_form_it_is(rkv: Command, tmp_path: Path) -> None:
    out, photo = tmp_path / "papir.pdf", tmp_path / "foto.jpg"
    assert rkv("forms", "export", "individual-plan", "--to", "paper", "--out", out).status == 0
    assert b"/AcroForm" not in out.read_bytes()
    pypdfium2.PdfDocument(out)[0].render(scale=2).to_pil().convert("RGB").save(photo, "JPEG")
    told = rkv("forms", "read-pdf", photo, "--json").document
    assert (told["verdict"], told["form"]) == ("scanned", {"id": "individual-plan", "version": "2026.1"})
    assert "individual-plan 2026.1" in rkv("forms", "read-pdf", photo).out


def test_it_says_what_is_not_filled_in_on_it_and_how_many_there_is_room_for(rkv: Command, tmp_path: Path) -> None:
    out = tmp_path / "skjema.pdf"
    assert rkv("forms", "export", "attest", "--to", "fillable", "--out", out).status == 0
    said = " ".join(text_of(out.read_bytes()).split())
    assert said.count("This is worked out when the form comes back.") == 3
    assert "Send a copy along with the form." in said
    assert "Fill in at least 1. There is room for 4." in said
    assert "competence aims are put in when the form is made for a case" in said


@pytest.mark.parametrize(("form_id", "asked"), [("user-survey", False), ("self-assessment", True)])
def test_only_an_anonymous_form_does_not_ask_who_filled_it_in(
    form_id: str, asked: bool, rkv: Command, tmp_path: Path
) -> None:
    out = tmp_path / "skjema.pdf"
    assert rkv("forms", "export", form_id, "--to", "fillable", "--out", out).status == 0
    assert (b"rkv_name" in out.read_bytes()) is asked


@pytest.mark.parametrize("to", ["fillable", "paper", "pdf"])
def test_the_form_can_be_in_any_language_that_it_has_and_no_other(to: str, rkv: Command, tmp_path: Path) -> None:
    out = tmp_path / "skjema.pdf"
    assert rkv("forms", "export", "self-assessment", "--to", to, "--form-language", "uk", "--out", out).status == 0
    assert "translated by a machine" in text_of(out.read_bytes())
    out.unlink()
    refused = rkv("forms", "export", "attest", "--to", to, "--form-language", "uk", "--out", out)
    assert "RKV-DOC-060" in refused.err
    assert not out.exists()


def test_a_blank_form_that_was_changed_gives_no_answers(rkv: Command, tmp_path: Path) -> None:
    out = tmp_path / "skjema.pdf"
    assert rkv("forms", "export", "rkv-readiness", "--to", "fillable", "--out", out).status == 0
    changed = out.read_bytes().replace(b"trade_known", b"trade_knowm")
    assert changed != out.read_bytes()
    out.write_bytes(changed)
    told = rkv("forms", "read-pdf", out, "--json").document
    assert (told["verdict"], told["answers"]) == ("altered", {})
