# SPDX-License-Identifier: MIT
"""Moves answers from one version of a form to a newer one, and says what became of each.

Nobody's answers are moved by themselves: a person asks for it and is shown the report. What the newer version does not
name keeps its place, since an item id never means another thing in a later version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.answers import is_repeat, question_at
from rkv_app.forms.model import ChoicesItem, Form
from rkv_app.forms.parts import Migration
from rkv_app.forms.values import are_rows, chosen, fits
from rkv_app.foundation.i18n import Message, message

_NOTHING_NAMED = Migration.model_construct(from_version="", renamed={}, codes={}, dropped=())


class Step(NamedTuple):
    """From one version of a form to a newer one."""

    old: Form
    new: Form


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that is not where, or not what, it was."""

    before: str
    path: str
    value: object


@dataclass(frozen=True, slots=True)
class Loss:
    """An answer that has no place any more."""

    path: str
    value: object
    why: Message


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of every answer, each by its path before.

    Attributes:
        kept: answers that are as they were.
        changed: answers under another path or with other codes.
        lost: answers that would be dropped; whoever moves is shown them first.
    """

    kept: Mapping[str, object]
    changed: tuple[Change, ...]
    lost: tuple[Loss, ...]

    @property
    def answers(self) -> dict[str, object]:
        """The answers on the newer version."""
        return {**self.kept, **{change.path: change.value for change in self.changed}}


def move(steps: Sequence[Step], answers: Mapping[str, object], aims: Sequence[AimText]) -> Moved:
    """Returns what becomes of answers on the way through some versions; changes nothing.

    Args:
        steps: the way, see `Forms.steps`.
        answers: item path to JSON value, on the version that the first step leaves.
        aims: the aims that were asked about.
    """
    here = {path: (path, value) for path, value in answers.items()}
    lost: list[Loss] = []
    for step in steps:
        migration = migration_of(step)
        there: dict[str, tuple[str, object]] = {}
        for first, (path, value) in here.items():
            found = _moved(migration, step.old, step.new, path, value, aims)
            if isinstance(found, Message):
                lost.append(Loss(first, answers[first], found))
            elif found[0] in {taken for taken, _ in there.values()}:
                lost.append(Loss(first, answers[first], message("Another answer has taken its place.")))
            else:
                there[first] = found
        here = there
    kept = {first: value for first, (path, value) in here.items() if path == first and value == answers[first]}
    changed = tuple(Change(first, path, value) for first, (path, value) in here.items() if first not in kept)
    return Moved(kept, changed, tuple(lost))


def migration_of(step: Step) -> Migration:
    """What the newer version says about answers on the older one; nothing in particular where it is silent."""
    named = (found for found in step.new.migrations if found.from_version == step.old.version)
    return next(named, _NOTHING_NAMED)


def moved_ref(migration: Migration, ref: str) -> str | None:
    """Where an item or a column (`group/column`) of the older version is in the newer; None where it is dropped."""
    head, _, column = ref.partition("/")
    if ref in migration.dropped or head in migration.dropped:
        return None
    if ref in migration.renamed:
        return migration.renamed[ref]
    return "/".join(part for part in (migration.renamed.get(head, head), column) if part)


def _moved(
    migration: Migration, old: Form, new: Form, path: str, value: object, aims: Sequence[AimText]
) -> tuple[str, object] | Message:
    head, *rest = path.split("/")
    ref = "/".join([head, *rest[1:]])
    to = moved_ref(migration, ref)
    if to is None:
        return message("The newer form does not ask this any more.")
    new_head, _, column = to.partition("/")
    new_path = "/".join([new_head, *rest[:1], *([column] if column else [])])
    question = question_at(new, new_path, aims)
    if question is None:
        if is_repeat(new, new_path) and are_rows(value):
            return new_path, value
        return message("The newer form does not ask this any more.")
    recoded = _recoded(value, migration.codes.get(ref, {}), several=isinstance(question, ChoicesItem))
    before = question_at(old, path, aims)
    if before is not None and before.type != question.type:
        return message("The newer form asks for another kind of answer.")
    # What did not fit before is not lost by moving: it is told of as a problem, before and after.
    if before is not None and fits(before, value) and not fits(question, recoded):
        return message("The newer form does not have this answer any more.")
    return new_path, recoded


def _recoded(value: object, codes: Mapping[str, str], *, several: bool) -> object:
    if not codes:
        return value
    if several and isinstance(value, list | tuple):
        return list(dict.fromkeys(codes.get(code, code) for code in chosen(value)))
    return codes.get(value, value) if isinstance(value, str) else value
