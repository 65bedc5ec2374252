# SPDX-License-Identifier: MIT
"""Copy answers to other aims, because a person accepted it. Each copy says for ever where it came from."""

from collections.abc import Sequence

from rkv_app.domain.bridges import Bridge
from rkv_app.domain.carried import Carried, carried_path, carried_value
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.moves import answered_aims, copied
from rkv_app.domain.people import Role
from rkv_app.forms.validation import check_value
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.save_answer import open_evaluation
from rkv_app.usecases.suggest_bridges import earlier_answers, same_text_elsewhere
from rkv_app.usecases.view_requests import no_such_request
from rkv_app.usecases.workspace import Workspace


def carry_over(ws: Workspace, evaluation_id: str, accepted: Sequence[Bridge], *, source_id: str = "") -> int:
    """Copies the answers that `accepted` names, all of them or none; returns how many aims got one.

    The answers that were copied stay where they are. Nothing that is answered is written over.

    Args:
        ws: the supervisor's.
        evaluation_id: where to.
        accepted: suggestions of `same_text_elsewhere`, or of `earlier_answers` with `source_id`.
        source_id: the earlier evaluation they come from; empty where it is the same one.

    Raises:
        UserError: RKV-CAS-010 the evaluation is completed; RKV-CAS-012 there is none; RKV-CUR-022 an aim has an answer
            by now; RKV-CUR-023 a suggestion is none any more, or the form has no such question.
    """
    ws.require(Role.SUPERVISOR)
    target = open_evaluation(ws, evaluation_id)
    source = target if not source_id else ws.store.evaluations.get(source_id)
    if source is None:
        raise no_such_request()
    offered = _offered(ws, target, source_id)
    filled = answered_aims(target.answers)
    at, form = ws.clock.now(), ws.forms.pinned(target.form)
    with ws.store.transaction():
        for bridge in accepted:
            aim = bridge.target.aim.code
            if aim in filled:
                raise _has_answer(aim)
            answers = copied(source.answers, bridge.source.aim.code, aim)
            if bridge not in offered or not answers:
                raise _no_suggestion(aim)
            filled |= {aim}
            for path, value in answers.items():
                try:
                    check_value(form, path, value, target.aims)
                except UserError as problem:
                    raise _no_suggestion(aim) from problem
                ws.store.evaluations.save_answer(target.id, path, value, at)
            mark = Carried(
                aim=bridge.source.aim.code,
                text=bridge.source.aim.text,
                plan=bridge.source.plan,
                version=bridge.source.version,
                evaluation=source_id,
                reason=bridge.reason,
                by=ws.party.name,
                at=at,
            )
            ws.store.evaluations.save_answer(target.id, carried_path(aim), carried_value(mark), at)
    return len(accepted)


def _offered(ws: Workspace, target: Evaluation, source_id: str) -> Sequence[Bridge]:
    if not source_id:
        return same_text_elsewhere(target)
    earlier = earlier_answers(ws, target.id)
    return [bridge for one in earlier if one.evaluation.id == source_id for bridge in one.report.offered]


def _has_answer(aim: str) -> UserError:
    return UserError(
        "RKV-CUR-022",
        message("The aim {code} has an answer already.", code=aim),
        message("Nothing was copied. Clear that answer first if the other one is to stand there."),
        ExitStatus.NO,
    )


def _no_suggestion(aim: str) -> UserError:
    return UserError(
        "RKV-CUR-023",
        message("There is nothing any more that can be copied to the aim {code}.", code=aim),
        message("Nothing was copied. All answers are as they were; open the page again to see them."),
        ExitStatus.NO,
    )
