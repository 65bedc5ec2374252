# SPDX-License-Identifier: MIT
"""Reads a picture that came back, JPEG or PNG, in bounded memory; and makes a PDF of it, to be shown page by page."""

import io
from typing import Final

from PIL import Image, ImageOps

from rkv_app.documents.returned.refusals import damaged, too_much

_MOST_DOTS: Final = 60_000_000
_LONGEST_SIDE: Final = 4_000
_LONG_SIDE_OF_PAPER: Final = 842
_QUALITY: Final = 85


def read_picture(data: bytes, mode: str) -> Image.Image:
    """A picture, upright and no larger than can be looked at, in one of Pillow's modes (`L`, `RGB`).

    Raises:
        UserError: RKV-DOC-020 it is neither JPEG nor PNG, or damaged; -022 it is far too large.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > _MOST_DOTS:
                raise too_much()
            picture.draft(mode, (_LONGEST_SIDE, _LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert(mode)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise damaged() from problem
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return upright


def picture_as_pdf(data: bytes) -> bytes:
    """A PDF of one page, as long as a sheet of A4, with the picture on it. Raises as `read_picture`."""
    picture, out = read_picture(data, "RGB"), io.BytesIO()
    dots_per_inch = max(picture.size) * 72 / _LONG_SIDE_OF_PAPER
    picture.save(out, "PDF", resolution=dots_per_inch, quality=_QUALITY)
    return out.getvalue()
