# SPDX-License-Identifier: MIT
"""A form goes to a supervisor without the app and comes back: from five programs, and in every way it can fail."""

import contextlib
import io
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from rkv_app.documents.fillable_binding import Asked, qr_text, terminal_fields
from rkv_app.documents.returned.answers import read_day
from rkv_app.documents.returned.verdicts import NEXT_STEP, SAID, Verdict
from rkv_app.domain.evaluations import FormPin
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language
from rkv_app.usecases.read_returned_form import ReturnedForm, read_returned
from support import document_samples as samples
from support import fillable_samples, form_filling, hostile_pdfs
from support.commands import Command
from support.memory import memory_for

TODAY = date(2026, 11, 23)
EXAMPLE = "Blåbær på Ærøy: áčđŋšŧž ČĐŊŠŦŽ\nЮлія\nog en linje til"
STRENGTHS = "Rolig & «grundig» (alltid) \\ 100 %"
FILLED: form_filling.Values = {
    "aims/KM13540/rating": "independent",
    "aims/KM13540/known_by/observed": True,
    "aims/KM13540/known_by/product": True,
    "aims/KM13540/example": EXAMPLE,
    "aims/KM13540/observed_on": "3.6.2026",
    "aims/KM13541/rating": "not_tried",
    "conduct_safety": "mostly",
    "conduct_strengths": STRENGTHS,
    "rkv_confirmed": True,
    "rkv_name": "Áŋŋá Čiekčamánnu",
    "rkv_position": "fagleder",
    "rkv_date": "23.11.2026",
}
ANSWERS: Mapping[str, object] = {
    "aims/KM13540/rating": "independent",
    "aims/KM13540/known_by": ["observed", "product"],
    "aims/KM13540/example": EXAMPLE,
    "aims/KM13540/observed_on": "2026-06-03",
    "aims/KM13541/rating": "not_tried",
    "conduct_safety": "mostly",
    "conduct_strengths": STRENGTHS,
}


def read(pdf: bytes) -> ReturnedForm:
    return read_returned(fillable_samples.forms(), pdf, today=TODAY, key=fillable_samples.BOUND.key)


@pytest.fixture(scope="module")
def blank() -> bytes:
    return samples.rendered("fillable", Language.BOKMAL)


@pytest.fixture(scope="module")
def filled(blank: bytes) -> bytes:
    return form_filling.mupdf(blank, FILLED)


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def drawn(pdf: bytes, dots_per_inch: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=dots_per_inch / 72).to_pil().convert("RGB")
    document.close()
    return picture


def encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("engine", form_filling.ENGINES)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_is_filled_in_is_read_back_to_the_letter(engine: str, blank: bytes, caplog: object) -> None:
    if reason := form_filling.why_not(engine):
        pytest.skip(reason)
    found = read(form_filling.ENGINES[engine](blank, FILLED))
    assert (found.verdict, dict(found.answers), dict(found.unclear)) == (Verdict.COMPLETE, ANSWERS, {})
    assert found.request_id == fillable_samples.BOUND.request_id
    assert found.confirmed is not None
    assert (found.confirmed.name, found.confirmed.position, found.confirmed.day) == (
        "Áŋŋá Čiekčamánnu",
        "fagleder",
        TODAY,
    )


def test_an_untouched_form_is_empty(blank: bytes) -> None:
    assert read(blank).verdict is Verdict.EMPTY


@pytest.mark.parametrize("left", ["rkv_confirmed", "rkv_name", "aims/KM13540/example", "aims/KM13540/observed_on"])
def test_half_a_form_is_told_from_a_whole_one(left: str, blank: bytes) -> None:
    values = {name: value for name, value in FILLED.items() if name != left}
    assert read(form_filling.mupdf(blank, values)).verdict is Verdict.HALF_FILLED


def test_what_cannot_be_understood_is_shown_and_never_guessed(blank: bytes) -> None:
    found = read(form_filling.mupdf(blank, {**FILLED, "aims/KM13540/observed_on": "i vår"}))
    assert found.verdict is Verdict.HALF_FILLED
    assert dict(found.unclear) == {"aims/KM13540/observed_on": "i vår"}
    assert "aims/KM13540/observed_on" not in found.answers


def alter_label(pdf: pikepdf.Pdf) -> None:
    field = next(one for name, one in terminal_fields(pdf.Root.AcroForm) if name == "aims/KM13540/rating")
    field.Kids[0].TU = pikepdf.String("Kan alt")


def alter_option(pdf: pikepdf.Pdf) -> None:
    field = next(one for name, one in terminal_fields(pdf.Root.AcroForm) if name == "aims/KM13540/rating")
    normal = field.Kids[0].AP.N
    field.Kids[0].AP = pikepdf.Dictionary(N=pikepdf.Dictionary({"/Off": normal["/Off"], "/expert": normal["/Off"]}))


def alter_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"BT ET")


def alter_request(pdf: pikepdf.Pdf) -> None:
    data = pdf.attachments["request.json"].get_file().read_bytes()
    pdf.attachments["request.json"].obj.EF.F.write(data.replace(b"KM13540", b"KM99999"))


