# SPDX-License-Identifier: MIT
"""Somebody decides whom to trust: digits compared, keys that change, organisations, and the keys of their own."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from rkv_app.usecases.contacts import (
    digits_of,
    list_contacts,
    list_former_contacts,
    look_at_card,
    replace_contact_key,
)
from rkv_app.usecases.organisation_roots import import_trust_file
from rkv_app.usecases.use_certificate import Use, use_certificate
from support import certificate_chains as chains
from support.certificate_chains import Issuer, Wish
from support.pages.contacts import ContactPages
from support.pages.intake import IntakePages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PASSWORD = "hemmelig"
NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)


@pytest.fixture
def pages(parties: Parties, sit_down: Callable[[Path | None], User]) -> ContactPages:
    """The adviser, at their window."""
    return ContactPages(_sit(parties.make_store(ADVISER), sit_down))


@pytest.fixture(scope="module")
def root() -> Issuer:
    return chains.issuer("Øvingsrot", key=chains.ec_key("root"), last=NOW + YEAR)


@pytest.fixture
def certificate(root: Issuer, tmp_path: Path) -> Path:
    """A virksomhetssertifikat for both uses, valid today."""
    wish = Wish(uses=["digital_signature", "key_agreement"], first=NOW - YEAR, last=NOW + YEAR)
    leaf = chains.certificate(chains.ec_key("company"), root, wish)
    path = tmp_path / "virksomhet.p12"
    path.write_bytes(chains.key_file(chains.ec_key("company"), leaf, PASSWORD, root.certificate))
    return path


def _sit(store: Path, sit_down: Callable[[Path | None], User]) -> User:
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    return user


def _card_of_county(parties: Parties) -> Path:
    """The county's card."""
    parties.make_store(INTAKE)
    return parties.card(INTAKE)


@pytest.fixture
def other_county(tmp_path: Path) -> Parties:
    """A county of the same name with a store made anew: its keys are others."""
    (tmp_path / "anew").mkdir()
    return Parties(tmp_path / "anew")


