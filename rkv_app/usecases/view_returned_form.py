# SPDX-License-Identifier: MIT
"""Look at a form that came back: its draft beside the files as they came, and what of it all a case has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rkv_app.documents.returned.file import read_file
from rkv_app.documents.returned.pictures import picture_as_pdf
from rkv_app.domain.exchange import ExchangeRecord
from rkv_app.domain.placements import Placement
from rkv_app.domain.stores import Attachment
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import UserError
from rkv_app.packets.attachment_safety import Danger, Safety
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.attach_document import look_into
from rkv_app.usecases.clearance import candidate_of
from rkv_app.usecases.confirm_returned_form import is_answered
from rkv_app.usecases.documents_along import content_of
from rkv_app.usecases.given_out import given_out_for, replaced
from rkv_app.usecases.open_requests import is_sent_request
from rkv_app.usecases.packet_files import request_on_record
from rkv_app.usecases.read_returned_form import is_picture
from rkv_app.usecases.returned_drafts import ReturnedDraft, existing_draft, find_draft, returned_files
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReturnedView:
    """A form that came back, as it is looked through.

    Attributes:
        files: what came, oldest first.
        placement: None for a form that was given out.
        is_answered: whether the request was answered in another way meanwhile, or the answers on the case were changed.
        replaced: answers on the case that would be others, as they are, by item path.
    """

    draft: ReturnedDraft
    form: Form
    candidate_name: str
    placement: Placement | None
    files: Sequence[Attachment]
    is_answered: bool
    replaced: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReturnedForms:
    """What came back for the requests of a case.

    Attributes:
        drafts: the forms that await confirmation.
        files: everything that came, oldest first within a request.
    """

    drafts: tuple[ReturnedDraft, ...] = ()
    files: tuple[Attachment, ...] = ()


def view_returned(ws: Workspace, draft_id: str) -> ReturnedView:
    """Returns a form that awaits confirmation.

    Raises:
        UserError: RKV-FRM-062 there is no such draft; RKV-FRM-004, RKV-FRM-005 its form is not here as it was.
    """
    draft = existing_draft(ws, draft_id)
    request = None if draft.response_id else request_on_record(ws, draft_id)
    return ReturnedView(
        draft=draft,
        form=ws.forms.pinned(draft.form),
        candidate_name=request.candidate_name if request else candidate_of(ws, existing_case(ws, draft.case_id)).name,
        placement=request.placement if request else None,
        files=returned_files(ws, draft_id),
        is_answered=is_answered(ws, draft),
        replaced=replaced(draft.before, draft.answers),
    )


def returned_of(ws: Workspace, case_id: str, exchange: Sequence[ExchangeRecord]) -> ReturnedForms:
    """Returns what came back for the requests among the packets of a case, and for its forms that were given out."""
    asked = [one.message_id for one in exchange if is_sent_request(one)]
    for response in ws.store.responses.for_case(case_id):
        given = given_out_for(ws, response.id)
        asked += [given.id] if given is not None else []
    drafts = (find_draft(ws, one) for one in asked)
    files = (file for one in asked for file in returned_files(ws, one))
    return ReturnedForms(tuple(draft for draft in drafts if draft is not None), tuple(files))


def shown_pdf(ws: Workspace, file: Attachment) -> bytes:
    """Returns a file that came back as a PDF to draw pages of: itself, or a picture on a page.

    Raises:
        UserError: RKV-STO-036 its content is damaged; RKV-DOC-020, RKV-DOC-022 the picture cannot be shown.
    """
    content = content_of(ws, file)
    return picture_as_pdf(content) if is_picture(content) else content


def look_into_returned(ws: Workspace, attachment: Attachment) -> Safety:
    """Says what in a file that came back calls for care; the request that each form of ours brings along is no reason.

    Raises:
        UserError: RKV-STO-036 its content is damaged.
    """
    found = look_into(ws, attachment)
    if Danger.CARRIES_FILES not in found.dangers or not _is_form(content_of(ws, attachment)):
        return found
    return replace(found, dangers=tuple(one for one in found.dangers if one is not Danger.CARRIES_FILES))


def _is_form(data: bytes) -> bool:
    """Whether it is a form that brings nothing along but its request."""
    try:
        return read_file(data).asked is not None
    except UserError:
        return False
