# SPDX-License-Identifier: MIT
"""What is being made of a form that came back, until a person confirms it: a draft, and the files as they came.

There is at most one draft for a request, and it has the request's id; likewise for a form on a case that was given out
(`usecases.given_out`). It lies in two pieces: what it was begun from,
written once, and the answers, written anew with each of them. The files are attached to the request, each once, and
stay there whatever becomes of the draft.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from rkv_app.documents.fillable_binding import DATE, NAME, POSITION
from rkv_app.documents.returned.verdicts import READ, Verdict
from rkv_app.domain.evaluations import AimText, FormPin
from rkv_app.domain.exchange import ExchangeRecord
from rkv_app.domain.people import Role
from rkv_app.domain.stores import Attachment
from rkv_app.domain.transcribed import Way
from rkv_app.forms.validation import check_value, check_writable
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.given_out import given_out, overlaid
from rkv_app.usecases.open_requests import is_sent_request
from rkv_app.usecases.packet_files import request_on_record
from rkv_app.usecases.read_returned_form import ReturnedForm
from rkv_app.usecases.workspace import Workspace

WHO: Final = (NAME, POSITION, DATE)
"""Item paths of who evaluated, beside those of the form: name, position, and the date (ISO 8601)."""

_LONGEST_WHO: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReturnedDraft:
    """A form that came back and awaits confirmation.

    Attributes:
        id: of the request that it answers, or of the form that was given out.
        case_id, placement_id: what the request was about; a form that was given out is about no placement.
        response_id: the answers that it adds to; empty for a request.
        before: those answers as they were when it was begun.
        verdict: what the file was that it was begun from.
        sha256: digest of that file.
        language: of the form that came back (BCP 47).
        form, aims: what was asked.
        confirmed: whether the form says that somebody stands for the answers; None where that must be looked for.
        unclear: item path to what stands there in the file and is no answer.
        answers: item path to value.
        who: who evaluated, by the paths in `WHO`; nothing where nobody has said so.
        begun_at: when it was begun.
    """

    id: str
    case_id: str
    placement_id: str
    response_id: str
    before: Mapping[str, object]
    verdict: Verdict
    sha256: str
    language: str
    form: FormPin
    aims: tuple[AimText, ...]
    confirmed: bool | None
    unclear: Mapping[str, str]
    answers: Mapping[str, object]
    who: Mapping[str, str]
    begun_at: datetime

    @property
    def way(self) -> Way:
        """How the answers come from the file into the store."""
        return Way.FIELDS if self.verdict in READ else Way.TYPED


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Awaited:
    """What a form that came back answers. The attributes are those of `ReturnedDraft`."""

    id: str
    case_id: str
    placement_id: str = ""
    response_id: str = ""
    form: FormPin
    aims: tuple[AimText, ...]
    language: str
    before: Mapping[str, object] = field(default_factory=dict)


def awaited(ws: Workspace, returned_id: str) -> Awaited | None:
    """Returns what a form of this id answers: a request that was sent, or a form that was given out; else None."""
    ours = sent_request(ws, returned_id)
    if ours is not None:
        asked = request_on_record(ws, returned_id)
        return Awaited(
            id=returned_id,
            case_id=ours.case_id,
            placement_id=asked.placement.id,
            form=asked.form,
            aims=asked.aims,
            language=ws.language,
        )
    given = given_out(ws, returned_id)
    response = ws.store.responses.get(given.response_id) if given is not None else None
    if response is None:
        return None
    return Awaited(
        id=returned_id,
        case_id=response.case_id,
        response_id=response.id,
        form=response.form,
        aims=response.aims,
        language=response.language,
        before=response.answers,
    )


def begin_draft(ws: Workspace, ours: Awaited, found: ReturnedForm, sha256: str) -> None:
    """Begins a draft from a form that came back, with the answers that were read from it over those there were."""
    said = found.confirmed
    begun: dict[str, object] = {
        "case": ours.case_id,
        "placement": ours.placement_id,
        "response": ours.response_id,
        "before": dict(ours.before),
        "verdict": found.verdict.value,
        "sha256": sha256,
        "language": found.asked.language if found.asked is not None else ours.language,
        "form": asdict(ours.form),
        "aims": [asdict(aim) for aim in ours.aims],
        "confirmed": said.ticked if said is not None and not ours.response_id else None,
        "unclear": dict(found.unclear),
        "at": ws.clock.now().isoformat(),
    }
    who = {}
    if said is not None:
        who = {NAME: said.name, POSITION: said.position, DATE: said.day.isoformat() if said.day else ""}
    answers = overlaid(ws.forms.pinned(ours.form), ours.before, found.answers) if ours.response_id else found.answers
    _put(ws, _key(ours.id), begun)
    _put(ws, _answers_key(ours.id), {"answers": dict(answers), "who": who})


def find_draft(ws: Workspace, draft_id: str) -> ReturnedDraft | None:
    """Returns the draft of a request, or None where there is none."""
    begun, written = ws.store.drafts.get(_key(draft_id)), ws.store.drafts.get(_answers_key(draft_id))
    if not isinstance(begun, dict) or not isinstance(written, dict):
        return None
    kept: dict[str, Any] = {**begun, **written}
    return ReturnedDraft(
        id=draft_id,
        case_id=kept["case"],
        placement_id=kept["placement"],
        response_id=kept.get("response", ""),
        before=kept.get("before", {}),
        verdict=Verdict(kept["verdict"]),
        sha256=kept["sha256"],
        language=kept["language"],
        form=FormPin(**kept["form"]),
        aims=tuple(AimText(**aim) for aim in kept["aims"]),
        confirmed=kept["confirmed"],
        unclear=kept["unclear"],
        answers=kept["answers"],
        who=kept["who"],
        begun_at=datetime.fromisoformat(kept["at"]),
    )


def existing_draft(ws: Workspace, draft_id: str) -> ReturnedDraft:
    """Returns a draft.

    Raises:
        UserError: RKV-FRM-062 it was confirmed or discarded, or never was.
    """
    ws.require(Role.ADVISER)
    draft = find_draft(ws, draft_id)
    if draft is None:
        raise UserError(
            "RKV-FRM-062",
            message("No returned form awaits confirmation here any more."),
            message("Nothing was changed. It was confirmed or discarded before; the case has the file that came."),
        )
    return draft


def save_returned_answer(ws: Workspace, draft_id: str, item: str, value: object) -> None:
    """Stores one answer of a draft, or who evaluated; None takes it away.

    Args:
        ws: the adviser's.
        draft_id: which draft.
        item: item path, see `Evaluation.answers`, or one of `WHO`.
        value: a JSON value that fits the item.

    Raises:
        UserError: RKV-FRM-062 there is no such draft; RKV-FRM-010, RKV-FRM-011 the value does not fit the form;
            RKV-FRM-027 the program finds the answer itself.
    """
    draft = existing_draft(ws, draft_id)
    answers, who = dict(draft.answers), dict(draft.who)
    if item in WHO:
        who[item] = str(value or "")[:_LONGEST_WHO]
    else:
        form = ws.forms.pinned(draft.form)
        check_writable(form, item, draft.aims)
        check_value(form, item, value, draft.aims)
        answers.pop(item, None)
        answers |= {} if value is None else {item: value}
    _put(ws, _answers_key(draft_id), {"answers": answers, "who": who})


def discard_returned_form(ws: Workspace, draft_id: str) -> None:
    """Takes a draft away, with what was typed in it; the files that came stay with the request.

    Raises:
        UserError: RKV-FRM-062 there is no such draft.
    """
    existing_draft(ws, draft_id)
    with ws.store.transaction():
        forget_draft(ws, draft_id)


def forget_draft(ws: Workspace, draft_id: str) -> None:
    """Removes both pieces of a draft."""
    for key in (_key(draft_id), _answers_key(draft_id)):
        ws.store.drafts.remove(key)


def returned_files(ws: Workspace, request_id: str) -> Sequence[Attachment]:
    """Returns the files that came back for a request, as they came, oldest first."""
    return ws.store.attachments.for_subject(request_id)


def keep_file(ws: Workspace, request_id: str, path: Path, data: bytes) -> bool:
    """Keeps a file that came back, exactly as it came; whether it was not here before.

    Raises:
        UserError: RKV-STO-035 it is of a kind that is not taken; RKV-SYS-001 the disk is full.
    """
    digest = hashlib.sha256(data).hexdigest()
    if any(one.sha256 == digest for one in returned_files(ws, request_id)):
        return False
    ws.store.attachments.add(io.BytesIO(data), subject=request_id, name=path.name, at=ws.clock.now())
    return True


def sent_request(ws: Workspace, message_id: str) -> ExchangeRecord | None:
    """Returns a request that was sent from here, or None."""
    ours = ws.store.exchange.find(message_id)
    return ours if ours is not None and is_sent_request(ours) else None


def said_day(draft: ReturnedDraft) -> date | None:
    """The date that stands in the form, as far as somebody has said it."""
    try:
        return date.fromisoformat(draft.who.get(DATE, ""))
    except ValueError:
        return None


def _put(ws: Workspace, key: str, value: object) -> None:
    ws.store.drafts.put(key, value, ws.clock.now())


def _key(draft_id: str) -> str:
    return f"returned/{draft_id}"


def _answers_key(draft_id: str) -> str:
    return f"returned/{draft_id}/answers"