def test_who_compared_the_digits_when_and_how_stands_with_the_contact(
    pages: ContactPages, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    card = _card_of_county(parties)
    pages.open()
    pages.add_card(card)
    pages.user.sees("Known contact, digits not compared yet")
    pages.user.press("Compare the digits …")
    pages.user.press("In another way")
    pages.user.press("The digits are the same")
    pages.user.sees("This must be filled in.")
    pages.user.write("In which way", "over video, with the card held up")
    pages.user.write("Compared by", "Anne Annen")
    pages.user.press("The digits are the same")
    pages.user.sees("by Anne Annen, over video, with the card held up")
    pages.user.press("See the digits, or compare again …")
    pages.user.press("In person")
    pages.user.press("The digits are the same")
    pages.user.sees("by Ola Veileder, in person")
    pages.user.leave()
    adviser = parties.at(ADVISER)
    (county,) = list_contacts(adviser)
    assert (county.checked_by, county.checked_how) == ("Ola Veileder", "in_person")
    adviser.close()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_contact_that_comes_with_other_keys_is_told_loudly_and_decided_by_name(
    by: str, pages: ContactPages, parties: Parties, other_county: Parties
) -> None:
    pages.user.by_keyboard = by == "keyboard"
    pages.open()
    pages.add_card(_card_of_county(parties))
    pages.user.press("Compare the digits …")
    pages.user.press("The digits are the same")
    pages.user.sees("Known contact, checked")
    other = _card_of_county(other_county)
    county = other_county.at(INTAKE)
    new = digits_of(county.card)
    county.close()

    pages.add_card(other)
    pages.user.sees("Inger Inntak comes with other keys than those you know.")
    pages.user.sees("The digits you know")
    shown = pages.user.screen()
    assert all(group in shown for group in new.split())
    assert "by phone, on a number known from before" in shown
    pages.user.press("Keep the keys I know")
    pages.user.sees("The new card was not used.")
    assert "Other keys since" not in pages.user.screen()

    pages.add_card(other)
    pages.user.press("They read the new digits: replace the keys")
    pages.user.sees("Choose how.")
    pages.user.press("By phone")
    pages.user.press("They read the new digits: replace the keys")
    pages.user.sees("Inger Inntak has new keys.")
    pages.user.sees("Other keys since")
    pages.user.leave()
    adviser = parties.at(ADVISER)
    (contact,), (former,) = list_contacts(adviser), list_former_contacts(adviser)
    assert (contact.digits, contact.checked_by) == (new, "Ola Veileder")
    assert (former.replaced_by, former.contact.digits != new) == ("Ola Veileder", True)
    adviser.close()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_packet_from_a_contact_with_other_keys_waits_until_somebody_has_compared_them(
    by: str, application: Path, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    (tmp_path / "anew").mkdir()
    before = Parties(tmp_path / "anew")
    before.make_store(ADVISER)
    county = parties.at(INTAKE)
    (known,) = list_contacts(county)
    replace_contact_key(county, known.id, look_at_card(before.card(ADVISER)), "Inger Inntak", "in_person")
    county.close()
    intake = IntakePages(_sit(parties.store(INTAKE), sit_down))
    user = intake.user
    user.by_keyboard = by == "keyboard"
    intake.receive(application)
    user.sees("Code: RKV-EXC-011")
    user.sees("A contact you know comes with other keys than those you know.")
    intake.read_in_quarantine()
    user.write("Why", "Ola har fått ny maskin.")
    user.press("See both sets of digits …")
    user.sees("Ola Veileder comes with other keys than those you know.")
    user.sees("in person")
    user.press("Keep the keys I know")
    user.press("See both sets of digits …")
    user.press("They read the new digits: replace the keys")
    user.sees("Choose how.")
    user.press("By phone")
    user.press("They read the new digits: replace the keys")
    user.sees("The packet was taken in.")
    user.open_row("Applications", CANDIDATE)
    user.sees("by phone, on a number known from before")


def test_enter_keeps_the_keys_that_are_known(pages: ContactPages, parties: Parties, other_county: Parties) -> None:
    pages.open()
    pages.add_card(_card_of_county(parties))
    pages.user.sees("Known contact")
    pages.add_card(_card_of_county(other_county))
    pages.user.sees("The keys have changed")
    keep = QApplication.activeModalWidget().findChild(QPushButton, "cancelButton")  # type: ignore[union-attr]
    assert keep.isDefault()
    pages.user.qtbot.keyClick(pages.user.window, Qt.Key.Key_Return)
    pages.user.sees("The new card was not used.")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_certificate_is_looked_at_before_it_is_taken(
    by: str, pages: ContactPages, parties: Parties, certificate: Path
) -> None:
    pages.user.by_keyboard = by == "keyboard"
    pages.open_keys()
    pages.user.sees("this program; others compare its digits")
    pages.look_at_certificate(certificate, "feil")
    pages.user.sees("Code: RKV-PKT-003")
    pages.user.write("Password of the file", PASSWORD)
    pages.user.press("See who it is of")
    pages.user.sees(chains.ORGANISATION)
    pages.user.sees("999 999 999")
    pages.user.sees("Øvingsrot")
    pages.user.press("Cancel")
    pages.user.sees("this program; others compare its digits")

    pages.look_at_certificate(certificate, PASSWORD)
    pages.user.sees(chains.ORGANISATION)
    assert pages.user.is_chosen("Sign and open")
    pages.user.press("Use this certificate")
    pages.user.sees("The keys are in use.")
    pages.user.sees("1 pair of keys from before is kept")
    pages.user.leave()
    adviser = parties.at(ADVISER)
    assert adviser.card.signing_certificate == adviser.card.sealing_certificate
    assert adviser.card.party.org_number == chains.ORG_NUMBER
    adviser.close()


def test_a_certificate_that_is_good_for_nothing_is_shown_and_not_taken(
    pages: ContactPages, root: Issuer, tmp_path: Path
) -> None:
    old = chains.certificate(chains.ec_key("old"), root, Wish(first=NOW - 2 * YEAR, last=NOW - YEAR))
    file = tmp_path / "old.p12"
    file.write_bytes(chains.key_file(chains.ec_key("old"), old, PASSWORD))
    pages.open_keys()
    pages.look_at_certificate(file, PASSWORD)
    pages.user.sees("It cannot be used here.")
    pages.user.sees("The certificate is valid from")
    take = pages.user.window.findChild(QPushButton, "submitButton")
    assert isinstance(take, QPushButton)
    assert not take.isEnabled()
    pages.user.press("Cancel")


def test_an_office_shares_its_key_by_a_file_and_words_that_are_told(
    pages: ContactPages, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    file = tmp_path / "kontornokkel.p12"
    pages.open_keys()
    told = pages.write_office_key(file)
    assert len(told.split()) == 6
    pages.user.leave()
    adviser = parties.at(ADVISER)
    sealed_to = adviser.card.sealing_certificate
    adviser.close()

    colleague = ContactPages(_sit(parties.make_store(INTAKE), sit_down))
    colleague.open_keys()
    colleague.user.files.answers.append(file)
    colleague.user.press("Read in a colleague's …")
    colleague.user.write("The words that were told with the file", told.upper())
    colleague.user.press("See who it is of")
    colleague.user.sees("Your own signing key stays as it is.")
    colleague.user.press("Use this key")
    colleague.user.sees("The keys are in use.")
    colleague.user.leave()
    county = parties.at(INTAKE)
    assert county.card.sealing_certificate == sealed_to
    assert county.card.signing_certificate != sealed_to
    county.close()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_an_issuer_is_believed_only_after_its_fingerprint_was_shown(
    by: str, pages: ContactPages, root: Issuer, tmp_path: Path
) -> None:
    pages.user.by_keyboard = by == "keyboard"
    file, crl, text = tmp_path / "root.cer", tmp_path / "root.crl", tmp_path / "text.cer"
    file.write_bytes(root.der)
    crl.write_bytes(chains.revocation_list(root, made=NOW - timedelta(days=1), until=NOW + timedelta(days=6)))
    text.write_text("hei")
    pages.open_keys()
    pages.user.sees("No issuer is believed yet.")
    pages.import_issuers(text)
    pages.user.sees("Code: RKV-EXC-012")
    pages.import_issuers(file)
    pages.user.sees("Believe these issuers?")
    assert hashlib.sha256(root.der).hexdigest() in pages.user.screen().replace(" ", "").lower()
    pages.user.press("Cancel")
    pages.user.sees("No issuer is believed yet.")

    pages.import_issuers(file)
    pages.user.press("The fingerprints are the same")
    pages.user.sees("The file was taken in.")
    pages.user.sees("Not checked against a revocation list")
    pages.import_issuers(crl)
    pages.user.sees("Checked against a revocation list that is good until")
    pages.user.press("Remove revocation list of Øvingsrot")
    pages.user.sees("Not checked against a revocation list")
    pages.user.press("Remove Øvingsrot")
    pages.user.sees("No issuer is believed yet.")


def test_that_a_senders_certificate_was_not_checked_for_revocation_stands_with_its_trust(
    parties: Parties, certificate: Path, root: Issuer, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    file = tmp_path / "root.cer"
    file.write_bytes(root.der)
    adviser, county = parties.at(ADVISER), parties.at(INTAKE)
    use_certificate(adviser, certificate, PASSWORD, Use.BOTH)
    import_trust_file(county, file)
    adviser.close()
    county.close()
    parties.introduce(ADVISER, parties.card(INTAKE))
    application = parties.application(parties.evaluation(parties.request()))
    intake = IntakePages(_sit(parties.store(INTAKE), sit_down))
    intake.receive(application)
    intake.user.sees("Organisation confirmed by its certificate")
    intake.user.sees("The certificate was not checked against a revocation list")


def test_a_revocation_list_that_has_run_out_is_told(pages: ContactPages, root: Issuer, tmp_path: Path) -> None:
    file, crl = tmp_path / "root.cer", tmp_path / "root.crl"
    file.write_bytes(root.der)
    crl.write_bytes(chains.revocation_list(root, made=NOW - timedelta(days=9), until=NOW - timedelta(days=2)))
    pages.open_keys()
    pages.import_issuers(file)
    pages.user.press("The fingerprints are the same")
    pages.user.sees("The file was taken in.")
    pages.import_issuers(crl)
    pages.user.sees("Not checked against a fresh revocation list")