def alter_id(pdf: pikepdf.Pdf) -> None:
    field = next(one for name, one in terminal_fields(pdf.Root.AcroForm) if name == "rkv_request")
    field.V = pikepdf.String("0190f6c2-7d3a-7c11-9a5e-ffffffffffff")


@pytest.mark.parametrize("change", [alter_label, alter_option, alter_page, alter_request, alter_id])
def test_a_form_that_was_changed_gives_no_answers(change: Callable[[pikepdf.Pdf], None], filled: bytes) -> None:
    found = read(changed(filled, change))
    assert found.verdict is Verdict.ALTERED
    assert found.changes
    assert not found.answers


def test_digests_that_were_made_anew_by_somebody_else_are_not_believed(filled: bytes) -> None:
    forged = read_returned(fillable_samples.forms(), filled, today=TODAY, key=b"the key of another request")
    assert forged.verdict is Verdict.ALTERED


def test_a_form_of_a_version_that_is_not_here_says_so(blank: bytes) -> None:
    from dataclasses import replace

    from rkv_app.documents.fillable import render_fillable
    from rkv_app.foundation.i18n import Words

    pin = replace(fillable_samples.asked_on_form().form, version="2031.1")
    request = replace(fillable_samples.asked_on_form(), form=pin)
    words = Words(Language.BOKMAL)
    newer = render_fillable(
        request, fillable_samples.form(), samples.adviser(), fillable_samples.BOUND, words=words, at=samples.AT
    )
    assert read(newer).verdict is Verdict.NEWER_FORM


