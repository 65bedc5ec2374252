# SPDX-License-Identifier: MIT
"""What a search looks through: the texts of a store, and which of them have changed since a place in its audit trail.

Plain SQLAlchemy, so that the index of every kind of database is fed from here. National numbers are not searched for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.exchange import MessageType
from rkv_app.domain.stores import HitKind
from rkv_app.store.database import schema
from rkv_app.store.database.trail import Entry

_BETWEEN_PARTS: Final = " · "


class Searchable(NamedTuple):
    """A text that can be found, and what it belongs to, see `domain.stores.Hit`."""

    kind: HitKind
    subject: str
    case_id: str
    text: str


# Of an attachment the entry's item is the id, of everything else its subject.
_CHANGED_BY: Final[Mapping[Entry, HitKind]] = {
    Entry.CANDIDATE: HitKind.CANDIDATE,
    Entry.CASE: HitKind.CASE,
    Entry.PLANS: HitKind.CASE,
    Entry.PLACEMENT: HitKind.PLACEMENT,
    Entry.EVALUATION: HitKind.ANSWER,
    Entry.ANSWER: HitKind.ANSWER,
    Entry.REMOVED: HitKind.ANSWER,
    Entry.RESPONSE: HitKind.ANSWER,
    # What was entered in error is not found.
    Entry.STATE: HitKind.ANSWER,
    Entry.ATTACHED: HitKind.ATTACHMENT,
    Entry.DETACHED: HitKind.ATTACHMENT,
}


def changed_subjects(connection: sa.Connection, after: int) -> Mapping[HitKind, Sequence[str]]:
    """Returns the ids of what may have other texts than when the trail ended with entry `after`, by kind."""
    trail, evaluation = schema.trail, schema.evaluation
    changes = (
        sa.select(trail.c.kind, trail.c.subject, trail.c.item)
        .where(trail.c.seq > after, trail.c.kind.in_([entry.value for entry in _CHANGED_BY]))
        .distinct()
    )
    changed: dict[HitKind, dict[str, None]] = {kind: {} for kind in HitKind}
    for entry, subject, item in connection.execute(changes):
        kind = _CHANGED_BY[Entry(entry)]
        changed[kind][item if kind is HitKind.ATTACHMENT else subject] = None
    # An answer belongs to the case that its placement belongs to, and may have come before that.
    placed = list(changed[HitKind.PLACEMENT])
    for part in _parts(placed):
        found = connection.scalars(sa.select(evaluation.c.id).where(evaluation.c.placement_id.in_(part)))
        changed[HitKind.ANSWER].update(dict.fromkeys(found))
    return {kind: list(subjects) for kind, subjects in changed.items() if subjects}


def texts(connection: sa.Connection, kind: HitKind, subjects: Sequence[str] | None = None) -> Iterator[Searchable]:
    """The texts of one kind, of the given subjects or of all, as they are now."""
    for query, id_column, read in _SOURCES[kind]:
        for part in [None] if subjects is None else _parts(subjects):
            chosen = query if part is None else query.where(id_column.in_(part))
            for row in connection.execute(chosen):
                yield from (Searchable(kind, row.subject, row.case_id or "", text) for text in read(row) if text)


def _parts(subjects: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    return (subjects[start : start + size] for start in range(0, len(subjects), size))


def _joined(*names: str) -> Callable[[sa.Row[Any]], tuple[str, ...]]:
    return lambda row: (_BETWEEN_PARTS.join(str(row._mapping[name]) for name in names if row._mapping[name]),)


def _person(row: sa.Row[Any]) -> tuple[str, ...]:
    name = f"{row.given_name} {row.family_name}".strip()
    return (f"{name}{_BETWEEN_PARTS}{row.birth_date:%d.%m.%Y}" if row.birth_date else name,)


def _case(row: sa.Row[Any]) -> tuple[str, ...]:
    said = (row.reference, row.wanted_title, row.wanted_curriculum, *row.further_plans)
    return (_BETWEEN_PARTS.join(filter(None, said)),)


def _free_text(row: sa.Row[Any]) -> tuple[str, ...]:
    return (row.value,) if isinstance(row.value, str) else ()


def _candidates() -> sa.Select[Any]:
    """A candidate once for each case, so that a hit always leads to one."""
    case, person = schema.candidate_case.c, schema.candidate.c
    return sa.select(
        person.id.label("subject"), case.id.label("case_id"), person.given_name, person.family_name, person.birth_date
    ).join_from(schema.candidate, schema.candidate_case, case.candidate_id == person.id)


def _cases() -> sa.Select[Any]:
    case = schema.candidate_case.c
    return sa.select(
        case.id.label("subject"),
        case.id.label("case_id"),
        case.reference,
        case.wanted_title,
        case.wanted_curriculum,
        case.further_plans,
    )


def _placements() -> sa.Select[Any]:
    placement = schema.placement.c
    return sa.select(
        placement.id.label("subject"),
        placement.case_id,
        placement.workplace_name,
        placement.supervisor_name,
        placement.tasks,
    )


def _answers() -> sa.Select[Any]:
    answer, evaluation, placement = schema.answer, schema.evaluation, schema.placement
    return (
        sa.select(answer.c.evaluation_id.label("subject"), placement.c.case_id.label("case_id"), answer.c.value)
        .select_from(
            answer.join(evaluation, evaluation.c.id == answer.c.evaluation_id).outerjoin(
                placement, placement.c.id == evaluation.c.placement_id
            )
        )
        .where(evaluation.c.state != EvaluationState.ENTERED_IN_ERROR.value)
    )


def _answers_to_forms() -> sa.Select[Any]:
    answer, response = schema.response_answer.c, schema.response.c
    return (
        sa.select(answer.response_id.label("subject"), response.case_id.label("case_id"), answer.value)
        .join_from(schema.response_answer, schema.response, response.id == answer.response_id)
        .where(response.state != EvaluationState.ENTERED_IN_ERROR.value)
    )


def _attachments() -> sa.Select[Any]:
    """A file belongs to a case, or to a placement, an evaluation, the answers to a form or a request of one."""
    attachment, case, evaluation = schema.attachment, schema.candidate_case, schema.evaluation
    response, packet = schema.response, schema.packet
    request = sa.and_(packet.c.message_id == attachment.c.subject, packet.c.type == MessageType.REQUEST.value)
    own, through = schema.placement.alias(), schema.placement.alias()
    return sa.select(
        attachment.c.id.label("subject"),
        sa.func.coalesce(case.c.id, own.c.case_id, through.c.case_id, response.c.case_id, packet.c.case_id).label(
            "case_id"
        ),
        attachment.c.name,
    ).select_from(
        attachment.outerjoin(case, case.c.id == attachment.c.subject)
        .outerjoin(own, own.c.id == attachment.c.subject)
        .outerjoin(evaluation, evaluation.c.id == attachment.c.subject)
        .outerjoin(through, through.c.id == evaluation.c.placement_id)
        .outerjoin(response, response.c.id == attachment.c.subject)
        .outerjoin(packet, request)
    )


_Source = tuple[sa.Select[Any], sa.ColumnElement[str], Callable[[sa.Row[Any]], tuple[str, ...]]]
_SOURCES: Final[Mapping[HitKind, Sequence[_Source]]] = {
    HitKind.CANDIDATE: ((_candidates(), schema.candidate.c.id, _person),),
    HitKind.CASE: ((_cases(), schema.candidate_case.c.id, _case),),
    HitKind.PLACEMENT: ((_placements(), schema.placement.c.id, _joined("workplace_name", "supervisor_name", "tasks")),),
    HitKind.ANSWER: (
        (_answers(), schema.answer.c.evaluation_id, _free_text),
        (_answers_to_forms(), schema.response_answer.c.response_id, _free_text),
    ),
    HitKind.ATTACHMENT: ((_attachments(), schema.attachment.c.id, _joined("name")),),
}
