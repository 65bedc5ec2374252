# SPDX-License-Identifier: MIT
"""A document of narrow columns with words that do not fit in them, and what programs read out of a PDF."""

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples

TEXTS = (
    "planlegge arbeid med helsefagarbeiderkompetansebevisføringsordninger i samsvar med regelverk",
    "(barne- og ungdomsarbeiderfagopplæringskontoransvarlig)",
    "Rettleiing om fylkesutdanningsadministrasjonsoppgåver, og spesialpedagogikkutviklingsarbeid.",
    "Kjøretøyvedlikeholdskompetanse/samferdselsteknikkutdanning",
    "pleie- og omsorgsfag, helse- og oppvekstfag, pleie- og omsorgsfag, helse- og oppvekstfag",
)


def document(texts: Sequence[str] = TEXTS, *, share: float = 0.22, language: str = "") -> bytes:
    """A PDF with each text in a cell of its own, in a column of a share of the page."""
    made = DocumentBuilder("Lange ord", "Sak 1", Words(Language.BOKMAL), samples.AT)
    rows = [([Said(text, language=language)], [Said("nabo")]) for text in texts]
    made.table(("Mål", "Nabo"), rows, (share, 1 - share))
    return made.pdf()


def spoken(pdf: bytes, folder: Path) -> str:
    """What a screen reader gets, through poppler."""
    return _poppler("pdfinfo", "-struct-text", pdf, folder)


def copied(pdf: bytes, folder: Path) -> str:
    """What `pdftotext` takes out, in the order that it finds."""
    return _poppler("pdftotext", "-nopgbrk", pdf, folder, "-")


def in_browser(pdf: bytes) -> str:
    """What PDFium takes out; it writes U+FFFE where a word goes on in the next line."""
    opened = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [page.get_textpage().get_text_range() for page in opened]
    opened.close()
    return "\n".join(pages)


def _poppler(program: str, option: str, pdf: bytes, folder: Path, *last: str) -> str:
    file = folder / "long.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([program, option, str(file), *last], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()
