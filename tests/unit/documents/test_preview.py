# SPDX-License-Identifier: MIT
"""A PDF from a stranger is shown as pictures by a child process: whatever is in it, it costs a sentence at most."""

import contextlib
import io
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from rkv_app.documents.preview import pages, wire
from rkv_app.documents.preview.finding import places, shown
from rkv_app.documents.preview.limits import MOST_MEMORY
from rkv_app.documents.preview.pages import DrawnPage, PdfPages, Rectangle
from rkv_app.foundation.errors import UserError
from support import hostile_pdfs

GOOD = hostile_pdfs.plain_pdf("Hei på deg", "Side to")
# What must be stopped would take years; a busy machine may need a while to begin at all.
FEW_SECONDS = 30.0
DRAWN_ELSEWHERE = Path(hostile_pdfs.__file__).with_name("drawn_elsewhere.py")
# What no process of ours can do without: less was not measured.
LITTLE = 10 * 2**20


def test_a_page_comes_as_a_picture_and_as_text() -> None:
    with PdfPages(GOOD) as pdf:
        first, second = pdf.page(0, 1.0), pdf.page(1, 2.0)
        assert pdf.count == 2
    assert (first.width, first.height, first.text) == (300, 400, "Hei på deg")
    assert (second.width, second.height, second.text) == (600, 800, "Side to")
    assert len(first.picture) == first.stride * first.height
    assert max(first.picture) == 255
    # So that what is dark is dark in a colour.
    assert min(first.picture[3::4]) == 255
    assert min(first.picture) < 64


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "RKV-DOC-001"),
        (b"%PDF-1.7\nnothing", "RKV-DOC-001"),
        (GOOD[: len(GOOD) // 4], "RKV-DOC-001"),
        (hostile_pdfs.locked_pdf(), "RKV-DOC-002"),
    ],
    ids=["empty", "only-a-mark", "cut-short", "locked"],
)
def test_what_cannot_be_shown_is_told_plainly(content: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        PdfPages(content)
    assert caught.value.code == code


def test_a_page_that_is_not_there_leaves_the_others() -> None:
    with PdfPages(GOOD) as pdf:
        with pytest.raises(UserError) as caught:
            pdf.page(7, 1.0)
        assert caught.value.code == "RKV-DOC-001"
        assert pdf.page(1, 1.0).text == "Side to"


def test_a_page_that_takes_years_is_stopped_in_time() -> None:
    began = time.monotonic()
    # Enough for the child to start on a busy machine.
    with PdfPages(hostile_pdfs.endless_pdf(), patience=3.0) as pdf, pytest.raises(UserError) as caught:
        pdf.page(0, 1.0)
    assert caught.value.code == "RKV-DOC-003"
    assert time.monotonic() - began < FEW_SECONDS
    with pytest.raises(UserError):
        pdf.page(0, 1.0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the memory of a child here")
@pytest.mark.parametrize("bomb", [hostile_pdfs.endless_pdf, hostile_pdfs.swelling_pdf], ids=lambda each: each.__name__)
def test_a_bomb_takes_no_more_memory_than_it_is_given(bomb: Callable[[], bytes]) -> None:
    command = [sys.executable, str(DRAWN_ELSEWHERE), bomb.__name__]
    taken = int(subprocess.check_output(command, timeout=4 * FEW_SECONDS))
    assert LITTLE < taken < MOST_MEMORY


def test_nothing_in_a_pdf_acts() -> None:
    began = time.monotonic()
    with PdfPages(hostile_pdfs.acting_pdf()) as pdf:
        assert pdf.page(0, 1.0).text == "Uskyldig"
    assert time.monotonic() - began < FEW_SECONDS


def test_a_giant_page_comes_no_larger_than_a_screen_can_use() -> None:
    with PdfPages(hostile_pdfs.giant_page_pdf()) as pdf:
        drawn = pdf.page(0, 1.0)
    assert max(drawn.width, drawn.height) <= 4000


def test_text_cannot_be_turned_around_or_hidden() -> None:
    assert pages._plain("a\u202eb\u200bc\x07\r\nd".encode()) == "abc\nd"


def _lines(*lines: str, turned: int = 0, **beside: float) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400))
    if turned:
        canvas.setPageRotation(turned)
    for number, line in enumerate(lines):
        canvas.drawString(20, 250 - 20 * number, line)
    for words, left in beside.items():
        canvas.drawString(left, 200, words)
    canvas.save()
    return out.getvalue()


def test_text_that_lies_outside_the_page_is_not_told() -> None:
    with PdfPages(_lines("Synlig", usynlig=-200.0, ogusynlig=500.0)) as pdf:
        assert (pdf.text(0), pdf.page(0, 1.0).text) == ("Synlig", "Synlig")


