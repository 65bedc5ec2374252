# SPDX-License-Identifier: MIT
"""The recovery sheet: its words can be read, heard and copied in order, and it gives away nothing else."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pytest

from rkv_app.documents.recovery_sheet import render_recovery_sheet
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support.pdf_damage import elements

A4 = (595, 842)


def rendered(language: Language = Language.ENGLISH, *, store_name: str = "nordlys.rkv") -> bytes:
    """The sheet of a fictional store."""
    return render_recovery_sheet(
        samples.RECOVERY_WORDS, samples.STORE_ID, store_name, words=Words(language), at=samples.AT
    )


def shown_by_mark(page: pikepdf.Page) -> dict[int, str]:
    """What is painted inside each mark of a page, a newline after each line, read back through the fonts' maps."""
    maps = {name: _unicode(font) for name, font in page.obj.Resources.Font.items()}
    shown: dict[int, str] = {}
    current: dict[int, str] = {}
    mark = -1
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC":
                mark = int(operands[1].get("/MCID", -1))
            case "EMC":
                mark = -1
            case "Tf":
                current = maps[str(operands[0])]
            case "Tj":
                shown[mark] = shown.get(mark, "") + "".join(current[code] for code in bytes(operands[0]))
            case "T*":
                shown[mark] = shown[mark] + "\n"
    return {number: text.strip() for number, text in shown.items()}


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    entries = re.findall(rb"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,})>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in entries}


def marks_under(element: pikepdf.Object) -> Iterator[int]:
    """Numbers of the marks that are content of an element, in reading order."""
    for one in elements(element):
        kids = one.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                yield kid
            elif kid.get("/Type") == pikepdf.Name.MCR:
                yield int(kid.MCID)


def heard_table(pdf: pikepdf.Pdf) -> list[list[tuple[str, str, str]]]:
    """The table of words as a screen reader gets it: rows of tag, scope and text."""
    shown = shown_by_mark(pdf.pages[0])
    rows = [
        [
            (
                str(cell.S),
                str(cell.A.Scope) if "/A" in cell else "",
                "".join(shown[mark] for mark in marks_under(cell)),
            )
            for cell in row.K
        ]
        for row in elements(pdf.Root.StructTreeRoot)
        if str(row.S) == "/TR"
    ]
    return [row for row in rows if len(row) == 8]


def test_the_words_are_heard_from_1_to_24_each_with_its_number_as_header() -> None:
    with pikepdf.open(io.BytesIO(rendered())) as pdf:
        rows = heard_table(pdf)
    assert [len(row) for row in rows] == [8] * 6
    cells = [cell for row in rows for cell in row]
    assert cells[0::2] == [("/TH", "/Row", str(number)) for number in range(1, 25)]
    assert cells[1::2] == [("/TD", "", word) for word in samples.RECOVERY_WORDS]


def test_the_words_are_said_in_norwegian_by_an_english_sheet() -> None:
    with pikepdf.open(io.BytesIO(rendered())) as pdf:
        tags = [str(one.Lang) for one in elements(pdf.Root.StructTreeRoot) if "/Lang" in one]
    assert tags == ["nb"] * 24


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("store_name", ["n.rkv", "et-langt-navn-" * 7 + ".rkv"])
def test_it_is_one_page_of_a4_in_every_language(language: Language, store_name: str) -> None:
    with pikepdf.open(io.BytesIO(rendered(language, store_name=store_name))) as pdf:
        assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages] == [A4]


def test_a_long_word_is_not_broken_over_two_lines() -> None:
    long = ["sommeren", "kommunal"] * 12
    sheet = render_recovery_sheet(long, samples.STORE_ID, "n.rkv", words=Words(Language.ENGLISH), at=samples.AT)
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        assert [text for row in heard_table(pdf) for _, _, text in row[1::2]] == long


def test_it_tells_which_store_and_when_and_no_more_of_the_id() -> None:
    with pikepdf.open(io.BytesIO(rendered())) as pdf:
        said = "\n".join(shown_by_mark(pdf.pages[0]).values())
    assert "nordlys.rkv" in said
    assert "23 November 2026" in said
    assert samples.STORE_ID[:8] in said
    assert samples.STORE_ID[8:] not in said


def test_what_the_file_says_about_itself_holds_none_of_the_words() -> None:
    with pikepdf.open(io.BytesIO(rendered())) as pdf:
        outline = [str(one.title) for one in pdf.open_outline().root]
        said = pdf.Root.Metadata.read_bytes().decode() + " ".join([*map(str, pdf.docinfo.values()), *outline])
    assert [word for word in samples.RECOVERY_WORDS if re.search(rf"\b{word}\b", said)] == []
