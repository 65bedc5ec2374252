# SPDX-License-Identifier: MIT
"""Says in plain words why an item is asked, or why it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.conditions import Counted, holds
from rkv_app.forms.model import (
    NOT_OBSERVED,
    AimMatrixItem,
    ChoiceItem,
    ChoicesItem,
    Form,
    Group,
    Item,
    Question,
    RepeatItem,
    ScaleItem,
)
from rkv_app.forms.parts import Condition, EnableWhen, Operator
from rkv_app.forms.reading import Reading, Repeated, Rows, read
from rkv_app.foundation.i18n import Message, message


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison that an item hangs on.

    Attributes:
        question: what is compared.
        holds: whether the comparison is true now.
        message: the comparison in words, such as "«Trade» is «Cook»", whether it is true or not.
    """

    question: Question
    holds: bool
    message: Message


@dataclass(frozen=True, slots=True)
class Why:
    """Why an item is asked or not.

    Attributes:
        asked: whether it is, by its own conditions and those of the sections around it.
        needs_all: whether every reason has to hold, or one is enough.
        reasons: in the order of the form file; none for an item that is always asked.
    """

    asked: bool
    needs_all: bool
    reasons: tuple[Reason, ...]

    @property
    def message(self) -> Message | None:
        """One sentence that names what holds, or what would have to; None for an item that is always asked."""
        if not self.reasons:
            return None
        told = [reason.message for reason in self.reasons if reason.holds is self.asked]
        joined = _joined(told, all_of_them=self.asked or self.needs_all)
        if self.asked:
            return message("This is asked because {reasons}.", reasons=joined)
        return message("This is asked only when {reasons}.", reasons=joined)


def why(form: Form, path: str, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[Why, ...]:
    """Returns why the item under a path is asked or not: first the sections around it, outermost first, then itself.

    Parts without a condition are left out; none is left for an unknown path and for what is always asked.
    """
    head, *rest = path.split("/")
    placed = next((placed for placed in form.placed() if placed.item.id == head), None)
    if placed is None:
        return ()
    reading = read(form, answers, aims)
    around: list[Item] = [*placed.sections, placed.item]
    found = [_why(item.enable_when, form, reading.counting) for item in around if item.enable_when is not None]
    if len(rest) == 2 and isinstance(placed.item, AimMatrixItem | RepeatItem):
        column = placed.item.column(rest[1])
        if column is not None and column.enable_when is not None:
            found.append(_why(column.enable_when, placed.item, _row(reading, head, rest[0])))
    return tuple(found)


def condition_of(item: Item, where: Form | Group) -> Message | None:
    """Returns what must hold for an item to be asked, such as "«Trade» is «Cook»"; None where it is always asked.

    For paper, where nothing is hidden. `where` is the form, or the group whose column the item is; conditions on the
    sections around it are theirs to tell.
    """
    when = item.enable_when
    if when is None:
        return None
    told = [_in_words(one, _question(one, where)) for one in when.conditions]
    return _joined(told, all_of_them=when.all is not None)


def _joined(told: Sequence[Message], *, all_of_them: bool) -> Message:
    joined = told[0]
    for one in told[1:]:
        joined = (
            message("{first}, and {second}", first=joined, second=one)
            if all_of_them
            else message("{first}, or {second}", first=joined, second=one)
        )
    return joined


def _question(condition: Condition, where: Form | Group) -> Question:
    question = where.find(condition.item) if isinstance(where, Form) else where.column(condition.item)
    # A form that was loaded has no condition on anything but a question.
    assert isinstance(question, Question)
    return question


def _why(when: EnableWhen, where: Form | Group, counting: Mapping[str, Counted]) -> Why:
    reasons: list[Reason] = []
    for condition in when.conditions:
        question = _question(condition, where)
        reasons.append(Reason(question, holds(condition, counting.get(condition.item)), _in_words(condition, question)))
    results = [reason.holds for reason in reasons]
    needs_all = when.all is not None
    return Why(all(results) if needs_all else any(results), needs_all, tuple(reasons))


def _row(reading: Reading, group: str, row_id: str) -> Mapping[str, Counted]:
    part = reading.parts.get(group)
    rows = part.rows if isinstance(part, Rows | Repeated) else ()
    return next((row.counting for row in rows if row.id == row_id), {})


def _in_words(condition: Condition, question: Question) -> Message:
    asked, answer = question.label, _answer(condition.value, question)
    match condition.operator:
        case Operator.EXISTS if condition.value:
            return message("«{question}» is answered", question=asked)
        case Operator.EXISTS:
            return message("«{question}» is not answered", question=asked)
        case Operator.EQUAL:
            return message("«{question}» is «{answer}»", question=asked, answer=answer)
        case Operator.NOT_EQUAL:
            return message("«{question}» is something else than «{answer}»", question=asked, answer=answer)
        case Operator.GREATER:
            return message("«{question}» is more than «{answer}»", question=asked, answer=answer)
        case Operator.LESS:
            return message("«{question}» is less than «{answer}»", question=asked, answer=answer)
        case Operator.AT_LEAST:
            return message("«{question}» is at least «{answer}»", question=asked, answer=answer)
        case Operator.AT_MOST:
            return message("«{question}» is at most «{answer}»", question=asked, answer=answer)


def _answer(value: object, question: Question) -> object:
    if isinstance(question, ChoiceItem | ChoicesItem | ScaleItem):
        option = question.option(value)
        return option.label if option is not None else value
    if isinstance(value, bool):
        return message("Yes") if value else message("No")
    return message("Not observed") if value == NOT_OBSERVED else value
