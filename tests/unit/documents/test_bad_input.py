# SPDX-License-Identifier: MIT
"""What people paste, and what a broken installation does: bounded, said plainly, and never a document that lies."""

import time
from pathlib import Path

import pytest

from rkv_app.documents import builder
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.tagged import fonts
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.resources import resources_dir
from support import document_samples as samples
from support.memory import memory_for
from support.pdf_text import text_of

ENGLISH = Words(Language.ENGLISH)
CUT = "Some characters or very long texts cannot be shown"


def _one_cell(text: str) -> bytes:
    document = DocumentBuilder("Title", "RKV-1", ENGLISH, samples.AT)
    document.table(("A", "B"), [([Said("row")], [Said(text)])], (0.3, 0.7))
    return document.pdf()


TOO_LONG = {
    "words": "ord " * 25_000,
    "one word": "x" * 100_000,
    "Arabic words": "ماذا تستطيع " * 9_000,
    "one Arabic word": "ماذا" * 25_000,
    "controls": "\x00\x07\u202e" * 33_000,
    "no glyphs": "漢" * 100_000,
}


@pytest.mark.parametrize("text", TOO_LONG.values(), ids=TOO_LONG)
def test_a_hundred_thousand_characters_in_one_answer_are_bounded(text: str) -> None:
    made, begun = b"", time.process_time()

    def make() -> None:
        nonlocal made
        made = _one_cell(text)

    assert memory_for(make) < 256
    assert time.process_time() - begun < 10
    assert len(made) < 2_000_000
    said = text_of(made)
    assert CUT in said or not text.strip("\x00\x07\u202e")


def test_two_thousand_words_in_one_cell_are_all_there() -> None:
    words = [f"ord{number}" for number in range(2_000)]
    said = text_of(_one_cell(" ".join(words)))
    assert [word for word in said.split() if word.startswith("ord")] == words
    assert CUT not in said


def test_a_document_that_says_too_much_gives_the_beginning_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MOST_TEXT", 10_000)
    document = DocumentBuilder("Title", "RKV-1", ENGLISH, samples.AT)
    for _ in range(20):
        document.paragraph("ord " * 1_000)
    said = text_of(document.pdf())
    assert len(said) < 25_000
    assert CUT in said


@pytest.fixture
def other_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of fonts that the test may damage."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    for typeface in fonts.MAIN:
        name = f"{typeface.value}.ttf"
        (folder / name).write_bytes((resources_dir() / "fonts" / name).read_bytes())
    monkeypatch.setattr(fonts, "resources_dir", lambda: tmp_path)
    return folder


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "noise", "other"])
def test_a_font_that_is_missing_or_wrong_is_named_as_the_trouble(damage: str, other_resources: Path) -> None:
    file = other_resources / "NotoSans-Regular.ttf"
    good = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "other":
            file.write_bytes((resources_dir() / "fonts" / "IBMPlexSansArabic-Regular.ttf").read_bytes())
        case _:
            file.write_bytes({"empty": b"", "cut": good[: len(good) // 3], "noise": good[:12] + b"\x7f" * 4000}[damage])
    with pytest.raises(UserError) as told:
        fonts.loaded.__wrapped__(fonts.Typeface.REGULAR)
    assert told.value.code == "RKV-DOC-010"
