# SPDX-License-Identifier: MIT
"""Reads a picture that came back, JPEG or PNG, in bounded memory; and makes a PDF of it, to be shown page by page."""

import io
from typing import Final

from PIL import Image, ImageOps

from rkv_app.documents.returned.refusals import damaged, too_much

# A telephone's largest picture, or A4 at 600 dots per inch. A JPEG is made smaller while it is read; a PNG never is.
_MOST_DOTS: Final = {"JPEG": 60_000_000, "PNG": 40_000_000}
# A progressive JPEG is read once from end to end for each of its scans, and a camera's has about ten.
_START_OF_SCAN: Final = b"\xff\xda"
_MOST_SCANS: Final = 100
_LONGEST_SIDE: Final = 4_000
_LONG_SIDE_OF_PAPER: Final = 842
_QUALITY: Final = 85


def read_picture(data: bytes, mode: str) -> Image.Image:
    """A picture, upright and no larger than can be looked at, in one of Pillow's modes (`L`, `RGB`).

    Raises:
        UserError: RKV-DOC-020 it is neither JPEG nor PNG, or damaged; -022 it is far too large.
    """
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_MOST_DOTS)) as picture:
            most = _MOST_DOTS.get(picture.format or "", min(_MOST_DOTS.values()))
            if picture.width * picture.height > most or data.count(_START_OF_SCAN) > _MOST_SCANS:
                raise too_much()
            picture.draft(mode, (_LONGEST_SIDE, _LONGEST_SIDE))
            small = picture.convert(mode)
            small.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            return ImageOps.exif_transpose(small)
    except Image.DecompressionBombError as problem:
        raise too_much() from problem
    except (OSError, ValueError, SyntaxError) as problem:
        raise damaged() from problem


def picture_as_pdf(data: bytes) -> bytes:
    """A PDF of one page, as long as a sheet of A4, with the picture on it. Raises as `read_picture`."""
    picture, out = read_picture(data, "RGB"), io.BytesIO()
    dots_per_inch = max(picture.size) * 72 / _LONG_SIDE_OF_PAPER
    picture.save(out, "PDF", resolution=dots_per_inch, quality=_QUALITY)
    return out.getvalue()