def without_widgets(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots


def flattened(pdf: bytes) -> bytes:
    def flatten(opened: pikepdf.Pdf) -> None:
        opened.flatten_annotations("all")
        without_widgets(opened)

    return changed(pdf, flatten)


def printed(pdf: bytes) -> bytes:
    def print_it(opened: pikepdf.Pdf) -> None:
        opened.flatten_annotations("all")
        without_widgets(opened)
        for key in {"/AcroForm", "/StructTreeRoot", "/Names", "/AF", "/MarkInfo"} & set(opened.Root.keys()):
            del opened.Root[key]

    return changed(pdf, print_it)


def test_a_form_whose_fields_are_gone_is_still_known_and_says_how_it_was_lost(filled: bytes) -> None:
    found = read(flattened(filled))
    assert (found.verdict, found.request_id) == (Verdict.FLATTENED, fillable_samples.BOUND.request_id)


@pytest.mark.parametrize("name", ["fillable", "paper-form"])
def test_a_printed_form_is_known_by_its_square_code(name: str) -> None:
    pdf = samples.rendered(name, Language.NYNORSK)
    found = read(
        printed(pdf) if name == "fillable" else changed(pdf, lambda one: one.Root.__delitem__("/StructTreeRoot"))
    )
    assert (found.verdict, found.request_id) == (Verdict.PRINTED, fillable_samples.BOUND.request_id)


def test_a_scan_of_100_dots_per_inch_is_known() -> None:
    page = drawn(samples.rendered("paper-form", Language.BOKMAL), 100)
    found = read(encoded(page.convert("L"), "PDF"))
    assert (found.verdict, found.request_id) == (Verdict.SCANNED, fillable_samples.BOUND.request_id)


@pytest.mark.parametrize("angle", [0, 7, 90, 173])
def test_a_photo_that_was_not_held_straight_is_known(angle: int) -> None:
    page = drawn(samples.rendered("paper-form", Language.BOKMAL), 130)
    table = Image.new("RGB", (page.width * 2, page.height * 2), (110, 95, 80))
    table.paste(page, (page.width // 2, page.height // 2))
    photo = table.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=(110, 95, 80))
    dim = photo.filter(ImageFilter.GaussianBlur(0.8)).point(lambda value: int(value * 0.7 + 20))
    found = read(encoded(dim, "JPEG"))
    assert (found.verdict, found.request_id) == (Verdict.SCANNED, fillable_samples.BOUND.request_id)


def test_every_verdict_has_words_and_a_next_step() -> None:
    assert set(SAID) == set(NEXT_STEP) == set(Verdict)


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def with_script_in_a_field(pdf: pikepdf.Pdf) -> None:
    _, field = next(terminal_fields(pdf.Root.AcroForm))
    field.AA = pikepdf.Dictionary(K=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1")))


def with_launch(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/sh"))


def with_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["faktura.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ")


@pytest.mark.parametrize("change", [with_script, with_script_in_a_field, with_launch, with_a_file])
def test_a_form_that_would_do_something_is_refused(change: Callable[[pikepdf.Pdf], None], filled: bytes) -> None:
    with pytest.raises(UserError) as refused:
        read(changed(filled, change))
    assert refused.value.code == "RKV-DOC-023"


def swelling_form(pdf: bytes) -> bytes:
    def swell(opened: pikepdf.Pdf) -> None:
        opened.pages[0].Contents.write(b" " * (64 * 2**20))

    return changed(pdf, swell)


def overpainted_form(pdf: bytes) -> bytes:
    """Small as a file; every sign of every page would become a value in memory."""

    def paint(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.Contents = pikepdf.Stream(opened, b"q " * (4 * 2**20))
        for page in opened.pages:
            page.obj.Contents = opened.pages[0].obj.Contents

    return changed(pdf, paint)


def shredded_form(pdf: bytes) -> bytes:
    def shred(opened: pikepdf.Pdf) -> None:
        part = opened.make_stream(b"q Q ")
        for page in opened.pages:
            page.obj.Contents = pikepdf.Array([part] * 5_000)

    return changed(pdf, shred)


def circular_fields(pdf: bytes) -> bytes:
    def turn(opened: pikepdf.Pdf) -> None:
        circle = opened.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a"), Kids=pikepdf.Array()))
        circle.Kids.append(circle)
        without_widgets(opened)
        opened.Root.AcroForm.Fields = pikepdf.Array([circle, circle])

    return changed(pdf, turn)


def locked_form(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    return out.getvalue()


BAD: Mapping[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "swelling": (swelling_form, {"RKV-DOC-020", "RKV-DOC-022"}),
    "overpainted": (overpainted_form, {"RKV-DOC-022"}),
    "shredded": (shredded_form, {"RKV-DOC-022"}),
    "no password needed, but encrypted": (locked_form, {"RKV-DOC-021"}),
    "password": (lambda _: hostile_pdfs.locked_pdf(), {"RKV-DOC-021"}),
    "script in a stranger's": (lambda _: hostile_pdfs.acting_pdf(), {"RKV-DOC-023"}),
    "a stranger's": (lambda _: hostile_pdfs.plain_pdf("Hei"), {"RKV-DOC-024"}),
    "text": (lambda _: b"Hei", {"RKV-DOC-020"}),
    "nothing": (lambda _: b"", {"RKV-DOC-020"}),
    "half a picture": (lambda _: encoded(Image.new("L", (400, 400)), "PNG")[:60], {"RKV-DOC-020"}),
    "huge": (lambda pdf: pdf + bytes(41 * 2**20), {"RKV-DOC-022"}),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_a_form_is_refused_with_a_reason(kind: str, filled: bytes) -> None:
    made, codes = BAD[kind]
    data = made(filled)
    said, begun = "", time.process_time()

    def refuse() -> None:
        nonlocal said
        with pytest.raises(UserError) as refused:
            read(data)
        said = refused.value.code

    assert memory_for(refuse) < 256
    assert time.process_time() - begun < 5
    assert said in codes


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_form_that_is_cut_short_is_never_read_as_the_empty_one(share: float, blank: bytes) -> None:
    if reason := form_filling.why_not("pdf.js"):
        pytest.skip(reason)
    saved = form_filling.pdfjs(blank, FILLED)
    with pytest.raises(UserError) as refused:
        read(saved[: int(len(saved) * share)])
    assert refused.value.code == "RKV-DOC-020"


def test_fields_in_a_circle_end(filled: bytes) -> None:
    assert read(circular_fields(filled)).verdict is Verdict.FLATTENED


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=40))
def test_whatever_is_damaged_in_it_ends_in_a_verdict_or_a_reason(
    places: list[tuple[float, int]], filled: bytes
) -> None:
    damaged = bytearray(filled)
    for place, value in places:
        damaged[int(place * len(damaged))] = value
    # Anything but a refusal that says why would go through here.
    with contextlib.suppress(UserError):
        found = read(bytes(damaged))
        assert found.verdict is not Verdict.COMPLETE or set(found.answers) <= set(ANSWERS)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)), between=st.sampled_from([".", "/", "-", " . ", ". "]))
def test_a_date_is_read_as_people_in_norway_write_it(day: date, between: str) -> None:
    assert read_day(f"{day.day}{between}{day.month}{between}{day.year}") == day
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day:%d%m%Y}") == day


@given(st.text(max_size=12))
def test_what_is_no_date_is_none(written: str) -> None:
    found = read_day(written)
    assert found is None or str(found.year) in written


def test_the_command_line_tells_answers_verdict_and_next_step(
    filled: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tilbake.pdf"
    file.write_bytes(filled)
    told = Command(capsys)("forms", "read-pdf", file, "--json")
    assert told.status == 0
    assert told.document["verdict"] == "complete"
    assert told.document["answers"] == ANSWERS
    assert told.document["request"] == fillable_samples.BOUND.request_id
    assert told.document["confirmed"]["name"] == "Áŋŋá Čiekčamánnu"
    file.write_bytes(flattened(filled))
    told = Command(capsys)("forms", "read-pdf", file)
    assert told.status == 1
    assert "type in" in told.out


def test_the_square_code_says_the_request_and_nothing_of_the_person() -> None:
    asked = Asked(request_id="r-1", language="nb", form=FormPin("f", "2026.1", ""), aims=())
    assert qr_text(asked, b"{}") == "RKV1/r-1/44136fa355b3678a"
