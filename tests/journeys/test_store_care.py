# SPDX-License-Identifier: MIT
"""The owner of a store looks after it: ways in, backups, a check, and what is told without being asked for."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox

from rkv_app.documents.preview.pages import PdfPages
from rkv_app.domain.stores import Passphrase, RecoveryWords
from rkv_app.store.store import SqlCipherStore
from rkv_app.ui.context import PageName, Route
from rkv_app.usecases.care_for_store import lock_after_minutes
from support.pages.store import StorePages
from support.pages.window import User
from support.parties import ADVISER, SUPERVISOR, Parties
from support.store_samples import EVALUATION, PASSPHRASE, later, quick_vault

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NEW = "kopp svaberg nystekt yrke tundra mild"


@pytest.fixture
def care(parties: Parties, sit_down: Callable[[Path | None], User]) -> StorePages:
    user = sit_down(parties.make_store(ADVISER))
    user.unlock(PASSPHRASE)
    pages = StorePages(user)
    pages.open()
    return pages


def test_a_changed_passphrase_opens_the_store_and_the_old_one_does_not(care: StorePages, parties: Parties) -> None:
    care.change_passphrase(PASSPHRASE, NEW)
    care.user.sees("The passphrase was changed.")
    care.user.leave()
    care.user.start(parties.store(ADVISER))
    care.user.write("Passphrase", PASSPHRASE)
    care.user.press("Open")
    care.user.sees("Code: RKV-STO-001")
    care.user.unlock(NEW)
    care.user.sees("First bring in a curriculum")


def test_what_is_wrong_with_a_new_passphrase_is_said_and_nothing_typed_is_lost(care: StorePages) -> None:
    care.change_passphrase(PASSPHRASE, "Sommer2026!!")
    care.user.sees("Too easy to guess")
    care.user.write("New passphrase", NEW)
    care.user.sees("Very good")
    care.user.press("Change the passphrase")
    care.user.sees("The two passphrases are not the same.")
    care.user.write("The new passphrase again", NEW)
    care.user.press("Change the passphrase")
    care.user.sees("The passphrase was changed.")


def test_the_wrong_old_passphrase_changes_nothing(care: StorePages, parties: Parties) -> None:
    care.change_passphrase("not the passphrase", NEW)
    care.user.sees("Code: RKV-STO-001")
    care.user.press("Cancel")
    care.user.leave()
    parties.at(ADVISER).close()


def test_the_passphrase_is_changed_without_a_mouse_to_one_that_was_suggested(care: StorePages) -> None:
    user = care.user
    user.by_keyboard = True
    user.press("Change the passphrase …")
    user.write("The passphrase of today", PASSPHRASE)
    user.press("Suggest six words")
    user.sees("Very good")
    suggested = user.typed("New passphrase")
    assert len(suggested.split()) == 6
    user.write("The new passphrase again", suggested)
    user.press("Change the passphrase")
    user.sees("The passphrase was changed.")


def test_the_words_of_a_sheet_open_the_store_once_they_are_typed_back(
    care: StorePages, parties: Parties, tmp_path: Path
) -> None:
    words = care.shown_words()
    care.user.files.answers.append(tmp_path / "sheet.pdf")
    care.user.press("Save the sheet as PDF …")
    care.user.sees("The sheet was written to sheet.pdf.")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    care.user.press("I have them on paper")
    assert words[0] not in care.user.screen()
    care.type_back(" ".join([*words[:6], "feil", *words[7:]]))
    care.user.sees("Word 7 is not the one on the sheet.")
    care.type_back(" ".join(words[:-1]))
    care.user.sees("Word 24 is missing.")
    care.type_back(" ".join(words))
    care.user.sees("The recovery sheet was added.")
    care.user.sees("Recovery sheet")
    care.user.leave()
    quick_vault().open(parties.store(ADVISER), RecoveryWords(" ".join(words))).close()


def test_the_sheet_goes_from_the_window_to_the_printer_and_what_that_leaves_is_told(
    care: StorePages, tmp_path: Path
) -> None:
    care.shown_words()
    care.user.by_keyboard = True
    care.user.files.printed = tmp_path / "paper.pdf"
    care.user.press("Print the sheet …")
    care.user.sees("It went to the printer.")
    care.user.sees("the print queue of the machine, may keep a copy")
    with PdfPages((tmp_path / "paper.pdf").read_bytes()) as paper:
        assert paper.count == 1
        assert min(paper.page(0, 1.0).picture) < 64
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["paper.pdf"]
    care.user.press("Cancel")


def test_a_sheet_that_was_never_typed_back_opens_nothing(care: StorePages, parties: Parties) -> None:
    care.shown_words()
    care.user.press("Cancel")
    care.user.leave()
    assert [slot.kind.value for slot in quick_vault().ways_in(parties.store(ADVISER))] == ["passphrase"]


def test_a_word_is_completed_from_its_beginning(care: StorePages) -> None:
    # A word of four letters is whole by then, and nothing is left to complete.
    words = [word for word in care.shown_words() if len(word) > 4]
    care.user.press("I have them on paper")
    field = care.user.field("The words, in order")
    care.user.qtbot.keyClicks(field, words[0][:4])
    care.user.sees(words[0])
    care.user.qtbot.keyClick(field, Qt.Key.Key_Return)
    care.user.qtbot.keyClicks(field, words[1][:4])
    care.user.press(words[1])
    assert field.toPlainText() == f"{words[0]} {words[1]} "
    care.user.press("Cancel")


def test_the_last_way_in_is_refused_in_a_sentence(care: StorePages) -> None:
    care.user.press("Remove Passphrase")
    care.user.sees("This passphrase will no longer open the store.")
    care.user.press("Remove it")
    care.user.sees("Code: RKV-STO-017")
    care.user.press("Cancel")
    care.user.sees("Passphrase")


def test_an_office_certificate_is_added_and_removed(care: StorePages, tmp_path: Path) -> None:
    certificate = tmp_path / "office.cer"
    certificate.write_bytes(_certificate(care))
    care.user.files.answers.append(certificate)
    care.user.press("Add an office certificate …")
    care.user.write("What to call it", "IKT Testvik")
    care.user.press("Add the certificate")
    care.user.sees("Office certificate: IKT Testvik")
    care.user.press("Remove Office certificate: IKT Testvik")
    care.user.press("Remove it")
    care.user.sees("The way in was removed.")
    assert "IKT Testvik" not in care.user.screen()


def test_a_file_that_is_no_certificate_is_refused(care: StorePages, tmp_path: Path) -> None:
    (tmp_path / "office.pem").write_text("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n")
    care.user.files.answers.append(tmp_path / "office.pem")
    care.user.press("Add an office certificate …")
    care.user.write("What to call it", "IKT Testvik")
    care.user.press("Add the certificate")
    care.user.sees("Code: RKV-STO-016")
    care.user.press("Cancel")


def test_quick_unlock_stays_off_where_the_machine_has_no_place_for_its_secret(care: StorePages) -> None:
    care.user.press("Quick unlock on this machine")
    care.user.sees("Code: RKV-STO-009")
    assert not care.user.is_chosen("Quick unlock on this machine")


def test_a_backup_goes_to_both_folders_and_its_time_stands_at_home(care: StorePages, tmp_path: Path) -> None:
    second = tmp_path / "other disk"
    second.mkdir()
    care.use_second_folder(second)
    care.user.press("Back up now")
    care.user.sees("The backup is made and was found sound")
    assert [one.suffix for one in second.rglob("*.rkv")] == [".rkv"]
    care.user.press("Cases")
    care.user.sees("Last good backup: ")


def test_a_second_folder_that_is_gone_is_told_and_can_be_given_up(care: StorePages, tmp_path: Path) -> None:
    second = tmp_path / "other disk"
    second.mkdir()
    care.use_second_folder(second)
    second.rmdir()
    care.user.press("Back up now")
    care.user.sees("cannot be reached")
    care.user.press("Use no second folder")
    care.user.press("Back up now")
    care.user.sees("The backup is made and was found sound")


def test_the_check_says_that_nothing_was_found(care: StorePages) -> None:
    care.user.press("Check the store now")
    care.user.sees("Nothing was found: the store is whole.")


def test_the_check_finds_an_answer_that_somebody_has_altered(
    parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    path = parties.make_store(SUPERVISOR)
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    store.evaluations.add(EVALUATION)
    store.evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    assert isinstance(store, SqlCipherStore)
    store._database.raw.execute("UPDATE answer SET value = '40'")
    store.close()
    user = sit_down(path)
    user.unlock(PASSPHRASE)
    pages = StorePages(user)
    pages.open()
    user.press("Check the store now")
    user.sees("1 sets of answers are not what the audit trail says.")
    user.sees("1 thing was found")


def _start_behind_closed_door(care: StorePages, name: str) -> threading.Event:
    """Presses a button whose work cannot begin before the returned door is opened."""
    shell, door = care.user.desktop.shell, threading.Event()
    assert shell is not None
    shell.session.run(lambda _: door.wait(), done=lambda _: None, failed=lambda _: None)
    pressed = care.user.window.findChild(QAbstractButton, name)
    assert isinstance(pressed, QAbstractButton)
    care.user.qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    return door


def _backup_files(store: Path) -> list[Path]:
    return [file for file in store.parent.glob(f"{store.name}-backups/*") if file.is_file()]


@pytest.mark.parametrize("name", ["backUpButton", "checkButton"])
def test_a_backup_whose_page_is_left_is_stopped_and_told_and_leaves_nothing(
    care: StorePages, parties: Parties, name: str
) -> None:
    before = _backup_files(parties.store(ADVISER))
    door = _start_behind_closed_door(care, name)
    shell = care.user.desktop.shell
    assert shell is not None
    shell.go(Route(PageName.CASES))
    door.set()
    care.user.sees("was stopped, as you left its page.")
    assert _backup_files(parties.store(ADVISER)) == before
    care.open()
    care.user.press("Back up now")
    care.user.sees("The backup is made and was found sound")


def test_a_lock_does_not_wait_for_a_backup(care: StorePages, parties: Parties) -> None:
    before = _backup_files(parties.store(ADVISER))
    door = _start_behind_closed_door(care, "backUpButton")
    care.user.desktop.lock()
    door.set()
    care.user.qtbot.waitUntil(lambda: not care.user.desktop.closing)
    assert _backup_files(parties.store(ADVISER)) == before
    care.user.unlock(PASSPHRASE)
    care.user.press("Back up now")
    care.user.sees("The backup is made and was found sound")


def test_closing_the_window_in_the_middle_of_a_backup_leaves_a_whole_one(care: StorePages, parties: Parties) -> None:
    care.user.choose("Lock when nothing has been touched for", "30 minutes")
    door = _start_behind_closed_door(care, "backUpButton")
    # The window waits for its store when it closes, so somebody else has to open the door.
    threading.Thread(target=door.set).start()
    care.user.leave()
    newest = quick_vault().backups(parties.store(ADVISER))[0]
    assert quick_vault().check(newest.path, Passphrase(PASSPHRASE)).sound
    assert not list(parties.folder.rglob("*.part"))


def test_when_the_store_locks_is_kept(care: StorePages, parties: Parties) -> None:
    care.user.choose("Lock when nothing has been touched for", "30 minutes")
    care.user.sees("The store now locks after 30 minutes.")
    assert _idle_minutes(care.user) == 30
    care.user.leave()
    workspace = parties.at(ADVISER)
    minutes = lock_after_minutes(workspace)
    workspace.close()
    assert minutes == 30
    care.user.return_to(parties.store(ADVISER), PASSPHRASE)
    care.open()
    combo = care.user.window.findChild(QComboBox, "lockAfterCombo")
    assert isinstance(combo, QComboBox)
    assert combo.currentText() == "30 minutes"
    assert _idle_minutes(care.user) == 30


def test_what_was_noticed_is_told_at_home_until_it_is_put_away(
    parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    folder = parties.folder / "OneDrive"
    folder.mkdir()
    store = parties.make_store(SUPERVISOR)
    for file in (store, store.with_name(store.name + ".key")):
        file.rename(folder / file.name)
    user = sit_down(folder / store.name)
    user.unlock(PASSPHRASE)
    user.sees("Code: RKV-STO-025")
    user.press("Close the message")
    user.press("Contacts")
    user.press("What I am asked")
    user.sees("Open a request")
    assert "RKV-STO-025" not in user.screen()
    user.press("Store and security")
    user.sees("Code: RKV-STO-025")


def _idle_minutes(user: User) -> float:
    user.qtbot.waitUntil(lambda: user.desktop.triggers is not None)
    assert user.desktop.triggers is not None
    return user.desktop.triggers.idle._timer.interval() / 60_000


def _certificate(care: StorePages) -> bytes:
    """A certificate with a key that seals, as an office has one."""
    shell = care.user.desktop.shell
    assert shell is not None
    found: list[bytes] = []
    shell.session.run(
        lambda ws: ws.identity.sealing_certificate, done=found.append, failed=lambda problem: None, owner=shell
    )
    care.user.qtbot.waitUntil(lambda: bool(found))
    return found[0]
