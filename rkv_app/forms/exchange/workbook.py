# SPDX-License-Identifier: MIT
"""Sheets of texts as an .xlsx file and back. What is read may come from anybody and is held to limits first.

openpyxl is no part of the desktop app (extra `exchange`): who has it not is told how to get it.
"""

import io
import zipfile
from types import ModuleType
from typing import TYPE_CHECKING

from rkv_app.forms.exchange.xlsform import Row, Sheets
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_BYTES = 4 * 1024 * 1024
MAX_UNPACKED = 32 * 1024 * 1024
_MAX_PARTS = 100
_MAX_ROWS = 5_000
_MAX_COLUMNS = 120
_MAX_TEXT = 20_000
_MAX_SHEETS = 20
# What can run, or leads out of the file.
_ACTIVE = ("vbaproject", "externallinks/", "embeddings/", "activex/", "connections.xml", "ctrlprops/", "querytables/")


def write_workbook(sheets: Sheets) -> bytes:
    """Returns an .xlsx file with these sheets; every cell is text, whatever it looks like.

    Raises:
        UserError: RKV-FRM-059 openpyxl is not installed; RKV-FRM-060 a text has a sign that no sheet can hold.
    """
    library = _openpyxl()
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = library.Workbook()
    book.remove(book.worksheets[0])
    try:
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            columns = list(dict.fromkeys(key for row in rows for key in row))
            for number, row in enumerate([dict(zip(columns, columns, strict=True)), *rows], 1):
                for column, key in enumerate(columns, 1):
                    if row.get(key):
                        cell = sheet.cell(number, column, row[key])
                        # A text that begins with = is no formula.
                        cell.data_type = "s"
            sheet.freeze_panes = "A2"
    except IllegalCharacterError as problem:
        raise UserError(
            "RKV-FRM-060",
            message("A text in the form has a sign that no sheet can hold."),
            message("Nothing was written. Take invisible signs out of the texts of the form, then try again."),
        ) from problem
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read_workbook(data: bytes) -> Sheets:
    """Returns the sheets of an .xlsx file, rows of texts by the names in the first row; empty rows stay in their place.

    Raises:
        UserError: RKV-FRM-058 it is no .xlsx file, too large, or holds macros, formulas or links;
            RKV-FRM-059 openpyxl is not installed.
    """
    library = _openpyxl()
    _check_archive(data)
    try:
        book = library.load_workbook(io.BytesIO(data), read_only=True)
        try:
            if len(book.sheetnames) > _MAX_SHEETS:
                raise refused(message("it has too many sheets"))
            return {sheet.title: _rows(sheet) for sheet in book.worksheets}
        finally:
            book.close()
    except UserError:
        raise
    except Exception as problem:  # openpyxl raises whatever a damaged file leads it to.
        raise refused(message("it is no .xlsx file that can be read")) from problem


def refused(why: Message) -> UserError:
    """What is said of a spreadsheet that is not read."""
    return UserError(
        "RKV-FRM-058",
        message("This spreadsheet is not read: {why}", why=why),
        message("Nothing was written. Save it as .xlsx with plain texts only, then try again."),
    )


def _rows(sheet: "ReadOnlyWorksheet") -> list[Row]:
    sheet.reset_dimensions()
    columns: list[str] = []
    found: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=_MAX_ROWS + 1, max_col=_MAX_COLUMNS), 1):  # type: ignore[misc]
        if number > _MAX_ROWS:
            raise refused(message("the sheet {sheet} has too many rows", sheet=sheet.title[:40]))
        texts: list[str] = []
        for cell in cells:
            if cell.data_type == "f":
                raise refused(message("{sheet}, row {row}: there is a formula", sheet=sheet.title[:40], row=number))
            texts.append(_text(cell.value))
        if number == 1:
            columns = texts
        else:
            found.append({key: text for key, text in zip(columns, texts, strict=False) if key and text})
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    text = "" if value is None else str(value).strip()
    if len(text) > _MAX_TEXT:
        raise refused(message("a text in it is too long"))
    return text


def _check_archive(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise refused(message("it is too large"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise refused(message("it is too large"))
            for part in parts:
                name = part.filename.lower()
                if any(word in name for word in _ACTIVE):
                    raise refused(message("it holds macros, or leads to other files"))
                # A type of one's own is how entities are brought in; nothing here needs one.
                content = archive.read(part)
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content.replace(b"\0", b"").upper():
                    raise refused(message("it is no .xlsx file that can be read"))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        raise refused(message("it is no .xlsx file that can be read")) from problem


def _openpyxl() -> ModuleType:
    try:
        import openpyxl
    except ImportError as problem:
        raise UserError(
            "RKV-FRM-059",
            message("Spreadsheets cannot be read or written here: openpyxl is not installed."),
            message("Nothing was written. Install it with: pip install 'rkv-app[exchange]'"),
        ) from problem
    return openpyxl
