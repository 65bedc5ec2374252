# SPDX-License-Identifier: MIT
"""The store itself, in plain words: who gets in, what is kept if it is lost, whether it is whole, when it locks.

Below that, what the organisation has put beside the app.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rkv_app.domain.stores import Health, KeySlot, Notice, StoreInfo
from rkv_app.ui import labels
from rkv_app.ui.adding_forms import AddingForms
from rkv_app.ui.context import FORMS_SUFFIX, PageContext
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.files import file_kinds
from rkv_app.ui.locking.key import LOCK_KEY
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.store.own_files_card import OwnFilesCard
from rkv_app.ui.pages.store.passphrase_dialog import PassphraseDialog
from rkv_app.ui.pages.store.recovery_dialog import RecoveryDialog
from rkv_app.ui.pages.store.small_dialogs import OfficeDialog, RemoveDialog, RemoveFormsDialog
from rkv_app.ui.pages.store.view_model import StoreShown, StoreViewModel
from rkv_app.ui.pages.store.ways_in_card import WaysInCard
from rkv_app.ui.store_care import last_backup, notice_banner, read_only_banner
from rkv_app.ui.tasks import Job
from rkv_app.ui.widgets.basics import button, chip, restyle, set_chip, text
from rkv_app.ui.widgets.fields import Field, combo_box, path_edit
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.ui.widgets.progress_line import ProgressLine
from rkv_app.usecases.care_for_store import LOCK_CHOICES

# As many digits of a store's id as stand on its recovery sheet.
_SHORT_ID = 8


class StorePage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = StoreViewModel(context.session, context.words)
        super().__init__(context, self._model, context.words("Store and security"))
        self._ways_in = WaysInCard(self.words)
        self.column.addWidget(self._ways_in)
        self._add_backups()
        self._add_check()
        self._add_locking()
        self._own_files = OwnFilesCard(self.words)
        self._own_files.readAgain.connect(self._model.read_own_files)
        self._own_files.removeAsked.connect(self._on_remove_forms)
        self._own_files.packAsked.connect(self._on_pack)
        adding = AddingForms(self, self._model.read_own_files)
        self._own_files.addAsked.connect(adding.choose)
        self._own_files.addFolderAsked.connect(adding.choose_folder)
        self.formsAdded.connect(self._model.read_own_files)
        self.accept_forms()
        self.column.addWidget(self._own_files)
        self._add_facts()
        self._model.ownFilesRead.connect(self._own_files.show_folders)
        card, model = self._ways_in, self._model
        card.sheetAsked.connect(model.make_words)
        card.changeAsked.connect(self._on_change)
        card.officeAsked.connect(self._on_office)
        card.removeAsked.connect(self._on_remove)
        card.quickAsked.connect(model.use_quick_unlock)
        model.wordsMade.connect(self._on_words)
        model.backingUp.connect(self._on_backing_up)
        model.checking.connect(self._on_checking)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, StoreShown):
            return
        words, store = self.words, state.store
        has_sheet = self._ways_in.show_slots(store.info.slots)
        # One primary action on the page: a sheet where there is none, else a backup.
        self._back_up.setProperty("kind", "primary" if has_sheet else "secondary")
        restyle(self._back_up)
        # What was copied for looking at is not what would have to be checked and kept.
        for made in (self._back_up, self._check):
            made.setDisabled(store.info.read_only)
        kept = store.info.last_backup
        set_chip(self._last_backup, last_backup(words, kept), "success" if kept else "warning")
        self._folder.setVisible(kept is not None)
        _show_path(self._folder_edit, kept.path.parent if kept else None)
        _show_path(self._second_edit, store.second_folder)
        self._second.setVisible(store.second_folder is not None)
        self._no_second.setVisible(store.second_folder is not None)
        self._show_health(state.health)
        # What the page shows is chosen already.
        self._lock.blockSignals(True)
        self._lock.setCurrentIndex(self._lock.findData(str(store.lock_after_minutes)))
        self._lock.blockSignals(False)
        self._show_facts(store.info)
        refill(self._notices, lambda: self._fill_notices(store.notices, store.info.read_only))

    def _add_backups(self) -> None:
        words = self.words
        inside = self.section(
            words("Backups"),
            intro=words(
                "A backup is a whole copy of the store, encrypted like the store itself and read through once it is "
                "made. One is made by itself each time you close the store after changing something."
            ),
        )
        line = QHBoxLayout()
        self._last_backup = chip("", "neutral", "backupChip")
        line.addWidget(self._last_backup)
        line.addStretch(1)
        inside.addLayout(line)
        self._back_up = button(words("Back up now"), "backUpButton", "secondary", self._model.back_up)
        inside.addWidget(self._back_up)
        self._backup_line = ProgressLine(words)
        inside.addWidget(self._backup_line)
        inside.addSpacing(8)
        self._folder_edit = _read_only_line()
        self._folder = Field(
            words("Where they are"),
            self._folder_edit,
            hint=words("Kept are the ten newest, one a day for 14 days, and one a month for 6 months."),
            name="backupFolderEdit",
        )
        inside.addWidget(self._folder)
        self._second_edit = _read_only_line()
        self._second = Field(words("Second folder"), self._second_edit, name="secondFolderEdit")
        inside.addWidget(self._second)
        inside.addWidget(text(words("A second copy on another disk helps when this machine is lost or breaks.")))
        choices = QWidget()
        flow = FlowLayout(choices, spacing=8)
        flow.addWidget(button(words("Choose a second folder …"), "chooseSecondButton", "secondary", self._on_second))
        self._no_second = button(
            words("Use no second folder"), "noSecondButton", "link", lambda: self._model.use_second_folder(None)
        )
        flow.addWidget(self._no_second)
        inside.addWidget(choices)
        inside.addSpacing(4)
        inside.addWidget(
            text(
                words(
                    "To go back to a backup, lock the store, and choose “{name}” where it is opened.",
                    name=words("Restore from a backup …"),
                ),
                "muted",
            )
        )

    def _add_check(self) -> None:
        words = self.words
        inside = self.section(
            words("Is everything whole?"),
            intro=words(
                "The check computes the audit trail again from its first entry, makes a copy of the store, reads all "
                "of it, and compares every answer, packet and attachment with the trail. The copy is kept as a backup."
            ),
        )
        self._check = button(words("Check the store now"), "checkButton", "secondary", self._model.check)
        inside.addWidget(self._check)
        self._check_line = ProgressLine(words)
        inside.addWidget(self._check_line)
        line = QHBoxLayout()
        self._sound = chip("", "success", "soundChip")
        self._sound.hide()
        line.addWidget(self._sound)
        line.addStretch(1)
        inside.addLayout(line)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(8)
        inside.addLayout(self._findings)

    def _add_locking(self) -> None:
        words = self.words
        inside = self.section(
            words("Locking"),
            intro=words(
                "A locked store cannot be read by anybody who finds the machine open. What you were writing is kept."
            ),
        )
        self._lock = combo_box(
            [(str(n), words.plural("{n} minute", "{n} minutes", n)) for n in LOCK_CHOICES],
        )
        self._lock.setMaximumWidth(self._lock.fontMetrics().averageCharWidth() * 26)
        self._lock.currentIndexChanged.connect(lambda _: self._model.lock_after(int(self._lock.currentData())))
        inside.addWidget(Field(words("Lock when nothing has been touched for"), self._lock, name="lockAfterCombo"))
        inside.addWidget(text(words("Press {keys} to lock at once.", keys=LOCK_KEY), "muted"))

    def _add_facts(self) -> None:
        words = self.words
        inside = self.section(words("About this store"))
        self._notices = QVBoxLayout()
        self._notices.setSpacing(8)
        inside.addLayout(self._notices)
        self._facts = {
            "size": text("", name="storeSizeText"),
            "entries": text("", name="storeEntriesText"),
            "made_by": text("", name="storeMadeByText"),
            "id": text("", name="storeIdText"),
        }
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, said in (
            ("size", words("Size")),
            ("entries", words("Entries in the audit trail")),
            ("made_by", words("Last changed by version")),
            ("id", words("Beginning of its id")),
        ):
            label = text(said, "muted")
            label.setWordWrap(False)
            label.setBuddy(self._facts[name])
            form.addRow(label, self._facts[name])
        inside.addLayout(form)
        inside.addSpacing(4)
        self._place = _read_only_line()
        inside.addWidget(Field(words("Place"), self._place, name="storePlaceEdit"))

    def _show_facts(self, info: StoreInfo) -> None:
        words = self.words
        self._facts["size"].setText(labels.size(words, info.size))
        self._facts["entries"].setText(labels.number(words, info.entries))
        self._facts["made_by"].setText(info.made_by)
        self._facts["id"].setText(info.store_id[:_SHORT_ID])
        _show_path(self._place, info.path)

    def _show_health(self, health: Health | None) -> None:
        words = self.words
        self._sound.setVisible(health is not None)
        if health is not None:
            found = words.plural("{n} thing was found", "{n} things were found", len(health.findings))
            set_chip(
                self._sound,
                words("Nothing was found: the store is whole.") if health.sound else found,
                "success" if health.sound else "danger",
            )
        refill(self._findings, lambda: self._fill_findings(health.findings if health else ()))

    def _fill_findings(self, findings: Sequence[Notice]) -> None:
        for finding in findings:
            self._findings.addWidget(notice_banner(self.words, finding))

    def _fill_notices(self, notices: Sequence[Notice], is_read_only: bool) -> None:
        if is_read_only:
            self._notices.addWidget(read_only_banner(self.words))
        for notice in notices:
            self._notices.addWidget(notice_banner(self.words, notice))

    def _on_backing_up(self, job: Job) -> None:
        self._follow(job, self._backup_line, self.words("Backing up …"))

    def _on_checking(self, job: Job) -> None:
        self._show_health(None)
        self._follow(job, self._check_line, self.words("Checking …"))

    def _follow(self, job: Job, line: ProgressLine, said: str) -> None:
        self._allow_jobs(allowed=False)
        # A method of the page, and no function: it goes with the page, which may be left before the end.
        job.ended.connect(self._allow_jobs)
        line.follow(job, said)

    def _allow_jobs(self, *, allowed: bool = True) -> None:
        for made in (self._back_up, self._check):
            made.setEnabled(allowed)

    def _on_words(self, recovery_words: tuple[str, ...]) -> None:
        dialog = RecoveryDialog(self.words, recovery_words, self.context.files, self)
        dialog.saveAsked.connect(
            lambda path: self._model.save_sheet(recovery_words, path, dialog.saved, dialog.show_error)
        )
        dialog.printAsked.connect(
            lambda printer: self._model.make_sheet(
                recovery_words, lambda content: dialog.print_sheet(content, printer), dialog.show_error
            )
        )
        dialog.filled.connect(lambda typed: self._model.add_recovery(typed, dialog.show_error))
        self._open(dialog)

    def _on_change(self) -> None:
        dialog = PassphraseDialog(self.words, self)
        dialog.filled.connect(lambda old, new: self._model.change_passphrase(old, new, dialog.show_error))
        self._open(dialog)

    def _on_remove(self, slot: KeySlot) -> None:
        dialog = RemoveDialog(self.words, slot, self)
        dialog.filled.connect(lambda: self._model.remove(slot.id, dialog.show_error))
        self._open(dialog)

    def _on_office(self) -> None:
        words = self.words
        kinds = file_kinds(words, words("Certificates"), "*.cer *.crt *.der *.pem")
        path = self.context.files.open_file(words("Choose the certificate"), kinds)
        if path is None:
            return
        dialog = OfficeDialog(words, path, self)
        dialog.filled.connect(lambda label: self._model.add_office(path, label, dialog.show_error))
        self._open(dialog)

    def _on_pack(self) -> None:
        words, files = self.words, self.context.files
        folder = files.open_folder(words("The folder of forms and lists to pack"))
        if folder is None:
            return
        target = files.save_file(words("Where to write the packet of forms"), f"rkv-skjemapakke{FORMS_SUFFIX}")
        if target is not None:
            self._model.pack_forms(folder, target)

    def _on_remove_forms(self, packet: str, origin: str) -> None:
        dialog = RemoveFormsDialog(self.words, origin, self)
        dialog.filled.connect(lambda: self._model.remove_forms(packet, dialog.accept, dialog.show_error))
        dialog.open()

    def _open(self, dialog: FormDialog) -> None:
        self._model.wayInChanged.connect(dialog.accept)
        dialog.open()

    def _on_second(self) -> None:
        folder = self.context.files.open_folder(self.words("Where second copies of backups go"))
        if folder is not None:
            self._model.use_second_folder(folder)


def _read_only_line() -> QLineEdit:
    made = path_edit()
    made.setReadOnly(True)
    return made


def _show_path(edit: QLineEdit, path: Path | None) -> None:
    edit.setText(str(path or ""))
    edit.setToolTip(edit.text())
    edit.setCursorPosition(0)
