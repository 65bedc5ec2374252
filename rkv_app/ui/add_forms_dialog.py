# SPDX-License-Identifier: MIT
"""The dialog in which somebody decides about forms and lists: who signed, what each would be here, and a name."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels
from rkv_app.ui.compared_fields import ComparedFields
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.spoken_code import digit_groups
from rkv_app.ui.widgets.basics import Tone, chip, rule, text
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.check_packet import trust_words
from rkv_app.usecases.look_at_forms import Offer, Offered, Signer, Standing, why_refused
from rkv_app.usecases.offer_words import COPIED, UNSIGNED, offered_words, others_words, standing_words

_GOOD = (Standing.NEW, Standing.NEWER)
_INDIFFERENT = (Standing.SAME, Standing.OLDER)


class AddFormsDialog(FormDialog):
    """See the module.

    Signals:
        filled(str, str): this person lets it in; how they compared the digits, or nothing where they need not be.
    """

    filled = Signal(str, str)

    def __init__(self, words: Words, offer: Offer, by: str, parent: QWidget) -> None:
        signed = offer.signer is not None
        title = words("Forms and lists from an organisation") if signed else words("Forms and lists from a folder")
        super().__init__(words, title, words("Add all of it"), "addFormsDialog", parent)
        self._compared: ComparedFields | None = None
        self._by = line_edit(by)
        self._by_field = Field(words("Who decides this"), self._by, name="decidedByEdit")
        refusal = why_refused(offer)
        if refusal is not None:
            # Not as a message of the dialog, which can be closed and is short.
            self.fields.addWidget(text(words.say(refusal.message), "problem", "refusedText"))
            hint = words("{what} Code: {code}", what=words.say(refusal.hint), code=refusal.code)
            self.fields.addWidget(text(hint))
            self.fields.addWidget(rule())
        if offer.signer is not None:
            self._add_signer(offer.signer, offer)
        else:
            self._add_folder(offer)
        self.fields.addWidget(rule())
        self.fields.addWidget(text(words("What it brings"), "subheading"))
        for one in offer.files:
            self.fields.addWidget(self._line(one))
        self._add_others(offer)
        if refusal is not None:
            self.action.hide()
            self.cancel.setText(words("Close"))
            self.cancel.setDefault(True)
        else:
            self.fields.addWidget(text(words("All of it is added, or nothing."), "muted"))
            if not signed:
                self.fields.addWidget(text(words.say(COPIED), "muted"))
            self.fields.addWidget(rule())
            self._add_decision(offer, by)
        self.fields.addStretch(1)
        self.make_room(640, 860, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        if self._compared is not None:
            filled = self._compared.filled()
        else:
            by = self._by.text().strip()
            self._by_field.show_problem("" if by else self.words("This must be filled in."))
            filled = (by, "") if by else None
        if filled is not None:
            self.action.setEnabled(False)
            self.filled.emit(*filled)

    def _add_signer(self, signer: Signer, offer: Offer) -> None:
        words = self.words
        self.fields.addWidget(text(words("Signed by"), "muted"))
        self.fields.addWidget(text(shown_name(labels.party(signer.card.party)), "subheading"))
        made = labels.moment(words, datetime.fromisoformat(offer.made))
        self.fields.addWidget(text(words("{edition}, signed {moment}", edition=offer.edition, moment=made)))
        said = words("Signed here, in this store") if signer.is_own else words.say(trust_words(signer.trust))
        holder = QWidget()
        FlowLayout(holder, spacing=8).addWidget(chip(said, "warning" if signer.needs_digits else "success"))
        self.fields.addWidget(holder)
        for note in signer.notes:
            self.fields.addWidget(text(words.say(note.message), "muted"))

    def _add_folder(self, offer: Offer) -> None:
        words = self.words
        self.fields.addWidget(text(words("From the folder"), "muted"))
        self.fields.addWidget(text(shown_name(offer.folder), "subheading"))
        holder = QWidget()
        FlowLayout(holder, spacing=8).addWidget(chip(words("Signed by nobody"), "warning"))
        self.fields.addWidget(holder)
        self.fields.addWidget(text(words.say(UNSIGNED)))

    def _add_others(self, offer: Offer) -> None:
        if offer.others:
            self.fields.addWidget(text(self.words.say(others_words(offer.others)), "muted"))

    def _add_decision(self, offer: Offer, by: str) -> None:
        words, signer = self.words, offer.signer
        if signer is None or not signer.needs_digits:
            self.fields.addWidget(self._by_field)
            return
        self.fields.addWidget(
            text(words("Call them on a number you know from elsewhere. Let them read their digits, and compare:"))
        )
        self.fields.addWidget(digit_groups(signer.digits, "digits"))
        self._compared = ComparedFields(words, by)
        self.fields.addWidget(self._compared)
        self.action.setText(words("They read the same digits: add all of it"))
        self.action.setDefault(False)

    def _line(self, one: Offered) -> QWidget:
        words = self.words
        tone: Tone = "success" if one.standing in _GOOD else "neutral" if one.standing in _INDIFFERENT else "danger"
        holder = QWidget()
        line = FlowLayout(holder, spacing=8)
        line.addWidget(chip(words.say(offered_words(one)), "neutral"))
        line.addWidget(chip(words.say(standing_words(one.standing)), tone))
        return holder
