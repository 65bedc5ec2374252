# SPDX-License-Identifier: MIT
"""The window can stay open for days: a round of work leaves nothing behind, and what was left or closed is gone."""

import gc
import os
import threading
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QWidget
from shiboken6 import isValid

from rkv_app.domain.people import Party
from rkv_app.ui.context import Route
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.page import Page
from rkv_app.ui.pdf_view import PdfView
from rkv_app.ui.shell import Shell
from rkv_app.usecases.receive_packet import receive_packet
from support.demo_routes import demo_routes
from support.pages.window import User
from support.parties import ADVISER, INTAKE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

DIALOGS = (
    "newCaseButton",
    "addPlacementButton",
    "addPlanButton",
    "form1Button",
    "handOverButton",
    "startFormButton",
    "candidateCopyButton",
    "evaluationPdfButton",
    "asPdfButton",
    "recommendButton",
    "compare1Button",
    "amendButton",
    "withdrawButton",
    "askButton",
    "outcomeButton",
    "makeSheetButton",
    "changePassphraseButton",
    "remove1Button",
)
ENDING_MS = 10_000
Left = tuple[type[QWidget], weakref.ref[Any]]
# Where Linux and macOS list what this process has open.
_OPEN_FILES = Path("/dev/fd")


@pytest.mark.parametrize("party", [ADVISER, SUPERVISOR, INTAKE], ids=lambda party: str(party.role.value))
def test_round_after_round_leaves_nothing_behind(
    party: Party, application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    workspace = parties.at(party)
    if party is INTAKE:
        receive_packet(workspace, application)
    routes = [route for _, route in demo_routes(workspace)]
    workspace.close()
    user = sit_down(parties.store(party))
    user.unlock(PASSPHRASE)
    left = _round(user, routes)
    first = _there(user)
    left += _round(user, routes)

    def nothing_more() -> None:
        assert _there(user) - first == Counter()

    # A child that was told to end needs its time.
    user.qtbot.waitUntil(nothing_more, timeout=ENDING_MS)
    assert any(kind is not Page for kind, _ in left), "no dialog was opened"
    assert [kind for kind, one in left if one() is not None] == []


def _round(user: User, routes: list[Route]) -> list[Left]:
    """Goes to each page, types in it, opens and closes its dialogs, and goes back; then locks and unlocks.

    Returns the pages and dialogs that were there.
    """
    shown: list[Left] = []
    for route in routes:
        shell = _shell(user)
        shell.go(route)
        _settle(user)
        assert shell.page is not None
        shown.append((Page, weakref.ref(shell.page)))
        _type(user, shell.page)
        for name in DIALOGS:
            shown += _open_and_close(user, shell.page, name)
        shell.back()
        _settle(user)
    user.desktop.lock()
    user.qtbot.waitUntil(lambda: not user.desktop.closing)
    user.unlock(PASSPHRASE)
    _settle(user)
    return shown


def _open_and_close(user: User, page: Page, name: str) -> list[Left]:
    opens = page.findChild(QPushButton, name)
    if opens is None or not opens.isVisible() or not opens.isEnabled():
        return []
    opens.click()
    _settle(user)
    opened = page.findChildren(QDialog)
    for dialog in opened:
        dialog.reject()
    user.qtbot.waitUntil(lambda: not any(isValid(dialog) for dialog in opened))
    return [(type(dialog), weakref.ref(dialog)) for dialog in opened]


def _type(user: User, page: Page) -> None:
    for field in page.findChildren(QPlainTextEdit)[:2]:
        if field.isVisible() and not field.isReadOnly():
            before = field.toPlainText()
            for words in ("Planla dagen alene.", before):
                field.setPlainText(words)
                page.flush()
                _settle(user)


def _settle(user: User) -> None:
    def settled() -> bool:
        shell = _shell(user)
        forms_there = all(form.is_complete() for form in shell.findChildren(FormView))
        drawn = not any(view.busy for view in shell.findChildren(PdfView))
        return forms_there and drawn and not shell.session.tasks.busy

    user.qtbot.waitUntil(settled)


def _shell(user: User) -> Shell:
    assert user.desktop.shell is not None
    return user.desktop.shell


def _there(user: User) -> Counter[str]:
    """What this process has now, by its kind."""
    gc.collect()
    objects: list[Any] = gc.get_objects()
    there = Counter(type(one).__name__ for one in objects if issubclass(type(one), QObject) and isValid(one))
    there["widgets"] = len(QApplication.allWidgets())
    there["children of the desktop"] = len(user.desktop.findChildren(QObject))
    there["threads"] = threading.active_count()
    there["child processes"] = sum(type(one) is Popen and one.poll() is None for one in objects)
    there["open files"] = len(os.listdir(_OPEN_FILES)) if _OPEN_FILES.is_dir() else 0
    return there
