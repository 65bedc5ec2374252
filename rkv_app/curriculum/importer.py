# SPDX-License-Identifier: MIT
"""Builds curricula from Grep records, sets in the order of the plan's chapter, aims in reading order; takes CASE."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rkv_app.curriculum.case_exchange import read_case
from rkv_app.curriculum.records import AimRecord, PlanRecord, Reference, SetRecord, uri_of
from rkv_app.curriculum.shelf import Shelf
from rkv_app.curriculum.sources import CASE_TYPE, raw_records
from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, Named, OfficialText, Trade
from rkv_app.domain.stores import Progress
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
        records: Grep records of every type, and CASE packages, that were read.
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


def read_curricula(
    files: Sequence[Path], only: Collection[str] | None = None, progress: Progress | None = None
) -> ImportReport:
    """Reads the curricula that `files` (JSON, JSON-LD and CASE files, folders, dump archives) hold together.

    Args:
        files: what the user chose; one curriculum may be spread over several of them.
        only: codes of the curricula wanted, or None for all.
        progress: is told how many bytes of how many have been read.

    Raises:
        UserError: RKV-CUR-003 a curriculum without aims, RKV-CUR-004 a wanted curriculum is not there,
            RKV-CUR-006 no curriculum at all, RKV-CUR-020 a CASE package that cannot be read, and all that
            `raw_records` raises.
    """
    shelf = Shelf()
    # Whole already, and of one plan several versions may come side by side.
    cased: dict[tuple[str, str], Curriculum] = {}
    for raw in raw_records(files, progress):
        if raw.type == CASE_TYPE:
            package = read_case(raw.data)
            cased[package.code, package.changed] = package
        else:
            shelf.add(raw)
    here = {*shelf.plans, *(code for code, _ in cased)}
    if not here:
        raise _no_curriculum(shelf)
    wanted = sorted(here) if only is None else sorted(set(only))
    absent = [code for code in wanted if code not in here]
    if absent:
        raise UserError(
            "RKV-CUR-004",
            message("The curriculum {codes} is not in these files.", codes=_named(absent)),
            message("Nothing was imported. The files hold: {codes}.", codes=_named(sorted(here))),
        )
    built = [_curriculum(shelf.plans[code], shelf) for code in wanted if code in shelf.plans]
    whole = [cased[key] for key in sorted(cased) if key[0] in wanted]
    full = tuple(curriculum for curriculum in built if curriculum.aim_count())
    empty = [curriculum.code for curriculum in built if not curriculum.aim_count()]
    if empty and (only is not None or not (full or whole)):
        raise _without_aims(shelf.plans[empty[0]])
    lacking = (code for curriculum in full for code in _lacking(curriculum, shelf))
    return ImportReport(
        curricula=tuple(sorted((*full, *whole), key=lambda one: one.code)),
        records=shelf.records + len(cased),
        skipped=shelf.skipped,
        missing=tuple(dict.fromkeys((*empty, *lacking))),
    )


def _curriculum(plan: PlanRecord, shelf: Shelf) -> Curriculum:
    sets = (_aim_set(reference, shelf) for reference in _sets_of(plan, shelf))
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
        replaces=plan.replaces,
        replaced_by=plan.replaced_by,
        original_plans=plan.original_plans,
        source=_PRACTICE if plan.uri.startswith(_PRACTICE_URI) else _UDIR,
        short_title=plan.short_text,
        tags=plan.tags,
        trades=_trades(plan, shelf),
    )


def _sets_of(plan: PlanRecord, shelf: Shelf) -> Sequence[Reference]:
    """The sets in the order of the plan's chapter; of a plan without one, published sets that say they belong to it."""
    if plan.sets:
        return plan.sets
    belonging = [shelf.sets[code] for code in shelf.sets_of_plan.get(plan.code, ())]
    belonging.sort(key=lambda one: (one.order is None, one.order or 0.0))
    return [Reference(one.code, one.uri) for one in belonging if one.published]


def _aim_set(reference: Reference, shelf: Shelf) -> AimSet:
    record = shelf.sets.get(reference.code)
    text, uri = reference.text, reference.uri
    if record is not None and record.text.by_language:
        text, uri = record.text, record.uri
    aims = (_aim(named, shelf) for named in _in_reading_order(reference.code, record, shelf))
    return AimSet(
        code=reference.code,
        uri=uri or uri_of(reference.code),
        title=text,
        aims=tuple(aim for aim in aims if aim.text.by_language),
    )


