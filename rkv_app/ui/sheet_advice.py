# SPDX-License-Identifier: MIT
"""Advises whoever has just made a store to make a recovery sheet, at home, until that is done or put away."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QWidget

from rkv_app.domain.stores import SlotKind
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.navigation import home
from rkv_app.ui.page import Page
from rkv_app.ui.shell import Shell
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.workspace import Workspace


class SheetAdvice(QObject):
    """See the module."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._is_put_away = False
        self._shown: QFrame | None = None
        shell.pageShown.connect(self._on_page)

    def _on_page(self, page: Page) -> None:
        if self._is_put_away or self._shell.route != home(self._shell.session.party.role):
            return

        def known(has_sheet: bool) -> None:
            if not has_sheet:
                page.column.insertWidget(0, self._card(page))

        self._shell.session.run(_has_sheet, done=known, failed=page.messages.error, owner=page)

    def _card(self, page: Page) -> QFrame:
        words = page.words
        frame, inside = card("next", "sheetAdvice")
        inside.addWidget(text(words("Make a recovery sheet"), "subheading"))
        inside.addWidget(
            text(
                words(
                    "Your store is made. Without a recovery sheet, a forgotten passphrase loses everything in it. "
                    "Making one takes a few minutes."
                )
            )
        )
        actions = QWidget()
        line = FlowLayout(actions, spacing=8)
        line.addWidget(
            button(
                words("Go on to the recovery sheet"),
                "goToSheetButton",
                "secondary",
                lambda: self._shell.go(Route(PageName.STORE)),
            )
        )
        line.addWidget(button(words("Not now"), "noSheetButton", "link", self._on_put_away))
        inside.addWidget(actions)
        self._shown = frame
        return frame

    def _on_put_away(self) -> None:
        self._is_put_away = True
        if self._shown is not None:
            self._shown.hide()


def _has_sheet(ws: Workspace) -> bool:
    return any(slot.kind is SlotKind.RECOVERY for slot in ws.store.ways_in.all())
