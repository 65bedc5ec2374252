# SPDX-License-Identifier: MIT
"""Conditions, constraints and calculations as XPath, as far as XLSForm can say them, and simple conditions back.

A question that nobody has answered matches nothing but `exists: false`; XPath compares an empty text with anything, so
what would be true of one is guarded with `!= ''`.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from rkv_app.forms.bounds import plain
from rkv_app.forms.exchange.plain import Json
from rkv_app.forms.model import (
    TODAY,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Form,
    Group,
    HoursItem,
    IntegerItem,
    LongTextItem,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.forms.parts import ORDERING, Calculation, Condition, EnableWhen, Function, Operator

# How conditions are joined, and what a form calls that.
JOINED = ((" and ", "all"), (" or ", "any"))
NAMED = r"\$\{\s*([^{}\s]+)\s*\}"
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_DATE = re.compile(r"date\(\s*'([0-9]{4}-[0-9]{2}-[0-9]{2})'\s*\)")
_COMPARISON = re.compile(NAMED + r"\s*(=|!=|<=|>=|<|>)\s*(.+)", re.DOTALL)
_SELECTED = re.compile(r"selected\(\s*" + NAMED + r"\s*,\s*'([^']*)'\s*\)")
_GUARDED = re.compile(r"\(" + NAMED + r" != '' and (.+)\)", re.DOTALL)

Name = Callable[[str], str]


def relevant(when: EnableWhen, asked: Mapping[str, Question], name: Name) -> str:
    """When an item is asked, as XPath; `name` gives what a question here is called in the file."""
    joined = " and " if when.all is not None else " or "
    return joined.join(_condition(one, asked[one.item], f"${{{name(one.item)}}}") for one in when.conditions)


def _condition(condition: Condition, asked: Question, ref: str) -> str:
    operator, value = condition.operator, condition.value
    if operator is Operator.EXISTS:
        return f"{ref} {'!=' if value else '='} ''"
    if isinstance(asked, ChoicesItem):
        found = f"selected({ref}, {literal(asked, value)})"
        return found if operator is Operator.EQUAL else f"({ref} != '' and not({found}))"
    if isinstance(asked, ScaleItem) and operator in ORDERING:
        return _steps(asked, operator, str(value), ref)
    compared = f"{ref} {operator.value} {literal(asked, value)}"
    return f"({ref} != '' and {compared})" if operator is Operator.NOT_EQUAL or value == "" else compared


def _steps(asked: ScaleItem, operator: Operator, value: str, ref: str) -> str:
    """The steps that lie on one side of another one; XPath knows no order of codes."""
    limit = asked.step(value) or 0
    inside: Mapping[Operator, Callable[[int], bool]] = {
        Operator.LESS: lambda step: step < limit,
        Operator.AT_MOST: lambda step: step <= limit,
        Operator.GREATER: lambda step: step > limit,
        Operator.AT_LEAST: lambda step: step >= limit,
    }
    found = [code for code in asked.codes() if (step := asked.step(code)) is not None and inside[operator](step)]
    return f"({' or '.join(f'{ref} = {_quoted(code)}' for code in found)})" if found else "false()"


def literal(asked: Question, value: object) -> str:
    """A value that an answer is compared with."""
    match asked:
        case DateItem():
            return f"date('{value}')"
        case YesNoItem() if isinstance(value, bool):
            return "'yes'" if value else "'no'"
        case IntegerItem() | HoursItem() | CalculatedItem() if isinstance(value, int | float):
            return plain(value)
        case _:
            return _quoted(str(value))


def _quoted(text: str) -> str:
    """A text as XPath 1.0 writes it, which has no way to write both kinds of quotation marks in one."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"


def read_relevant(text: str, kind_of: Callable[[str], str | None]) -> Json | None:
    """Returns the `enableWhen` that an XPath says, or None where it says more than a form can.

    Args:
        text: comparisons of questions with values, joined by `and` or by `or`.
        kind_of: the type of the question of a name; None where there is none.
    """
    return read_joined(text, lambda part: read_condition(part, kind_of))


def read_joined(text: str, read: Callable[[str], Json | None]) -> Json | None:
    """Returns the `enableWhen` of conditions joined by `and` or by `or`, each as `read` understands it; else None."""
    for joined, key in JOINED:
        found = [read(part.strip()) for part in split(text, joined)]
        if all(one is not None for one in found):
            return {key: found}
    return None


