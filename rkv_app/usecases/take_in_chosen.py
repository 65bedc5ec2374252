# SPDX-License-Identifier: MIT
"""Take in a picture or PDF in which nothing says which request it belongs to: a person says so, and types it in."""

from pathlib import Path
from typing import Final

from rkv_app.documents.returned.refusals import not_ours
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.domain.people import Role
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.fillable_form import judge_returned
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.open_requests import is_open
from rkv_app.usecases.read_returned_form import ReturnedForm
from rkv_app.usecases.returned_drafts import awaited
from rkv_app.usecases.take_in_returned_form import TakenIn, take_in, take_in_where_it_says
from rkv_app.usecases.view_requests import no_such_request
from rkv_app.usecases.workspace import Workspace

NOT_OURS: Final = not_ours().code
"""The code of the refusal after which somebody may choose."""


def begin_as_answer_to(ws: Workspace, message_id: str, path: Path) -> TakenIn:
    """Keeps a file with the request that somebody chose, and begins an empty draft of its answers to type in.

    A file that says itself which request it belongs to is not moved to another one.

    Raises:
        UserError: as `begin_returned_form`; RKV-CAS-012 no such request waits for an answer.
    """
    ws.require(Role.ADVISER)
    data = read_incoming(path)
    try:
        found = judge_returned(ws, data)
    except UserError as problem:
        if problem.code != NOT_OURS:
            raise
    else:
        return take_in_where_it_says(ws, found, path, data)
    ours = ws.store.exchange.find(message_id)
    chosen = awaited(ws, message_id)
    if ours is None or chosen is None or not is_open(ours):
        raise no_such_request()
    return take_in(ws, chosen, ReturnedForm(verdict=Verdict.SCANNED, request_id=message_id), path, data)
