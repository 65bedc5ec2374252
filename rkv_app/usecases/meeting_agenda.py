# SPDX-License-Identifier: MIT
"""Draft the agenda of a three-party meeting from what stands open in the case, and say it in plain words."""

from collections.abc import Iterator, Mapping

from rkv_app.documents.wording import written_date
from rkv_app.domain.exchange import MessageType
from rkv_app.domain.meetings import OpenPoint, Step, Topic, Waiting, open_points, steps_left
from rkv_app.forms.reading import item_path
from rkv_app.forms.values import chosen
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.usecases.view_case import CaseView
from rkv_app.usecases.workspace import Workspace

MEETING_FORM = "three-party-meeting"
# More than these are a list that nobody talks through; how many there are besides is said.
_MOST_AIMS = 5


def draft_agenda(ws: Workspace, view: CaseView, last: Mapping[str, object]) -> tuple[OpenPoint, ...]:
    """Returns what a meeting about the case has to talk about.

    Args:
        ws: the adviser's.
        view: the case.
        last: the answers of the meeting before, or none.
    """
    return open_points(
        steps=steps_from(last),
        county=[
            Waiting(name="; ".join(item.text for item in one.request.items), day=one.request.deadline)
            for one in view.asked
            if one.is_open
        ],
        awaited=[
            Waiting(name=record.counterpart, day=local_date(record.at))
            for record in view.exchange
            if record.type is MessageType.REQUEST and not record.reply_used
        ],
        placements=view.placements,
        evaluated={one.placement_id for one in view.evaluations},
        coverage=view.coverage,
        today=local_date(ws.clock.now()),
    )


def steps_from(last: Mapping[str, object]) -> tuple[Step, ...]:
    """Returns the steps that the answers of a meeting leave to the next one."""
    earlier = _rows(last, "earlier", ("what", "who", "due", "status"))
    return steps_left(earlier, _rows(last, "steps", ("what", "who", "due")))


def say_point(point: OpenPoint, words: Words) -> str:
    """Returns a point as it stands on the agenda; texts of aims to the letter, one on each line."""
    day = written_date(point.day, words) if point.day else ""
    match point.topic:
        case Topic.STEPS_LEFT:
            return words.plural(
                "{n} step from last time is not done. What will it take?",
                "{n} steps from last time are not done. What will it take?",
                point.count,
            )
        case Topic.COUNTY_ASKS:
            return words("The county has asked for more, by {day}: {items}", day=day, items=point.name)
        case Topic.EVALUATION_AWAITED:
            return words(
                "The practice evaluation from {workplace} was asked for on {day} and has not come.",
                workplace=point.name,
                day=day,
            )
        case Topic.EVALUATION_MISSING:
            return words("Nobody has asked {workplace} for a practice evaluation yet.", workplace=point.name)
        case Topic.PLACEMENT_ENDS:
            return words(
                "The placement at {workplace} ends on {day}. What happens then?", workplace=point.name, day=day
            )
        case Topic.AIMS_THIN:
            told = words.plural(
                "{n} aim is only partly documented. What more will it take?",
                "{n} aims are only partly documented. What more will it take?",
                point.count,
            )
        case Topic.AIMS_UNTRIED:
            told = words.plural(
                "Nothing shows yet what the candidate does in {n} aim. Can it be tried here?",
                "Nothing shows yet what the candidate does in {n} aims. Can some of them be tried here?",
                point.count,
            )
    return "\n".join([told, *_aims(point, words)])


def _aims(point: OpenPoint, words: Words) -> Iterator[str]:
    for aim in point.aims[:_MOST_AIMS]:
        yield f"– {aim.text} ({aim.code})"
    more = len(point.aims) - _MOST_AIMS
    if more > 0:
        yield words.plural("– and {n} more, see the case", "– and {n} more, see the case", more)


def _rows(answers: Mapping[str, object], repeat: str, columns: tuple[str, ...]) -> Iterator[Mapping[str, object]]:
    for row in chosen(answers.get(repeat)):
        yield {column: answers.get(item_path(repeat, row, column)) for column in columns}
