# SPDX-License-Identifier: MIT
"""Somebody sits down at a window of their own, and all others have a store in the same folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from support.pages.window import User
from support.parties import Parties


@pytest.fixture
def parties(tmp_path: Path) -> Parties:
    """The parties, without a store so far."""
    return Parties(tmp_path)


@pytest.fixture
def sit_down(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Path | None], User]]:
    """Starts the app on a store; the window is closed in the end."""
    users: list[User] = []

    def start(store: Path | None) -> User:
        users.append(User(qtbot, qapp, store))
        return users[-1]

    yield start
    for user in users:
        user.leave()
