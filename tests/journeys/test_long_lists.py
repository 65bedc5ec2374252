# SPDX-License-Identifier: MIT
"""A county with a long queue and a supervisor with many requests: only what is looked at is read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView

from rkv_app.domain.evaluations import FormPin
from rkv_app.ui.context import PageName, Route
from rkv_app.usecases.request_evaluation import EVALUATION_FORM
from rkv_app.usecases.view_requests import AT_A_TIME
from support.pages.window import User
from support.parties import INTAKE, SUPERVISOR, Parties
from support.store_samples import EVALUATION, NOW, PASSPHRASE, incoming, pdf, queued

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PAGE = 200
SitDown = Callable[[Path | None], User]


def test_the_queue_is_read_as_it_is_scrolled_to(parties: Parties, sit_down: SitDown) -> None:
    store, workspace = parties.make_store(INTAKE), parties.at(INTAKE)
    with workspace.store.transaction():
        for n in range(PAGE + 50):
            workspace.store.exchange.enqueue(queued(f"m{n:03}", at=NOW + timedelta(minutes=n)), pdf())
    workspace.close()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    user.sees(f"{PAGE + 50} applications")
    table = user.window.findChild(QTableView, "queueTable")
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == PAGE
    assert table.model().index(0, 0).data() == "2026/m000"
    table.setFocus()
    user.qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    user.qtbot.waitUntil(lambda: table.model().rowCount() == PAGE + 50)
    user.settle()
    shown = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    assert shown == [f"2026/m{n:03}" for n in range(PAGE + 50)]


def test_more_requests_are_shown_when_they_are_asked_for(parties: Parties, sit_down: SitDown) -> None:
    store, workspace = parties.make_store(SUPERVISOR), parties.at(SUPERVISOR)
    form: FormPin = workspace.forms.pin_of(workspace.forms.newest(EVALUATION_FORM))
    with workspace.store.transaction():
        for n in range(AT_A_TIME + 3):
            evaluation = replace(EVALUATION, id=f"e{n}", form=form)
            workspace.store.evaluations.add(evaluation)
            asked = replace(incoming(f"m{n}", at=NOW + timedelta(minutes=n)), evaluation_id=evaluation.id, expires=None)
            workspace.store.exchange.add_request(asked)
    workspace.close()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    assert len(user.window.findChildren(QPushButton)) > 0
    user.press(f"Show more ({AT_A_TIME} of {AT_A_TIME + 3} shown)")
    user.settle()
    last = user.window.findChild(QPushButton, f"answer{AT_A_TIME + 3}Button")
    assert isinstance(last, QPushButton)
    more = user.window.findChild(QPushButton, "moreRequestsButton")
    assert isinstance(more, QPushButton)
    assert not more.isVisible()
    last.click()
    user.settle()
    assert user.desktop.shell is not None
    # The newest stands first, so the last one is the first that came.
    assert user.desktop.shell.route == Route(PageName.EVALUATION, "m0")
