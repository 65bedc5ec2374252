# SPDX-License-Identifier: MIT
"""A form comes back filled in, on paper or as a picture: the file is kept as it came, and a person confirms."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from rkv_app.documents.fillable_binding import DATE, NAME, POSITION
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.domain.coverage import Covered
from rkv_app.domain.transcribed import Way, transcribed
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language
from rkv_app.packets.attachment_safety import Danger
from rkv_app.usecases.attach_document import save_document
from rkv_app.usecases.confirm_returned_form import confirm_returned_form
from rkv_app.usecases.fillable_form import check_returned_form, make_fillable_form
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import SentRequest
from rkv_app.usecases.returned_drafts import (
    ReturnedDraft,
    discard_returned_form,
    find_draft,
    returned_files,
    save_returned_answer,
)
from rkv_app.usecases.take_in_returned_form import Taken, add_to_returned_form, begin_returned_form
from rkv_app.usecases.view_case import NextStep, view_case
from rkv_app.usecases.view_queue import view_application
from rkv_app.usecases.view_returned_form import look_into_returned, shown_pdf, view_returned
from rkv_app.usecases.workspace import Workspace
from rkv_app.usecases.write_documents import candidate_copy, received_evaluation
from support import document_samples as samples
from support import form_filling
from support.desks import Desks, snapshot
from support.parties import ADVISER
from support.pdf_text import text_of

COMPARED = f"PDF-skjema som kom tilbake. {ADVISER.name} sammenlignet dem med det som kom, 20. januar 2026."
BELOW: Mapping[str, str | bool] = {
    "rkv_confirmed": True,
    "rkv_name": "Kari Formann",
    "rkv_position": "Arbeidsleder",
    "rkv_date": "12.01.2026",
}


@dataclass(frozen=True)
class Returned:
    """A case with a request whose form somebody fills in; the form itself, and an aim that it asks about."""

    desks: Desks
    case_id: str
    request: SentRequest
    blank: Path
    aim: str

    @classmethod
    def made_at(cls, desks: Desks) -> "Returned":
        case_id, placement_id = desks.case()
        request = desks.request(placement_id)
        blank = make_fillable_form(desks.adviser, request.message_id, desks.folder / "skjema.pdf")
        asked = check_returned_form(desks.adviser, blank).asked
        assert asked is not None
        return cls(desks, case_id, request, blank, asked.aims[0].code)

    def copied_to(self, folder: Path) -> "Returned":
        shutil.copytree(self.desks.folder, folder)
        request = replace(self.request, path=folder / self.request.path.name)
        return replace(self, desks=Desks.opened_in(folder), request=request, blank=folder / self.blank.name)

    @property
    def ws(self) -> Workspace:
        return self.desks.adviser

    def form(self, name: str, *, on_paper: bool = False) -> Path:
        return make_fillable_form(self.ws, self.request.message_id, self.desks.folder / name, on_paper=on_paper)

    def filled(self, engine: str = "pypdf", name: str = "tilbake.pdf", **also: str) -> Path:
        values = {**self.values(), **BELOW, **{f"aims/{self.aim}/{column}": said for column, said in also.items()}}
        file = self.desks.folder / name
        file.write_bytes(form_filling.ENGINES[engine](self.blank.read_bytes(), values))
        return file

    def values(self) -> dict[str, str | bool]:
        return {f"aims/{self.aim}/rating": "not_tried"}

    def picture(self) -> Path:
        """A photo of the form on paper."""
        page = pypdfium2.PdfDocument(self.form("papir.pdf", on_paper=True).read_bytes())[0]
        file = self.desks.folder / "bilde.jpg"
        page.render(scale=2.2).to_pil().convert("RGB").save(file)
        return file

    def draft(self) -> ReturnedDraft | None:
        return find_draft(self.ws, self.request.message_id)

    def kept(self) -> list[bytes]:
        found = []
        for one in returned_files(self.ws, self.request.message_id):
            octets = BytesIO()
            self.ws.store.attachments.copy_to(one.id, octets)
            found.append(octets.getvalue())
        return found

    def state(self) -> object:
        return (snapshot(self.ws, self.case_id), self.draft(), self.kept())


@pytest.fixture(scope="session")
def asked(fresh_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> Returned:
    """As the adviser has just made the form, with closed stores to copy."""
    desks = Desks.opened_in(Path(shutil.copytree(fresh_stores, tmp_path_factory.mktemp("asked") / "desks")))
    made = Returned.made_at(desks)
    desks.close()
    return made


@pytest.fixture
def returned(asked: Returned, tmp_path: Path) -> Iterator[Returned]:
    copy = asked.copied_to(tmp_path / "desks")
    yield copy
    copy.desks.close()


@pytest.mark.parametrize("engine", ["MuPDF", "pypdf", "PDFium"])
def test_a_filled_form_becomes_a_draft_with_its_answers_and_the_file_is_kept_as_it_came(
    returned: Returned, engine: str
) -> None:
    file = returned.filled(engine)
    taken = begin_returned_form(returned.ws, file)
    assert (taken.taken, taken.form.verdict, taken.case_id) == (Taken.BEGUN, Verdict.COMPLETE, returned.case_id)
    draft = find_draft(returned.ws, taken.draft_id)
    assert draft is not None
    assert dict(draft.answers) == returned.values()
    assert dict(draft.who) == {NAME: "Kari Formann", POSITION: "Arbeidsleder", DATE: "2026-01-12"}
    assert returned.kept() == [file.read_bytes()]
    view = view_case(returned.ws, returned.case_id)
    assert not view.evaluations
    assert view.next_step is NextStep.CONFIRM_RETURNED


def test_a_form_of_ours_is_nothing_to_be_careful_with_and_other_files_are(returned: Returned, tmp_path: Path) -> None:
    taken = begin_returned_form(returned.ws, returned.filled("pypdf"))
    with pikepdf.open(returned.blank) as pdf:
        pdf.attachments["more.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="more.exe")
        pdf.save(tmp_path / "more.pdf")
    add_to_returned_form(returned.ws, taken.draft_id, tmp_path / "more.pdf")
    files = view_returned(returned.ws, taken.draft_id).files
    told = [look_into_returned(returned.ws, one).dangers for one in files]
    assert [Danger.CARRIES_FILES in one for one in told] == [False, True]


def test_what_is_confirmed_counts_and_says_for_ever_that_nobody_signed_it(returned: Returned) -> None:
    ws = returned.ws
    taken = begin_returned_form(ws, returned.filled())
    evaluation_id = confirm_returned_form(ws, taken.draft_id, compared=True)
    view = view_case(ws, returned.case_id)
    (evaluation,) = view.evaluations
    assert evaluation.attestation is not None
    assert (evaluation.id, evaluation.attestation.name) == (evaluation_id, "Kari Formann")
    assert evaluation.attestation.at.astimezone().date().isoformat() == "2026-01-12"
    covered = next(one for one in view.coverage if one.aim.code == returned.aim)
    mark = covered.sources[0].transcribed
    assert covered.covered is Covered.NOT_TRIED
    assert mark is not None
    assert (mark.by, mark.way) == (ADVISER.name, Way.FIELDS)
    assert returned.draft() is None
    assert view.next_step is NextStep.SEND_APPLICATION
    for made in (received_evaluation(ws, returned.case_id, evaluation_id), candidate_copy(ws, returned.case_id)):
        said = text_of(made)
        assert COMPARED in " ".join(said.split())
    assert "tilbake.pdf" in text_of(candidate_copy(ws, returned.case_id))


def test_the_county_reads_in_packet_and_pdf_who_stands_for_it(returned: Returned) -> None:
    taken = begin_returned_form(returned.ws, returned.filled())
    confirm_returned_form(returned.ws, taken.draft_id, compared=True)
    application = returned.desks.apply(returned.case_id)
    returned.desks.introduce_adviser()
    receive_packet(returned.desks.intake, application.path)
    (evaluation,) = view_application(returned.desks.intake, application.message_id).queued.application.evaluations
    mark = transcribed(evaluation.answers)
    assert mark is not None
    assert mark.by == ADVISER.name
    said = " ".join(text_of(application.pdf_path.read_bytes()).split())
    assert COMPARED in said
    assert said.count("Ikke signert elektronisk") == 2


def test_a_request_that_a_form_answered_is_answered(returned: Returned) -> None:
    taken = begin_returned_form(returned.ws, returned.filled())
    confirm_returned_form(returned.ws, taken.draft_id, compared=True)
    assert check_returned_form(returned.ws, returned.blank).verdict is Verdict.FILLED_TWICE
    with pytest.raises(UserError) as refused:
        receive_packet(returned.ws, returned.desks.reply(returned.request))
    assert refused.value.code == "RKV-EXC-004"


def test_a_reply_that_comes_first_leaves_nothing_to_confirm(returned: Returned) -> None:
    taken = begin_returned_form(returned.ws, returned.filled())
    receive_packet(returned.ws, returned.desks.reply(returned.request))
    before = returned.state()
    with pytest.raises(UserError) as refused:
        confirm_returned_form(returned.ws, taken.draft_id, compared=True)
    assert refused.value.code == "RKV-DOC-025"
    assert returned.state() == before
    assert view_returned(returned.ws, taken.draft_id).is_answered


def test_a_picture_of_paper_is_typed_in_beside_it(returned: Returned) -> None:
    ws, photo = returned.ws, returned.picture()
    taken = begin_returned_form(ws, photo)
    assert (taken.taken, taken.form.verdict) == (Taken.BEGUN, Verdict.SCANNED)
    for item, value in {**returned.values(), NAME: "Kari Formann", DATE: "2026-01-10"}.items():
        save_returned_answer(ws, taken.draft_id, item, value)
    confirm_returned_form(ws, taken.draft_id, compared=True)
    mark = transcribed(view_case(ws, returned.case_id).evaluations[0].answers)
    assert mark is not None
    assert mark.way is Way.TYPED
    (file,) = view_case(ws, returned.case_id).returned.files
    assert save_document(ws, file, returned.desks.folder / "kopi.jpg").read_bytes() == photo.read_bytes()


def test_further_pages_lie_beside_the_first_and_each_can_be_shown(returned: Returned) -> None:
    ws, photo = returned.ws, returned.picture()
    taken = begin_returned_form(ws, photo)
    page = returned.desks.folder / "side2.png"
    pypdfium2.PdfDocument(returned.blank.read_bytes())[1].render().to_pil().save(page)
    add_to_returned_form(ws, taken.draft_id, page)
    assert returned.kept() == [photo.read_bytes(), page.read_bytes()]
    for file in view_returned(ws, taken.draft_id).files:
        assert len(pypdfium2.PdfDocument(shown_pdf(ws, file))) == 1


def test_a_second_file_is_kept_and_the_draft_stays_as_it_was_typed(returned: Returned) -> None:
    ws = returned.ws
    first, second = returned.filled("pypdf"), returned.filled("MuPDF", "igjen.pdf")
    draft_id = begin_returned_form(ws, first).draft_id
    save_returned_answer(ws, draft_id, f"aims/{returned.aim}/rating", "guided")
    again = begin_returned_form(ws, second)
    assert (again.taken, again.draft_id, again.file_is_new) == (Taken.OPEN_ALREADY, draft_id, True)
    draft = returned.draft()
    assert draft is not None
    assert draft.answers[f"aims/{returned.aim}/rating"] == "guided"
    assert not begin_returned_form(ws, second).file_is_new
    assert returned.kept() == [first.read_bytes(), second.read_bytes()]


def test_the_draft_is_there_after_the_store_was_closed(returned: Returned) -> None:
    taken = begin_returned_form(returned.ws, returned.filled())
    save_returned_answer(returned.ws, taken.draft_id, NAME, "Kåre Formann")
    returned.desks.close()
    again = Desks.opened_in(returned.desks.folder)
    draft = find_draft(again.adviser, taken.draft_id)
    again.close()
    assert draft is not None
    assert draft.who[NAME] == "Kåre Formann"


def test_a_discarded_draft_is_gone_its_file_stays_and_can_be_taken_in_again(returned: Returned) -> None:
    ws, file = returned.ws, returned.filled()
    taken = begin_returned_form(ws, file)
    discard_returned_form(ws, taken.draft_id)
    assert (returned.draft(), returned.kept()) == (None, [file.read_bytes()])
    for refused_step in (
        lambda: discard_returned_form(ws, taken.draft_id),
        lambda: confirm_returned_form(ws, taken.draft_id, compared=True),
    ):
        with pytest.raises(UserError) as refused:
            refused_step()
        assert refused.value.code == "RKV-FRM-062"
    assert begin_returned_form(ws, file).taken is Taken.BEGUN
    assert len(returned.kept()) == 1


def test_a_form_that_nothing_can_be_made_of_is_kept_and_begins_nothing(returned: Returned) -> None:
    taken = begin_returned_form(returned.ws, returned.blank)
    assert (taken.taken, taken.form.verdict, taken.draft_id) == (Taken.KEPT, Verdict.EMPTY, "")
    assert returned.kept() == [returned.blank.read_bytes()]
    assert view_case(returned.ws, returned.case_id).next_step is NextStep.WAIT_FOR_EVALUATION


def test_a_file_that_came_back_is_found_by_its_name_in_its_case(returned: Returned) -> None:
    begin_returned_form(returned.ws, returned.filled(name="evaluering-fra-havna.pdf"))
    assert [hit.case_id for hit in returned.ws.store.search.find("evaluering-fra")] == [returned.case_id]


def test_a_form_of_another_store_is_left_where_it_lies(returned: Returned) -> None:
    file = returned.desks.folder / "fremmed.pdf"
    file.write_bytes(samples.rendered("fillable", Language.NYNORSK))
    before = returned.state()
    taken = begin_returned_form(returned.ws, file)
    assert (taken.taken, taken.draft_id) == (Taken.LEFT, "")
    assert returned.state() == before


@pytest.mark.parametrize(
    ("item", "value", "compared", "code"),
    [
        ("rating", "independent", True, "RKV-FRM-063"),
        (NAME, " ", True, "RKV-FRM-064"),
        (DATE, "", True, "RKV-FRM-064"),
        (DATE, "2026-01-21", True, "RKV-FRM-064"),
        (NAME, "Kari", False, "RKV-FRM-064"),
    ],
)
def test_what_is_not_complete_is_not_confirmed(
    returned: Returned, item: str, value: str, compared: bool, code: str
) -> None:
    draft_id = begin_returned_form(returned.ws, returned.filled()).draft_id
    path = f"aims/{returned.aim}/{item}" if item == "rating" else item
    save_returned_answer(returned.ws, draft_id, path, value)
    before = returned.state()
    with pytest.raises(UserError) as refused:
        confirm_returned_form(returned.ws, draft_id, compared=compared)
    assert refused.value.code == code
    assert returned.state() == before


def test_whatever_write_fails_nothing_is_half_taken_in(returned: Returned, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, file, draft_id = returned.ws, returned.filled(), returned.request.message_id
    failed = _failing_each_write(returned, monkeypatch, lambda: begin_returned_form(ws, file))
    assert returned.draft() is not None
    failed += _failing_each_write(returned, monkeypatch, lambda: confirm_returned_form(ws, draft_id, compared=True))
    assert failed == 3 + 4
    assert len(view_case(ws, returned.case_id).evaluations) == 1


def _failing_each_write(returned: Returned, monkeypatch: pytest.MonkeyPatch, step: Callable[[], object]) -> int:
    """Lets each of a step's writes to the store fail once it is made, until it gets through: how many there are."""
    store, before = returned.ws.store, returned.state()
    writes = [
        (store.attachments, "add"),
        (store.drafts, "put"),
        (store.drafts, "remove"),
        (store.evaluations, "add"),
        (store.exchange, "mark_reply_used"),
    ]
    for failed in range(20):
        left = [failed + 1]
        with monkeypatch.context() as patched:
            for owner, name in writes:
                patched.setattr(owner, name, _failing(getattr(owner, name), left))
            try:
                step()
            except OSError:
                assert returned.state() == before
            else:
                return failed
    raise AssertionError("it never got through")


def _failing(original: Callable[..., object], left: list[int]) -> Callable[..., object]:
    def call(*arguments: object, **options: object) -> object:
        done = original(*arguments, **options)
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "no space left")
        return done

    return call
