# SPDX-License-Identifier: MIT
"""The first window takes what is typed, loses none of it, and says what is refused."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from rkv_app.domain.people import Party, Role
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.ui.first_window import FirstWindow

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class NoFiles:
    """A user who chooses no file."""

    def open_file(self, title: str, kinds: str) -> Path | None:
        return None

    def open_files(self, title: str, kinds: str) -> Sequence[Path]:
        return ()

    def save_file(self, title: str, suggested: str) -> Path | None:
        return None


def _window(qtbot: QtBot, language: Language = Language.ENGLISH, store: Path | None = None) -> FirstWindow:
    window = FirstWindow(Words(language), NoFiles(), store)
    qtbot.addWidget(window)
    window.show()
    return window


def _edit(window: FirstWindow, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def _press(window: FirstWindow, name: str) -> None:
    found = window.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    found.click()


def _fill_in(window: FirstWindow, **texts: str) -> None:
    for name, text in texts.items():
        _edit(window, f"{name}Edit").setText(text)


def test_a_store_is_opened_with_the_enter_key(qtbot: QtBot, tmp_path: Path) -> None:
    window = _window(qtbot, store=tmp_path / "a.rkv")
    with qtbot.waitSignal(window.unlockAsked) as asked:
        qtbot.keyClicks(_edit(window, "passphraseEdit"), "fire vanlige ord her")
        qtbot.keyClick(_edit(window, "passphraseEdit"), Qt.Key.Key_Return)
    assert asked.args == [tmp_path / "a.rkv", "fire vanlige ord her"]


def test_a_store_is_made_for_the_workspace_that_was_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    window = _window(qtbot)
    _press(window, "showCreateButton")
    _press(window, "supervisorRoleOption")
    passphrase = "fire vanlige ord her"
    _fill_in(
        window,
        name="Kari Formann",
        organisation="Nordlys AS",
        newStorePath=str(tmp_path / "k.rkv"),
        newPassphrase=passphrase,
        repeatedPassphrase=passphrase,
    )
    with qtbot.waitSignal(window.createAsked) as asked:
        _press(window, "createButton")
    party = Party(role=Role.SUPERVISOR, name="Kari Formann", organisation="Nordlys AS")
    assert asked.args == [tmp_path / "k.rkv", passphrase, party]


@pytest.mark.parametrize(
    "wrong",
    [{"repeatedPassphrase": "noe annet enn det"}, {"newPassphrase": "kort"}, {"name": " "}, {"organisation": ""}],
)
def test_no_store_is_made_before_everything_is_right(qtbot: QtBot, tmp_path: Path, wrong: dict[str, str]) -> None:
    window = _window(qtbot)
    _press(window, "showCreateButton")
    right = {"name": "K", "organisation": "N", "newPassphrase": "fire vanlige ord her"}
    _fill_in(window, **{**right, "repeatedPassphrase": right["newPassphrase"], **wrong})
    with qtbot.assertNotEmitted(window.createAsked):
        _press(window, "createButton")


def test_what_is_typed_survives_a_change_of_language(qtbot: QtBot) -> None:
    before = _window(qtbot)
    _press(before, "showCreateButton")
    _press(before, "intakeRoleOption")
    _fill_in(before, name="Inger", passphrase="hemmelig")
    after = _window(qtbot, Language.NYNORSK)
    after.take_over(before)
    assert _edit(after, "nameEdit").text() == "Inger"
    assert _edit(after, "passphraseEdit").text() == "hemmelig"
    chosen = after.findChild(QAbstractButton, "intakeRoleOption")
    assert isinstance(chosen, QAbstractButton)
    assert chosen.isChecked()


def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    window = _window(qtbot, store=tmp_path / "a.rkv")
    _edit(window, "passphraseEdit").setText("galt passord")
    window.show_error(UserError("RKV-STO-001", message("Wrong."), message("Try again."), ExitStatus.LOCKED))
    said = window.findChild(object, "messageBanner")
    assert said is not None
    assert said.said() == "Wrong.\nTry again.\nCode: RKV-STO-001"  # type: ignore[attr-defined]
    assert _edit(window, "passphraseEdit").text() == "galt passord"


def test_every_field_and_button_can_be_reached_with_the_tab_key(qtbot: QtBot) -> None:
    window = _window(qtbot)
    # Its parts are put into a scroll area after the first paint, which must not come between two keys.
    qtbot.waitUntil(lambda: window.findChild(QScrollArea, "pageScroll") is not None)
    window.activateWindow()
    qtbot.waitUntil(
        lambda: window.isActiveWindow() and QApplication.focusWidget() is not None,
    )
    wanted = {
        "storePathEdit",
        "passphraseEdit",
        "unlockButton",
        "chooseStoreButton",
        "showPassphraseButton",
    }
    met: set[str] = set()
    for _ in range(20):
        focused = QApplication.focusWidget()
        assert focused is not None
        met.add(focused.objectName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert wanted <= met


def test_the_passphrase_can_be_shown_and_hidden(qtbot: QtBot) -> None:
    window = _window(qtbot)
    edit = _edit(window, "passphraseEdit")
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    _press(window, "showPassphraseButton")
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    _press(window, "showPassphraseButton")
    assert edit.echoMode() is QLineEdit.EchoMode.Password
