# SPDX-License-Identifier: MIT
"""A workplace has no app: the adviser makes a form, and takes what comes back by file, by drop, and as a photo."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from rkv_app.usecases.fillable_form import check_returned_form
from support import form_filling
from support.pages.window import User
from support.parties import CANDIDATE, SUPERVISOR, Parties, new_case

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TO_WORKPLACE = f"Make a form for {SUPERVISOR.organisation} to fill in"
BELOW: form_filling.Values = {
    "rkv_confirmed": True,
    "rkv_name": "Kari Formann",
    "rkv_position": "Arbeidsleder",
    "rkv_date": "12.01.2026",
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an adviser with a case and a placement, to copy."""
    return Parties(tmp_path_factory.mktemp("prepared")).with_placement(new_case())


@pytest.fixture
def adviser(prepared: Path, at_case: Callable[[Path], User]) -> User:
    return at_case(prepared)


def make_form(user: User, target: Path, kind: str = "To fill in on a computer") -> Path:
    user.press(TO_WORKPLACE)
    user.press(kind)
    user.files.answers.append(target)
    user.press("Save the form …")
    user.sees("The form is made")
    assert target.exists()
    return target


def first_aim(user: User, form: Path) -> str:
    shell = user.desktop.shell
    assert shell is not None
    asked: list[str] = []

    def found(aim: str) -> None:
        asked.append(aim)

    def look(ws: object) -> str:
        read = check_returned_form(ws, form).asked  # type: ignore[arg-type]
        assert read is not None
        return read.aims[0].code

    shell.session.run(look, done=found, failed=lambda problem: pytest.fail(problem.code))
    user.settle()
    return asked[0]


def filled(user: User, form: Path, target: Path, **more: str) -> Path:
    values: form_filling.Values = {f"aims/{first_aim(user, form)}/rating": "not_tried", **BELOW, **more}
    target.write_bytes(form_filling.mupdf(form.read_bytes(), values))
    return target


def photo(paper: Path, target: Path) -> Path:
    document = pypdfium2.PdfDocument(paper)
    document[0].render(scale=1.6).to_pil().convert("RGB").rotate(93, expand=True).save(target, "JPEG", quality=50)
    document.close()
    return target


def choose(user: User, path: Path) -> None:
    user.files.answers.append(path)
    user.press("A form came back …")


def test_a_form_is_made_in_the_language_of_the_workplace_and_the_page_says_what_to_do(
    adviser: User, tmp_path: Path
) -> None:
    adviser.press(TO_WORKPLACE)
    adviser.sees("never by ordinary e-mail")
    adviser.press("Nynorsk")
    adviser.files.answers.append(tmp_path / "skjema.pdf")
    adviser.press("Save the form …")
    adviser.sees("Give the supervisor the file skjema.pdf in person")
    adviser.sees("Wait for the supervisor's answer")
    document = pypdfium2.PdfDocument(tmp_path / "skjema.pdf")
    assert "Ikkje prøvd her" in document[0].get_textpage().get_text_range()
    document.close()
    adviser.press("I know what to do")
    assert "The form is made" not in adviser.screen()


def test_where_a_file_is_in_the_way_the_dialog_stays_and_another_name_will_do(adviser: User, tmp_path: Path) -> None:
    (tmp_path / "skjema.pdf").write_bytes(b"noe annet")
    adviser.press(TO_WORKPLACE)
    adviser.files.answers.append(tmp_path / "skjema.pdf")
    adviser.press("Save the form …")
    adviser.sees("RKV-SYS-003")
    adviser.files.answers.append(tmp_path / "skjema-2.pdf")
    adviser.press("Save the form …")
    adviser.sees("The form is made")


def test_it_is_made_without_a_mouse(adviser: User, tmp_path: Path) -> None:
    adviser.by_keyboard = True
    make_form(adviser, tmp_path / "papir.pdf", "To fill in on paper")
    adviser.sees("Print papir.pdf")
    adviser.press("I know what to do")


