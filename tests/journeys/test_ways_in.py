# SPDX-License-Identifier: MIT
"""Somebody wants into a store: with the passphrase, without it, when others have it open, and for the first time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt

from rkv_app.crypto.recovery_words import new_recovery_words
from rkv_app.domain.stores import Passphrase, RecoveryWords
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from rkv_app.ui import later, trouble
from support.pages.entrance import EntrancePage, opened_store, wrong_tries
from support.pages.window import User
from support.parties import ADVISER, Parties
from support.store_samples import PASSPHRASE, quick_vault

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NEW = "kopp svaberg nystekt yrke tundra mild"
HOME = "First bring in a curriculum"


class MachineKeys(KeyringBackend):
    """The key store of a machine that has one, where this one has none."""

    # As the one that a Linux desktop has.
    __module__ = "keyring.backends.SecretService"
    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


# The library lists every class there is, and would take this one for the machine's own in other tests too.
KeyringBackend._classes.discard(MachineKeys)


@pytest.fixture
def machine_keys() -> Iterator[MachineKeys]:
    """A machine with a key store."""
    before, here = keyring.get_keyring(), MachineKeys()
    keyring.set_keyring(here)
    yield here
    keyring.set_keyring(before)


@pytest.fixture
def store(parties: Parties) -> Path:
    """The adviser's store, closed."""
    return parties.make_store(ADVISER)


@pytest.fixture
def arrive(store: Path, sit_down: Callable[[Path | None], User]) -> Callable[[], EntrancePage]:
    """Comes to the first window, and waits for all that it offers."""

    def come() -> EntrancePage:
        page = EntrancePage(sit_down(store))
        page.furnished()
        return page

    return come


def _with_sheet(store: Path) -> str:
    words = new_recovery_words()
    opened = opened_store(store)
    opened.ways_in.add_recovery(words, "", SystemClock().now())
    opened.close()
    return words


def test_who_lost_the_passphrase_gets_in_with_the_sheet_and_chooses_a_new_one_at_once(
    store: Path, arrive: Callable[[], EntrancePage]
) -> None:
    words = _with_sheet(store)
    page = arrive()
    page.user.press("I lost the passphrase")
    page.type_words(words)
    page.opens(lambda: page.user.press("Open"))
    page.user.sees("You opened the store without its passphrase.")
    page.user.write("New passphrase", NEW)
    page.user.sees("Very good")
    page.user.write("The new passphrase again", NEW)
    page.user.press("Use this passphrase")
    page.user.sees(HOME)
    page.user.leave()
    quick_vault().open(store, Passphrase(NEW)).close()
    quick_vault().open(store, RecoveryWords(words)).close()
    with pytest.raises(UserError) as refused:
        quick_vault().open(store, Passphrase(PASSPHRASE))
    assert refused.value.code == "RKV-STO-001"


def test_which_recovery_word_is_wrong_is_said_while_it_is_typed(
    store: Path, arrive: Callable[[], EntrancePage]
) -> None:
    words = _with_sheet(store).split()
    page = arrive()
    page.user.press("I lost the passphrase")
    page.type_words(" ".join([*words[:2], "qqqq", *words[3:9]]))
    page.user.sees("Word 3 is not a word of a recovery sheet.")
    page.user.sees("9 of 24 words")
    page.type_words(" ".join(words[:23]))
    page.user.press("Open")
    page.user.sees("Word 24 is missing.")
    page.type_words(" ".join([words[1], words[0], *words[2:]]))
    page.user.press("Open")
    page.user.sees("Code: RKV-STO-008")
    page.user.press("Use the passphrase instead")
    page.opens(page.try_passphrase)


def test_a_recovery_word_is_completed_from_its_beginning_without_a_mouse(
    store: Path, arrive: Callable[[], EntrancePage]
) -> None:
    words = _with_sheet(store).split()
    page = arrive()
    page.user.by_keyboard = True
    page.user.press("I lost the passphrase")
    field = page.user.field("The words of the recovery sheet, in order")
    for word in words:
        page.user.qtbot.keyClicks(field, word[:4])
        page.user.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText().split() == words
    page.opens(lambda: page.user.press("Open"))
    page.user.press("Cancel")
    page.user.sees(HOME)


