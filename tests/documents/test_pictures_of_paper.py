# SPDX-License-Identifier: MIT
"""A paper form comes back as somebody really took or scanned it, and is known by its square code; or as a trap."""

import io
import math
import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from rkv_app.documents.returned.codes import code_in_picture
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language
from rkv_app.usecases.read_returned_form import read_returned
from support import document_samples as samples
from support import fillable_samples

TABLE = (95, 80, 70)
# Each picture takes a while, and the first one that is not known is as telling as the smallest.
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
TWELVE_MEGAPIXELS = (3024, 4032)
TODAY = date(2026, 11, 23)
_ORIENTATION = 0x0112

Change = Callable[[Image.Image], Image.Image]


@cache
def page(dots_per_inch: int) -> Image.Image:
    """The first page of the paper form, as a printer leaves it."""
    document = pypdfium2.PdfDocument(samples.rendered("paper-form", Language.BOKMAL))
    try:
        return document[0].render(scale=dots_per_inch / 72).to_pil().convert("RGB")
    finally:
        document.close()


@cache
def on_a_table(size: tuple[int, int]) -> Image.Image:
    """The page as it fills most of a telephone's picture."""
    scale = min(0.92 * size[0] / page(200).width, 0.92 * size[1] / page(200).height)
    paper = page(200).resize((int(page(200).width * scale), int(page(200).height * scale)), Image.Resampling.BICUBIC)
    table = Image.new("RGB", size, TABLE)
    table.paste(paper, ((size[0] - paper.width) // 2, (size[1] - paper.height) // 2))
    return table


def jpeg(picture: Image.Image, quality: int = 50, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def turned(degrees: float) -> Change:
    return lambda picture: picture.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=TABLE)


def from_the_side(degrees: float) -> Change:
    def seen(picture: Image.Image) -> Image.Image:
        away = math.tan(math.radians(degrees)) / picture.height
        view = (1, away * picture.width / 3, 0, 0, 1, 0, away / 2, away)
        return picture.transform(
            picture.size, Image.Transform.PERSPECTIVE, view, Image.Resampling.BILINEAR, fillcolor=TABLE
        )

    return seen


def lit_from_the_left(darkest: float) -> Change:
    def lit(picture: Image.Image) -> Image.Image:
        light = Image.linear_gradient("L").rotate(90).resize(picture.size)
        light = light.point(lambda value: int(255 * darkest + value * (1 - darkest)))
        return ImageChops.multiply(picture, Image.merge("RGB", (light, light, light)))

    return lit


def unsharp(dots: float) -> Change:
    return lambda picture: picture.filter(ImageFilter.GaussianBlur(dots))


def known(data: bytes) -> bool:
    found = code_in_picture(data)
    return found is not None and found[0] == fillable_samples.BOUND.request_id


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 2, -5])
def test_a_grey_scan_of_100_dots_per_inch_is_known_however_it_lay(degrees: int) -> None:
    lay = page(100).convert("L").rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=255)
    assert known(jpeg(lay))


def test_a_black_and_white_scan_is_known() -> None:
    assert known(png(page(100).convert("1")))


PHOTOS: Mapping[str, Change] = {
    "upright": lambda picture: picture,
    "on its side": turned(90),
    "upside down": turned(180),
    "a little skewed": turned(4),
    "far skewed": turned(38),
    "from the side": from_the_side(6),
    "far from the side": from_the_side(10),
    "in the light of a window": lit_from_the_left(0.2),
    "out of focus": unsharp(3),
    "all of it": lambda picture: unsharp(2)(lit_from_the_left(0.35)(from_the_side(4)(turned(94)(picture)))),
}


