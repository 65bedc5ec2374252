# SPDX-License-Identifier: MIT
"""A form while somebody writes in it: the answers, what is wrong with them now, and how far one has come. No widgets.

Problems are found anew after each answer, `rkv_app.forms.live`. What is missing is not held against anybody before they
have asked for the check; what is wrong with an answer that was given is told at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rkv_app.domain.carried import carried_path, given
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.moves import answered_aims
from rkv_app.forms.answers import hidden_answers, progress, question_at
from rkv_app.forms.live import LiveCheck, dependents
from rkv_app.forms.model import CalculatedItem, Form, Group, LongTextItem, RepeatItem, Section, TextItem
from rkv_app.forms.problems import Problem
from rkv_app.forms.reading import Cell, Part, Reading, Repeated, Row, Rows, read, row_ids
from rkv_app.forms.values import is_blank
from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.wording import Wording

# Too few rows, no aim, no answer: nobody has done anything wrong yet.
_MISSING = frozenset({"RKV-FRM-020", "RKV-FRM-024", "RKV-FRM-029"})


class Mark(StrEnum):
    """How far one part of a form has come."""

    UNANSWERED = "unanswered"
    BEGUN = "begun"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the outline: a section, an aim, or a question that stands outside all sections.

    Attributes:
        path: item path to go to.
        said: what it is called.
        code: of an aim; else empty.
        mark: how far it has come; None where there is nothing to answer.
        problem: something in it is wrong, as far as that is told.
    """

    path: str
    said: str
    code: str
    mark: Mark | None
    problem: bool


@dataclass(frozen=True, slots=True)
class ToPutRight:
    """One thing to put right: where, its code, and in words."""

    path: str
    code: str
    said: str