def test_a_machine_that_remembers_opens_the_store_without_typing(
    store: Path, arrive: Callable[[], EntrancePage], machine_keys: MachineKeys
) -> None:
    opened = opened_store(store)
    opened.ways_in.add_quick(SystemClock().now())
    opened.close()
    page = arrive()
    page.opens(lambda: page.user.press("Open without passphrase"))
    page.user.sees(HOME)


def test_quick_unlock_that_the_machine_has_forgotten_is_not_offered_again(
    store: Path, arrive: Callable[[], EntrancePage], machine_keys: MachineKeys
) -> None:
    opened = opened_store(store)
    opened.ways_in.add_quick(SystemClock().now())
    opened.close()
    machine_keys.kept.clear()
    page = arrive()
    page.user.press("Open without passphrase")
    page.user.sees("Code: RKV-STO-009")
    page.user.qtbot.waitUntil(lambda: not page.offers("Open without passphrase"))
    page.opens(page.try_passphrase)


def test_quick_unlock_is_offered_only_while_it_lasts(
    store: Path, arrive: Callable[[], EntrancePage], machine_keys: MachineKeys
) -> None:
    opened = opened_store(store)
    opened.ways_in.add_quick(SystemClock().now() - timedelta(hours=9))
    opened.close()
    page = arrive()
    page.user.sees("Last good backup: ")
    assert not page.offers("Open without passphrase")
    assert not page.offers("Use the office key")


def test_an_office_opens_the_store_with_its_key_file(
    store: Path, arrive: Callable[[], EntrancePage], tmp_path: Path
) -> None:
    certificate, key_file = _office()
    (tmp_path / "office.p12").write_bytes(key_file)
    opened = opened_store(store)
    opened.ways_in.add_office(certificate, "IKT", SystemClock().now())
    opened.close()
    page = arrive()
    page.user.files.answers.append(tmp_path / "office.p12")
    page.user.press("Use the office key")
    page.user.press("Choose the key file …")
    page.user.write("Password of the key file", "feil")
    page.user.press("Open")
    page.user.sees("Code: RKV-STO-016")
    page.user.write("Password of the key file", "test")
    page.opens(lambda: page.user.press("Open"))
    page.user.sees("You opened the store without its passphrase.")
    page.user.press("Cancel")


def test_caps_lock_is_told_while_the_passphrase_is_typed(arrive: Callable[[], EntrancePage]) -> None:
    page = arrive()
    edit = page.edit("passphraseEdit")
    page.user.qtbot.keyClick(edit, Qt.Key.Key_A)
    assert page.says("capsLockText") == ""
    page.user.qtbot.keyClick(edit, "B", Qt.KeyboardModifier.NoModifier)
    assert page.says("capsLockText") == "Caps Lock is on."
    page.user.qtbot.keyClick(edit, "B", Qt.KeyboardModifier.ShiftModifier)
    assert page.says("capsLockText") == ""


def test_after_wrong_tries_the_wait_is_counted_down_in_words(store: Path, arrive: Callable[[], EntrancePage]) -> None:
    page = arrive()
    wrong_tries(store, 5)
    page.try_passphrase()
    page.user.sees("You can try again in ")
    page.user.sees("Code: RKV-STO-006")
    page.user.qtbot.keyClick(page.edit("passphraseEdit"), Qt.Key.Key_Return)
    assert page.user.desktop.shell is None
    page.user.sees("You can try again now.")
    page.opens(page.try_passphrase)


