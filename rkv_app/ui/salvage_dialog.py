# SPDX-License-Identifier: MIT
"""Puts what can be read of a damaged store into a new one, and tells what was kept and what was lost."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rkv_app.domain.store_ports import Vault
from rkv_app.domain.stores import Passphrase, SalvageReport, WayIn
from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui import labels
from rkv_app.ui.files import FileChooser
from rkv_app.ui.long_dialog import LongDialog
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.fields import Field, path_edit
from rkv_app.ui.widgets.new_passphrase import NewPassphrase

# What people know of a store, by the tables that hold it, most important first; the rest follows from these.
_TABLES: Mapping[str, str] = {
    "candidate": N_("People"),
    "candidate_case": N_("Cases"),
    "placement": N_("Placements"),
    "evaluation": N_("Evaluations"),
    "answer": N_("Answers"),
    "attachment": N_("Attachments"),
    "packet": N_("Packets sent and received"),
    "incoming_request": N_("Requests"),
    "queued_application": N_("Applications"),
    "contact": N_("Contacts"),
    "sharing_event": N_("Notes of what was shared"),
    "curriculum": N_("Curricula"),
    "draft": N_("Drafts"),
    "setting": N_("Choices"),
    "trail": N_("Entries in the audit trail"),
}


class SalvageDialog(LongDialog):
    """See the module."""

    def __init__(
        self,
        words: Words,
        store: Path,
        way: WayIn,
        vault: Callable[[], Vault],
        files: FileChooser,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(
            words, words("Save what can be read"), words("Make the new store"), "salvageDialog", tasks, parent
        )
        self._store = store
        self._way = way
        self._vault = vault
        self._files = files
        self._target = path_edit(_beside(store))
        self._target_field = Field(words("Where to keep the new store"), self._target, name="salvageTargetEdit")
        choose = button(words("Choose the place …"), "chooseSalvageButton", "link", self._on_choose)
        self._new = NewPassphrase(words, words("Passphrase of the new store"), words("The passphrase again"))
        self.add_parts(
            text(
                words(
                    "What can be read of the damaged store is put into a new one. The damaged files stay as they are."
                )
            ),
            column(self._target_field, choose, spacing=2),
            self._new,
        )

    def begin(self) -> None:
        """See LongDialog."""
        words, target = self.words, self._target.text().strip()
        self._target_field.show_problem("" if target else words("This must be filled in."))
        wrong = self._target if not target else self._new.wrong()
        if wrong is not None:
            wrong.setFocus()
            return
        path, passphrase = Path(target).expanduser(), self._new.text()
        self.work(
            lambda progress: self._vault().salvage(self._store, self._way, path, passphrase, progress),
            words("Reading what can be read …"),
            lambda report: self._show_report(path, passphrase, report),
        )

    def _show_report(self, path: Path, passphrase: str, report: SalvageReport) -> None:
        words = self.words
        lost = [_line(words, table, report) for table in _TABLES if report.lost.get(table)]
        if others := sum(count for table, count in report.lost.items() if table not in _TABLES):
            lost.append(words("Other parts: at least {lost} lost", lost=labels.number(words, others)))
        kept = [_line(words, table, report) for table in _TABLES if table in report.kept and not report.lost.get(table)]
        said = words("Nothing is known to be lost.") if not report.lost else words("Something was lost.")
        self.show_result(
            path,
            Passphrase(passphrase),
            words("The new store is made."),
            said,
            "\n".join(lost),
            "\n".join(kept),
            action=words("Open the new store"),
        )

    def _on_choose(self) -> None:
        path = self._files.save_file(self.words("Where to keep the new store"), Path(self._target.text()).name)
        if path is not None:
            self._target.setText(str(path))


def _line(words: Words, table: str, report: SalvageReport) -> str:
    kept, lost = (labels.number(words, counted.get(table, 0)) for counted in (report.kept, report.lost))
    if report.lost.get(table):
        return words("{what}: {kept} kept, at least {lost} lost", what=words(_TABLES[table]), kept=kept, lost=lost)
    return words("{what}: {kept} kept", what=words(_TABLES[table]), kept=kept)


def _beside(store: Path) -> Path:
    """A name beside the store that nothing has."""
    for number in range(1, 100):
        path = store.with_name(f"{store.stem}-{number}{store.suffix}")
        if not path.exists():
            return path
    return store.with_name(f"{store.stem}-new{store.suffix}")