def split(text: str, joined: str) -> Iterator[str]:
    """The parts of an expression between words that stand outside brackets and quotation marks."""
    depth, quote, start, at = 0, "", 0, 0
    while at < len(text):
        sign = text[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif depth == 0 and text.startswith(joined, at):
            yield text[start:at]
            start = at = at + len(joined)
            continue
        at += 1
    yield text[start:]


def read_condition(text: str, kind_of: Callable[[str], str | None]) -> Json | None:
    """Returns the condition that one comparison says; None where it says another thing than a form can."""
    if guarded := _GUARDED.fullmatch(text):
        text = guarded[2].strip()
    refused = text.startswith("not(") and text.endswith(")")
    if chosen := _SELECTED.fullmatch(text[4:-1] if refused else text):
        return _told(chosen[1], "!=" if refused else "=", chosen[2], kind_of)
    compared = _COMPARISON.fullmatch(text)
    if compared is None:
        return None
    name, operator, right = compared.groups()
    right = right.strip()
    if right == "''" and operator in ("=", "!="):
        known = kind_of(name) is not None
        return {"item": name, "operator": "exists", "value": operator == "!="} if known else None
    if dated := _DATE.fullmatch(right):
        return _told(name, operator, dated[1], kind_of)
    if len(right) >= 2 and right[0] == right[-1] and right[0] in "'\"" and right[0] not in right[1:-1]:
        return _told(name, operator, right[1:-1], kind_of)
    return _told(name, operator, right, kind_of) if _NUMBER.fullmatch(right) else None


def read_literal(text: str, kind: str) -> object:
    """Returns the value that `literal` writes so for a question of this type; None where it writes none so."""
    text = text.strip()
    if dated := _DATE.fullmatch(text):
        return dated[1] if kind == "date" else None
    if kind in ("integer", "hours", "calculated"):
        return (float(text) if "." in text else int(text)) if _NUMBER.fullmatch(text) else None
    said = _read_quoted(text)
    if said is None or kind == "date":
        return None
    return {"yes": True, "no": False}.get(said) if kind == "yes_no" else said


def _read_quoted(text: str) -> str | None:
    """The text between quotation marks; None where it is written in another way than `_quoted` does."""
    if text.startswith("concat(") and text.endswith(")"):
        parts = [_read_quoted(part.strip()) for part in split(text[7:-1], ",")]
        return None if None in parts else "".join(part for part in parts if part is not None)
    is_text = len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"" and text[0] not in text[1:-1]
    return text[1:-1] if is_text else None


def _told(name: str, operator: str, value: str, kind_of: Callable[[str], str | None]) -> Json | None:
    found: object = value
    match kind_of(name):
        case None:
            return None
        case "yes_no":
            found = {"yes": True, "no": False}.get(value, value)
        case "integer" | "hours" | "calculated":
            if not _NUMBER.fullmatch(value):
                return None
            found = float(value) if "." in value else int(value)
        case _:
            pass
    return {"item": name, "operator": operator, "value": found}


def constraint(item: Question, name: Name) -> str:
    """All that must hold of an answer, as XPath; empty where anything goes."""
    parts: list[str] = []
    match item:
        case TextItem() | LongTextItem():
            if item.min_length is not None:
                parts.append(f"string-length(.) >= {item.min_length}")
            parts.append(f"string-length(.) <= {item.max_length}")
        case IntegerItem() | HoursItem() | DateItem():
            for operator, bound in ((">=", item.min), ("<=", item.max)):
                if bound is not None:
                    parts.append(f". {operator} {'today()' if bound == TODAY else literal(item, bound)}")
        case _:
            pass
    for one in item.constraints:
        if one.item is not None:
            other = f"${{{name(one.item)}}}"
            parts.append(f"({other} = '' or . {one.operator.value} {other})")
        elif isinstance(item, ChoicesItem):
            chosen = f"selected(., {literal(item, one.value)})"
            parts.append(chosen if one.operator is Operator.EQUAL else f"not({chosen})")
        elif isinstance(item, ScaleItem) and one.operator in ORDERING:
            parts.append(_steps(item, one.operator, str(one.value), "."))
        else:
            parts.append(f". {one.operator.value} {literal(item, one.value)}")
    return " and ".join(parts)


_BOUND = re.compile(r"(\.|string-length\(\.\))\s*(<=|>=)\s*(.+)")


def read_bounds(text: str, kind: str) -> Json | None:
    """Returns the least and the most that a constraint of somebody else's allows; None where it says more."""
    found: Json = {}
    for part in split(text, " and "):
        bound = _BOUND.fullmatch(part.strip())
        if bound is None:
            return None
        length, right = bound[1] != ".", bound[3].strip()
        key = "min" if bound[2] == ">=" else "max"
        dated = _DATE.fullmatch(right)
        if length and kind in ("text", "long_text") and _NUMBER.fullmatch(right) and right.isdecimal():
            found[f"{key}Length"] = int(right)
        elif not length and kind == "date" and (right == "today()" or dated):
            found[key] = dated[1] if dated else TODAY
        elif not length and kind in ("integer", "hours") and _NUMBER.fullmatch(right):
            found[key] = float(right) if "." in right else int(right)
        else:
            return None
    return found


def calculation(form: Form, calculation: Calculation, name: Name) -> str:
    """What XPath can count: sums, scores, and how many; an empty text where it cannot."""
    found = [_term(form, ref, calculation, name) for ref in calculation.of]
    return " + ".join(found) if all(found) else "''"


def _term(form: Form, ref: str, calculation: Calculation, name: Name) -> str:
    head, _, column = ref.partition("/")
    item = form.find(head)
    xpath = f"${{{name(ref)}}}"
    if isinstance(item, Group):
        if not column:
            return f"count({xpath})" if calculation.function is Function.COUNT else ""
        asked = item.column(column)
        if calculation.function is Function.SUM:
            return f"sum({xpath})"
        if calculation.function is Function.COUNT and asked is not None and asked.type in ("choice", "scale", "yes_no"):
            sought = "''" if calculation.value is None else literal(asked, calculation.value)
            return f"count({xpath}[. {'!=' if calculation.value is None else '='} {sought}])"
        return ""
    if calculation.function is Function.SUM:
        return f"coalesce({xpath}, 0)"
    if calculation.function is Function.SCORE and isinstance(item, ChoiceItem | ChoicesItem | ScaleItem):
        return " + ".join(
            f"if(selected({xpath}, '{option.code}'), {option.score}, 0)"
            for option in item.options
            if option.score is not None
        )
    return ""
