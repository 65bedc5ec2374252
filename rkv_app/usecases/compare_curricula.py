# SPDX-License-Identifier: MIT
"""See what changed between two versions of a curriculum, or since its aims were put to somebody."""

from dataclasses import replace

from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, OfficialText
from rkv_app.domain.curriculum_changes import CurriculumChanges, curriculum_changes
from rkv_app.domain.evaluations import AimText, PlanText, plans_of
from rkv_app.domain.ports import CurriculumSummary
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.create_case import no_such_curriculum
from rkv_app.usecases.workspace import Workspace

AT = "@"


def named_curriculum(ws: Workspace, name: str) -> Curriculum:
    """Returns the curriculum that `CODE` (the newest version) or `CODE@CHANGED` names.

    CHANGED is Grep's `sist-endret`, or as much of its beginning as tells the version from the others.

    Raises:
        UserError: RKV-CAS-003 no such curriculum; RKV-CUR-021 no such version of it, or more than one.
    """
    code, _, changed = name.partition(AT)
    versions = versions_of(ws, code)
    if not versions:
        raise no_such_curriculum(code)
    fitting = [one.changed for one in versions if one.changed.startswith(changed)] if changed else [versions[0].changed]
    exact = [one for one in fitting if one == changed]
    if len(fitting) != 1 and not exact:
        raise UserError(
            "RKV-CUR-021",
            message("The store has no version {version} of {code}, or more than one that begins so.",
                    version=changed[:40], code=code[:40]),
            message("Nothing was changed. It has: {versions}.", versions=", ".join(one.changed for one in versions)),
        )  # fmt: skip
    found = ws.store.curricula.get(code, exact[0] if exact else fitting[0])
    if found is None:
        raise no_such_curriculum(code)
    return found


def versions_of(ws: Workspace, code: str) -> tuple[CurriculumSummary, ...]:
    """All versions of a curriculum in the store, newest first."""
    return tuple(one for one in ws.store.curricula.summaries() if one.code == code)


def compare_curricula(ws: Workspace, old: str, new: str = "") -> CurriculumChanges:
    """Compares two curricula named as for `named_curriculum`; without `new`, the two newest versions of `old`.

    Raises:
        UserError: RKV-CAS-003, RKV-CUR-021.
    """
    if new:
        return curriculum_changes(named_curriculum(ws, old), named_curriculum(ws, new))
    newest = named_curriculum(ws, old)
    versions = [one.changed for one in versions_of(ws, newest.code)]
    before = versions[min(versions.index(newest.changed) + 1, len(versions) - 1)]
    return curriculum_changes(named_curriculum(ws, f"{newest.code}{AT}{before}"), newest)


def changes_since(ws: Workspace, beside: PlanText, aims: tuple[AimText, ...]) -> tuple[CurriculumChanges, ...]:
    """What changed since these aims were put to somebody, for each curriculum that the store has something newer of.

    The wording that was put is what counts, so this needs no copy of the older version.

    Args:
        ws: whose store has the curricula.
        beside: the curriculum of those aims that name none.
        aims: as they were put.
    """
    changes = (
        _changes_in(ws, plan, tuple(aim for aim in aims if (aim.plan or beside) == plan))
        for plan in plans_of(beside, aims)
    )
    return tuple(one for one in changes if one is not None)


def _changes_in(ws: Workspace, plan: PlanText, aims: tuple[AimText, ...]) -> CurriculumChanges | None:
    newest = ws.store.curricula.get(plan.code)
    if newest is None or newest.changed <= plan.changed:
        return None
    asked = {aim.code for aim in aims}
    older = ws.store.curricula.get(plan.code, plan.changed)
    # Who asked about some of the aims only has not missed the others.
    left_out = {aim.code for aim in older.aims()} - asked if older is not None else set()
    changes = curriculum_changes(_as_asked(plan, aims, newest), _without(newest, left_out))
    return changes if changes.any else None


def _as_asked(plan: PlanText, aims: tuple[AimText, ...], newest: Curriculum) -> Curriculum:
    """The curriculum as far as it was put to somebody, otherwise like the newest, so that only aims can differ."""
    sets: dict[str, list[CompetenceAim]] = {}
    titles: dict[str, str] = {}
    for aim in aims:
        titles[aim.set_code] = aim.set_title
        put = CompetenceAim(code=aim.code, uri=aim.uri, text=OfficialText({aim.language: aim.text}))
        sets.setdefault(aim.set_code, []).append(put)
    return Curriculum(
        code=plan.code,
        uri=newest.uri,
        title=OfficialText({"default": plan.title}),
        changed=plan.changed,
        published=newest.published,
        sets=tuple(
            AimSet(code=one, uri=one, title=OfficialText({"default": titles[one]}), aims=tuple(its))
            for one, its in sets.items()
        ),
        valid_from=newest.valid_from,
        valid_to=newest.valid_to,
        replaced_by=newest.replaced_by,
    )


def _without(curriculum: Curriculum, codes: set[str]) -> Curriculum:
    sets = (replace(one, aims=tuple(aim for aim in one.aims if aim.code not in codes)) for one in curriculum.sets)
    return replace(curriculum, sets=tuple(sets))