def test_a_form_that_came_back_says_whom_it_concerns_and_what_is_missing_before_anything_is_taken_in(
    adviser: User, tmp_path: Path
) -> None:
    form = make_form(adviser, tmp_path / "skjema.pdf")
    aim = first_aim(adviser, form)
    choose(adviser, filled(adviser, form, tmp_path / "tilbake.pdf", **{f"aims/{aim}/rating": "independent"}))
    adviser.sees("Something is missing")
    adviser.sees(f"Candidate: {CANDIDATE}")
    adviser.sees(f"Workplace: {SUPERVISOR.organisation}")
    adviser.sees("What is missing or wrong")
    adviser.sees(aim)
    adviser.press("Close")
    adviser.sees("Wait for the supervisor's answer")


def test_a_whole_form_is_received_as_the_next_step_says_and_waits_for_the_advisers_confirmation(
    adviser: User, tmp_path: Path
) -> None:
    form = make_form(adviser, tmp_path / "skjema.pdf")
    adviser.files.answers.append(filled(adviser, form, tmp_path / "tilbake.pdf"))
    adviser.by_keyboard = True
    adviser.press("Receive the answer …")
    adviser.sees("The form is filled in and unchanged.")
    adviser.sees("Confirmed in the form by: Kari Formann, Arbeidsleder, 12 January 2026")
    adviser.press("Take it in …")
    adviser.sees("Awaits confirmation")


def test_a_form_that_was_changed_on_its_way_is_kept_as_it_came_and_counts_for_nothing(
    adviser: User, tmp_path: Path
) -> None:
    form = make_form(adviser, tmp_path / "skjema.pdf")
    with pikepdf.open(filled(adviser, form, tmp_path / "tilbake.pdf")) as pdf:
        pdf.pages[0].contents_add(b"BT ET")
        pdf.save(tmp_path / "endret.pdf")
    adviser.drop(tmp_path / "endret.pdf")
    adviser.sees("Changed on its way")
    adviser.press("Keep the file with the case")
    adviser.sees("Nothing in it counts.")
    adviser.sees("Forms that came back")
    adviser.sees("Wait for the supervisor's answer")


def test_the_empty_form_dropped_on_the_list_of_cases_leads_to_its_case(adviser: User, tmp_path: Path) -> None:
    form = make_form(adviser, tmp_path / "skjema.pdf")
    adviser.press("Cases")
    adviser.drop(form)
    adviser.sees("The form is empty.")
    adviser.press("Go to the case")
    adviser.sees("Wait for the supervisor's answer")


def test_a_photo_of_the_paper_dropped_on_the_window_finds_its_case(adviser: User, tmp_path: Path) -> None:
    paper = make_form(adviser, tmp_path / "papir.pdf", "To fill in on paper")
    adviser.drop(photo(paper, tmp_path / "IMG_1.JPG"))
    adviser.sees("The form is a picture of paper.")
    adviser.sees(f"Candidate: {CANDIDATE}")
    adviser.press("Type it in beside the picture …")
    adviser.sees("Awaits confirmation")


def test_a_picture_without_the_code_lets_the_adviser_choose_the_request(adviser: User, tmp_path: Path) -> None:
    make_form(adviser, tmp_path / "papir.pdf", "To fill in on paper")
    picture = tmp_path / "uskarpt.png"
    Image.new("L", (800, 600), 180).save(picture)
    choose(adviser, picture)
    adviser.sees("take a sharper picture of the first page")
    assert adviser.is_chosen(CANDIDATE)
    adviser.press("Type it in beside the picture …")
    adviser.sees("Awaits confirmation")


def test_without_a_request_that_waits_there_is_nothing_to_choose(adviser: User, tmp_path: Path) -> None:
    Image.new("L", (800, 600), 180).save(tmp_path / "bilde.png")
    adviser.drop(tmp_path / "bilde.png")
    adviser.sees("No request waits for an answer here.")
    adviser.press("Close")


def test_a_file_that_is_no_form_is_refused_with_a_plain_sentence_and_a_code(adviser: User, tmp_path: Path) -> None:
    (tmp_path / "bilde.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64))
    adviser.drop(tmp_path / "bilde.heic")
    adviser.sees("RKV-DOC-032")
    (tmp_path / "program.exe").write_bytes(b"MZ")
    assert not adviser.drop(tmp_path / "program.exe")
    assert not adviser.drop(tmp_path / "bilde.heic", tmp_path / "program.exe")
