# SPDX-License-Identifier: MIT
"""The form that a supervisor fills in without the app: every place has a name, a label and its place in the order."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pymupdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.documents.fillable import render_blank, render_fillable
from rkv_app.documents.fillable_binding import (
    HIDDEN,
    REQUEST_FILE,
    fields_digest,
    fields_of,
    pages_digest,
    pages_of,
    terminal_fields,
)
from rkv_app.documents.fillable_plan import planned
from rkv_app.documents.tagged.field_font import embedded_font
from rkv_app.forms.model import ChoicesItem
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support import fillable_samples, form_filling
from support.pdf_text import text_of


@pytest.fixture(scope="module")
def fillable() -> bytes:
    return samples.rendered("fillable", Language.BOKMAL)


@pytest.fixture
def pdf(fillable: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(fillable)) as opened:
        yield opened


def names(pdf: pikepdf.Pdf) -> list[str]:
    return [name for name, _ in terminal_fields(pdf.Root.AcroForm)]


def test_every_question_about_every_aim_has_a_field_in_reading_order(pdf: pikepdf.Pdf) -> None:
    expected: list[str] = []
    for path, item in planned(fillable_samples.form(), samples.aims()):
        expected += [f"{path}/{code}" for code in item.codes()] if isinstance(item, ChoicesItem) else [path]
    own = [*("rkv_confirmed", "rkv_name", "rkv_position", "rkv_date"), *HIDDEN]
    assert names(pdf) == [*expected, *own]
    assert len(expected) == 30 * 7 + 4


def test_every_place_says_what_it_is_to_those_who_do_not_see_it(pdf: pikepdf.Pdf) -> None:
    labels = [str(annotation.TU) for page in pdf.pages for annotation in page.get("/Annots", ()) if "/TU" in annotation]
    widgets = [one for page in pdf.pages for one in page.get("/Annots", ()) if one.Subtype == "/Widget"]
    assert len(labels) == len(widgets) == len(set(labels))
    assert "KM13540. Hva gjør kandidaten hos dere?: Gjør det selvstendig" in labels
    assert "KM13569. Når var det? (dd.mm.åååå)" in labels
    groups = [field for name, field in terminal_fields(pdf.Root.AcroForm) if name.endswith("/rating")]
    assert {str(field.TU).partition(". ")[2] for field in groups} == {"Hva gjør kandidaten hos dere?"}


def test_the_tab_key_goes_through_the_fields_as_they_are_read(pdf: pikepdf.Pdf) -> None:
    order = {one.Obj.objgen: number for number, one in enumerate(references(pdf.Root.StructTreeRoot.K))}
    for page in pdf.pages:
        assert page.Tabs == "/S"
        numbers = [order[one.objgen] for one in page.get("/Annots", ()) if one.Subtype == "/Widget"]
        assert numbers == sorted(numbers)


def references(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/OBJR" and kid.Obj.Subtype == "/Widget":
                yield kid
            yield from references(kid)


def test_only_what_must_be_filled_in_is_marked_so(pdf: pikepdf.Pdf) -> None:
    required = [name for name, field in terminal_fields(pdf.Root.AcroForm) if int(field.get("/Ff", 0)) & 2]
    assert required == ["rkv_name"]


@pytest.mark.parametrize("name", ["fillable", "paper-form"])
def test_it_says_once_which_questions_are_only_for_some_answers(name: str) -> None:
    said = " ".join(text_of(samples.rendered(name, Language.ENGLISH)).split())
    rule = (
        "Must be answered when «What does the candidate do at your workplace?» is something else than «Not tried here»."
    )
    assert said.count(rule) == 3


def test_what_is_typed_in_one_field_is_seen_there_and_in_no_other(fillable: bytes) -> None:
    with pymupdf.open(stream=form_filling.mupdf(fillable, {"rkv_position": "Fagleder"})) as filled:
        assert "".join(page.get_text() for page in filled).count("Fagleder") == 1


def test_long_answers_have_lines_and_a_length(pdf: pikepdf.Pdf) -> None:
    example = dict(terminal_fields(pdf.Root.AcroForm))["aims/KM13540/example"]
    assert (int(example.Ff) & (1 << 12), int(example.MaxLen)) == (1 << 12, 1000)


def test_the_font_of_the_fields_is_embedded_and_has_the_letters_of_norway(pdf: pikepdf.Pdf) -> None:
    font = pdf.Root.AcroForm.DR.Font.FieldFont
    assert len(font.FontDescriptor.FontFile2.read_bytes()) > 10_000
    said = font.ToUnicode.read_bytes().decode()
    assert all(f"<{ord(letter):04X}>" in said for letter in "æøåÆØÅáčđŋšŧžÁČĐŊŠŦŽ")
    assert len(font.Widths) == 224
    assert min(int(width) for width in font.Widths) > 0


def test_the_font_is_the_same_in_every_file() -> None:
    with pikepdf.new() as first, pikepdf.new() as second:
        assert embedded_font(first).Widths == embedded_font(second).Widths


def test_the_file_carries_what_it_was_made_from_and_nothing_of_the_candidate(pdf: pikepdf.Pdf) -> None:
    data = pdf.attachments[REQUEST_FILE].get_file().read_bytes().decode()
    assert fillable_samples.BOUND.request_id in data
    for person in ("Sárá", "Đorđević", "Čiekčamánnu", "41029012345"):
        assert person not in data


def test_a_changed_page_or_label_changes_the_digests(pdf: pikepdf.Pdf) -> None:
    pages, fields = pages_digest(pages_of(pdf)), fields_digest(fields_of(pdf))
    field = dict(terminal_fields(pdf.Root.AcroForm))["aims/KM13540/example"]
    field.TU = pikepdf.String("Noe annet")
    assert (pages_digest(pages_of(pdf)), fields_digest(fields_of(pdf)) == fields) == (pages, False)
    pdf.pages[0].contents_add(b"q Q")
    assert pages_digest(pages_of(pdf)) != pages


@pytest.mark.parametrize("aims", range(1, 30, 4))
def test_what_is_confirmed_stands_on_the_page_where_it_is_confirmed(aims: int) -> None:
    request = replace(fillable_samples.asked_on_form(), aims=samples.aims()[:aims])
    file = render_fillable(
        request,
        fillable_samples.form(),
        samples.adviser(),
        fillable_samples.BOUND,
        words=Words(Language.BOKMAL),
        at=samples.AT,
    )
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    (confirmed,) = (text for page in pages if "Jeg bekrefter dette" in (text := page.extract_text()))
    assert "Jeg har svart etter det jeg selv har sett" in confirmed


def test_a_workplace_too_is_told_of_words_that_a_machine_translated() -> None:
    form = fillable_samples.form().model_copy(update={"machine_translated": ("nn",)})

    def says_so(language: Language) -> bool:
        words = Words(language)
        bound, asked = fillable_samples.BOUND, fillable_samples.asked_on_form()
        file = render_fillable(asked, form, samples.adviser(), bound, words=words, at=samples.AT)
        said = words("The words of this form were translated by a machine and read by nobody.")
        return said in " ".join(text_of(file).split())

    assert (says_so(Language.NYNORSK), says_so(Language.BOKMAL)) == (True, False)


@given(st.lists(st.sampled_from(["q", "(a b)", " ", "\n", "\r\n", "\t", "\f", "\v", "\0"]), max_size=12))
def test_blanks_and_line_ends_make_no_difference_to_the_digest_of_pages(parts: list[str]) -> None:
    content = "".join(parts).encode()
    assert pages_digest([content]) == hashlib.sha256(b" ".join(content.split()) + b"\n").hexdigest()


def test_who_writes_from_the_right_finds_places_and_boxes_at_the_right() -> None:
    form = fillable_samples.forms().newest("self-assessment")
    file = render_blank(
        form,
        fillable_samples.forms().pin_of(form),
        samples.aims()[:1],
        language="ar",
        fillable=True,
        words=Words(Language.ENGLISH),
        at=samples.AT,
    )
    with pikepdf.open(io.BytesIO(file)) as pdf:
        fields = dict(terminal_fields(pdf.Root.AcroForm))
        steps = [[float(side) for side in one.Rect] for one in fields["aims/KM13540/own"].Kids]
        assert steps == sorted(steps, reverse=True)
        edge = max(float(one.Rect[2]) for one in fields["aims/KM13540/own"].Kids)
        assert abs(edge - float(fields["aims/KM13540/example"].Rect[2])) < 2
        name, day = (fields[one].Rect for one in ("rkv_name", "rkv_date"))
        assert float(name[0]) > float(day[2])
