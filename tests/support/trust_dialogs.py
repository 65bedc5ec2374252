# SPDX-License-Identifier: MIT
"""The dialogs about keys, issuers and received PDFs as they stand when something was chosen, for pictures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from rkv_app.crypto.identity import make_identity
from rkv_app.crypto.key_files import key_file_facts, read_key_file
from rkv_app.crypto.trust_files import issuer_facts
from rkv_app.domain.exchange import Card, Contact
from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import examine
from rkv_app.ui.files import DialogFileChooser
from rkv_app.ui.key_change_dialog import KeyChangeDialog
from rkv_app.ui.pages.trust.dialogs import IssuersDialog, KeyFileDialog, KeyFileKind, OfficeKeyDialog
from rkv_app.ui.pdf_dialog import PdfDialog
from rkv_app.ui.pdf_lending import LendDialog
from rkv_app.usecases.contacts import KeyChange, digits_of
from rkv_app.usecases.organisation_roots import TrustedIssuers
from support import certificate_chains as chains
from support.certificate_chains import Wish
from support.hostile_pdfs import acting_pdf, plain_pdf
from support.parties import ADVISER, INTAKE

_NOW = datetime.now(UTC).replace(microsecond=0)
_YEAR = timedelta(days=365)
_PASSWORD = "passord"


def trust_dialogs(words: Words, parent: QWidget) -> Iterator[QDialog]:
    """Each dialog, not shown yet."""
    yield KeyChangeDialog(words, _change(), ADVISER.name, parent)
    root = chains.issuer("Øvingsrot", key=chains.ec_key("root"), last=_NOW + _YEAR)
    yield IssuersDialog(words, TrustedIssuers((issuer_facts(root.der),), ()), parent)
    wish = Wish(uses=["digital_signature", "key_agreement"], first=_NOW - _YEAR, last=_NOW + _YEAR)
    leaf = chains.certificate(chains.ec_key("company"), root, wish)
    file = read_key_file(chains.key_file(chains.ec_key("company"), leaf, _PASSWORD, root.certificate), _PASSWORD)
    certificate = KeyFileDialog(words, KeyFileKind.CERTIFICATE, Path("virksomhet.p12"), ADVISER, parent)
    certificate.show_facts(key_file_facts(file, _NOW))
    yield certificate
    yield OfficeKeyDialog(words, "kontornokkel.p12", "bjelle kanon sverd hage fjord lampe", parent)
    yield PdfDialog(words, "arbeidsattest.pdf", plain_pdf("Arbeidsattest", "Underskrift"), DialogFileChooser(), parent)
    yield LendDialog(words, examine(acting_pdf()), parent)


def _change() -> KeyChange:
    known, new = (_card(), _card())
    contact = Contact(id="c", card=known, digits=digits_of(known), pinned_at=_NOW)
    checked = replace(contact, checked_by=ADVISER.name, checked_on=date(2026, 1, 20), checked_how="by_phone")
    return KeyChange(checked, new, digits_of(new))


def _card() -> Card:
    keys = make_identity(_NOW)
    return Card(
        party=INTAKE, signing_certificate=keys.signing_certificate, sealing_certificate=keys.sealing_certificate
    )
