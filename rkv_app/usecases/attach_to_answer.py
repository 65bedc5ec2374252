# SPDX-License-Identifier: MIT
"""Add a file to an answer of a form on a case: the file and the answer that names it are kept together."""

from pathlib import Path

from rkv_app.domain.stores import Attachment
from rkv_app.forms.answers import question_at
from rkv_app.forms.model import AttachmentItem
from rkv_app.forms.values import chosen
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.attach_document import attach_document
from rkv_app.usecases.form_responses import open_response
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.workspace import Workspace


def attach_to_answer(ws: Workspace, response_id: str, item: str, path: Path) -> Attachment:
    """Keeps a copy of a file with a response, and adds its id to the answer under `item`.

    Raises:
        UserError: RKV-FRM-046, RKV-FRM-047; RKV-FRM-055 the question takes no such file, or no more; else as
            `attach_document`.
    """
    response = open_response(ws, response_id)
    question = question_at(ws.forms.pinned(response.form), item, response.aims)
    ids = chosen(response.answers.get(item))
    if not isinstance(question, AttachmentItem) or len(ids) >= question.max:
        raise _not_taken()
    with ws.store.transaction():
        kept = attach_document(ws, response_id, path)
        kind = "image" if kept.media_type.startswith("image/") else kept.media_type.rpartition("/")[2]
        if kind not in [one.value for one in question.accept]:
            raise _not_taken()
        save_form_answer(ws, response_id, item, [*ids, kept.id])
    return kept


def _not_taken() -> UserError:
    return UserError(
        "RKV-FRM-055",
        message("The question takes no such file, or no more of them."),
        message("Nothing was changed. The question says which files it takes and how many."),
    )
