# SPDX-License-Identifier: MIT
"""Reads the sheets of an XLSForm as a form, and tells what could not be taken, with sheet and row.

One of ours comes back whole. One of somebody else's is a proposal: what a form has no word for is left out and told,
and words that are missing in a language are lent from another, so that an author can go on from there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rkv_app.forms.exchange.plain import Json, can_be_table, objects, without_nothing
from rkv_app.forms.exchange.workbook import refused
from rkv_app.forms.exchange.xlsform import (
    NO,
    NOT_OBSERVED_LIST,
    OWN_KEYS,
    PART,
    TABLE_LIST,
    USUAL,
    WRITTEN,
    WRITTEN_MESSAGE,
    YES,
    YES_NO_LIST,
    Row,
    Sheets,
    column_of,
)
from rkv_app.forms.exchange.xlsform_edits import (
    conditions_as_written,
    edited_calculation,
    edited_constraint,
    read_step_condition,
)
from rkv_app.forms.exchange.xlsform_migrations import read_migrations
from rkv_app.forms.exchange.xlsform_untaken import Untaken, untold
from rkv_app.forms.exchange.xlsform_words import TRUE, UNSAFE, code_of, json_in, list_in, own_words, type_in, words_in
from rkv_app.forms.exchange.xpath import read_bounds, read_condition, read_joined
from rkv_app.forms.model import MAX_ROWS
from rkv_app.forms.parts import OWN_LANGUAGES, VERSION_PATTERN
from rkv_app.foundation.i18n import Message, message

_TYPES: Mapping[str, str] = {
    "text": "text",
    "string": "text",
    "note": "note",
    "integer": "integer",
    "int": "integer",
    "decimal": "hours",
    "date": "date",
    "image": "attachment",
    "file": "attachment",
    "select_one": "choice",
    "select_multiple": "choices",
    "begin_group": "section",
    "begin_repeat": "repeat",
}
# Of the device, not asked of anybody.
_UNASKED = frozenset({"start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "simserial"})
_MAX_DEPTH = 20


class Proposal(NamedTuple):
    """A form as a form file would say it, not checked yet, and what could not be taken."""

    plain: Json
    untaken: tuple[Untaken, ...]


@dataclass(slots=True)
class _Reader:
    sheets: Sheets
    untaken: list[Untaken] = field(default_factory=list)
    names: dict[str, Json] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    asked_lists: set[str] = field(default_factory=set)
    lists: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    rules: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.columns = frozenset(key for row in self.sheets.get("survey", []) for key in row)
        for number, row in enumerate(self.sheets.get("choices", []), 2):
            self.lists.setdefault(list_in(row), []).append((number, row))
        for number, row in enumerate(self.sheets.get("rkv_constraints", []), 2):
            self.rules.setdefault(row.get("name", ""), []).append((number, row))

    def tell(self, row: int, what: Message, sheet: str = "survey") -> None:
        self.untaken.append(Untaken(sheet, row, what))

    def items(self) -> list[Json]:
        """All items, those in groups inside them."""
        top: list[Json] = []
        tables: list[tuple[int, Json]] = []
        stack: list[tuple[Json | None, list[Json]]] = [(None, top)]
        for number, row in enumerate(self.sheets["survey"], 2):
            kind, list_name = type_in(row.get("type", ""))
            if kind.startswith("end_"):
                if len(stack) > 1:
                    stack.pop()
                continue
            if not kind and (row.get("name") or row.get("rkv_type")):
                self.tell(number, message("There is no type here, so the row is left out."))
            if not kind or row.get("rkv_type") == PART:
                continue
            inside = next((group for group, _ in reversed(stack) if group and group["type"] in _ROWS), None)
            item = self._item(row, number, kind, list_name, inside)
            if item is None:
                if kind.startswith("begin_"):
                    stack.append((stack[-1][0], stack[-1][1]))
                continue
            stack[-1][1].append(item)
            if kind.startswith("begin_"):
                if len(stack) > _MAX_DEPTH:
                    raise refused(message("the values are nested too deep"))
                children: list[Json] = []
                if item["type"] != "period":
                    item["columns" if item["type"] in _ROWS else "items"] = children
                stack.append((item, children))
                if item["type"] == "section" and TABLE_LIST in row.get("appearance", "").split():
                    tables.append((number, item))
        for number, section in tables:
            if can_be_table(objects(section["items"])):
                section["appearance"] = "table"
            else:
                self.tell(number, message("The questions in this group cannot stand in one table."))
        return top

    def _item(self, row: Row, number: int, kind: str, list_name: str, inside: Json | None) -> Json | None:
        own = row.get("rkv_type")
        self._tell_taken_as_anothers(row, number, list_name)
        not_observed = list_name == NOT_OBSERVED_LIST and "rkv_type" in self.columns
        found_type = own or ("yes_no" if not_observed else _TYPES.get(kind))
        if found_type is None or (inside is not None and found_type in ("section", "repeat", "aim_matrix", "note")):
            if kind not in _UNASKED:
                told = message("A question of the type {type} cannot stand here in a form.", type=kind[:40])
                self.tell(number, told)
            return None
        options = self._options(list_name, own)
        if not own and found_type == "choice" and [option["code"] for option in options] in ([YES, NO], [NO, YES]):
            found_type = "yes_no"
        if not own and found_type == "text" and "multiline" in row.get("appearance", ""):
            found_type = "long_text"
        item: Json = {"id": self._id(row, number, inside), "type": found_type}
        item |= {
            "label": self._words(row, "label", number, item["id"]),
            "hint": self._words(row, "hint", number),
            "guidance": self._words(row, "guidance_hint", number),
            "rowLabel": own_words(row, "rkv_row_label"),
            "options": options if found_type in ("choice", "choices", "scale") else None,
            "notObserved": not_observed or None,
            "required": row.get("rkv_required") or (row.get("required", "").lower() in TRUE or None),
            "enableWhen": self._enable_when(row, number),
            **{key: self._value(row[column_of(key)], number) for key in OWN_KEYS if column_of(key) in row},
        }
        if own:
            item["constraints"] = self._constraints(row.get("name", ""))
            self._take_edits(item, row, number, str(inside["id"]) if inside is not None else "")
        elif row.get("constraint"):
            bounds = read_bounds(row["constraint"], found_type)
            if bounds is None:
                self.tell(number, message("The constraint says more than a form can; write it by hand."))
            item |= bounds or {}
        if not own and re.fullmatch("[1-9][0-9]{0,8}", row.get("repeat_count", "")):
            item["max"] = min(int(row["repeat_count"]), MAX_ROWS)
        usual = USUAL.get(str(item["type"]), {})
        item = {key: value for key, value in without_nothing(item).items() if value != usual.get(key, _NOTHING)}
        self.names[row.get("name", "")] = item
        return item

    def _take_edits(self, item: Json, row: Row, number: int, group: str) -> None:
        """Takes what was changed in a column that was written from others; those count where it was not."""
        before = without_nothing(item)

        def words() -> Json | None:
            return self._words(row, "constraint_message", number)

        if self._was_edited(row, "calculation"):
            text = row.get("calculation", "")
            found = edited_calculation(text, self._named) if item["type"] == "calculated" else None
            if found is None:
                self._tell_not_understood(row, "calculation", number)
            else:
                item["calculate"] = found
        self._take_message(item, row, number)
        if self._was_edited(row, "constraint"):
            found = edited_constraint(row.get("constraint", ""), before, group, words, self._kind)
            if found is None:
                self._tell_not_understood(row, "constraint", number)
            else:
                item |= {**dict.fromkeys(_BOUNDS), **found}
                self._tell_usual(found, str(item["type"]), number)

    def _tell_usual(self, found: Json, kind: str, number: int) -> None:
        for key, value in USUAL.get(kind, {}).items():
            if key in _BOUNDS and key not in found:
                told = message(
                    "There is no {key} in constraint any more, and a question of this type always has one. "
                    "The usual one holds: {value}",
                    key=key,
                    value=value,
                )
                self.tell(number, told)

    def _take_message(self, item: Json, row: Row, number: int) -> None:
        """Takes over the words of the first rule, where somebody changed them beside the question."""
        rules = objects(item.get("constraints"))
        if WRITTEN_MESSAGE not in row or not rules:
            return
        written, stood = self._value(row[WRITTEN_MESSAGE], number), words_in(row, "constraint_message")
        if stood == written:
            return
        if not stood:
            self.tell(number, message("A rule cannot be without words; what stood in constraint_message is kept."))
        elif words := self._words(row, "constraint_message", number):
            rules[0]["message"] = words

    def _tell_taken_as_anothers(self, row: Row, number: int, list_name: str) -> None:
        """In a sheet of ours, where a question has lost what says that it is one of ours."""
        ours = any(column.startswith("rkv_") for column in row) or list_name == row.get("name")
        if "rkv_type" in self.columns and "rkv_type" not in row and ours:
            self.tell(number, message("rkv_type is empty, so the row is read as if another program had made it."))

    def _was_edited(self, row: Row, column: str) -> bool:
        # A file from before this was written down says nothing of it.
        return WRITTEN[column] in self.columns and row.get(column, "") != row.get(WRITTEN[column], "")

    def _tell_not_understood(self, row: Row, column: str, number: int) -> None:
        told = message(
            "What was changed in {column} is not understood: {text}. What stood there before is kept.",
            column=column,
            text=row.get(column, "")[:120] or "–",
        )
        self.tell(number, told)

    def _id(self, row: Row, number: int, inside: Json | None) -> str:
        name = row.get("name", "")
        if "rkv_type" in row and inside is not None:
            return name.removeprefix(f"{inside['id']}.")
        if "rkv_type" in row:
            return name
        wanted = UNSAFE.sub("_", name.lower()).strip("_")[:56]
        wanted = wanted if wanted[:1].isalpha() else f"q_{wanted}".rstrip("_")
        found, count = wanted, 2
        while found in self.used:
            found, count = f"{wanted}_{count}", count + 1
        self.used.add(found)
        if found != name:
            self.tell(number, message("{name} is called {id} in the form.", name=name[:60] or "–", id=found))
        return found

    def _words(self, row: Row, head: str, number: int, instead: object = None, sheet: str = "survey") -> Json | None:
        """Words in every language that the row has them in; bokmål, nynorsk and English lent where they are missing."""
        found = words_in(row, head)
        if not found and instead is None:
            return None
        lent = next((found[tag] for tag in (*OWN_LANGUAGES, *found) if tag in found), instead)
        missing = [tag for tag in OWN_LANGUAGES if tag not in found]
        if missing:
            told = message("There are no words in {languages}; others stand there.", languages=", ".join(missing))
            self.tell(number, told, sheet)
        return {**dict.fromkeys(missing, lent), **found}

    def _options(self, list_name: str, own: str | None) -> list[Json]:
        self.asked_lists.add(list_name)
        if not list_name or (own and list_name in (YES_NO_LIST, NOT_OBSERVED_LIST)):
            return []
        found: list[Json] = []
        for number, row in self.lists.get(list_name, []):
            name = row.get("name", "")
            code = name if own else code_of(name)
            if code != name:
                self.tell(number, message("{name} is called {id} in the form.", name=name[:60], id=code), "choices")
            option: Json = {
                "code": code,
                "label": self._words(row, "label", number, code, "choices"),
                "hint": own_words(row, "rkv_hint"),
                "apart": True if row.get("rkv_apart") == YES else None,
                "score": self._value(row["rkv_score"], number) if "rkv_score" in row else None,
            }
            found.append(without_nothing(option))
        return found

    def _enable_when(self, row: Row, number: int) -> Json | None:
        if "relevant" not in row:
            return None
        edited = self._was_edited(row, "relevant")
        before = self._before(row, number) if edited or "rkv_relevant" in row else None
        if "rkv_relevant" in row and not edited:
            return before
        # A condition that stands as it stood is the one that it was, also where XPath does not tell that.
        stood = conditions_as_written(row.get(WRITTEN["relevant"], ""), before or {})
        found = read_joined(row["relevant"], lambda part: stood.get(part) or self._condition(part, known=edited))
        if found is None and edited:
            self._tell_not_understood(row, "relevant", number)
            return before
        if found is None:
            self.tell(number, message("The condition says more than a form can; write it by hand."))
        return found

    def _before(self, row: Row, number: int) -> Json | None:
        """When an item was asked before somebody changed that."""
        if "rkv_relevant" not in row:
            return read_joined(row.get(WRITTEN["relevant"], ""), self._condition)
        read = self._value(row["rkv_relevant"], number)
        return read if isinstance(read, dict) else None

    def _condition(self, text: str, *, known: bool = False) -> Json | None:
        """One condition, with the names and codes that the form has; where they must be known, none with others."""
        found = read_condition(text, self._kind)
        if found is None:
            return read_step_condition(text, self._named)
        item = self._named(str(found["item"]))
        found["item"] = item["id"]
        if item["type"] in ("choice", "choices", "scale") and found["operator"] != "exists":
            codes = [option["code"] for option in objects(item.get("options"))]
            if found["value"] not in codes:
                found["value"] = code_of(str(found["value"]))
                return None if known else found
        return found

    def _kind(self, name: str) -> str | None:
        known = self._named(name)
        return str(known["type"]) if known and known["type"] not in ("section", "note", *_ROWS) else None

    def _named(self, name: str) -> Json:
        return self.names.get(name) or self.names.get(name.removesuffix("-from"), {})

    def _constraints(self, name: str) -> list[Json]:
        return [
            without_nothing(
                {
                    "code": row.get("code"),
                    "operator": row.get("operator"),
                    "value": self._value(row["value"], number, "rkv_constraints") if "value" in row else None,
                    "item": row.get("item"),
                    "message": own_words(row, "message"),
                }
            )
            for number, row in self.rules.get(name, [])
        ]

    def _value(self, text: str, number: int, sheet: str = "survey") -> object:
        """What stands in a column of ours as JSON."""
        found = json_in(text)
        if found is None:
            self.tell(number, message("{text} cannot be read.", text=text[:60]), sheet)
        return found

    def about(self) -> Json:
        """What is said of the form as a whole."""
        own = {row.get("key"): row for row in self.sheets.get("rkv_form", [])}
        settings = (self.sheets.get("settings") or [{}])[0]
        title = settings.get("form_title") or settings.get("form_id") or "–"
        machine = [row.get("value") for row in self.sheets.get("rkv_form", []) if row.get("key") == "machineTranslated"]
        return {
            "title": own_words(own["title"], "text") if "title" in own else dict.fromkeys(OWN_LANGUAGES, title),
            "description": own_words(own["description"], "text") if "description" in own else None,
            "anonymous": True if "anonymous" in own else None,
            "machineTranslated": machine,
            "migrations": read_migrations(self.sheets.get("rkv_migrations", [])),
        }


_NOTHING = object()
_BOUNDS = ("min", "max", "minLength", "maxLength")
_ROWS = ("repeat", "aim_matrix")


def read_xlsform(sheets: Sheets, *, form_id: str, version: str) -> Proposal:
    """Returns the form that sheets of an XLSForm propose.

    Args:
        sheets: rows of texts by the names of their columns, as `workbook` reads them.
        form_id: for a form that has none that it can keep.
        version: likewise.

    Raises:
        UserError: RKV-FRM-058 there is no sheet `survey`.
    """
    if not sheets.get("survey"):
        raise refused(message("there is no sheet with the name survey, or nothing in it"))
    reader = _Reader(sheets)
    settings = (sheets.get("settings") or [{}])[0]
    named = re.sub("[^a-z0-9]+", "-", settings.get("form_id", "").lower()).strip("-")[:64]
    stated = settings.get("version", "")
    items = reader.items()
    plain: Json = {
        # It becomes the name of a folder.
        "id": named if named[:1].isalpha() else form_id,
        "version": stated if re.fullmatch(VERSION_PATTERN, stated) else version,
        **reader.about(),
        "items": items,
    }
    plain = without_nothing(plain)
    return Proposal(plain, (*reader.untaken, *untold(sheets, plain, reader.asked_lists)))
