# SPDX-License-Identifier: MIT
"""Take in a form that came back: the file is kept as it came, and what it says becomes a draft for a person to confirm.

Nothing becomes an evaluation here, see `confirm_returned_form`.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rkv_app.documents.returned.verdicts import READ, WITHOUT_FIELDS
from rkv_app.domain.people import Role
from rkv_app.domain.stores import Attachment
from rkv_app.usecases.fillable_form import judge_returned
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.read_returned_form import ReturnedForm, check_kind
from rkv_app.usecases.returned_drafts import (
    Awaited,
    awaited,
    begin_draft,
    existing_draft,
    find_draft,
    keep_file,
    returned_files,
)
from rkv_app.usecases.workspace import Workspace

BEGINS = READ | frozenset(WITHOUT_FIELDS.values())
"""The verdicts that a draft is begun from: with the answers that were read, or empty where the fields are gone."""


class Taken(StrEnum):
    """What became of a form that came back.

    * BEGUN: a draft was begun from it, and awaits confirmation;
    * OPEN_ALREADY: a draft of the same request awaits confirmation; it was not touched;
    * KEPT: nothing can be made of it, see its verdict;
    * LEFT: it belongs to no request of ours, so that there is no place for it; it lies where it lay.
    """

    BEGUN = "begun"
    OPEN_ALREADY = "open_already"
    KEPT = "kept"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TakenIn:
    """What became of a form that came back.

    Attributes:
        form: what was read, with its verdict.
        draft_id: the draft that awaits confirmation, begun now or before; empty where there is none.
        case_id: the case of the request; empty where the request is not ours.
        file_is_new: whether the file was kept now, and not before.
    """

    taken: Taken
    form: ReturnedForm
    draft_id: str = ""
    case_id: str = ""
    file_is_new: bool = False


def begin_returned_form(ws: Workspace, path: Path) -> TakenIn:
    """Keeps a form that came back with its request, and begins the draft of an evaluation from it.

    The file itself is left as it is. Taking in the same file twice keeps it once.

    Raises:
        UserError: as `check_returned_form`; RKV-STO-035 it is of a kind that is not kept. Nothing was changed.
    """
    ws.require(Role.ADVISER)
    data = read_incoming(path)
    return take_in_where_it_says(ws, judge_returned(ws, data), path, data)


def take_in_where_it_says(ws: Workspace, found: ReturnedForm, path: Path, data: bytes) -> TakenIn:
    """Takes in the content of a file that says itself which request it belongs to; left where that is not ours."""
    ours = awaited(ws, found.request_id)
    return TakenIn(taken=Taken.LEFT, form=found) if ours is None else take_in(ws, ours, found, path, data)


def take_in(ws: Workspace, ours: Awaited, found: ReturnedForm, path: Path, data: bytes) -> TakenIn:
    """Keeps the content of a file with what it answers, and begins a draft if one can be begun from it."""
    with ws.store.transaction():
        is_new = keep_file(ws, ours.id, path, data)
        is_open = find_draft(ws, ours.id) is not None
        taken = Taken.KEPT
        if found.verdict in BEGINS:
            taken = Taken.OPEN_ALREADY if is_open else Taken.BEGUN
        if taken is Taken.BEGUN:
            begin_draft(ws, ours, found, hashlib.sha256(data).hexdigest())
    draft_id = ours.id if is_open or taken is Taken.BEGUN else ""
    return TakenIn(taken=taken, form=found, draft_id=draft_id, case_id=ours.case_id, file_is_new=is_new)


def add_to_returned_form(ws: Workspace, draft_id: str, path: Path) -> Attachment:
    """Keeps one more file with a draft, as it came: a further page of a form on paper. The draft is not touched.

    Raises:
        UserError: RKV-FRM-062 there is no such draft; RKV-DOC-020 it is neither a PDF nor a picture;
            RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 it cannot be read.
    """
    draft = existing_draft(ws, draft_id)
    data = read_incoming(path)
    check_kind(data)
    with ws.store.transaction():
        keep_file(ws, draft.id, path, data)
    digest = hashlib.sha256(data).hexdigest()
    return next(one for one in returned_files(ws, draft.id) if one.sha256 == digest)