def test_who_is_refused_before_a_slow_machine_has_brought_in_everything_is_told_the_next_steps_too(
    store: Path, sit_down: Callable[[Path | None], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later.Later, "begin", lambda _: None)
    wrong_tries(store, 12)
    page = EntrancePage(sit_down(store))
    page.try_passphrase()
    page.user.sees("Code: RKV-STO-006")
    assert "You can try again in " not in page.user.screen()
    page.user.desktop.findChild(later.Later).entranceReady.emit()
    page.user.sees("You can try again in ")


def test_a_store_that_is_open_elsewhere_can_be_looked_at(store: Path, arrive: Callable[[], EntrancePage]) -> None:
    elsewhere = opened_store(store)
    page = arrive()
    page.try_passphrase()
    page.user.sees("has had it open on")
    page.opens(lambda: page.user.press("Look at it (read only)"))
    page.user.sees("The store is open read-only.")
    elsewhere.close()


def test_a_store_that_is_open_elsewhere_opens_by_itself_when_it_is_free(
    store: Path, arrive: Callable[[], EntrancePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "LOOK_EVERY_MS", 20)
    elsewhere = opened_store(store)
    page = arrive()
    page.try_passphrase()
    page.user.sees("Waiting until it is free …")
    page.opens(elsewhere.close)
    page.user.sees(HOME)


def test_the_tab_key_goes_through_the_next_steps_before_the_form_below_them(
    store: Path, arrive: Callable[[], EntrancePage]
) -> None:
    elsewhere = opened_store(store)
    page = arrive()
    page.user.by_keyboard = True
    page.try_passphrase()
    page.user.sees("has had it open on")
    page.user.press("Cancel")
    wanted = [
        "showCreateButton",
        "closeMessageButton",
        "lookButton",
        "tryAgainButton",
        "storePathEdit",
        "chooseStoreButton",
        "passphraseEdit",
        "showPassphraseButton",
        "unlockButton",
        "lostPassphraseButton",
        "restoreButton",
    ]
    page.user.qtbot.waitUntil(lambda: page.tab_stops(wanted[0])[: len(wanted)] == wanted)
    elsewhere.close()


def test_who_does_not_want_to_wait_any_longer_tries_again_by_hand(
    store: Path, arrive: Callable[[], EntrancePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "LOOK_EVERY_MS", 20)
    elsewhere = opened_store(store)
    page = arrive()
    page.try_passphrase()
    page.user.press("Cancel")
    assert "Waiting until it is free" not in page.user.screen()
    page.user.press("Try again")
    page.user.sees("Waiting until it is free …")
    page.user.press("Cancel")
    elsewhere.close()
    page.opens(lambda: page.user.press("Try again"))


def test_what_is_offered_is_offered_in_the_other_language_too(store: Path, arrive: Callable[[], EntrancePage]) -> None:
    words = _with_sheet(store)
    page = arrive()
    page.user.press("Nynorsk")
    page.user.press("English")
    page.user.press("I lost the passphrase")
    page.type_words(words)
    page.user.press("Nynorsk")
    page.user.press("English")
    page.opens(lambda: page.user.press("Open"))
    page.user.press("Cancel")


def test_a_new_store_begins_with_a_strong_passphrase_and_the_advice_to_make_a_sheet(
    parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = sit_down(None)
    user.sees("Who are you?")
    user.write("Your name", ADVISER.name)
    user.write("Where you work", ADVISER.organisation)
    user.write("Where to keep the store", str(parties.store(ADVISER)))
    user.write("Passphrase", "Sommer2026!!")
    user.sees("Too easy to guess")
    user.write("The passphrase again", "Sommer2026!!")
    user.press("Make the store")
    assert not parties.store(ADVISER).exists()
    user.press("Suggest six words")
    user.sees("Very good")
    suggested = user.typed("Passphrase")
    user.write("The passphrase again", suggested)
    with user.qtbot.waitSignal(user.desktop.opened):
        user.press("Make the store")
    user.sees("a forgotten passphrase loses everything in it")
    user.press("Go on to the recovery sheet")
    user.sees("Ways in")
    user.press("Cases")
    user.sees("Make a recovery sheet")
    user.press("Not now")
    user.press("Contacts")
    user.press("Cases")
    user.sees(HOME)
    assert "Make a recovery sheet" not in user.screen()
    user.leave()
    quick_vault().open(parties.store(ADVISER), Passphrase(suggested)).close()


def _office() -> tuple[bytes, bytes]:
    """The certificate of an office, and the file with its key, whose password is `test`."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "office")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    certificate = builder.sign(key, hashes.SHA256())
    packed = pkcs12.serialize_key_and_certificates(
        b"office", key, certificate, None, serialization.BestAvailableEncryption(b"test")
    )
    return certificate.public_bytes(serialization.Encoding.DER), packed
