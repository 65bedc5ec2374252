# SPDX-License-Identifier: MIT
"""The dialogs of keys: who a key file is of before it is taken, a passphrase to tell, and whom to believe."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from rkv_app.crypto.key_files import KeyFileFacts
from rkv_app.domain.people import Party
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.spoken_code import word_groups
from rkv_app.ui.widgets.basics import clear, rule, text
from rkv_app.ui.widgets.choices import OptionCard
from rkv_app.ui.widgets.facts import facts_form
from rkv_app.ui.widgets.fields import Field, secret_edit
from rkv_app.usecases.organisation_roots import TrustedIssuers
from rkv_app.usecases.use_certificate import Use


class KeyFileKind(Enum):
    """What a key file is taken as."""

    CERTIFICATE = "certificate"
    OFFICE = "office"


class KeyFileDialog(FormDialog):
    """First the password, then who the file is of, and only then it is taken.

    Signals:
        lookAsked(str): open the file with this password.
        takeAsked(str, Use): take what was shown, for this use.
    """

    lookAsked = Signal(str)
    takeAsked = Signal(str, object)

    def __init__(self, words: Words, kind: KeyFileKind, path: Path, own: Party, parent: QWidget) -> None:
        is_office = kind is KeyFileKind.OFFICE
        title = words("Read in the key of the office") if is_office else words("Use an organisation's certificate")
        super().__init__(words, title, words("See who it is of"), "keyFileDialog", parent)
        self._kind, self._own = kind, own
        self._facts: KeyFileFacts | None = None
        self.fields.addWidget(text(words("Chosen: {name}", name=path.name), "subheading"))
        self._password = secret_edit()
        self._field = Field(
            words("The words that were told with the file") if is_office else words("Password of the file"),
            self._password,
            hint=words("Capitals and spaces do not matter.")
            if is_office
            else words("It was told when the file was issued."),
            name="keyFilePasswordEdit",
        )
        self._password.returnPressed.connect(self.submit)
        self.fields.addWidget(self._field)
        self._shown = QWidget()
        self._inside = QVBoxLayout(self._shown)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(10)
        self._shown.hide()
        self.fields.addWidget(self._shown)
        self.fields.addStretch(1)
        self._uses = QButtonGroup(self)
        self.make_room(640, 700)

    def show_facts(self, facts: KeyFileFacts) -> None:
        """Shows who the file is of, and offers to take it where it is good for something."""
        words = self.words
        self._facts = facts
        self.messages.hide()
        self._field.hide()
        clear(self._inside)
        who = facts.organisation or facts.name
        if self._kind is KeyFileKind.CERTIFICATE or facts.organisation:
            self._inside.addWidget(text(words("This certificate says it is of"), "label"))
            self._inside.addWidget(text(who, "lead", "certificateNameText"))
        self._inside.addWidget(facts_form(self._lines(facts)))
        self._warn(facts)
        is_good = facts.against_sealing is None
        if self._kind is KeyFileKind.CERTIFICATE:
            offered = self._offered(facts)
            is_good = bool(offered)
            self._offer(offered)
        self._shown.show()
        self.action.setText(
            words("Use this key") if self._kind is KeyFileKind.OFFICE else words("Use this certificate")
        )
        self.action.setEnabled(is_good)
        (self.action if is_good else self.cancel).setFocus()

    def submit(self) -> None:
        """See FormDialog."""
        password = self._password.text()
        if self._facts is not None:
            checked = self._uses.checkedButton()
            use = Use(checked.property("use")) if checked is not None else Use.SEALING
            self.action.setEnabled(False)
            self.takeAsked.emit(password, use)
            return
        self._field.show_problem("" if password else self.words("This must be filled in."))
        if password:
            self.action.setEnabled(False)
            self.lookAsked.emit(password)

    def looked(self, facts: KeyFileFacts) -> None:
        """Goes on to what was found."""
        self.action.setEnabled(True)
        self.show_facts(facts)

    def show_error(self, problem: UserError) -> None:
        """See FormDialog."""
        super().show_error(problem)
        if self._facts is None:
            self._password.selectAll()
            self._password.setFocus()

    def _lines(self, facts: KeyFileFacts) -> list[tuple[str, str]]:
        words = self.words
        is_office = self._kind is KeyFileKind.OFFICE
        return [
            *(
                []
                if is_office
                else [(words("Organisation number"), labels.grouped_number(facts.org_number) or words("none"))]
            ),
            *([] if is_office else [(words("Issued by"), facts.issuer)]),
            (words("Valid until"), labels.day(words, local_date(facts.valid_until))),
            (words("Fingerprint"), labels.fingerprint(facts.fingerprint)),
        ]

    def _warn(self, facts: KeyFileFacts) -> None:
        words = self.words
        own = "".join(self._own.org_number.split())
        if self._kind is KeyFileKind.OFFICE:
            why = facts.against_sealing
            said = words("What is sealed to the office can be read here then. Your own signing key stays as it is.")
            self._inside.addWidget(text(said))
        else:
            why = facts.against_signing if facts.against_sealing is not None else None
            if own and facts.org_number and own != facts.org_number:
                number = labels.grouped_number(own)
                said = words(
                    "Your contact card states {number}. Receivers will not see the organisation as confirmed.",
                    number=number,
                )
                self._inside.addWidget(text(said, "problem"))
        if why is not None:
            self._inside.addWidget(text(words("It cannot be used here."), "problem"))
            self._inside.addWidget(text(words.say(why), "problem"))

    def _offer(self, offered: Sequence[tuple[Use, OptionCard]]) -> None:
        if offered:
            self._inside.addWidget(text(self.words("What to use it for"), "label"))
        for number, (use, option) in enumerate(offered):
            option.setObjectName(f"{use.value}UseOption")
            option.setProperty("use", use.value)
            option.setChecked(number == 0)
            self._uses.addButton(option)
            self._inside.addWidget(option)

    def _offered(self, facts: KeyFileFacts) -> list[tuple[Use, OptionCard]]:
        words = self.words
        signs, seals = facts.against_signing is None, facts.against_sealing is None
        offered = []
        if signs and seals:
            said = words("What you send is signed by the organisation, and what is sent to it can be opened here.")
            offered.append((Use.BOTH, OptionCard(words("Sign and open"), said)))
        if signs:
            offered.append(
                (Use.SIGNING, OptionCard(words("Only sign"), words("Packets to you are sealed to your key of today.")))
            )
        if seals:
            offered.append((Use.SEALING, OptionCard(words("Only open"), words("You sign with your key of today."))))
        return offered


class OfficeKeyDialog(FormDialog):
    """The passphrase of the office key that was just written; nothing else keeps it."""

    def __init__(self, words: Words, file_name: str, passphrase: str, parent: QWidget) -> None:
        super().__init__(
            words, words("The key of the office was written"), words("I have told the words"), "officeKeyDialog", parent
        )
        self.cancel.hide()
        self.fields.addWidget(text(words("1. Give your colleague the file {name}.", name=file_name)))
        self.fields.addWidget(text(words("2. Tell them these words, by phone or in person:")))
        self.fields.addWidget(word_groups(passphrase.split()))
        self.fields.addWidget(text(words("3. They read it in on their own page for keys and issuers.")))
        self.fields.addWidget(
            text(
                words(
                    "Whoever has both can read all that is sealed to the office. The words are shown only here. "
                    "Delete the file when it has been read in."
                ),
                "muted",
            )
        )
        self.fields.addStretch(1)
        self.make_room(640, 480)

    def submit(self) -> None:
        """See FormDialog."""
        self.accept()


class IssuersDialog(FormDialog):
    """Who is in a file of certificates, before they are believed.

    Signals:
        trusted: take it in.
    """

    trusted = Signal()

    def __init__(self, words: Words, found: TrustedIssuers, parent: QWidget) -> None:
        super().__init__(
            words, words("Believe these issuers?"), words("The fingerprints are the same"), "issuersDialog", parent
        )
        self.fields.addWidget(
            text(words("An issuer that is believed here can say of anybody that they are any organisation."))
        )
        self.fields.addWidget(
            text(
                words(
                    "Compare each fingerprint with what the issuer itself publishes, on its own web pages or on paper."
                )
            )
        )
        for issuer in found.issuers:
            self.fields.addWidget(rule())
            self.fields.addWidget(text(issuer.name, "subheading"))
            self.fields.addWidget(
                facts_form(
                    [
                        (words("Kind"), labels.issuer_kind(words, is_root=issuer.is_root)),
                        (words("Valid until"), labels.day(words, local_date(issuer.valid_until))),
                        (words("Fingerprint"), labels.fingerprint(issuer.fingerprint)),
                    ]
                )
            )
        self.fields.addStretch(1)
        self.make_room(680, 640)

    def submit(self) -> None:
        """See FormDialog."""
        self.action.setEnabled(False)
        self.trusted.emit()
