# SPDX-License-Identifier: MIT
"""The way back to a backup: which one, how it opens, where it goes. It is read through before anything is changed."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from rkv_app.domain.store_ports import Vault
from rkv_app.domain.stores import Backup, WayIn
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.files import STORE_SUFFIX, FileChooser, file_kinds
from rkv_app.ui.long_dialog import LongDialog
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.way_in_fields import WayInField
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.fields import Field, path_edit

_ROWS = 4


class RestoreDialog(LongDialog):
    """See the module."""

    def __init__(
        self,
        words: Words,
        store: Path | None,
        vault: Callable[[], Vault],
        files: FileChooser,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(
            words, words("Restore from a backup"), words("Check and restore"), "restoreDialog", tasks, parent
        )
        self._vault = vault
        self._files = files
        self._list = QListWidget()
        self._list.setFixedHeight(round(self.fontMetrics().lineSpacing() * _ROWS * 1.7))
        self._list.currentItemChanged.connect(self._show_place)
        self._list_field = Field(words("Backups, newest first"), self._list, name="backupsList")
        self._none = text(words("No backups were found beside the store."), "muted", "noBackupsText")
        self._none.hide()
        self._place = text("", "small", "backupPlaceText")
        choose = button(words("Choose another file …"), "chooseBackupButton", "link", self._on_choose)
        self._way = WayInField(words, words("The passphrase of that day"))
        self._target = path_edit(store)
        self._target_field = Field(words("Where the restored store goes"), self._target, name="restoreTargetEdit")
        self.add_parts(
            text(
                words(
                    "The store you have now is moved aside, never deleted. "
                    "What was written after the backup was made is not in it."
                )
            ),
            column(self._list_field, self._none, self._place, choose, spacing=4),
            self._way,
            self._target_field,
        )
        if store is None:
            self._show_backups(())
        else:
            self.action.setEnabled(False)
            tasks.run(lambda: vault().backups(store), done=self._show_backups, failed=self.show_error, owner=self)

    def begin(self) -> None:
        """See LongDialog."""
        words, needed = self.words, self.words("This must be filled in.")
        has_chosen, target = self._list.currentRow() >= 0, self._target.text().strip()
        self._list_field.show_problem("" if has_chosen else words("Choose a backup."))
        self._target_field.show_problem("" if target else needed)
        if not has_chosen:
            self._list.setFocus()
            return
        way = self._way.way()
        if way is None or not target:
            return
        chosen = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        backup, path = Path(str(chosen)), Path(target).expanduser()
        self.work(
            lambda progress: self._vault().restore(backup, path, way, progress),
            words("Checking the backup …"),
            lambda aside: self._show_restored(path, way, aside),
        )

    def _show_restored(self, path: Path, way: WayIn, aside: Path | None) -> None:
        words = self.words
        where = words("The store that was there lies here now: {path}", path=aside) if aside is not None else ""
        said = words("The backup was found sound and is in place.")
        self.show_result(path, way, said, where, action=words("Open the store"))

    def _show_backups(self, backups: Sequence[Backup]) -> None:
        words = self.words
        for backup in backups:
            said = f"{labels.moment(words, backup.made_at)}  ·  {labels.size(words, backup.size)}"
            self._add(said, backup.path)
        self._list.setVisible(bool(backups))
        self._none.setVisible(not backups)
        self._list.setCurrentRow(0)
        self.action.setEnabled(True)
        self._way.focus()

    def _on_choose(self) -> None:
        words = self.words
        kinds = file_kinds(words, words("Stores"), f"*{STORE_SUFFIX}")
        path = self._files.open_file(words("Choose the backup"), kinds)
        if path is not None:
            self._list.setCurrentItem(self._add(path.name, path))
            self._list.show()
            self._none.hide()
            self._way.focus()

    def _add(self, said: str, path: Path) -> QListWidgetItem:
        item = QListWidgetItem(said, self._list)
        item.setData(Qt.ItemDataRole.UserRole, str(path))
        return item

    def _show_place(self, item: QListWidgetItem | None) -> None:
        self._place.setText(str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else "")
