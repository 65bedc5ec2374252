# SPDX-License-Identifier: MIT
"""Give out a form on a case to somebody without the app: in a PDF reader or on paper, in the language they read."""

from pathlib import Path

from rkv_app.documents.fillable import Around, render_to_fill
from rkv_app.documents.fillable_binding import Asked
from rkv_app.documents.parts import listed
from rkv_app.documents.wording import written_day_of
from rkv_app.domain.people import Role
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.clearance import candidate_of, clearance_on_record, require_clearance
from rkv_app.usecases.form_responses import open_response
from rkv_app.usecases.given_out import make_given_out
from rkv_app.usecases.workspace import Workspace


def give_out_form(
    ws: Workspace,
    response_id: str,
    target: Path,
    *,
    on_paper: bool = False,
    language: str = "",
    cleared_by: str = "",
) -> Path:
    """Writes a form on a case to be filled in elsewhere; `target` must be new. The answers there are stay as they are.

    Args:
        ws: the adviser's; its language is that of the document.
        response_id: the answers that what comes back is to add to.
        target: the PDF.
        on_paper: with boxes for a pen, not fields for a PDF reader.
        language: BCP 47 tag of the form's own words; that which the form is answered in where it is empty.
        cleared_by: who cleared it for a shielded candidate; it goes on the case's history.

    Raises:
        UserError: RKV-FRM-046 there are no such answers; RKV-FRM-047 they are not being written; RKV-CAS-008 shielded
            and not cleared; RKV-FRM-004, RKV-FRM-005 the form is not here as it was; RKV-SYS-001 to -003 the file
            cannot be written.
    """
    ws.require(Role.ADVISER)
    response = open_response(ws, response_id)
    case = existing_case(ws, response.case_id)
    candidate = candidate_of(ws, case)
    require_clearance(candidate, cleared_by)
    form, words, at = ws.forms.pinned(response.form), ws.words, ws.clock.now()
    own = language or response.language
    around = Around(
        title=form.title.said(own),
        reference=case.reference,
        subtitle=written_day_of(at, words),
        facts=[(words("Candidate"), candidate.name), (words("From"), listed(ws.party.name, ws.party.organisation))],
        intro=form.description.said(own) if form.description else None,
        sender=ws.party,
    )
    # Before the file: one that nothing here knows again would be lost work for whoever fills it in.
    with ws.store.transaction():
        given = make_given_out(ws, response_id)
    asked = Asked(request_id=given.id, language=own, form=response.form, aims=response.aims, attested=False)
    made = render_to_fill(form, asked, around, key=given.key, fillable=not on_paper, words=words, at=at)
    with clearance_on_record(ws, case, "form_to_fill_in", cleared_by, target):
        write_atomically(target, made)
    return target
