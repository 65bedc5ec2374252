# SPDX-License-Identifier: MIT
"""Fills in forms with other people's programs: the engines of the PDF readers that supervisors have.

Values are by field name; a radio group's is the state of the button, a check box's is True.
"""

import ctypes
import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pymupdf
import pypdf
import pypdfium2
from pypdf.generic import NameObject
from pypdfium2 import raw

from support import fetch_pdfjs

Values = Mapping[str, str | bool]

_SCRIPT = Path(__file__).with_name("pdfjs") / "fill.mjs"


def pdfjs(pdf: bytes, values: Values) -> bytes:
    """As Firefox does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.pdf").write_bytes(pdf)
        (folder / "values.json").write_text(json.dumps(values))
        paths = [fetch_pdfjs.LIBRARY, folder / "in.pdf", folder / "values.json", folder / "out.pdf"]
        subprocess.run(["node", str(_SCRIPT), *map(str, paths)], check=True, timeout=60, capture_output=True)
        return (folder / "out.pdf").read_bytes()


def pdftk(pdf: bytes, values: Values) -> bytes:
    """As programs that fill in forms for others do."""
    fields = "".join(f"<</T{_hex(name)}/V{_fdf(name, value)}>>" for name, value in values.items())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.pdf").write_bytes(pdf)
        (folder / "values.fdf").write_text(
            f"%FDF-1.2\n1 0 obj<</FDF<</Fields[{fields}]>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        )
        command = ["pdftk", "in.pdf", "fill_form", "values.fdf", "output", "out.pdf"]
        subprocess.run(command, check=True, timeout=60, cwd=folder, capture_output=True)
        return (folder / "out.pdf").read_bytes()


def mupdf(pdf: bytes, values: Values) -> bytes:
    """As MuPDF and SumatraPDF do."""
    with pymupdf.open(stream=pdf) as document:
        for page in document:
            for widget in page.widgets():
                value = values.get(widget.field_name)
                if value is None:
                    continue
                if widget.field_type == pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON:
                    if widget.on_state() != value:
                        continue
                    widget.field_value = value
                else:
                    widget.field_value = value
                widget.update()
        return document.tobytes()


def reader_of_chrome(pdf: bytes, values: Values) -> bytes:
    """As Chrome and Edge do: PDFium, by clicks and keys on the page."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    form = document.formenv.raw
    for number in range(len(document)):
        page = document[number]
        for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            _fill_annotation(form, page, index, values)
        raw.FORM_ForceToKillFocus(form)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _fill_annotation(form: object, page: pypdfium2.PdfPage, index: int, values: Values) -> None:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    try:
        kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
        value = values.get(_wide(raw.FPDFAnnot_GetFormFieldName, form, annotation))
        if kind < 0 or value is None:
            return
        if (
            kind == raw.FPDF_FORMFIELD_RADIOBUTTON
            and _wide(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation) != value
        ):
            return
        if kind in (raw.FPDF_FORMFIELD_RADIOBUTTON, raw.FPDF_FORMFIELD_CHECKBOX):
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, box)
            x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
            raw.FORM_OnMouseMove(form, page.raw, 0, x, y)
            raw.FORM_OnLButtonDown(form, page.raw, 0, x, y)
            raw.FORM_OnLButtonUp(form, page.raw, 0, x, y)
            return
        raw.FORM_SetFocusedAnnot(form, annotation)
        raw.FORM_SelectAllText(form, page.raw)
        encoded = (str(value) + "\0").encode("utf-16-le")
        raw.FORM_ReplaceSelection(form, page.raw, ctypes.cast(encoded, raw.FPDF_WIDESTRING))
        raw.FORM_ForceToKillFocus(form)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _wide(ask: Callable[..., int], form: object, annotation: object) -> str:
    size = ask(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(form, annotation, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def pypdf_writer(pdf: bytes, values: Values) -> bytes:
    """As scripts do."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    states = {name: "/Yes" if value is True else value for name, value in values.items()}
    fields = writer.get_fields() or {}
    for name, field in fields.items():
        if name in states and field.get("/FT") == "/Btn":
            states[name] = NameObject(f"/{str(states[name]).removeprefix('/')}")
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, states, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


ENGINES: Mapping[str, Callable[[bytes, Values], bytes]] = {
    "pdf.js": pdfjs,
    "PDFium": reader_of_chrome,
    "MuPDF": mupdf,
    "pdftk": pdftk,
    "pypdf": pypdf_writer,
}


def why_not(engine: str) -> str:
    """Why an engine cannot be used here, or an empty text."""
    if engine == "pdf.js" and (shutil.which("node") is None or not fetch_pdfjs.LIBRARY.is_file()):
        return "needs Node, and pdf.js; `python tests/support/fetch_pdfjs.py` fetches it"
    if engine == "pdftk" and shutil.which("pdftk") is None:
        return "needs the Debian package pdftk-java"
    return ""


def _fdf(name: str, value: str | bool) -> str:
    if value is True:
        return "/Yes"
    return f"/{value}" if name.endswith("rating") or name == "conduct_safety" else _hex(str(value))


def _hex(text: str) -> str:
    return "<" + ("\ufeff" + text).encode("utf-16-be").hex() + ">"