def _in_reading_order(set_code: str, record: SetRecord | None, shelf: Shelf) -> list[Reference]:
    """The set's own list decides which aims are in it; without one, published aims that say they belong to it."""
    if record is not None and record.aims:
        named = list(record.aims)
    else:
        belonging = (shelf.aims[code] for code in shelf.aims_of_set.get(set_code, ()))
        named = [Reference(aim.code, aim.uri) for aim in belonging if aim.published]
    places = [_place(shelf.aims.get(aim.code)) for aim in named]
    if all(place is not None for place in places):
        order = sorted(range(len(named)), key=lambda index: places[index] or 0.0)
        return [named[index] for index in order]
    return named


def _place(record: AimRecord | None) -> float | None:
    return record.order if record is not None else None


def _aim(reference: Reference, shelf: Shelf) -> CompetenceAim:
    record = shelf.aims.get(reference.code)
    if record is None or not record.text.by_language:
        return CompetenceAim(code=reference.code, uri=reference.uri or uri_of(reference.code), text=reference.text)
    return CompetenceAim(
        code=record.code, uri=record.uri, text=record.text, taken_from=record.taken_from, reuse_of=record.reuse_of
    )


def _trades(plan: PlanRecord, shelf: Shelf) -> tuple[Trade, ...]:
    """The trades that say they follow the plan, and those that its sets say they come after."""
    sets_of: dict[str, list[str]] = {}
    named: dict[str, Reference] = {}
    for code in shelf.trades_of_plan.get(plan.code, ()):
        sets_of[code] = list(shelf.trades[code].plans.get(plan.code, ()))
    for reference in plan.sets:
        record = shelf.sets.get(reference.code)
        for trade in record.trades if record is not None else ():
            named[trade.code] = trade
            own = sets_of.setdefault(trade.code, [])
            if reference.code not in own:
                own.append(reference.code)
    return tuple(_trade(code, named.get(code), tuple(sets_of[code]), shelf) for code in sorted(sets_of))


def _trade(code: str, reference: Reference | None, sets: tuple[str, ...], shelf: Shelf) -> Trade:
    record = shelf.trades.get(code)
    belonging = [Reference(one) for one in shelf.subjects_of_trade.get(code, ())]
    subjects = {one.code: one for one in (*belonging, *(record.subjects if record is not None else ()))}
    known = _named_as(reference or Reference(code), record.text if record is not None else None)
    return Trade(
        code=code,
        uri=record.uri if record is not None else known.uri,
        title=known.title,
        sets=sets,
        subjects=tuple(_known_as(subjects[one], shelf) for one in sorted(subjects)),
        areas=tuple(_known_as(one, shelf) for one in (record.areas if record is not None else ())),
    )


def _known_as(reference: Reference, shelf: Shelf) -> Named:
    return _named_as(reference, shelf.named.get(reference.code))


def _named_as(reference: Reference, text: OfficialText | None) -> Named:
    return Named(
        code=reference.code,
        uri=reference.uri or uri_of(reference.code),
        title=text if text is not None and text.by_language else reference.text,
    )


def _lacking(curriculum: Curriculum, shelf: Shelf) -> Iterable[str]:
    there = {aim_set.code: {aim.code for aim in aim_set.aims} for aim_set in curriculum.sets}
    for reference in shelf.plans[curriculum.code].sets:
        if reference.code not in there:
            yield reference.code
        elif (record := shelf.sets.get(reference.code)) is not None:
            yield from (aim.code for aim in record.aims if aim.code not in there[reference.code])


def _named(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_NAMED_AT_MOST]) + (" …" if len(codes) > _NAMED_AT_MOST else "")


def _without_aims(plan: PlanRecord) -> UserError:
    return UserError(
        "RKV-CUR-003",
        message("The curriculum {code} has no competence aims in these files.", code=plan.code),
        message(
            "Nothing was imported. Add the files of its aim sets ({sets}) and aims, or use a dump of Udir's Grep.",
            sets=_named([one.code for one in plan.sets]) or "–",
        ),
    )


def _no_curriculum(shelf: Shelf) -> UserError:
    belonging = sorted({record.plan for record in shelf.sets.values() if record.plan})
    return UserError(
        "RKV-CUR-006",
        message("There is no curriculum (læreplan) in these files."),
        message(
            "Nothing was imported. Add the file of the curriculum itself ({codes}), or use a dump of Udir's Grep.",
            codes=_named(belonging) or "–",
        ),
    )
