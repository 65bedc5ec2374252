# SPDX-License-Identifier: MIT
"""A store is damaged, altered or older than it was: its owner is told, and finds a way out that loses nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget

from rkv_app.domain.stores import Passphrase
from support.pages.entrance import EntrancePage, alter, cut_in_half, opened_store
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, Parties
from support.store_samples import PASSPHRASE, contact, quick_vault

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NEW = "kopp svaberg nystekt yrke tundra mild"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an adviser's store with a case in it."""
    folder = tmp_path_factory.mktemp("asked")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA", "HOME"):
            environment.setenv(name, str(folder / "home"))
        parties = Parties(folder)
        path = parties.make_store(ADVISER)
        parties.request()
    return {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("", ".key")}


@pytest.fixture
def store(asked: dict[str, bytes], parties: Parties) -> Path:
    """The adviser's store, with a backup of it as it is."""
    path = parties.store(ADVISER)
    for suffix, content in asked.items():
        path.with_name(path.name + suffix).write_bytes(content)
    opened = opened_store(path)
    opened.back_up()
    opened.close()
    return path


@pytest.fixture
def arrive(store: Path, sit_down: Callable[[Path | None], User]) -> Callable[[], EntrancePage]:
    """Comes to the first window, tries the passphrase, and is refused with a code."""

    def come(code: str = "", passphrase: str = PASSPHRASE) -> EntrancePage:
        page = EntrancePage(sit_down(store))
        page.furnished()
        if code:
            page.try_passphrase(passphrase)
            page.user.sees(f"Code: {code}")
        return page

    return come


def _asides(store: Path) -> list[str]:
    return [one.name for one in store.parent.iterdir() if one.name.startswith(store.stem) and one.is_file()]


def test_a_damaged_store_is_restored_from_its_backup_and_kept_aside(
    store: Path, arrive: Callable[..., EntrancePage]
) -> None:
    cut_in_half(store)
    damaged = store.read_bytes()
    page = arrive("RKV-STO-011")
    page.user.press("Restore from a backup …")
    page.user.sees("is moved aside, never deleted")
    page.user.write("The passphrase of that day", PASSPHRASE)
    page.user.press("Check and restore")
    page.user.sees("The backup was found sound and is in place.")
    page.user.sees("The store that was there lies here now: ")
    page.opens(lambda: page.user.press("Open the store"))
    page.user.sees(CANDIDATE)
    aside = [one for one in store.parent.rglob("*") if one.is_file() and one.read_bytes() == damaged]
    assert len(aside) == 1


def test_a_backup_that_does_not_open_changes_nothing_and_another_one_can_be_chosen(
    store: Path, arrive: Callable[..., EntrancePage], tmp_path: Path
) -> None:
    good = quick_vault().backups(store)[0].path
    elsewhere = tmp_path / "stick" / "kopi.rkv"
    elsewhere.parent.mkdir()
    for suffix in ("", ".key"):
        elsewhere.with_name(elsewhere.name + suffix).write_bytes(good.with_name(good.name + suffix).read_bytes())
    cut_in_half(good)
    cut_in_half(store)
    before = store.read_bytes()
    page = arrive("RKV-STO-011")
    page.user.press("Restore from a backup …")
    page.user.write("The passphrase of that day", "en annen passfrase enn den")
    page.user.press("Check and restore")
    page.user.sees("Code: RKV-STO-001")
    page.user.write("The passphrase of that day", PASSPHRASE)
    page.user.press("Check and restore")
    page.user.sees("Code: RKV-STO-029")
    assert store.read_bytes() == before
    page.user.files.answers.append(elsewhere)
    page.user.press("Choose another file …")
    page.user.press("Check and restore")
    page.user.sees("The backup was found sound and is in place.")
    page.opens(lambda: page.user.press("Open the store"))
    page.user.sees(CANDIDATE)


def test_a_store_whose_key_file_is_gone_is_restored_without_a_mouse(
    store: Path, arrive: Callable[..., EntrancePage]
) -> None:
    store.with_name(store.name + ".key").unlink()
    page = arrive("RKV-STO-012")
    assert not page.offers("Save what can be read …")
    page.user.by_keyboard = True
    page.user.press("Restore from a backup …")
    assert isinstance(page.user.window.findChild(QListWidget, "backupsList"), QListWidget)
    page.user.write("The passphrase of that day", PASSPHRASE)
    page.user.press("Check and restore")
    page.user.sees("The backup was found sound and is in place.")
    page.opens(lambda: page.user.press("Open the store"))
    page.user.sees(CANDIDATE)


def test_a_store_that_is_whole_is_taken_back_to_a_backup_on_purpose(
    store: Path, arrive: Callable[..., EntrancePage]
) -> None:
    page = arrive()
    page.user.press("Restore from a backup …")
    page.user.press("Check and restore")
    page.user.sees("This must be filled in.")
    page.user.press("Cancel")
    page.opens(page.try_passphrase)


def test_what_can_be_read_of_a_damaged_store_is_saved_and_what_is_lost_is_told(
    store: Path, arrive: Callable[..., EntrancePage], tmp_path: Path
) -> None:
    cut_in_half(store)
    damaged = store.read_bytes()
    page = arrive("RKV-STO-011")
    page.user.press("Save what can be read …")
    page.user.write("Where to keep the new store", str(tmp_path / "reddet.rkv"))
    page.user.write("Passphrase of the new store", "kort")
    page.user.write("The passphrase again", "kort")
    page.user.press("Make the new store")
    page.user.sees("Too short: at least 12 characters")
    page.user.write("Passphrase of the new store", NEW)
    page.user.write("The passphrase again", NEW)
    page.user.press("Make the new store")
    page.user.sees("The new store is made.")
    page.user.sees("Something was lost.")
    page.user.sees("at least")
    page.user.press("Close")
    assert store.read_bytes() == damaged
    quick_vault().open(tmp_path / "reddet.rkv", Passphrase(NEW)).close()


def test_a_store_that_is_older_than_it_was_is_opened_as_it_is_on_demand(
    store: Path, arrive: Callable[..., EntrancePage]
) -> None:
    older = store.read_bytes()
    opened = opened_store(store)
    opened.contacts.pin(contact("contact-9"))
    opened.close()
    store.write_bytes(older)
    page = arrive("RKV-STO-021")
    page.opens(lambda: page.user.press("Open it as it is"))
    page.user.sees(CANDIDATE)
    page.user.leave()
    opened_store(store).close()


def test_what_was_altered_behind_the_programs_back_is_told_soon_after_opening_and_on_every_page(
    store: Path, arrive: Callable[..., EntrancePage]
) -> None:
    alter(store, "UPDATE trail SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 2")
    page = arrive()
    page.opens(page.try_passphrase)
    page.user.sees("Entry 2 of the audit trail is not what was written.")
    page.user.sees("Code: RKV-STO-020")
    page.user.press("Contacts")
    page.user.sees("Code: RKV-STO-020")


def test_locking_makes_no_backup_and_closing_does(store: Path, arrive: Callable[..., EntrancePage]) -> None:
    before = len(quick_vault().backups(store))
    page = arrive()
    page.opens(page.try_passphrase)
    page.user.press("Store and security")
    page.user.choose("Lock when nothing has been touched for", "30 minutes")
    page.user.sees("The store now locks after 30 minutes.")
    with page.user.qtbot.waitSignal(page.user.desktop.closed):
        page.user.press("Lock")
    assert len(quick_vault().backups(store)) == before
    page.furnished()
    page.opens(page.try_passphrase)
    page.user.leave()
    assert len(quick_vault().backups(store)) == before + 1
