# SPDX-License-Identifier: MIT
"""The aims of a case, from every curriculum that it rests on, as they are put to somebody."""

from collections.abc import Sequence

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.cases import Case
from rkv_app.domain.evaluations import AimText, PlanText
from rkv_app.usecases.create_case import no_such_curriculum
from rkv_app.usecases.workspace import Workspace


def plans_of_case(ws: Workspace, case: Case) -> tuple[Curriculum, ...]:
    """Returns the newest version of each curriculum of a case, that of the wanted competence first.

    Raises:
        UserError: RKV-CAS-003 one is not in the store.
    """
    found = []
    for code in case.plans:
        curriculum = ws.store.curricula.get(code)
        if curriculum is None:
            raise no_such_curriculum(code)
        found.append(curriculum)
    return tuple(found)


def plan_text(curriculum: Curriculum, language: str) -> PlanText:
    """Returns a curriculum as it is named to somebody who reads `language`."""
    return PlanText(curriculum.code, curriculum.changed, curriculum.title.text(language))


def aims_together(curricula: Sequence[Curriculum], language: str) -> tuple[AimText, ...]:
    """Returns all aims of these curricula in reading order; each says which it stands in where there are several."""
    several = len(curricula) > 1
    return tuple(
        aim for one in curricula for aim in aim_texts(one, language, plan_text(one, language) if several else None)
    )


def aims_of_case(ws: Workspace, case: Case) -> tuple[AimText, ...]:
    """Returns what a form asks about: all aims of a case, each once.

    Raises:
        UserError: RKV-CAS-003 a curriculum of the case is not in the store.
    """
    return asked_once(aims_together(plans_of_case(ws, case), ws.language))


def asked_once(aims: Sequence[AimText]) -> tuple[AimText, ...]:
    """Leaves out aims that stand in an earlier curriculum too: one answer about an aim counts in each of them."""
    first: dict[str, PlanText | None] = {}
    return tuple(aim for aim in aims if first.setdefault(aim.code, aim.plan) == aim.plan)


def aim_texts(curriculum: Curriculum, language: str, plan: PlanText | None = None) -> tuple[AimText, ...]:
    """Returns the aims of a curriculum as they are put to somebody who reads `language`, in reading order.

    Args:
        curriculum: one version of it.
        language: of the reader.
        plan: what the aims say of where they stand, see `AimText`.
    """
    result = []
    for aim_set in curriculum.sets:
        set_title = aim_set.title.text(language)
        for aim in aim_set.aims:
            text, shown_in = aim.text.shown(language)
            result.append(
                AimText(
                    code=aim.code,
                    uri=aim.uri,
                    text=text,
                    language=shown_in,
                    set_code=aim_set.code,
                    set_title=set_title,
                    plan=plan,
                )
            )
    return tuple(result)
