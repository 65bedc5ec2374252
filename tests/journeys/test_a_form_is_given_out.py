# SPDX-License-Identifier: MIT
"""A form on a case is given out, filled in elsewhere, compared with what came back, and goes into the answers."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.foundation.resources import forms_dir
from support import form_filling
from support.case_forms import MEETING, form_folder
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, Parties
from support.pdf_text import text_of
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

AGREED = "What was agreed?"


@pytest.fixture
def adviser(
    parties: Parties, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sit_down: Callable[[Path | None], User]
) -> User:
    """At a case, with a form of meetings on offer."""
    made = Path(shutil.copytree(forms_dir(), tmp_path / "forms"))
    form_folder(made, MEETING)
    monkeypatch.setattr("support.parties.forms_dir", lambda: made)
    store = parties.make_store_with_case()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    return user


def _begun(user: User) -> None:
    user.press("Begin a form …")
    user.press("Begin: Meeting minutes")
    user.press("No. Was the meeting held?")
    user.write("Room", "204")
    user.sees("Saved")


def _given_out(user: User, path: Path) -> None:
    user.files.answers.append(path)
    user.press("Give it out …")
    user.press("Save the form …")
    user.sees(f"The form was written to {path.name}.")


def test_a_form_on_a_case_is_given_out_compared_and_confirmed(adviser: User, tmp_path: Path) -> None:
    user, blank, back = adviser, tmp_path / "skjema.pdf", tmp_path / "tilbake.pdf"
    _begun(user)
    _given_out(user, blank)
    back.write_bytes(form_filling.mupdf(blank.read_bytes(), {"held": "yes", "agreed": "Prøve sveising"}))

    user.press(CANDIDATE)
    user.files.answers.append(back)
    user.press("A form came back …")
    user.sees("Form: Meeting minutes")
    user.press("Take it in …")
    user.sees("Page 1 of 1")
    user.sees("The case has other answers here")
    user.sees("Was the meeting held? – No")
    assert user.field(AGREED).toPlainText() == "Prøve sveising"
    user.press("Confirm")
    user.sees("Compare the answers with what came back, and tick here.")
    user.press("I have compared every answer with what came back.")
    user.press("Confirm")

    user.sees("Meeting minutes")
    user.open_row("Forms and conversations", "Meeting minutes")
    user.sees(f"The answers were read from a PDF form that came back. {ADVISER.name} compared them with what came")
    assert (user.field(AGREED).toPlainText(), user.typed("Room")) == ("Prøve sveising", "204")


def test_a_form_that_came_back_is_found_from_the_form_it_belongs_to(adviser: User, tmp_path: Path) -> None:
    user, blank = adviser, tmp_path / "skjema.pdf"
    _begun(user)
    _given_out(user, blank)
    assert "Was the meeting held?" in text_of(blank.read_bytes())
    assert "204" not in text_of(blank.read_bytes())
    back = tmp_path / "tilbake.pdf"
    back.write_bytes(form_filling.mupdf(blank.read_bytes(), {"agreed": "Ringe fredag"}))
    user.press(CANDIDATE)
    user.files.answers.append(back)
    user.press("A form came back …")
    user.press("Take it in …")
    user.sees("Page 1 of 1")
    user.press(CANDIDATE)
    user.open_row("Forms and conversations", "Meeting minutes")
    user.press("Look through it …")
    user.press("Discard …")
    user.press("Discard")
    user.sees("tilbake.pdf")
