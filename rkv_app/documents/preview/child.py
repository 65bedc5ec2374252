# SPDX-License-Identifier: MIT
"""The child: takes one PDF from a pipe and draws the pages it is asked for, until the pipe ends.

PDFium runs no scripts as it is built here, and follows no links. What goes wrong ends this process and nothing else.
"""

import codecs
import ctypes
import os
import sys
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from rkv_app.documents.preview import wire
from rkv_app.documents.preview.finding import places, shown
from rkv_app.documents.preview.limits import give_up_rights
from rkv_app.documents.preview.wire import Status, Wanted

# A picture this large is asked where a point of the page lies in it, to know that to a millionth.
_FINE = 1_000_000
_SEEN = 1e-6


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
        wanted, number, scale, length = wire.REQUEST.unpack(question)
        words = questions.read(length).decode("utf-8", "replace")
        _say(answers, *_answered(document, Wanted(wanted), number, scale, words))
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


def _answered(
    document: pypdfium2.PdfDocument, wanted: Wanted, number: int, scale: float, words: str
) -> tuple[bytes, ...]:
    try:
        page = document[number]
        if wanted is Wanted.TEXT:
            written = _written(page)
            return wire.TOLD.pack(Status.GOOD, len(written)), written
        if wanted is Wanted.PLACES:
            return _found(page, words)
        return _drawn(page, scale, b"" if wanted is Wanted.PICTURE else _written(page))
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        if wanted is Wanted.TEXT:
            return (wire.TOLD.pack(Status.UNREADABLE, 0),)
        if wanted is Wanted.PLACES:
            return (wire.FOUND.pack(Status.UNREADABLE, 0),)
        return (wire.DRAWN.pack(Status.UNREADABLE, 0, 0, 0, 0, 0, 0),)


def _drawn(page: pypdfium2.PdfPage, scale: float, written: bytes) -> tuple[bytes, ...]:
    width, height = page.get_size()
    if not 0 < max(width, height) * scale < float("inf"):
        raise ValueError
    fitting = min(scale, (wire.LONGEST_SIDE - 1) / max(width, height))
    bitmap = page.render(scale=fitting, force_bitmap_format=raw.FPDFBitmap_BGRx)
    head = wire.DRAWN.pack(Status.GOOD, bitmap.width, bitmap.height, bitmap.stride, width, height, len(written))
    return head, bytes(bitmap.buffer), written


def _written(page: pypdfium2.PdfPage) -> bytes:
    text, _ = shown(_signs(page, page.get_textpage()))
    return text.encode("utf-8", "replace")[: wire.MOST_TEXT]


def _signs(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> list[str]:
    """The signs of a page as PDFium counts them; an unseen one in place of those that lie outside the page."""
    left, bottom, right, top = page.get_bbox()
    box = [ctypes.c_double() for _ in range(4)]
    signs = []
    for at in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, at))
        # Those that PDFium puts between lines and words have no place of their own.
        if not sign.isspace() and raw.FPDFText_GetCharBox(text, at, *box):
            from_left, to_right, from_bottom, to_top = (side.value for side in box)
            if from_left > right or to_right < left or from_bottom > top or to_top < bottom:
                sign = "\0"
        signs.append(sign)
    return signs


def _found(page: pypdfium2.PdfPage, words: str) -> tuple[bytes, ...]:
    text = page.get_textpage()
    written, at = shown(_signs(page, text))
    rectangles: list[bytes] = []
    for hit, (start, end) in enumerate(places(written, words)):
        for number in range(text.count_rects(at[start], at[end - 1] - at[start] + 1)):
            left, bottom, right, top = text.get_rect(number)
            corners = (_in_picture(page, left, bottom), _in_picture(page, right, top))
            (x0, x1), (y0, y1) = (sorted(along) for along in zip(*corners, strict=True))
            if x1 - x0 > _SEEN and y1 - y0 > _SEEN:
                rectangles.append(wire.RECTANGLE.pack(hit, x0, y0, x1, y1))
    del rectangles[wire.MOST_RECTANGLES :]
    return wire.FOUND.pack(Status.GOOD, len(rectangles)), *rectangles


def _in_picture(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Where a point of a page lies in its picture, which may be turned: parts of its width and height."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE
