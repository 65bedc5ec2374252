# SPDX-License-Identifier: MIT
"""Reads back what somebody changed in columns of a spreadsheet of ours: `relevant`, `constraint` and `calculation`.

Only the expressions that our own writer makes are read, strictly: whatever says anything else is no edit that a form
can take over. Rules that stand as they were keep their code and their words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rkv_app.forms.exchange.plain import Json, objects
from rkv_app.forms.exchange.xlsform import USUAL
from rkv_app.forms.exchange.xpath import JOINED, NAMED, read_literal, split
from rkv_app.forms.model import TODAY

KindOf = Callable[[str], str | None]
Words = Callable[[], Json | None]

_ASKED = frozenset({"text", "long_text", "yes_no", "choice", "choices", "scale", "date", "hours", "integer"})
# No operator of a form: the answer is one of several steps of a scale.
_STEPS = "in"
_ORDERS = ("<", "<=", ">", ">=")
_NUMBERS = ("integer", "hours", "calculated")
_BOUNDED = ("integer", "hours", "date")
_TEXTS = ("text", "long_text")
_COMPARED = re.compile(r"\.\s*(<=|>=|!=|=|<|>)\s*(.+)", re.DOTALL)
_LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(<=|>=)\s*([0-9]{1,6})")
_AGAINST = re.compile(r"\(\s*" + NAMED + r"\s*=\s*''\s+or\s+\.\s*(<=|>=|!=|=|<|>)\s*" + NAMED + r"\s*\)")
_CHOSEN = re.compile(r"(not\(\s*)?selected\(\s*\.\s*,\s*(.+?)\s*\)(\s*\))?", re.DOTALL)
_STEP = re.compile(r"\.\s*=\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One thing that must hold: of the length of a text, of the answer itself, or against another question."""

    operator: str
    value: object = None
    item: str | None = None
    of_length: bool = False

    @property
    def bound(self) -> str:
        """The key of a form file for this as a bound; empty where it can be none."""
        key = {">=": "min", "<=": "max"}.get(self.operator, "") if self.item is None else ""
        return f"{key}Length" if key and self.of_length else key


def edited_constraint(text: str, item: Json, group: str, words: Words, kind_of: KindOf) -> Json | None:
    """Returns the bounds and constraints that an expression says; None where it says anything else.

    Args:
        text: what stands in the sheet now; empty for nothing.
        item: the question as it was written, with its options, bounds and constraints.
        group: id of the matrix or repeat that it is a column of, or nothing.
        words: reads what is told where a new rule does not hold; without any there can be no new rule.
        kind_of: the type of the question of a name before this one; None where there is none.
    """
    if item["type"] not in _ASKED:
        return None
    rules: list[_Rule] = []
    for part in split(text, " and ") if text.strip() else ():
        rule = _read_rule(part.strip(), item, group, kind_of)
        if rule is None:
            return None
        rules.append(rule)
    return _sorted_out(rules, item, words)


def _read_rule(text: str, item: Json, group: str, kind_of: KindOf) -> _Rule | None:
    kind = str(item["type"])
    if length := _LENGTH.fullmatch(text):
        return _Rule(length[1], int(length[2]), of_length=True) if kind in _TEXTS else None
    if against := _AGAINST.fullmatch(text):
        other = against[1].removeprefix(f"{group}.") if group else against[1]
        known = against[1] == against[3] and kind_of(against[1]) == kind and "." not in other
        return _Rule(against[2], item=other) if known else None
    if kind == "choices":
        chosen = _CHOSEN.fullmatch(text)
        if chosen is None or bool(chosen[1]) != bool(chosen[3]):
            return None
        return _known(_Rule("!=" if chosen[1] else "=", read_literal(chosen[2], kind)), item)
    if kind == "scale" and (found := _read_steps(text, item)):
        return found
    compared = _COMPARED.fullmatch(text)
    if compared is None or (compared[1] not in ("=", "!=") and kind not in _BOUNDED):
        return None
    if kind == "date" and compared[2].strip() == "today()":
        return _Rule(compared[1], TODAY)
    value = read_literal(compared[2], kind)
    return _known(_Rule(compared[1], value), item) if value is not None else None


