# SPDX-License-Identifier: MIT
"""The mark on an answer that was carried over from another aim: from which, why, by whom and when.

It lies among the answers of the evaluation under a reserved item path, so that it goes wherever the answers go: into
the packet, the application and their documents. No form has an item of that name. Product rule: what an answer was
given for is never lost, and nothing is carried unless a person accepts it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from rkv_app.domain.marks import mark_fields
from rkv_app.domain.transcribed import TRANSCRIBED
from rkv_app.foundation.i18n import Message, message

_HEAD = "carried"
_LONGEST = 20_000


class Reason(StrEnum):
    """Why an answer for one aim can be one for another, strongest first.

    * SAME_AIM: the same aim in another version of the plan;
    * TAKEN_FROM, REUSE: Grep's own link between the two (`hentet-fra`, `gjenbruk-av`);
    * SAME_PLAN: the same text stands under another code in the same plan;
    * ORIGINAL_PLAN: the same text, in the plan that the other was made from (`opprinnelige-planer`);
    * OTHER_VERSION: the same text, in a version or plan that the other replaces;
    * SAME_TEXT: the same text in another plan.
    """

    SAME_AIM = "same_aim"
    TAKEN_FROM = "taken_from"
    REUSE = "reuse"
    SAME_PLAN = "same_plan"
    ORIGINAL_PLAN = "original_plan"
    OTHER_VERSION = "other_version"
    SAME_TEXT = "same_text"


REASONS: Mapping[Reason, Message] = {
    Reason.SAME_AIM: message("the same aim in another version of the curriculum"),
    Reason.TAKEN_FROM: message("Udir says that one was taken from the other (hentet-fra)"),
    Reason.REUSE: message("Udir says that one reuses the other (gjenbruk-av)"),
    Reason.SAME_PLAN: message("the same text stands under both codes"),
    Reason.ORIGINAL_PLAN: message("the same text, and one curriculum was made from the other"),
    Reason.OTHER_VERSION: message("the same text in another version of the curriculum"),
    Reason.SAME_TEXT: message("the same text in another curriculum"),
}
"""Why, as it is told to a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Where the answer for an aim came from.

    Attributes:
        aim: code of the aim that the answer was first given for.
        text: that aim's official text, as it was put to whoever answered.
        plan, version: code and Grep `sist-endret` of its curriculum.
        evaluation: id of the evaluation it was given in; empty for the same one.
        reason: why it was offered.
        by: name of the person who accepted it.
        at: when.
    """

    aim: str
    text: str
    plan: str
    version: str
    evaluation: str
    reason: Reason
    by: str
    at: datetime


def carried_path(aim_code: str) -> str:
    """The item path of the mark on the answer for an aim."""
    return f"{_HEAD}/{aim_code}"


def is_carried_path(path: str) -> bool:
    """Whether an item path is one of a mark and not one of a form."""
    return path.split("/", 1)[0] == _HEAD


def carried_value(carried: Carried) -> dict[str, str]:
    """The mark as the JSON value that is kept."""
    return {**asdict(carried), "reason": carried.reason.value, "at": carried.at.isoformat()}


def read_carried(value: object) -> Carried | None:
    """Reads a mark as it is kept; None for anything else, as a stranger may have written it."""
    said = mark_fields(value, Carried, _LONGEST)
    if said is None or said["reason"] not in list(Reason) or not said["aim"]:
        return None
    return Carried(**{**said, "reason": Reason(said["reason"])})


def marks(answers: Mapping[str, object]) -> dict[str, Carried]:
    """The marks among answers, by the code of the aim whose answer was carried there."""
    found = ((path.split("/", 1)[1], read_carried(value)) for path, value in answers.items() if _is_mark(path))
    return {code: mark for code, mark in found if mark is not None}


def given(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without the marks, those of `domain.transcribed` too: what the form itself asked for."""
    return {path: value for path, value in answers.items() if not is_carried_path(path) and path != TRANSCRIBED}


def _is_mark(path: str) -> bool:
    return is_carried_path(path) and path.count("/") == 1