def _dark(page: DrawnPage, place: Rectangle) -> bool:
    """Whether something is drawn there."""
    left, right = round(place.left * page.width), round(place.right * page.width)
    return any(
        min(page.picture[row * page.stride + 4 * left : row * page.stride + 4 * right : 4]) < 128
        for row in range(round(place.top * page.height), round(place.bottom * page.height))
    )


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_words_are_found_where_they_stand_in_the_picture_also_over_lines(turned: int) -> None:
    with PdfPages(_lines("Her er praksis i", "bedrift. Mer PRAKSIS her", "og ikke mer", turned=turned)) as pdf:
        found, page = pdf.places(0, "praksis"), pdf.page(0, 2.0)
        over_lines = pdf.places(0, "PRAKSIS   i bedrift")
        assert pdf.places(0, "finnes ikke") == ()
    assert [place.hit for place in found] == [0, 1]
    if not turned:
        # PDFium runs lines of a turned page together.
        assert [place.hit for place in over_lines] == [0, 0]
    assert all(_dark(page, place) for place in (*found, *over_lines))
    assert len(places(page.text, "praksis i bedrift")) == len({place.hit for place in over_lines})
    assert not _dark(page, Rectangle(0, 0.97, 0.0, 1.0, 1.0))


@given(st.text(), st.text(max_size=8))
def test_what_the_program_reads_the_child_reads_alike(signs: str, wanted: str) -> None:
    text, at = shown(signs)
    assert shown(text)[0] == text
    assert list(at) == sorted(set(at))
    assert len(at) == len(text)
    assert all(0 <= start < end <= len(text) for start, end in places(text, wanted))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds memory and processes alone")
@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd')",
        "__import__('socket').socket()",
        "__import__('os').pipe()",
        "bytearray(2 * 1024 ** 3)",
    ],
)
def test_a_child_can_open_nothing_and_take_no_more_memory(attempt: str) -> None:
    script = (
        "import os, socket\nfrom rkv_app.documents.preview.limits import give_up_rights\ngive_up_rights()\n"
        f"try:\n    {attempt}\nexcept (OSError, MemoryError):\n    os._exit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 7


def _lies(opened: bytes, drawn: bytes = b"") -> list[str]:
    script = f"import os, sys; os.write(1, {opened + drawn!r}); sys.stdin.buffer.read()"
    return [sys.executable, "-c", script]


OPENED = struct.pack(">BI", 0, 1)


@pytest.mark.parametrize(
    "drawn",
    [
        wire.DRAWN.pack(0, 4_000_000, 4_000_000, 16_000_000, 9, 9, 0),
        wire.DRAWN.pack(0, 0, 10, 0, 9, 9, 0),
        wire.DRAWN.pack(0, 10, 10, 39, 9, 9, 0),
        wire.DRAWN.pack(0, 10, 10, 4_000_000_000, 9, 9, 0),
        wire.DRAWN.pack(0, 10, 10, 40, 9, 9, 2**31),
        wire.DRAWN.pack(0, 10, 10, 40, float("nan"), 9, 0),
        wire.DRAWN.pack(0, 10, 10, 40, 9, float("inf"), 0),
    ],
    ids=["giant", "no-width", "lines-too-short", "lines-too-long", "endless-text", "no-paper", "endless-paper"],
)
def test_a_child_that_was_taken_over_is_not_believed(drawn: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "own_command", lambda _work: _lies(OPENED, drawn))
    with PdfPages(b"") as pdf, pytest.raises(UserError) as caught:
        pdf.page(0, 1.0)
    assert caught.value.code == "RKV-DOC-003"


def test_places_that_a_child_makes_up_are_none_outside_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    nan = float("nan")
    told = (
        wire.FOUND.pack(0, 2) + wire.RECTANGLE.pack(0, -9, 1e30, 1e30, nan) + wire.RECTANGLE.pack(2**31, 0, nan, 1, 1)
    )
    monkeypatch.setattr(pages, "own_command", lambda _work: _lies(OPENED, told))
    with PdfPages(b"") as pdf:
        for place in pdf.places(0, "x"):
            assert all(0 <= side <= 1 for side in (place.left, place.top, place.right, place.bottom))


@pytest.mark.parametrize("told", [wire.FOUND.pack(0, 2**31), b""], ids=["endless", "nothing"])
def test_endless_text_and_places_are_not_waited_for(told: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "own_command", lambda _work: _lies(OPENED, told))
    for ask in (lambda pdf: pdf.places(0, "x"), lambda pdf: pdf.text(0)):
        # A child that is too slow to start is told alike.
        with pytest.raises(UserError) as caught, PdfPages(b"", patience=0.5) as pdf:
            ask(pdf)
        assert caught.value.code == "RKV-DOC-003"


@pytest.mark.parametrize("opened", [b"", b"\0\0", struct.pack(">BI", 0, 0), struct.pack(">BI", 0, 2**31)])
def test_a_child_that_says_nonsense_at_once_is_ended(opened: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "own_command", lambda _work: _lies(opened))
    with pytest.raises(UserError):
        PdfPages(b"", patience=0.5)


def test_a_child_knows_nothing_of_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RKV_SOMETHING_SECRET", "x")
    with PdfPages(GOOD) as pdf:
        told = subprocess.run(["ps", "eww", str(pdf._child.pid)], capture_output=True, text=True, check=False).stdout
    assert "RKV_SOMETHING_SECRET" not in told


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.integers(0, len(GOOD) - 1), flipped=st.integers(1, 255), cut=st.integers(0, len(GOOD)))
def test_whatever_is_changed_it_is_a_page_or_a_sentence(at: int, flipped: int, cut: int) -> None:
    changed = bytearray(GOOD)
    changed[at] ^= flipped
    with contextlib.suppress(UserError), PdfPages(bytes(changed[: max(cut, at + 1)])) as pdf:
        assert isinstance(pdf.page(0, 0.5), DrawnPage)
