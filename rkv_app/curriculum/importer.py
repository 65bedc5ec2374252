# SPDX-License-Identifier: MIT
"""Builds curricula from Grep records: plan, sets in the order of its chapter, aims in reading order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from rkv_app.curriculum.records import (
    AIM_TYPE,
    PLAN_TYPE,
    SET_TYPE,
    AimRecord,
    PlanRecord,
    Reference,
    SetRecord,
    newer,
)
from rkv_app.curriculum.sources import RawRecord, raw_records
from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.resources import resources_dir

_UDIR = "Udir, Grep (NLOD 2.0)"
_PRACTICE = "rkv_app, made-up practice plan"
_PRACTICE_URI = "urn:rkv:ovelse:"
_NAMED_AT_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came out of the files.

    Attributes:
        curricula: by code.
        records: Grep records that were read, of every type.
        skipped: records of types that no curriculum is built from, and things that are no Grep record.
        missing: codes of curricula left out because the files hold none of their aims, and of sets and aims that an
            imported curriculum names but the files lack or have in a form that cannot be used.
    """

    curricula: tuple[Curriculum, ...]
    records: int
    skipped: int
    missing: tuple[str, ...]


def practice_curriculum_files() -> tuple[Path, ...]:
    """The files of the made-up practice curriculum that comes with the app."""
    return tuple(sorted((resources_dir() / "catalogue").rglob("*.json")))


def read_curricula(files: Sequence[Path], only: Collection[str] | None = None) -> ImportReport:
    """Reads the curricula that `files` (JSON files, folders, JSON dump archives) hold together.

    Args:
        files: what the user chose; one curriculum may be spread over several of them.
        only: codes of the curricula wanted, or None for all.

    Raises:
        UserError: RKV-CUR-003 a curriculum without aims, RKV-CUR-004 a wanted curriculum is not there,
            RKV-CUR-006 no curriculum at all, and all that `raw_records` raises.
    """
    shelf = _Shelf()
    for raw in raw_records(files):
        shelf.add(raw)
    if not shelf.plans:
        raise _no_curriculum(shelf)
    wanted = sorted(shelf.plans) if only is None else sorted(set(only))
    absent = [code for code in wanted if code not in shelf.plans]
    if absent:
        raise UserError(
            "RKV-CUR-004",
            message("The curriculum {codes} is not in these files.", codes=_named(absent)),
            message("Nothing was imported. The files hold: {codes}.", codes=_named(sorted(shelf.plans))),
        )
    built = [_curriculum(shelf.plans[code], shelf) for code in wanted]
    full = tuple(curriculum for curriculum in built if curriculum.aim_count())
    empty = [curriculum.code for curriculum in built if not curriculum.aim_count()]
    if empty and (only is not None or not full):
        raise _without_aims(shelf.plans[empty[0]])
    lacking = (code for curriculum in full for code in _lacking(curriculum, shelf))
    return ImportReport(
        curricula=full,
        records=shelf.records,
        skipped=shelf.skipped,
        missing=tuple(dict.fromkeys((*empty, *lacking))),
    )


@dataclass(slots=True)
class _Shelf:
    """The usable records by code, the last changed of each."""

    plans: dict[str, PlanRecord] = field(default_factory=dict)
    sets: dict[str, SetRecord] = field(default_factory=dict)
    aims: dict[str, AimRecord] = field(default_factory=dict)
    aims_of_set: dict[str, list[str]] = field(default_factory=dict)
    records: int = 0
    skipped: int = 0

    def add(self, raw: RawRecord) -> None:
        self.records += bool(raw.type)
        try:
            if raw.type == PLAN_TYPE:
                plan = PlanRecord.model_validate(raw.data)
                self.plans[plan.code] = newer(self.plans.get(plan.code), plan)
            elif raw.type == SET_TYPE:
                aim_set = SetRecord.model_validate(raw.data)
                self.sets[aim_set.code] = newer(self.sets.get(aim_set.code), aim_set)
            elif raw.type == AIM_TYPE:
                self._add_aim(AimRecord.model_validate(raw.data))
            else:
                self.skipped += 1
        except ValidationError:
            # One record that Udir has got wrong must not keep a whole dump out; what it leaves missing is reported.
            self.skipped += 1

    def _add_aim(self, aim: AimRecord) -> None:
        if aim.set is not None and aim.code not in self.aims:
            self.aims_of_set.setdefault(aim.set.code, []).append(aim.code)
        self.aims[aim.code] = newer(self.aims.get(aim.code), aim)


