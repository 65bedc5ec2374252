# SPDX-License-Identifier: MIT
"""A form goes through XLSForm and comes back as it was, pyxform takes it, and a stranger's sheet is a proposal."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from pyxform.xls2xform import convert

from rkv_app.forms.exchange.plain import form_text, plain_form
from rkv_app.forms.exchange.workbook import read_workbook, write_workbook
from rkv_app.forms.exchange.xlsform import xlsform
from rkv_app.forms.exchange.xlsform_reading import Proposal, read_xlsform
from rkv_app.forms.loader import checked, form_from_bytes
from rkv_app.forms.model import Form, Section
from rkv_app.foundation.errors import UserError
from support.shipped_answers import TRICKY, every_form
from support.table_forms import table_form
from support.whole_form import whole_form


def read(data: bytes) -> Proposal:
    return read_xlsform(read_workbook(data), form_id="proposal", version="2026.1")


def sheet(*survey: tuple[object, ...], choices: tuple[tuple[object, ...], ...] = ()) -> bytes:
    book = Workbook()
    book.active.title = "survey"
    for row in survey:
        book.active.append(row)
    other = book.create_sheet("choices")
    for row in choices:
        other.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.id}-{form.version}")
def test_every_form_comes_back_as_it_was_and_pyxform_takes_it(form: Form) -> None:
    data = write_workbook(xlsform(form))
    convert(io.BytesIO(data), file_type=".xlsx")
    back = read(data)
    assert checked(back.plain) == form
    assert back.untaken == ()


@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.id}-{form.version}")
def test_every_form_comes_back_from_the_text_of_a_form_file(form: Form) -> None:
    assert form_from_bytes(form_text(plain_form(form)).encode(), "") == form


def test_a_condition_keeps_its_meaning_for_other_programs() -> None:
    rows = {row.get("name"): row for row in xlsform(whole_form())["survey"]}
    assert rows["jobs"]["relevant"] == "${works} = 'yes' or ${people} >= 100"
    assert rows["jobs.hours"]["relevant"] == "${jobs.percent} < 100"
    assert rows["highs"]["calculation"] == "count(${aims.rating}[. = 'high'])"
    assert rows["weekly"]["constraint"] == ". >= 0 and . <= 80 and . <= 37.5"


def test_a_strangers_sheet_becomes_a_form_and_what_is_left_out_is_told() -> None:
    data = sheet(
        ("type", "name", "label", "label::English (en)", "hint", "required", "relevant", "constraint", "appearance"),
        ("start", "start"),
        ("begin group", "About you", "Om deg", "About you"),
        ("text", "Name", "Navn", "Name", "Slik", "yes"),
        ("select_one yn", "works", "I arbeid?", "At work?"),
        ("select_one trades", "trade", "Fag", "Trade", None, None, "${works} = 'yes'"),
        ("integer", "age", "Alder", "Age", None, None, "${trade}='Cook 1'", ". >= 16 and . <= 99"),
        ("end group",),
        ("geopoint", "place", "Sted", "Place"),
        ("text", "more", "Mer", "More", None, None, "string-length(${Name}) > 3", "regex(., 'a')", "multiline"),
        choices=(
            ("list_name", "name", "label"),
            ("yn", "yes", "Ja"),
            ("yn", "no", "Nei"),
            ("trades", "Cook 1", "Kokk"),
            ("trades", "smith", "Smed"),
        ),
    )
    proposal = read(data)
    form = checked(proposal.plain)
    assert isinstance(form, Form)
    assert [item.id for item in form.items] == ["about_you", "more"]
    trade, age = form.find("trade"), form.find("age")
    assert trade is not None
    assert trade.enable_when is not None
    assert (trade.enable_when.conditions[0].item, trade.enable_when.conditions[0].value) == ("works", True)
    assert age is not None
    assert age.enable_when is not None
    assert age.enable_when.conditions[0].value == "cook_1"
    assert (age.min, age.max) == (16, 99)  # type: ignore[union-attr]
    told = [(one.sheet, one.row) for one in proposal.untaken]
    assert {("survey", 9), ("survey", 10), ("choices", 4)} <= set(told)
    assert told.count(("survey", 10)) == 3


def test_a_table_is_a_group_with_one_list_of_choices() -> None:
    sheets = xlsform(table_form())
    rows = {row.get("name"): row for row in sheets["survey"]}
    assert [rows[name]["appearance"] for name in ("several", "one", "sure")] == ["table-list"] * 3
    assert [rows[name]["type"] for name in ("wash", "lock", "early", "safe")] == [
        *("select_multiple several", "select_multiple several", "select_one one", "select_one yes-no-other")
    ]
    assert [row["name"] for row in sheets["choices"] if row["list_name"] == "several"] == ["me", "you", "county"]


def test_a_table_that_somebody_takes_apart_is_questions_again_and_all_of_it_was_taken() -> None:
    sheets = xlsform(table_form())
    for row in sheets["survey"]:
        if row.get("appearance") == "table-list":
            del row["appearance"]
    proposal = read_xlsform(sheets, form_id="x", version="2026.1")
    assert proposal.untaken == ()
    plain = plain_form(table_form())
    for section in plain["items"]:  # type: ignore[attr-defined]
        section.pop("appearance", None)
    assert checked(proposal.plain) == checked(plain)


@pytest.mark.parametrize(("kind", "is_table", "told"), [("select_one who", True, []), ("text", False, [2])])
def test_a_strangers_table_is_one_where_it_can_be_and_told_where_not(
    kind: str, is_table: bool, told: list[int]
) -> None:
    data = sheet(
        ("type", "name", "label", "label::Norsk nynorsk (nn)", "label::English (en)", "appearance"),
        ("begin group", "tasks", "Oppgaver", "Oppgåver", "Tasks", "table-list"),
        ("select_one who", "wash", "Vasker", "Vaskar", "Washes"),
        (kind, "lock", "Låser", "Låser", "Locks"),
        ("end group",),
        choices=(
            ("list_name", "name", "label", "label::Norsk nynorsk (nn)", "label::English (en)"),
            ("who", "me", "Meg", "Meg", "Me"),
            ("who", "you", "Deg", "Deg", "You"),
        ),
    )
    proposal = read(data)
    form = checked(proposal.plain)
    assert isinstance(form, Form)
    section = form.find("tasks")
    assert isinstance(section, Section)
    assert section.is_table is is_table
    assert [one.row for one in proposal.untaken] == told


def rebuilt(data: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.pop(name, old.read(name)))
        for name, content in change.items():
            new.writestr(name, content)
    return out.getvalue()


HONEST = sheet(("type", "name", "label"), ("text", "a", "A"))
FIRST = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        HONEST[: len(HONEST) // 2],
        rebuilt(HONEST, {"xl/vbaProject.bin": b"x"}),
        rebuilt(HONEST, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        rebuilt(HONEST, {FIRST: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        rebuilt(HONEST, {FIRST: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")}),
        rebuilt(HONEST, {FIRST: b"<x"}),
        rebuilt(HONEST, {"xl/bomb.xml": b" " * (33 * 1024 * 1024)}),
        rebuilt(HONEST, {f"xl/{n}.xml": b"" for n in range(101)}),
        b"x" * (4 * 1024 * 1024 + 1),
        sheet(("type", "name", "label"), ("text", "a", "=1+1")),
        sheet(("type", "name", "label"), *[("text", "a", "A")] * 5_001),
        sheet(("type", "name", "label"), ("text", "a", "x" * 20_001)),
        sheet(),
        sheet(("type", "name"), *[("begin_group", f"g{n}") for n in range(30)]),
    ],
    ids=range(16),
)
def test_hostile_and_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(UserError) as told:
        read(data)
    assert told.value.code == "RKV-FRM-058"


def test_a_sign_that_no_sheet_can_hold_is_told() -> None:
    form = form_from_bytes(TRICKY.replace("it's", "\\u0001", 1).replace("nn: \\u0001", 'nn: "\\u0001"').encode(), "")
    with pytest.raises(UserError) as told:
        write_workbook(xlsform(form))
    assert told.value.code == "RKV-FRM-060"


@pytest.mark.parametrize("text", ["[" * 5_000, '{"a":' * 50 + "1" + "}" * 50, "x", "NaN", "1e999", "9" * 5_000])
def test_a_value_that_is_none_of_ours_is_told_or_is_no_form(text: str) -> None:
    proposal = read(sheet(("type", "name", "label", "rkv_type", "rkv_min"), ("integer", "a", "A", "integer", text)))
    assert proposal.untaken or not isinstance(checked(proposal.plain), Form)
    form_text(proposal.plain)
