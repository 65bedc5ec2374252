# SPDX-License-Identifier: MIT
"""Asks what to fetch from Udir, and says plainly what leaves this machine before anything does."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.pages.curricula.view_model import Service, Wanted
from rkv_app.ui.tasks import Job
from rkv_app.ui.widgets.basics import card, text
from rkv_app.ui.widgets.choices import OptionCard, OptionChip
from rkv_app.ui.widgets.fields import Field, line_edit, secret_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout
from rkv_app.ui.widgets.progress_line import ProgressLine

_NARROWEST_WAY = 220
_BETWEEN = re.compile(r"[\s,;]+")


class FetchDialog(FormDialog):
    """Nothing is sent before its action is pressed. Cancel calls a fetch off first, and closes only where none is on.

    Signals:
        asked(Wanted): fetch this.
    """

    asked = Signal(object)

    def __init__(self, words: Words, service: Service, parent: QWidget) -> None:
        super().__init__(words, words("Fetch curricula from Udir"), words("Fetch"), "fetchDialog", parent)
        self._job: Job | None = None
        ways = QWidget()
        beside = ColumnsLayout(ways, narrowest=_NARROWEST_WAY)
        self._some = OptionCard(words("Some curricula"), words("You name their codes."))
        self._all = OptionCard(words("The whole catalogue"), words("One large file; it takes some minutes."))
        self._some.setObjectName("someOption")
        self._all.setObjectName("allOption")
        self._some.setChecked(True)
        for option in (self._some, self._all):
            beside.addWidget(option)
        self._codes_edit = line_edit(longest=2000)
        self._codes = Field(
            words("Codes of the curricula"),
            self._codes_edit,
            hint=words("Such as HEA03-03. Put a blank between several."),
            name="codesEdit",
        )
        self._some.toggled.connect(self._codes.setVisible)
        self._key_edit = secret_edit()
        kept = words("A key is kept in this store. Leave this empty to use it.")
        none = words("Udir may ask for a key. It is kept in this encrypted store and not shown again.")
        key = Field(words("API key"), self._key_edit, hint=kept if service.has_key else none, name="apiKeyEdit")
        self._forget = OptionChip(words("Forget the key that is kept"))
        self._forget.setObjectName("forgetKeyTick")
        self._forget.setVisible(service.has_key)
        self._progress = ProgressLine(words)
        self._progress.use_no_cancel()
        for part in (ways, self._codes, key, self._forget, self._what_leaves(service), self._progress):
            self.fields.addWidget(part)
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        codes = tuple(dict.fromkeys(one.upper() for one in _BETWEEN.split(self._codes_edit.text()) if one))
        missing = self._some.isChecked() and not codes
        self._codes.show_problem(
            self.words("Type at least one code, or choose the whole catalogue.") if missing else ""
        )
        if missing:
            self._codes_edit.setFocus()
            return
        typed = self._key_edit.text().strip()
        key = typed or ("" if self._forget.isChecked() else None)
        self.asked.emit(Wanted(codes if self._some.isChecked() else (), key))

    def follow(self, job: Job) -> None:
        """Shows how far the fetch is."""
        self._job = job
        self.messages.hide()
        self.action.setEnabled(False)
        job.ended.connect(self._on_ended)
        self._progress.follow(job, self.words("Fetching from Udir …"))

    def show_error(self, problem: UserError) -> None:
        """See FormDialog."""
        super().show_error(problem)
        self.action.setFocus()

    def reject(self) -> None:
        """See QDialog."""
        if self._job is not None:
            self._progress.cancel()
        else:
            super().reject()

    def _what_leaves(self, service: Service) -> QWidget:
        words = self.words
        frame, inside = card()
        inside.addWidget(text(words("What leaves this machine"), "label"))
        for line in (
            words("This address is asked: {address}", address=service.root),
            words("Udir sees the codes you ask for, the API key, and the internet address of your network."),
            words("Nothing about any candidate, case or answer is sent."),
            words("Nothing is sent before you press Fetch, and the app asks Udir at no other time."),
        ):
            inside.addWidget(text(line))
        return frame

    def _on_ended(self) -> None:
        self._job = None
        self.action.setEnabled(True)