def _curriculum(plan: PlanRecord, shelf: _Shelf) -> Curriculum:
    sets = (_aim_set(reference, shelf) for reference in plan.sets)
    return Curriculum(
        code=plan.code,
        uri=plan.uri,
        title=plan.text,
        changed=plan.changed,
        published=plan.published,
        sets=tuple(aim_set for aim_set in sets if aim_set.aims),
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        modular=plan.modular,
        replaces=_codes(plan.replaces),
        replaced_by=_codes(plan.replaced_by),
        original_plans=_codes(plan.original_plans),
        source=_PRACTICE if plan.uri.startswith(_PRACTICE_URI) else _UDIR,
    )


def _aim_set(reference: Reference, shelf: _Shelf) -> AimSet:
    record = shelf.sets.get(reference.code)
    known = record if record is not None and record.title else reference
    aims = (_aim(named, shelf) for named in _in_reading_order(reference.code, record, shelf))
    return AimSet(
        code=reference.code,
        uri=known.uri,
        title=known.text,
        aims=tuple(aim for aim in aims if aim.text.by_language),
    )


def _in_reading_order(set_code: str, record: SetRecord | None, shelf: _Shelf) -> list[Reference]:
    """The set's own list decides which aims are in it; without one, published aims that say they belong to it."""
    named: list[Reference]
    if record is not None and record.aims:
        named = list({aim.code: aim for aim in record.aims}.values())
    else:
        belonging = (shelf.aims[code] for code in shelf.aims_of_set.get(set_code, ()))
        named = [aim for aim in belonging if aim.published]
    places = [_place(aim.code, shelf) for aim in named]
    if all(place is not None for place in places):
        order = sorted(range(len(named)), key=lambda index: places[index] or 0.0)
        return [named[index] for index in order]
    return named


def _place(aim_code: str, shelf: _Shelf) -> float | None:
    record = shelf.aims.get(aim_code)
    return record.order if record is not None else None


def _aim(reference: Reference, shelf: _Shelf) -> CompetenceAim:
    record = shelf.aims.get(reference.code)
    if record is None or not record.title:
        return CompetenceAim(code=reference.code, uri=reference.uri, text=reference.text)
    return CompetenceAim(
        code=record.code,
        uri=record.uri,
        text=record.text,
        taken_from=record.taken_from.code if record.taken_from else "",
        reuse_of=record.reuse_of.code if record.reuse_of else "",
    )


def _lacking(curriculum: Curriculum, shelf: _Shelf) -> Iterable[str]:
    there = {aim_set.code: {aim.code for aim in aim_set.aims} for aim_set in curriculum.sets}
    for reference in shelf.plans[curriculum.code].sets:
        if reference.code not in there:
            yield reference.code
        elif (record := shelf.sets.get(reference.code)) is not None:
            yield from (aim.code for aim in record.aims if aim.code not in there[reference.code])


def _codes(references: Iterable[Reference]) -> tuple[str, ...]:
    return tuple(reference.code for reference in references)


def _named(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_NAMED_AT_MOST]) + (" …" if len(codes) > _NAMED_AT_MOST else "")


def _without_aims(plan: PlanRecord) -> UserError:
    return UserError(
        "RKV-CUR-003",
        message("The curriculum {code} has no competence aims in these files.", code=plan.code),
        message(
            "Nothing was imported. Add the files of its aim sets ({sets}) and aims, or use Udir's JSON dump.",
            sets=_named(_codes(plan.sets)) or "–",
        ),
    )


def _no_curriculum(shelf: _Shelf) -> UserError:
    belonging = sorted({record.plan.code for record in shelf.sets.values() if record.plan is not None})
    return UserError(
        "RKV-CUR-006",
        message("There is no curriculum (læreplan) in these files."),
        message(
            "Nothing was imported. Add the file of the curriculum itself ({codes}), or use Udir's JSON dump.",
            codes=_named(belonging) or "–",
        ),
    )
