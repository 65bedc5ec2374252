# SPDX-License-Identifier: MIT
"""Finds the square code of a form in a picture: a scanned page, a printed one, or a photo from a telephone."""

from typing import Final

import zxingcpp
from PIL import Image

from rkv_app.documents.fillable_binding import read_qr_text
from rkv_app.documents.preview.pages import PdfPages
from rkv_app.documents.returned.pictures import read_picture

_DOTS_PER_INCH: Final = 150
# A form has its code on the first page; a scanner may have put the pages in another order.
_MOST_PAGES: Final = 12


def code_in_pdf(data: bytes) -> tuple[str, str] | None:
    """The request id and the beginning of its digest, from the first page of a PDF that shows such a code.

    A child process draws the pages.

    Raises:
        UserError: RKV-DOC-001 to -003.
    """
    with PdfPages(data) as pages:
        for number in range(min(pages.count, _MOST_PAGES)):
            drawn = pages.page(number, _DOTS_PER_INCH / 72, text=False)
            size = (drawn.width, drawn.height)
            found = _code(Image.frombytes("RGB", size, drawn.picture, "raw", "BGRX", drawn.stride))
            if found is not None:
                return found
    return None


def code_in_picture(data: bytes) -> tuple[str, str] | None:
    """The same from a JPEG or PNG file, however the telephone was held.

    Raises:
        UserError: RKV-DOC-020 it is neither, or damaged; -022 it is far too large.
    """
    return _code(read_picture(data, "L"))


def _code(picture: Image.Image) -> tuple[str, str] | None:
    for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        said = read_qr_text(found.text)
        if said is not None:
            return said
    return None
