# SPDX-License-Identifier: MIT
"""Keys and issuers: what this store signs with and is sealed to, and whose word it takes for an organisation."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.crypto.trust_files import IssuerFacts, ListFacts
from rkv_app.foundation.clock import local_date
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.files import file_kinds
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.trust.dialogs import IssuersDialog, KeyFileDialog, KeyFileKind, OfficeKeyDialog
from rkv_app.ui.pages.trust.view_model import TrustState, TrustViewModel
from rkv_app.ui.widgets.basics import Tone, button, chip, rule, text
from rkv_app.ui.widgets.facts import facts_form
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.organisation_roots import TrustedIssuers

_KEY_FILES = "*.p12 *.pfx"
_TRUST_FILES = "*.cer *.crt *.der *.pem *.p7b *.p7c *.crl"
_OFFICE_FILE = "kontornokkel.p12"


class TrustPage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = TrustViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Keys and issuers"))
        self.set_back(words("Contacts"), Route(PageName.CONTACTS))
        self._state: TrustState | None = None
        own = self.section(
            words("Your keys"),
            intro=words("What you send is signed with one key, and what is sent to you is sealed to the other."),
        )
        self._own = QVBoxLayout()
        own.addLayout(self._own)
        self._certificate = button(
            words("Use an organisation's certificate …"), "useCertificateButton", "secondary", self._on_certificate
        )
        own.addWidget(self._certificate)
        office = self.section(
            words("The key of the office"),
            intro=words(
                "Colleagues who share it can open what is sent to any of them. It is written to a file under a "
                "passphrase that the program makes. Everybody keeps a signing key of their own."
            ),
        )
        actions = QWidget()
        beside = FlowLayout(actions, spacing=8)
        self._write = button(
            words("Write it for a colleague …"), "writeOfficeKeyButton", "secondary", self._on_write_office
        )
        self._read = button(words("Read in a colleague's …"), "readOfficeKeyButton", "secondary", self._on_read_office)
        beside.addWidget(self._write)
        beside.addWidget(self._read)
        office.addWidget(actions)
        issuers = self.section(
            words("Issuers of organisation certificates"),
            intro=words(
                "A sender is shown as a confirmed organisation only if its certificate leads to an issuer in this "
                "list. None comes with the program: get the files from Buypass, Commfides or whoever issues them."
            ),
        )
        self._issuers = QVBoxLayout()
        self._issuers.setSpacing(8)
        issuers.addLayout(self._issuers)
        self._import = button(
            words("Import issuers or a revocation list …"), "importTrustButton", "secondary", self._on_import
        )
        issuers.addWidget(self._import)
        self._model.officeKeyWritten.connect(self._on_office_written)
        self._model.issuersFound.connect(self._on_issuers)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, TrustState):
            return
        self._state = state
        for made in (self._certificate, self._read, self._import):
            made.setDisabled(state.read_only)
        refill(self._own, lambda: self._fill_own(state))
        refill(self._issuers, lambda: self._fill_issuers(state))

    def _fill_own(self, state: TrustState) -> None:
        words, keys = self.words, state.keys
        lines = [
            (words("You sign as"), keys.organisation or labels.party(state.own)),
            (words("Organisation number"), labels.grouped_number(keys.org_number)),
            (words("Issued by"), keys.issuer or words("this program; others compare its digits")),
            (words("Signing key valid until"), labels.day(words, local_date(keys.signing_until))),
            (words("Sealing key valid until"), labels.day(words, local_date(keys.sealing_until))),
        ]
        self._own.addWidget(facts_form([(called, said) for called, said in lines if said]))
        if keys.former:
            said = words.plural(
                "{n} pair of keys from before is kept, to open what was sealed to it.",
                "{n} pairs of keys from before are kept, to open what was sealed to them.",
                keys.former,
            )
            self._own.addWidget(text(said, "muted"))

    def _fill_issuers(self, state: TrustState) -> None:
        words = self.words
        if not state.trusted.issuers:
            self._issuers.addWidget(text(words("No issuer is believed yet."), "label"))
        for number, issuer in enumerate(state.trusted.issuers, start=1):
            self._issuers.addWidget(rule())
            self._issuers.addWidget(self._issuer(number, issuer, state))
        if state.trusted.lists:
            self._issuers.addWidget(rule())
            self._issuers.addWidget(text(words("Revocation lists"), "subheading"))
        for number, one in enumerate(state.trusted.lists, start=1):
            self._issuers.addWidget(self._list(number, one, state))

    def _issuer(self, number: int, issuer: IssuerFacts, state: TrustState) -> QWidget:
        words = self.words
        start, end = (labels.day(words, local_date(at)) for at in (issuer.valid_from, issuer.valid_until))
        chips: list[tuple[str, Tone]] = [self._revocation(state.list_of(issuer), state)]
        if not issuer.valid_from <= state.now <= issuer.valid_until:
            chips.insert(0, (words("Not valid now"), "danger"))
        facts = [
            (words("Kind"), labels.issuer_kind(words, is_root=issuer.is_root)),
            (words("Valid"), words("{start} to {end}", start=start, end=end)),
            (words("Fingerprint"), labels.fingerprint(issuer.fingerprint)),
        ]
        remove = self._remove(f"removeIssuer{number}Button", issuer.fingerprint, issuer.name, state)
        return _block(issuer.name, chips, facts, remove)

    def _list(self, number: int, one: ListFacts, state: TrustState) -> QWidget:
        words = self.words
        until = labels.day(words, local_date(one.until)) if one.until else words("it does not say")
        facts = [(words("Made"), labels.day(words, local_date(one.made))), (words("Good until"), until)]
        named = words("revocation list of {name}", name=one.issuer)
        remove = self._remove(f"removeList{number}Button", one.fingerprint, named, state)
        return _block(one.issuer, [], facts, remove)

    def _revocation(self, one: ListFacts | None, state: TrustState) -> tuple[str, Tone]:
        words = self.words
        if one is None:
            return words("Not checked against a revocation list"), "warning"
        until = labels.day(words, local_date(one.until)) if one.until else ""
        if one.until is None or one.until < state.now:
            return words("Not checked against a fresh revocation list: this one ran out {date}", date=until), "warning"
        return words("Checked against a revocation list that is good until {date}", date=until), "success"

    def _remove(self, name: str, fingerprint: str, named: str, state: TrustState) -> QWidget:
        words = self.words
        made = button(words("Remove"), name, "link", lambda: self._model.remove(fingerprint, named))
        made.setAccessibleName(words("Remove {what}", what=named))
        made.setDisabled(state.read_only)
        return made

    def _on_certificate(self) -> None:
        self._open_key_file(KeyFileKind.CERTIFICATE)

    def _on_read_office(self) -> None:
        self._open_key_file(KeyFileKind.OFFICE)

    def _open_key_file(self, kind: KeyFileKind) -> None:
        words, model = self.words, self._model
        path = self.context.files.open_file(
            words("Choose the key file"), file_kinds(words, words("Key files"), _KEY_FILES)
        )
        if path is None or self._state is None:
            return
        is_office = kind is KeyFileKind.OFFICE
        dialog = KeyFileDialog(words, kind, path, self._state.own, self)
        dialog.lookAsked.connect(lambda password: model.look(path, password, dialog.show_error, office=is_office))
        if is_office:
            dialog.takeAsked.connect(lambda password, _: model.take_office_key(path, password, dialog.show_error))
        else:
            dialog.takeAsked.connect(lambda password, use: model.take(path, password, use, dialog.show_error))
        model.looked.connect(dialog.looked)
        model.done.connect(dialog.accept)
        dialog.open()

    def _on_write_office(self) -> None:
        path = self.context.files.save_file(self.words("Where to write the key of the office"), _OFFICE_FILE)
        if path is not None:
            self._model.write_office_key(path)

    def _on_office_written(self, name: str, passphrase: str) -> None:
        OfficeKeyDialog(self.words, name, passphrase, self).open()

    def _on_import(self) -> None:
        words = self.words
        kinds = file_kinds(words, words("Certificates and revocation lists"), _TRUST_FILES)
        path = self.context.files.open_file(words("Choose the file of the issuer"), kinds)
        if path is not None:
            self._model.look_at_issuers(path)

    def _on_issuers(self, path: Path, found: TrustedIssuers) -> None:
        dialog = IssuersDialog(self.words, found, self)
        dialog.trusted.connect(lambda: self._model.trust(path, dialog.show_error))
        self._model.done.connect(dialog.accept)
        dialog.open()


def _block(name: str, chips: Sequence[tuple[str, Tone]], facts: Sequence[tuple[str, str]], remove: QWidget) -> QWidget:
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 2, 0, 2)
    inside.setSpacing(6)
    inside.addWidget(text(name, "label"))
    if chips:
        beside = QWidget()
        line = FlowLayout(beside, spacing=8)
        for said, tone in chips:
            line.addWidget(chip(said, tone))
        inside.addWidget(beside)
    inside.addWidget(facts_form(facts))
    inside.addWidget(remove)
    return holder
