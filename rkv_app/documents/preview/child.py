# SPDX-License-Identifier: MIT
"""The child: takes one PDF from a pipe and draws the pages it is asked for, until the pipe ends.

PDFium runs no scripts as it is built here, and follows no links. What goes wrong ends this process and nothing else.
"""

import codecs
import os
import sys
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from rkv_app.documents.preview import wire
from rkv_app.documents.preview.limits import give_up_rights
from rkv_app.documents.preview.wire import Status


def main() -> int:
    """Serves the pipes of this process; returns the exit status."""
    # A library that prints must not be able to speak to the program.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    # The text of a page is told in this, and nothing can be imported any more when it is.
    codecs.lookup("utf-16-le")
    give_up_rights()
    (length,) = wire.LENGTH.unpack(questions.read(wire.LENGTH.size))
    document, status = _opened(questions.read(length))
    _say(answers, wire.OPENED.pack(status, len(document) if document else 0))
    while document is not None and len(question := questions.read(wire.REQUEST.size)) == wire.REQUEST.size:
        number, scale = wire.REQUEST.unpack(question)
        _say(answers, *_drawn(document, number, scale))
    return 0


def _say(answers: BinaryIO, *parts: bytes) -> None:
    for part in parts:
        answers.write(part)
    answers.flush()


def _opened(content: bytes) -> tuple[pypdfium2.PdfDocument | None, Status]:
    try:
        document = pypdfium2.PdfDocument(content)
        if document.get_formtype() != raw.FORMTYPE_NONE:
            # What is filled in would not be drawn otherwise, and other programs show it.
            document.init_forms()
    except pypdfium2.PdfiumError as problem:
        return None, Status.LOCKED if problem.err_code == raw.FPDF_ERR_PASSWORD else Status.UNREADABLE
    return document, Status.GOOD


def _drawn(document: pypdfium2.PdfDocument, number: int, scale: float) -> tuple[bytes, ...]:
    try:
        page = document[number]
        longest = max(page.get_size())
        if not 0 < longest * scale < float("inf"):
            return (wire.DRAWN.pack(Status.UNREADABLE, 0, 0, 0, 0),)
        fitting = min(scale, (wire.LONGEST_SIDE - 1) / longest)
        bitmap = page.render(scale=fitting, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGR)
        written = page.get_textpage().get_text_bounded().encode("utf-8", "replace")[: wire.MOST_TEXT]
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return (wire.DRAWN.pack(Status.UNREADABLE, 0, 0, 0, 0),)
    head = wire.DRAWN.pack(Status.GOOD, bitmap.width, bitmap.height, bitmap.stride, len(written))
    return head, bytes(bitmap.buffer), written
