# SPDX-License-Identifier: MIT
"""Rules that hold between the versions of a form, so that answers mean the same for ever and none is lost unseen."""

from collections.abc import Iterator, Mapping, Sequence

from rkv_app.forms.faults import FormFault
from rkv_app.forms.migrations import Step, migration_of, moved_ref
from rkv_app.forms.model import ChoiceItem, ChoicesItem, Form, Group, Item, ScaleItem
from rkv_app.foundation.closed_yaml import Place
from rkv_app.foundation.i18n import message


def family_faults(form: Form, older: Sequence[Form], *, reused: bool) -> Iterator[FormFault]:
    """What is wrong with a version beside the older ones.

    Args:
        form: the version to look at.
        older: the versions before it, newest first.
        reused: ids that once meant something else (no version may have them); otherwise answers on the version just
            before, or on one that a migration names, that would be lost without anybody having said so.
    """
    now = _by_ref(form)
    if reused:
        yield from _reused(now, older)
        return
    named = {migration.from_version for migration in form.migrations}
    for number, before in enumerate(older):
        if number == 0 or before.version in named:
            yield from _lost(Step(before, form), now)


def _reused(now: Mapping[str, tuple[Item, Place]], older: Sequence[Form]) -> Iterator[FormFault]:
    versions = [(before.version, _by_ref(before)) for before in older]
    for ref, (item, place) in now.items():
        for version, items in versions:
            was = items.get(ref)
            if was is not None and was[0].type != item.type:
                told = message(
                    "{id} was {before} in version {version} and is {now} here. Give the new question a new id.",
                    id=ref,
                    before=was[0].type,
                    version=version,
                    now=item.type,
                )
                yield FormFault(told, (*place, "id"))
                break


def _lost(step: Step, now: Mapping[str, tuple[Item, Place]]) -> Iterator[FormFault]:
    migration = migration_of(step)
    version = step.old.version
    for ref, (was, _) in _by_ref(step.old).items():
        if was.type in ("section", "note", "calculated"):
            continue
        to = moved_ref(migration, ref)
        if to is None:
            continue
        if to not in now:
            told = message(
                "Answers to {id} in version {version} would be lost. Name it under renamed or dropped in migrations.",
                id=ref,
                version=version,
            )
            yield FormFault(told, ("migrations",))
            continue
        item, place = now[to]
        if isinstance(was, ChoiceItem | ChoicesItem | ScaleItem) and isinstance(item, type(was)):
            codes = migration.codes.get(ref, {})
            gone = [code for code in was.codes() if codes.get(code, code) not in item.codes()]
            if gone:
                told = message(
                    "Answers {codes} to {id} in version {version} would be lost. Say under codes in migrations what "
                    "they are now.",
                    codes=", ".join(gone),
                    id=ref,
                    version=version,
                )
                yield FormFault(told, (*place, "options"))


def _by_ref(form: Form) -> dict[str, tuple[Item, Place]]:
    found: dict[str, tuple[Item, Place]] = {}
    for place, item, _ in form.placed():
        found[item.id] = (item, place)
        if isinstance(item, Group):
            for index, column in enumerate(item.columns):
                found[f"{item.id}/{column.id}"] = (column, (*place, "columns", index))
    return found