def _known(rule: _Rule, item: Json) -> _Rule | None:
    """The rule, where what it names is an option of a question that has options."""
    options = [option["code"] for option in objects(item.get("options"))]
    return rule if rule.value is not None and (not options or rule.value in options) else None


def _read_steps(text: str, item: Json) -> _Rule | None:
    """A rule on the order of a scale, which XPath says by naming the steps on one side."""
    steps = _steps(item)
    if text == "false()":
        named: list[str] = []
    elif text.startswith("(") and text.endswith(")"):
        parts = [_STEP.fullmatch(part.strip()) for part in split(text[1:-1], " or ")]
        named = [str(read_literal(part[1], "scale")) for part in parts if part]
        if len(named) != len(parts):
            return None
    else:
        return None
    rule = _Rule(_STEPS, tuple(named))
    return rule if any(_as_rule(one, steps) == rule for one in _orders(item, steps)) else None


def read_step_condition(text: str, named: Callable[[str], Json]) -> Json | None:
    """Returns the condition on the order of a scale that names the steps on one side of it; None where it is none.

    Args:
        text: `(${own} = 'a_little' or ${own} = 'can')`.
        named: the item of a name; empty where there is none.
    """
    names = set(re.findall(NAMED, text))
    item = named(names.pop()) if len(names) == 1 else {}
    rule = _read_steps(re.sub(NAMED, ".", text), item) if item.get("type") == "scale" else None
    if rule is None:
        return None
    order = _as_order(rule, item)
    return {"item": item["id"], "operator": order.operator, "value": order.value}


def conditions_as_written(text: str, when: Json) -> dict[str, Json]:
    """Returns the conditions of a question by the part of the expression that each was written as."""
    return {
        part.strip(): one
        for joined, key in JOINED
        if key in when
        for part, one in zip(split(text, joined), objects(when[key]), strict=False)
    }


def _orders(item: Json, steps: Sequence[str]) -> Iterator[Json]:
    """Every rule on the order of a scale, those that stand there already first: several name the same steps."""
    yield from (one for one in objects(item.get("constraints")) if one.get("operator") in _ORDERS)
    for operator in (">=", "<="):
        for step in steps:
            yield {"operator": operator, "value": step}


def _on_one_side(steps: Sequence[str], operator: str, step: str) -> tuple[str, ...]:
    at = steps.index(step)
    inside = {"<": steps[:at], "<=": steps[: at + 1], ">": steps[at + 1 :], ">=": steps[at:]}
    return tuple(inside[operator])


def _steps(item: Json) -> list[str]:
    return [str(option["code"]) for option in objects(item.get("options")) if not option.get("apart")]


def _sorted_out(rules: Sequence[_Rule], item: Json, words: Words) -> Json | None:
    """Which rules are the bounds and which are constraints; what stands as it was stays what it was."""
    kind, bounds = str(item["type"]), {}
    left = list(rules)
    for rule in rules:
        if rule.bound and rule.bound not in bounds and rule.value == _bound_before(item, kind, rule.bound):
            bounds[rule.bound] = rule.value
            left.remove(rule)
    before = [dict(one) for one in objects(item.get("constraints"))]
    kept: list[tuple[_Rule, Json | None]] = []
    for rule in left:
        same = next((one for one in before if _as_rule(one, _steps(item)) == rule), None)
        if same is not None:
            before.remove(same)
        kept.append((rule if same is not None else _as_order(rule, item), same))
    constraints: list[Json] = []
    for number, (rule, same) in enumerate(kept, 1):
        free = bool(rule.bound) and (rule.of_length or kind in _BOUNDED) and rule.bound not in bounds
        changed = next((one for one in before if one.get("operator") == rule.operator), None)
        if same is not None:
            constraints.append(same)
        elif free and (changed is None or _bound_before(item, kind, rule.bound) is not None):
            bounds[rule.bound] = rule.value
        elif rule.of_length:
            return None
        elif changed is not None:
            before.remove(changed)
            named = {key: value for key, value in changed.items() if key not in ("value", "item")}
            constraints.append({**named, **_against(rule)})
        elif told := words():
            against = _against(rule)
            constraints.append({"code": f"rule_{number}", "operator": rule.operator, **against, "message": told})
        else:
            return None
    return {**bounds, "constraints": constraints}


