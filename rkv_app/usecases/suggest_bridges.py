# SPDX-License-Identifier: MIT
"""Find answers that may be copied to other aims, and say why. Suggests only; see `carry_over`."""

from collections.abc import Iterable
from dataclasses import dataclass

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.bridges import Bridge, Links, bridges, links_of
from rkv_app.domain.evaluations import Evaluation, EvaluationState
from rkv_app.domain.moves import MoveReport, answered_aims, answered_places, move_report, places
from rkv_app.usecases.view_requests import every_request, no_such_request
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """An earlier evaluation of the same placement, and what copying from it would do."""

    evaluation: Evaluation
    report: MoveReport


def same_text_elsewhere(evaluation: Evaluation) -> tuple[Bridge, ...]:
    """Returns from which answered aims to which unanswered ones with the same text an answer may be copied.

    Needs nothing but the evaluation, so that it can be asked after every answer.
    """
    filled = answered_aims(evaluation.answers)
    empty = [place for place in places(evaluation) if place.aim.code not in filled]
    return bridges(empty, answered_places(evaluation))


def earlier_answers(ws: Workspace, evaluation_id: str) -> tuple[EarlierAnswers, ...]:
    """Returns what earlier evaluations of the same placement could give to this one, those with something first.

    Only of the same placement: an answer says what was seen there and then, and must not wander to another workplace.

    Raises:
        UserError: RKV-CAS-012 there is no such evaluation.
    """
    evaluation = ws.store.evaluations.get(evaluation_id)
    if evaluation is None:
        raise no_such_request()
    others = list(_earlier(ws, evaluation))
    links = _links(ws, (evaluation, *others)) if others else Links()
    found = [EarlierAnswers(other, move_report(other, evaluation, links)) for other in others]
    return tuple(sorted(found, key=lambda one: not one.report.offered))


@dataclass(frozen=True, slots=True)
class NewerRequest:
    """A later request about the same placement, and what copying the answers there would do."""

    message_id: str
    report: MoveReport


def newer_request(ws: Workspace, message_id: str) -> NewerRequest | None:
    """Returns the newest request that came after this one about the same placement and can still be answered."""
    incoming = ws.store.exchange.request(message_id)
    mine = ws.store.evaluations.get(incoming.evaluation_id) if incoming is not None else None
    if incoming is None or mine is None:
        raise no_such_request()
    for later in every_request(ws):
        if later.message_id == message_id:
            return None
        evaluation = _of_same_placement(ws, later.evaluation_id, mine)
        if evaluation is not None and evaluation.state is EvaluationState.IN_PROGRESS:
            return NewerRequest(later.message_id, move_report(mine, evaluation, _links(ws, (mine, evaluation))))
    return None


def known_links(ws: Workspace, codes: Iterable[tuple[str, str]]) -> Links:
    """What the curricula of these codes and versions, as far as they are in the store, say of one another."""
    found: list[Curriculum] = []
    for code, version in sorted(set(codes)):
        curriculum = ws.store.curricula.get(code, version) or ws.store.curricula.get(code)
        if curriculum is not None:
            found.append(curriculum)
    return links_of(found)


def _earlier(ws: Workspace, evaluation: Evaluation) -> Iterable[Evaluation]:
    """Newest first; those that came after this one are no earlier ones."""
    came_before = False
    for incoming in every_request(ws):
        if incoming.evaluation_id == evaluation.id:
            came_before = True
        elif came_before:
            other = _of_same_placement(ws, incoming.evaluation_id, evaluation)
            if other is not None and answered_aims(other.answers):
                yield other


def _of_same_placement(ws: Workspace, evaluation_id: str, evaluation: Evaluation) -> Evaluation | None:
    other = ws.store.evaluations.get(evaluation_id)
    return other if other is not None and other.placement_id == evaluation.placement_id else None


def _links(ws: Workspace, evaluations: Iterable[Evaluation]) -> Links:
    return known_links(ws, ((plan.code, plan.changed) for one in evaluations for plan in one.plans))
