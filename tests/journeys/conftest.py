# SPDX-License-Identifier: MIT
"""Somebody sits down at a window of their own, and all others have a store in the same folder."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE


@pytest.fixture
def parties(tmp_path: Path) -> Parties:
    """The parties, without a store so far."""
    return Parties(tmp_path)


@pytest.fixture(scope="session")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of parties of whom the adviser has sent an application, to copy."""
    parties = Parties(tmp_path_factory.mktemp("applied"))
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    parties.introduce(ADVISER, parties.card(INTAKE))
    parties.application(parties.evaluation(parties.request()))
    parties.introduce(INTAKE, parties.card(ADVISER))
    return parties.folder


@pytest.fixture
def application(applied: Path, parties: Parties) -> Path:
    """An application on its way; each test has stores of its own."""
    shutil.copytree(applied, parties.folder, dirs_exist_ok=True)
    return parties.folder / "application.rkvpakke"


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


@pytest.fixture
def at_case(parties: Parties, sit_down: Callable[[Path | None], User]) -> Callable[[Path], User]:
    """Lets the adviser sit down at the case in a copy of a folder."""

    def open_case(prepared: Path) -> User:
        shutil.copytree(prepared, parties.folder, dirs_exist_ok=True)
        user = sit_down(parties.store(ADVISER))
        user.unlock(PASSPHRASE)
        user.open_row("Cases", CANDIDATE)
        return user

    return open_case
