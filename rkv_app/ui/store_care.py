# SPDX-License-Identifier: MIT
"""What every home tells of the store: what was noticed about it, above the work, and its last backup, below."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.stores import Backup, Notice
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.messages import Banner
from rkv_app.ui.page import Page
from rkv_app.ui.widgets.basics import text
from rkv_app.usecases.store_notices import Care, dismiss_notice, view_care


class StoreCare(QObject):
    """Two parts for a page to put where they belong; they fill themselves once the page is there.

    Attributes:
        notices: for the top of the page; takes no room where there is nothing to tell.
        last_backup: for the foot of the page.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.notices = QWidget()
        self.notices.setObjectName("storeNotices")
        self._lines = QVBoxLayout(self.notices)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.notices.hide()
        self.last_backup = text("", "small", "lastBackupText")
        page.ready.connect(self._load)

    def _load(self) -> None:
        # After the page: nobody waits for this.
        self._page.context.session.run(view_care, done=self._show, failed=self._page.messages.error, owner=self)

    def _show(self, care: Care) -> None:
        words = self._page.words
        self.last_backup.setText(last_backup(words, care.last_backup))
        if care.read_only:
            self._lines.addWidget(read_only_banner(words))
        for notice in care.notices:
            self._lines.addWidget(self._banner(notice))
        self.notices.setVisible(care.read_only or bool(care.notices))

    def _banner(self, notice: Notice) -> Banner:
        banner = notice_banner(self._page.words, notice)
        banner.closed.connect(lambda: self._dismiss(notice))
        return banner

    def _dismiss(self, notice: Notice) -> None:
        session = self._page.context.session
        session.run(
            lambda ws: dismiss_notice(ws, notice.code), done=_nothing, failed=self._page.messages.error, owner=self
        )


def last_backup(words: Words, backup: Backup | None) -> str:
    """When the last backup that was found sound was made."""
    if backup is None:
        return words("No backup has been made yet.")
    return words("Last good backup: {moment}", moment=labels.moment(words, backup.made_at))


def read_only_banner(words: Words) -> Banner:
    """Says that nothing can be written, and why."""
    banner = Banner(words)
    banner.warn(
        words("The store is open read-only."),
        words("You see it as it was when you opened it. To write in it, open it when nobody else has it open."),
    )
    return banner


def notice_banner(words: Words, notice: Notice) -> Banner:
    """Says what was noticed about the store."""
    banner = Banner(words)
    banner.tell(notice)
    return banner


def _nothing(_: None) -> None:
    return None