class Filling:
    """See the module.

    Attributes:
        answers: item path to JSON value.
        checked: whether somebody has asked what is missing; from then on it is told.
    """

    def __init__(self, form: Form, answers: Mapping[str, object], aims: Sequence[AimText], *, today: date) -> None:
        self.form = form
        self.aims = tuple(aims)
        self.answers = dict(answers)
        self.checked = False
        self._looked_at = frozenset(_looked_at(form))
        self._live = LiveCheck(form, given(self.answers), self.aims, today=today)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that stands in the way of completing, in reading order."""
        return self._live.problems

    def answer(self, path: str, value: object) -> bool:
        """Takes an answer, None takes it back; returns whether anything but the answer itself is other than before."""
        before, told = self.answers.get(path), self.told()
        if value is None:
            self.answers.pop(path, None)
            self._drop_lonely_mark(path)
        else:
            self.answers[path] = value
        self._live.answer(path, value)
        if not isinstance(question_at(self.form, path, self.aims), TextItem | LongTextItem):
            return True
        # Each key that is pressed comes here, and most change no more than the text.
        head, *rest = path.split("/")
        ref = f"{head}/{rest[-1]}" if rest else head
        return is_blank(before) != is_blank(value) or ref in self._looked_at or told != self.told()

    def told(self) -> tuple[Problem, ...]:
        """The problems to show beside their questions: all of them once checked, before that no missing answers."""
        return tuple(problem for problem in self.problems if self.checked or problem.code not in _MISSING)

    def to_put_right(self, words: Words, language: str = "") -> tuple[ToPutRight, ...]:
        """Every problem in words, with where it is."""
        wording = Wording(words, language or words.language.value)
        return tuple(
            ToPutRight(
                problem.item, problem.code, _in_line(self.where(problem.item, wording), wording.problem(problem))
            )
            for problem in self.problems
        )

    def removed(self, words: Words) -> tuple[str, ...]:
        """The questions whose answers completing will remove, since they are not asked any more."""
        wording = Wording(words, words.language.value)
        return tuple(self.where(path, wording) for path in hidden_answers(self.form, self.answers, self.aims))

    def progress(self) -> tuple[int, int]:
        """How many things are answered, of how many."""
        return progress(self.form, self.answers, self.aims)

    def where(self, path: str, wording: Wording) -> str:
        """What an item path is called: the aim's code or the row's number, and the question."""
        head, *rest = path.split("/")
        item = self.form.find(head)
        asked = question_at(self.form, path, self.aims) or item
        label = wording.text(asked.label) if asked is not None else path
        if isinstance(item, RepeatItem) and rest:
            called = wording.text(item.row_label or item.label)
            order = row_ids(item, self.answers)
            return f"{called} {order.index(rest[0]) + 1}, {label}" if rest[0] in order else f"{called}, {label}"
        return f"{rest[0]}, {label}" if rest else label

    def outline(self, words: Words, language: str = "") -> tuple[OutlineEntry, ...]:
        """Sections, aims and questions outside sections that are shown now, in reading order."""
        wording = Wording(words, language or words.language.value)
        reading = read(self.form, self.answers, self.aims)
        return tuple(self._entries(reading, wording))

    def _drop_lonely_mark(self, path: str) -> None:
        """The mark goes with the last answer that it is about; the store does the same."""
        _, _, below = path.partition("/")
        code = below.partition("/")[0]
        if code and code not in answered_aims(self.answers):
            self.answers.pop(carried_path(code), None)

    def _entries(self, reading: Reading, wording: Wording) -> Iterator[OutlineEntry]:
        wrong = {problem.item for problem in self.told()}
        for placed in self.form.placed():
            item = placed.item
            if item.id not in reading.shown:
                continue
            part = reading.parts.get(item.id)
            if isinstance(item, Section):
                inside = self._inside(item.id, reading)
                heads = {one.item.id for one in self.form.placed() if item in one.sections}
                is_wrong = any(path.partition("/")[0] in heads for path in wrong)
                yield OutlineEntry(item.id, wording.text(item.label), "", _mark(inside), is_wrong)
            elif isinstance(part, Rows):
                for row in part.rows:
                    path = f"{item.id}/{row.id}"
                    is_wrong = any(one.startswith(f"{path}/") for one in wrong)
                    yield OutlineEntry(path, row.aim.text, row.aim.code, _row_mark(row), is_wrong)
            elif part is not None and not placed.sections and not isinstance(item, CalculatedItem):
                is_wrong = any(path.partition("/")[0] == item.id for path in wrong)
                yield OutlineEntry(item.id, wording.text(item.label), "", _mark([part]), is_wrong)

    def _inside(self, section_id: str, reading: Reading) -> list[Part]:
        return [
            reading.parts[placed.item.id]
            for placed in self.form.placed()
            if placed.item.id in reading.parts and any(section.id == section_id for section in placed.sections)
        ]


def _in_line(where: str, said: str) -> str:
    # Many questions end with a question mark, and a colon after that is one sign too many.
    return f"{where} {said}" if where[-1:] in "?!.…" else f"{where}: {said}"


def _looked_at(form: Form) -> Iterator[str]:
    """The questions on whose answers something else hangs, those of rows as `group/column`."""
    yield from dependents(form)
    for placed in form.placed():
        if isinstance(placed.item, Group):
            for column in placed.item.columns:
                when = column.enable_when.conditions if column.enable_when else ()
                yield from (f"{placed.item.id}/{condition.item}" for condition in when)


def _mark(parts: Sequence[Part]) -> Mark | None:
    """How far several parts have come together: answered where each one is that must be."""
    begun: list[bool] = []
    done: list[bool] = []
    for part in parts:
        if isinstance(part, Cell):
            if not isinstance(part.item, CalculatedItem):
                begun.append(part.given)
                done.append(part.counts or not (part.given or part.item.required))
        else:
            begun.extend(row.begun for row in part.rows)
            done.extend(row.answered for row in part.rows)
            if isinstance(part, Repeated):
                begun.append(bool(part.rows))
                done.append(len(part.rows) >= part.repeat.min)
    if not begun:
        return None
    if not any(begun):
        return Mark.UNANSWERED
    return Mark.ANSWERED if all(done) else Mark.BEGUN


def _row_mark(row: Row) -> Mark:
    return Mark.ANSWERED if row.answered else Mark.BEGUN if row.begun else Mark.UNANSWERED
