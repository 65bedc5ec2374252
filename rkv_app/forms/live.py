# SPDX-License-Identifier: MIT
"""Checks answers while they are being given: after one answer, only what it can have changed is read again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import AimMatrixItem, CalculatedItem, Form, RepeatItem
from rkv_app.forms.problems import Problem
from rkv_app.forms.reading import Cell, Reading, Repeated, Row, Rows, aim_row, cells, judge
from rkv_app.forms.validation import group_problems, is_known, question_problems, row_problems, unknown

_Found = tuple[Problem, ...]


class LiveCheck:
    """The problems of one set of answers, kept up to date; always the same as `validation.check` would find."""

    def __init__(self, form: Form, answers: Mapping[str, object], aims: Sequence[AimText], *, today: date) -> None:
        self._form = form
        self._answers = dict(answers)
        self._aims = tuple(aims)
        self._today = today
        self._placed = {placed.item.id: placed for placed in form.placed()}
        self._order = {item_id: at for at, item_id in enumerate(self._placed)}
        self._dependents = dependents(form)
        self._reading = Reading()
        # By item, its own problems; by item and row, those of the row. Both in reading order.
        self._own: dict[str, _Found] = dict.fromkeys(self._placed, ())
        self._rows: dict[str, dict[str, _Found]] = {}
        self._unknown = {path: unknown(path) for path in answers if not is_known(form, path, aims)}
        for item_id in self._placed:
            self._read(item_id)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, in reading order."""
        found: Iterator[Problem] = chain.from_iterable(self._each())
        return (*found, *self._unknown.values())

    def answer(self, path: str, value: object) -> tuple[Problem, ...]:
        """Takes one answer, None to remove it, and returns every problem there is now."""
        if value is None:
            self._answers.pop(path, None)
        else:
            self._answers[path] = value
        if not is_known(self._form, path, self._aims):
            if value is None:
                self._unknown.pop(path, None)
            else:
                self._unknown[path] = unknown(path)
            return self.problems
        head, *rest = path.split("/")
        if not rest or not self._read_row(head, rest[0]):
            self._read(head)
        for item_id in sorted(self._after(head), key=self._order.__getitem__):
            self._read(item_id)
        return self.problems

    def _each(self) -> Iterator[_Found]:
        for item_id, own in self._own.items():
            yield own
            if item_id in self._rows:
                yield from self._rows[item_id].values()

    def _after(self, item_id: str) -> set[str]:
        """Everything that an answer to an item can reach, by whatever way."""
        found: set[str] = set()
        waiting = [item_id]
        while waiting:
            for one in self._dependents.get(waiting.pop(), ()):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return found

    def _read(self, item_id: str) -> None:
        judge(self._reading, self._placed[item_id], self._answers, self._aims)
        part = self._reading.parts.get(item_id)
        self._rows.pop(item_id, None)
        if part is None:
            self._own[item_id] = ()
        elif isinstance(part, Cell):
            found = question_problems(part, self._reading.counting, self._answers, self._today)
            self._own[item_id] = tuple(found)
        else:
            self._own[item_id] = tuple(group_problems(part))
            self._rows[item_id] = {row.id: tuple(row_problems(part, row, self._today)) for row in part.rows}

    def _read_row(self, item_id: str, row_id: str) -> bool:
        """Reads one row of a group again; False where the whole group has to be read."""
        part = self._reading.parts.get(item_id)
        if part is None or isinstance(part, Cell) or row_id not in self._rows[item_id]:
            return part is None
        fresh: Rows | Repeated
        if isinstance(part, Rows):
            aim = next(row.aim for row in part.rows if row.id == row_id)
            made = aim_row(part.matrix, aim, self._answers)
            fresh = replace(part, rows=tuple(made if row.id == row_id else row for row in part.rows))
            row: Row = made
        else:
            row = Row(row_id, cells(part.repeat, row_id, self._answers))
            fresh = replace(part, rows=tuple(row if old.id == row_id else old for old in part.rows))
        self._reading.parts[item_id] = fresh
        self._own[item_id] = tuple(group_problems(fresh))
        self._rows[item_id][row_id] = tuple(row_problems(fresh, row, self._today))
        return True


def dependents(form: Form) -> dict[str, set[str]]:
    """For each item, those that must be read again when it has been: what refers to it, and what lies in it."""
    found: dict[str, set[str]] = {}
    for _, item, sections in form.placed():
        needed = {sections[-1].id} if sections else set()
        if item.enable_when is not None:
            needed.update(condition.item for condition in item.enable_when.conditions)
        if isinstance(item, CalculatedItem):
            needed.update(ref.partition("/")[0] for _, ref in item.calculate.refs())
        constraints = () if isinstance(item, AimMatrixItem | RepeatItem) else getattr(item, "constraints", ())
        needed.update(constraint.item for constraint in constraints if constraint.item is not None)
        for one in needed:
            found.setdefault(one, set()).add(item.id)
    return found