@pytest.mark.parametrize("taken", PHOTOS)
def test_a_telephones_photo_is_known(taken: str) -> None:
    assert known(jpeg(PHOTOS[taken](on_a_table(TWELVE_MEGAPIXELS))))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_known_whichever_way_the_telephone_says_it_was_held(orientation: int) -> None:
    ways = Image.Transpose
    stored: Mapping[int, Image.Transpose] = {
        2: ways.FLIP_LEFT_RIGHT, 3: ways.ROTATE_180, 4: ways.FLIP_TOP_BOTTOM, 5: ways.TRANSPOSE,
        6: ways.ROTATE_90, 7: ways.TRANSVERSE, 8: ways.ROTATE_270,
    }  # fmt: skip
    picture = on_a_table((1200, 1600))
    picture = picture.transpose(stored[orientation]) if orientation in stored else picture
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    assert known(jpeg(picture, exif=exif))


@settings(max_examples=12, deadline=None, phases=WITHOUT_SHRINKING, suppress_health_check=[HealthCheck.too_slow])
@given(
    degrees=st.floats(-180, 180),
    side=st.floats(-5, 5),
    darkest=st.floats(0.3, 1),
    blur=st.floats(0, 1),
    quality=st.integers(40, 95),
)
def test_a_small_photo_is_known_taken_in_any_ordinary_way(
    degrees: float, side: float, darkest: float, blur: float, quality: int
) -> None:
    picture = on_a_table((1200, 1600))
    for change in (turned(degrees), from_the_side(side), lit_from_the_left(darkest), unsharp(blur)):
        picture = change(picture)
    assert known(jpeg(picture, quality))


def test_a_photo_of_something_else_says_that_nothing_was_found() -> None:
    with pytest.raises(UserError) as refused:
        read_returned(fillable_samples.forms(), jpeg(Image.effect_noise((1200, 1600), 60)), today=TODAY)
    assert refused.value.code == "RKV-DOC-024"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def swelling_png(side: int) -> bytes:
    """A few bytes that say they are a picture of this many dots."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(side))) + chunk(b"IEND", b"")
    )


def swelling_text() -> bytes:
    plain = png(Image.new("L", (8, 8)))
    swollen = chunk(b"zTXt", b"note\0\0" + zlib.compress(bytes(200 * 2**20)))
    return plain[:33] + swollen + plain[33:]


def many_scans() -> bytes:
    """A picture that a reader would have to go through five hundred times."""
    whole = jpeg(Image.new("L", (64, 64)), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + 500 * whole[last:-2] + whole[-2:]


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "60,000 by 60,000 dots": (lambda: swelling_png(60_000), "RKV-DOC-022"),
    "7,000 by 7,000 dots": (lambda: swelling_png(7_000), "RKV-DOC-022"),
    "fewer lines than it says": (lambda: swelling_png(5_000), "RKV-DOC-020"),
    "a text that swells": (swelling_text, "RKV-DOC-020"),
    "five hundred scans": (many_scans, "RKV-DOC-022"),
    "half a JPEG": (lambda: jpeg(page(100))[:20_000], "RKV-DOC-020"),
    "a beginning alone": (lambda: b"\xff\xd8\xff", "RKV-DOC-020"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64), "RKV-DOC-032"),
    "TIFF": (lambda: b"II*\0" + bytes(64), "RKV-DOC-032"),
    "a web page": (lambda: b"<html>", "RKV-DOC-020"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_picture_that_is_a_trap_or_cannot_be_read_is_refused_with_a_reason(kind: str) -> None:
    made, code = HOSTILE[kind]
    with pytest.raises(UserError) as refused:
        read_returned(fillable_samples.forms(), made(), today=TODAY)
    assert refused.value.code == code


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 30_000), octets=st.binary(min_size=1, max_size=30), cut=st.booleans())
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(at: int, octets: bytes, cut: bool) -> None:
    whole = jpeg(page(72).convert("L"))
    at %= len(whole)
    broken = whole[:at] + octets + (b"" if cut else whole[at + len(octets) :])
    outcome = ""
    try:
        outcome = read_returned(fillable_samples.forms(), broken, today=TODAY).verdict
    except UserError as problem:
        outcome = problem.code
    assert outcome in {Verdict.SCANNED, "RKV-DOC-020", "RKV-DOC-022", "RKV-DOC-024"}
