# SPDX-License-Identifier: MIT
"""A form comes back filled in, on paper or as a picture: the file is kept as it came, and a person confirms."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from rkv_app.documents.fillable_binding import DATE, NAME, POSITION
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.foundation.i18n import Language
from rkv_app.usecases.fillable_form import check_returned_form, make_fillable_form
from rkv_app.usecases.request_evaluation import SentRequest
from rkv_app.usecases.returned_drafts import find_draft, returned_files
from rkv_app.usecases.take_in_returned_form import Taken, begin_returned_form
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.workspace import Workspace
from support import document_samples as samples
from support import form_filling
from support.desks import Desks

BELOW: Mapping[str, str | bool] = {
    "rkv_confirmed": True,
    "rkv_name": "Kari Formann",
    "rkv_position": "Arbeidsleder",
    "rkv_date": "12.01.2026",
}


class Returned:
    """A case with a request whose form somebody fills in."""

    def __init__(self, desks: Desks) -> None:
        self.desks = desks
        self.case_id, placement_id = desks.case()
        self.request: SentRequest = desks.request(placement_id)
        self.blank = self.form("skjema.pdf")
        asked = check_returned_form(desks.adviser, self.blank).asked
        assert asked is not None
        self.aims = [aim.code for aim in asked.aims]

    @property
    def ws(self) -> Workspace:
        return self.desks.adviser

    def form(self, name: str, *, on_paper: bool = False) -> Path:
        return make_fillable_form(self.ws, self.request.message_id, self.desks.folder / name, on_paper=on_paper)

    def filled(self, engine: str = "MuPDF", name: str = "tilbake.pdf", **more: str) -> Path:
        rated = {f"aims/{self.aims[0]}/rating": "not_tried", **more}
        file = self.desks.folder / name
        file.write_bytes(form_filling.ENGINES[engine](self.blank.read_bytes(), {**rated, **BELOW}))
        return file

    def kept(self) -> list[bytes]:
        found = []
        for one in returned_files(self.ws, self.request.message_id):
            octets = BytesIO()
            self.ws.store.attachments.copy_to(one.id, octets)
            found.append(octets.getvalue())
        return found


@pytest.fixture
def returned(desks: Desks) -> Returned:
    return Returned(desks)


@pytest.mark.parametrize("engine", ["MuPDF", "pypdf", "PDFium"])
def test_a_filled_form_becomes_a_draft_with_its_answers_and_the_file_is_kept_as_it_came(
    returned: Returned, engine: str
) -> None:
    file = returned.filled(engine)
    taken = begin_returned_form(returned.ws, file)
    assert (taken.taken, taken.form.verdict, taken.case_id) == (Taken.BEGUN, Verdict.COMPLETE, returned.case_id)
    draft = find_draft(returned.ws, taken.draft_id)
    assert draft is not None
    assert dict(draft.answers) == {f"aims/{returned.aims[0]}/rating": "not_tried"}
    assert dict(draft.who) == {NAME: "Kari Formann", POSITION: "Arbeidsleder", DATE: "2026-01-12"}
    assert returned.kept() == [file.read_bytes()]
    assert not view_case(returned.ws, returned.case_id).evaluations


def test_a_form_of_another_store_is_left_where_it_lies(returned: Returned) -> None:
    file = returned.desks.folder / "fremmed.pdf"
    file.write_bytes(samples.rendered("fillable", Language.NYNORSK))
    taken = begin_returned_form(returned.ws, file)
    assert (taken.taken, taken.draft_id, returned.kept()) == (Taken.LEFT, "", [])