def _against(rule: _Rule) -> Json:
    return {"item": rule.item} if rule.item is not None else {"value": rule.value}


def _as_rule(one: Json, steps: Sequence[str]) -> _Rule:
    operator, value, item = str(one.get("operator")), one.get("value"), one.get("item")
    if operator in _ORDERS and value in steps:
        return _Rule(_STEPS, _on_one_side(steps, operator, str(value)))
    return _Rule(operator, value, item if isinstance(item, str) else None)


def _as_order(rule: _Rule, item: Json) -> _Rule:
    """A rule that names steps, as a form says it."""
    steps = _steps(item)
    said = next((one for one in _orders(item, steps) if _as_rule(one, steps) == rule), None)
    return _Rule(str(said["operator"]), said["value"]) if said is not None and rule.operator == _STEPS else rule


def _bound_before(item: Json, kind: str, key: str) -> object:
    return item.get(key, USUAL.get(kind, {}).get(key))


_SUM = re.compile(r"sum\(\s*" + NAMED + r"\s*\)")
_ONE = re.compile(r"coalesce\(\s*" + NAMED + r"\s*,\s*0\s*\)")
_COUNT = re.compile(r"count\(\s*" + NAMED + r"\s*(?:\[\s*\.\s*(!=|=)\s*([^\]]+?)\s*\])?\s*\)")
_SCORE = re.compile(r"if\(\s*selected\(\s*" + NAMED + r"\s*,\s*'([a-z0-9_]+)'\s*\)\s*,\s*(-?[0-9]{1,6})\s*,\s*0\s*\)")


def edited_calculation(text: str, named: Callable[[str], Json]) -> Json | None:
    """Returns the calculation that an expression says; None where it says none that a form has.

    Args:
        text: sums, counts or scores joined by +.
        named: the item of a name; empty where there is none.
    """
    parts = [part.strip() for part in split(text, "+")]
    for read in (_read_sum, _read_count, _read_score):
        found = read(parts, named)
        if found is not None:
            return found
    return None


def _read_sum(parts: Sequence[str], named: Callable[[str], Json]) -> Json | None:
    of: list[str] = []
    for part in parts:
        inside, alone = _SUM.fullmatch(part), _ONE.fullmatch(part)
        found = inside or alone
        if found is None or named(found[1]).get("type") not in _NUMBERS or bool(inside) != ("." in found[1]):
            return None
        of.append(_ref(found[1]))
    return {"function": "sum", "of": of}


def _read_count(parts: Sequence[str], named: Callable[[str], Json]) -> Json | None:
    of: list[str] = []
    sought: list[object] = []
    for part in parts:
        found = _COUNT.fullmatch(part)
        if found is None:
            return None
        kind = str(named(found[1]).get("type"))
        if found[2] is None:
            value: object = None
            fits = kind in ("repeat", "aim_matrix")
        else:
            value = None if (found[2], found[3]) == ("!=", "''") else read_literal(found[3], kind)
            fits = kind in ("choice", "scale", "yes_no") and (value is None) == (found[2] == "!=") and "." in found[1]
            codes = [option["code"] for option in objects(named(found[1]).get("options"))]
            fits = fits and (value is None or kind == "yes_no" or value in codes)
        if not fits:
            return None
        of.append(_ref(found[1]))
        sought.append(value)
    if any(one != sought[0] for one in sought):
        return None
    return {"function": "count", "of": of, **({} if sought[0] is None else {"value": sought[0]})}


def _read_score(parts: Sequence[str], named: Callable[[str], Json]) -> Json | None:
    said: dict[str, list[tuple[str, int]]] = {}
    for part in parts:
        found = _SCORE.fullmatch(part)
        if found is None:
            return None
        said.setdefault(found[1], []).append((found[2], int(found[3])))
    for name, scores in said.items():
        options = objects(named(name).get("options"))
        # What an option counts is said in the sheet of choices, and nowhere else.
        if scores != [(option["code"], option["score"]) for option in options if option.get("score") is not None]:
            return None
    return {"function": "score", "of": [_ref(name) for name in said]}


def _ref(name: str) -> str:
    return name.replace(".", "/")
