# SPDX-License-Identifier: MIT
"""An adviser adds the county's own form from a signed packet, fills it in on a case, and sees where it came from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from rkv_app.foundation.resources import own_packets_dir
from rkv_app.usecases.pack_forms import pack_forms
from support.county_forms import FORM_ID, QUESTION, county_folder, form_text
from support.pages.window import User
from support.parties import CANDIDATE, INTAKE, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def packet(parties: Parties, tmp_path: Path) -> Path:
    """What the county has packed."""
    parties.make_store(INTAKE)
    county = parties.at(INTAKE)
    try:
        return pack_forms(county, county_folder(tmp_path / "files"), tmp_path / "county.rkvskjema").path
    finally:
        county.close()


@pytest.fixture
def adviser(parties: Parties, packet: Path, sit_down: Callable[[Path | None], User]) -> User:
    store = parties.make_store_with_case()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    return user


def _drop(user: User, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    around = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    shell = user.desktop.shell
    assert shell is not None
    assert shell.page is not None
    entered = QDragEnterEvent(QPoint(5, 5), *around)
    entered.ignore()
    shell.page.dragEnterEvent(entered)
    if entered.isAccepted():
        shell.page.dropEvent(QDropEvent(QPoint(5, 5), *around))
        user.settle()
    return entered.isAccepted()


def test_a_countys_form_is_added_and_filled_in_on_a_case(adviser: User, packet: Path) -> None:
    adviser.press("Store and security")
    adviser.files.answers.append(packet)
    adviser.press("Add a packet …")
    adviser.sees("Unknown sender")
    said = adviser.screen()
    for words in (INTAKE.organisation, f"Form {FORM_ID}, version 2026.1", "List measures, checked 2026-11-24", "new"):
        assert words in said, words
    # Nobody gets past the digits by pressing the button.
    adviser.press("They read the same digits: add all of it")
    adviser.sees("Choose how.")
    adviser.sees("By phone")
    adviser.press_first("By phone")
    adviser.press("They read the same digits: add all of it")
    adviser.sees("The forms and lists were added.")
    adviser.sees(f"From {INTAKE.organisation}")
    assert adviser.screen().split("\n").count("used") == 2
    adviser.press("Cases")
    adviser.open_row("Cases", CANDIDATE)
    adviser.press("Begin a form …")
    adviser.sees(f"From {INTAKE.organisation}")
    adviser.press("Begin: County visit")
    adviser.write(QUESTION, "En ryddig hall.")
    adviser.sees("Saved")
    adviser.press("Complete")
    adviser.sees("The form is completed")
    # The answers need their form now.
    adviser.press("Store and security")
    adviser.press(f"Remove what came from {INTAKE.organisation} …")
    adviser.press("Remove them")
    adviser.sees(f"Answers in this store were given on the form {FORM_ID} 2026.1")
    assert len(list(own_packets_dir().iterdir())) == 1


def test_a_packet_of_forms_that_is_dropped_among_the_cases_is_offered_and_can_be_removed(
    adviser: User, packet: Path
) -> None:
    assert _drop(adviser, packet)
    adviser.sees("Forms and lists from an organisation")
    adviser.sees("By phone")
    adviser.press_first("By phone")
    adviser.press("They read the same digits: add all of it")
    adviser.sees("The forms and lists were added.")
    assert _drop(adviser, packet)
    adviser.sees("Everything in it is here already.")
    adviser.press("Store and security")
    adviser.press(f"Remove what came from {INTAKE.organisation} …")
    adviser.press("Remove them")
    adviser.sees("The forms and lists were removed.")
    adviser.qtbot.waitUntil(lambda: f"From {INTAKE.organisation}" not in adviser.screen())
    assert list(own_packets_dir().iterdir()) == []


def test_a_changed_version_is_shown_for_what_it_is_and_cannot_be_added(
    adviser: User, parties: Parties, packet: Path, tmp_path: Path
) -> None:
    assert _drop(adviser, packet)
    adviser.sees("By phone")
    adviser.press_first("By phone")
    adviser.press("They read the same digits: add all of it")
    adviser.sees("The forms and lists were added.")
    folder = county_folder(tmp_path / "changed", with_list=False)
    (folder / FORM_ID / "2026.1.yaml").write_text(form_text(question="Something else?"), "utf-8")
    county = parties.at(INTAKE)
    changed = pack_forms(county, folder, tmp_path / "changed.rkvskjema").path
    county.close()
    assert _drop(adviser, changed)
    adviser.sees("differs from the one that is here")
    said = adviser.screen()
    assert "RKV-PKT-069" in said
    assert "Known contact, digits compared" in said
    assert "Add all of it" not in said
    adviser.press("Close")


def test_an_office_packs_its_own_folder_for_others(adviser: User, tmp_path: Path) -> None:
    target = tmp_path / "ours.rkvskjema"
    adviser.press("Store and security")
    adviser.files.answers += [county_folder(tmp_path / "ours"), target]
    adviser.press("Pack a folder for others …")
    adviser.sees("Packed and signed in ours.rkvskjema: 1 form, 1 list.")
    assert _drop(adviser, target)
    adviser.sees("Signed here, in this store")
    adviser.press("Add all of it")
    adviser.sees("The forms and lists were added.")
    (tmp_path / "ours" / "measures.yaml").write_text("x", "utf-8")
    adviser.files.answers += [tmp_path / "ours", tmp_path / "again.rkvskjema"]
    adviser.press("Pack a folder for others …")
    adviser.sees("RKV-REF-00")
    assert not (tmp_path / "again.rkvskjema").exists()


def test_a_folder_is_looked_at_added_told_to_be_unsigned_and_removed(adviser: User, tmp_path: Path) -> None:
    folder = county_folder(tmp_path / "fylket")
    (folder / "les meg.txt").write_text("x", "utf-8")
    adviser.press("Store and security")
    adviser.files.answers.append(folder)
    adviser.press("Add a folder …")
    adviser.sees("Signed by nobody")
    said = adviser.screen()
    for words in ("fylket", f"Form {FORM_ID}, version 2026.1", "List measures, checked 2026-11-24", "left alone: 1."):
        assert words in said, words
    adviser.press("Add all of it")
    adviser.sees("The forms and lists were added.")
    adviser.sees("From a folder, signed by nobody")
    # It is a copy.
    (folder / "measures.yaml").unlink()
    adviser.press("Read the files again")
    adviser.qtbot.waitUntil(lambda: adviser.screen().split("\n").count("used") == 2)
    adviser.press("Cases")
    adviser.open_row("Cases", CANDIDATE)
    adviser.press("Begin a form …")
    adviser.sees("Added from a folder, signed by nobody.")
    adviser.press("Close")
    adviser.press("Store and security")
    adviser.sees("From a folder, signed by nobody")
    shell = adviser.desktop.shell
    assert shell is not None
    remove = shell.page.findChild(QPushButton, "removeForms1Button") if shell.page is not None else None
    assert remove is not None
    assert remove.accessibleName().startswith("Remove what was added from a folder")
    adviser.press(remove.accessibleName())
    adviser.press("Remove them")
    adviser.sees("The forms and lists were removed.")
    assert list(own_packets_dir().iterdir()) == []


def test_a_folder_that_is_dropped_with_a_form_of_ours_in_it_is_shown_for_what_it_is(
    adviser: User, tmp_path: Path
) -> None:
    folder = county_folder(tmp_path / "fylket")
    (folder / "ours.yaml").write_text(form_text().replace(f"id: {FORM_ID}", "id: attest"), "utf-8")
    # Elsewhere a folder is no packet.
    assert not _drop(adviser, folder)
    adviser.press("Store and security")
    assert _drop(adviser, folder)
    adviser.sees("comes with the app")
    said = adviser.screen()
    assert "RKV-PKT-069" in said
    assert f"Form {FORM_ID}, version 2026.1" in said
    assert "Add all of it" not in said
    adviser.press("Close")
    assert not own_packets_dir().exists()
