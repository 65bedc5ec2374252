# SPDX-License-Identifier: MIT
"""Somebody is interrupted: the store locks, nothing is readable, and after unlocking the work goes on where it was."""

import shutil
import threading
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from rkv_app.domain.people import Party
from rkv_app.ui.files import DialogFileChooser
from rkv_app.ui.locking.kept import from_json
from rkv_app.usecases.receive_packet import receive_packet
from support.full_disk import files_end_after
from support.pages.adviser import AdviserPages
from support.pages.supervisor import EXAMPLE, SupervisorPages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, SUPERVISOR, TRADE_PLAN, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

W = TypeVar("W", bound=QWidget)
AIM = "KM990101"
GUIDED = "Does it with guidance"
EXAMPLE_FIELD = f"{EXAMPLE} {AIM}"
ONE_MS = 1 / 60_000
_TOLD_BY_MODELS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.UserRole,
)
KEPT = "Locked. What you had written is kept."


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stores of an adviser and a supervisor who has got her request, to copy."""
    folder = tmp_path_factory.mktemp("asked")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA", "HOME"):
            environment.setenv(name, str(folder / "home"))
        parties = Parties(folder)
        for party in (ADVISER, SUPERVISOR):
            parties.make_store(party)
        request = parties.request()
        workspace = parties.at(SUPERVISOR)
        receive_packet(workspace, request.path, request.code)
        workspace.close()
    return folder


def _copy(asked: Path, parties: Parties, party: Party) -> None:
    for suffix in ("", ".key"):
        name = f"{parties.store(party).name}{suffix}"
        shutil.copy(asked / name, parties.folder / name)


@pytest.fixture
def supervisor(asked: Path, parties: Parties, sit_down: Callable[[Path | None], User]) -> Iterator[SupervisorPages]:
    """A supervisor who has said how the candidate does in one aim."""
    for party in (ADVISER, SUPERVISOR):
        _copy(asked, parties, party)
    user = sit_down(parties.store(SUPERVISOR))
    user.unlock(PASSPHRASE)
    user.press(f"Begin: {CANDIDATE}")
    pages = SupervisorPages(user)
    pages.rate(AIM, GUIDED)
    yield pages
    user.qtbot.waitUntil(lambda: not user.desktop.closing)


@pytest.fixture
def adviser(parties: Parties, sit_down: Callable[[Path | None], User]) -> Iterator[AdviserPages]:
    """An adviser who looks at the list of cases."""
    user = sit_down(parties.make_store(ADVISER))
    user.unlock(PASSPHRASE)
    pages = AdviserPages(user)
    pages.import_practice_plan()
    user.press("Cases")
    yield pages
    user.qtbot.waitUntil(lambda: not user.desktop.closing)


def _lock(user: User) -> None:
    """Locks by key, in whatever window is in front."""
    window = user.window
    window.activateWindow()
    user.qtbot.waitUntil(window.isActiveWindow)
    with user.qtbot.waitSignal(user.desktop.locked):
        user.qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _find(user: User, kind: type[W], name: str) -> W:
    def found() -> list[W]:
        return [one for one in user.window.findChildren(kind) if one.isVisible() and one.accessibleName() == name]

    user.qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def _focused(user: User, kind: type[W], name: str) -> W:
    """The field in which the caret is, once it is this one."""

    def there() -> bool:
        widget = user.window.focusWidget()
        return widget is not None and widget.accessibleName() == name

    user.qtbot.waitUntil(there)
    widget = user.window.focusWidget()
    assert isinstance(widget, kind)
    return widget


def _write_example(user: User, words: str, *, caret: int) -> None:
    user.write(EXAMPLE_FIELD, words)
    field = user.field(EXAMPLE_FIELD)
    cursor = field.textCursor()
    cursor.setPosition(caret)
    field.setTextCursor(cursor)


def _words_in_memory() -> str:
    """Everything that any widget of this process holds, shown or not."""
    held: list[str] = []
    for widget in QApplication.allWidgets():
        held += [widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            held.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            held.append(widget.toPlainText())
        elif isinstance(widget, QAbstractItemView | QComboBox) and (model := widget.model()) is not None:
            held += _words_of(model, QModelIndex())
    return "\n".join(held)


def _words_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    """All that a model holds for the eye, for a screen reader and for hovering, and all below it."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row, column in product(range(model.rowCount(parent)), range(columns)):
        at = model.index(row, column, parent)
        yield from (str(told) for told in (model.data(at, role) for role in _TOLD_BY_MODELS) if told is not None)
        yield from _words_of(model, at)


def test_the_caret_comes_back_into_the_middle_of_the_sentence(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    _write_example(user, "Fortøyde skipet", caret=8)
    _lock(user)
    user.sees(KEPT)
    user.unlock(PASSPHRASE)
    user.sees(CANDIDATE)
    field = _focused(user, QPlainTextEdit, EXAMPLE_FIELD)
    user.qtbot.keyClicks(field, " og losset")
    assert field.toPlainText() == "Fortøyde og losset skipet"
    user.leave()
    user.return_to(supervisor_store(user), PASSPHRASE)
    user.press(f"Go on: {CANDIDATE}")
    assert user.field(EXAMPLE_FIELD).toPlainText() == "Fortøyde og losset skipet"


def supervisor_store(user: User) -> Path:
    """The store that the supervisor works in."""
    path = user.desktop.store
    assert path is not None
    return path


def test_what_was_marked_is_marked_again(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    name = _find(user, QLineEdit, "Your name")
    name.setFocus()
    name.setText("Kari Formann Hansen")
    name.setSelection(12, -7)
    _lock(user)
    user.unlock(PASSPHRASE)
    name = _focused(user, QLineEdit, "Your name")
    assert (name.text(), name.selectedText(), name.cursorPosition()) == ("Kari Formann Hansen", "Formann", 5)


def test_the_page_is_scrolled_to_where_it_was(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    user.window.resize(1280, 500)
    page = user.desktop.shell.page if user.desktop.shell else None
    assert page is not None
    bar = page.area.verticalScrollBar()
    user.qtbot.waitUntil(lambda: bar.maximum() > 400)
    bar.setValue(321)
    user.press("Lock")
    user.unlock(PASSPHRASE)

    def position() -> int:
        shell = user.desktop.shell
        return shell.page.position() if shell and shell.page else -1

    user.qtbot.waitUntil(lambda: position() == 321)


def test_nothing_of_it_can_be_read_while_it_is_locked(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    _write_example(user, "Fortøyde skipet", caret=8)
    assert "Fortøyde" in _words_in_memory()
    assert CANDIDATE in _words_in_memory()
    _lock(user)
    visible = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert visible == [user.desktop.first]
    user.qtbot.waitUntil(lambda: not user.desktop.closing)
    user.qtbot.waitUntil(lambda: "Fortøyde" not in _words_in_memory())
    assert CANDIDATE not in _words_in_memory()
    assert SUPERVISOR.name not in _words_in_memory()


def test_nothing_of_a_list_can_be_read_while_it_is_locked(
    asked: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    _copy(asked, parties, ADVISER)
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.press("Cases")
    user.qtbot.waitUntil(lambda: CANDIDATE in _words_in_memory())
    _lock(user)
    user.qtbot.waitUntil(lambda: not user.desktop.closing)
    user.qtbot.waitUntil(lambda: CANDIDATE not in _words_in_memory())


def test_no_picture_of_a_page_is_kept_while_it_is_locked(supervisor: SupervisorPages) -> None:
    drawn = QPixmap(72, 96)
    drawn.fill(Qt.GlobalColor.white)
    kept = QPixmapCache.insert(drawn)
    _lock(supervisor.user)
    supervisor.user.qtbot.waitUntil(lambda: not supervisor.user.desktop.closing)
    assert not kept.isValid()


def test_it_locks_when_nobody_touches_it(parties: Parties, sit_down: Callable[[Path | None], User]) -> None:
    user = sit_down(parties.make_store(ADVISER))
    user.unlock(PASSPHRASE)
    user.qtbot.waitUntil(lambda: user.desktop.triggers is not None)
    assert user.desktop.triggers is not None
    with user.qtbot.waitSignal(user.desktop.locked):
        user.desktop.triggers.idle.set_minutes(ONE_MS)
    user.sees(KEPT)
    user.desktop.triggers.idle.set_minutes(10)
    user.unlock(PASSPHRASE)
    user.sees("First bring in a curriculum")


def test_a_form_that_was_open_is_open_again_as_filled_in_even_after_a_wrong_passphrase(adviser: AdviserPages) -> None:
    user = adviser.user
    user.press("New case")
    user.write("Given name", "Amina")
    user.press("The candidate has address protection")
    user.choose("Curriculum", TRADE_PLAN)
    user.write("Date of birth", "3.4")
    _lock(user)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    user.write("Passphrase", "not the passphrase")
    user.press("Open")
    user.sees("Code: RKV-STO-001")
    user.unlock(PASSPHRASE)
    birth = _focused(user, QLineEdit, "Date of birth")
    user.qtbot.keyClicks(birth, ".1991")
    user.write("Family name", "Eksempel")
    user.write("Wanted final competence", "Fagbrev")
    user.press("Begin the case")
    user.sees("Register the first placement")
    user.sees("Amina Eksempel")
    user.sees("Address protection")
    user.sees(TRADE_PLAN)


def test_what_is_under_way_is_finished_and_not_done_twice(adviser: AdviserPages) -> None:
    user = adviser.user
    user.press("New case")
    user.write("Given name", "Amina")
    user.write("Family name", "Eksempel")
    user.write("Wanted final competence", "Fagbrev")
    finish = threading.Event()
    assert user.desktop.shell is not None
    user.desktop.shell.session.run(lambda _: finish.wait(), done=lambda _: None, failed=lambda _: None)
    begin = next(one for one in user.window.findChildren(QAbstractButton) if one.text() == "Begin the case")
    begin.click()
    _lock(user)
    assert user.desktop.closing
    user.write("Passphrase", PASSPHRASE)
    with user.qtbot.waitSignal(user.desktop.opened):
        user.press("Open")
        user.sees("Opening …")
        finish.set()
    user.sees("Register the first placement")
    user.press("Cases")
    user.qtbot.waitUntil(lambda: user.screen().count("Amina Eksempel") == 1)


def test_a_dialog_of_the_system_goes_too(parties: Parties, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    qtbot, qapp = request.getfixturevalue("qtbot"), request.getfixturevalue("qapp")
    user = User(qtbot, qapp, parties.make_store(ADVISER), DialogFileChooser(folder=tmp_path))
    try:
        user.unlock(PASSPHRASE)
        AdviserPages(user).import_practice_plan()
        user.press("Cases")

        def lock_over_it() -> None:
            if any(isinstance(one, QFileDialog) and one.isVisible() for one in QApplication.topLevelWidgets()):
                looking.stop()
                user.desktop.lock()

        looking = QTimer()
        looking.timeout.connect(lock_over_it)
        looking.start(5)
        user.press("Receive a packet …")
        user.sees(KEPT)
        assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [user.desktop.first]
        user.unlock(PASSPHRASE)
        user.sees("No cases yet")
    finally:
        user.qtbot.waitUntil(lambda: not user.desktop.closing)
        user.leave()


def test_another_store_that_is_opened_instead_shows_nothing_of_the_first(
    supervisor: SupervisorPages, parties: Parties
) -> None:
    user = supervisor.user
    _write_example(user, "Fortøyde skipet", caret=8)
    _lock(user)
    user.write("Store file", str(parties.store(ADVISER)))
    user.unlock(PASSPHRASE)
    user.sees("New case")
    assert "Fortøyde" not in _words_in_memory()
    user.press("Lock")
    user.write("Store file", str(parties.store(SUPERVISOR)))
    user.unlock(PASSPHRASE)
    assert _focused(user, QPlainTextEdit, EXAMPLE_FIELD).toPlainText() == "Fortøyde skipet"


def test_an_answer_that_the_store_does_not_take_is_kept_all_the_same(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    too_long = "Fortøyde skipet. " * 1300
    field = user.field(EXAMPLE_FIELD)
    field.setFocus()
    field.setPlainText(too_long)
    user.sees("Not saved")
    _lock(user)
    user.unlock(PASSPHRASE)
    assert _focused(user, QPlainTextEdit, EXAMPLE_FIELD).toPlainText() == too_long


def test_on_a_full_disk_the_last_words_wait_in_the_window(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    user.settle()
    with files_end_after(1):
        _write_example(user, "Fortøyde skipet", caret=8)
        _lock(user)
        user.sees("Locked. What you wrote last is not saved yet.")
        user.qtbot.waitUntil(lambda: not user.desktop.closing)
    user.unlock(PASSPHRASE)
    assert _focused(user, QPlainTextEdit, EXAMPLE_FIELD).toPlainText() == "Fortøyde skipet"
    user.sees("Saved")


def test_on_a_full_disk_the_window_does_not_close_over_unsaved_words(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    user.settle()
    shell = user.desktop.shell
    assert shell is not None
    with files_end_after(1):
        _write_example(user, "Fortøyde skipet", caret=8)
        shell.close()
        assert shell.isVisible()
        user.sees("Code: RKV-SYS-")
    assert user.field(EXAMPLE_FIELD).toPlainText() == "Fortøyde skipet"


def test_what_was_typed_waits_on_its_page_after_an_ordinary_close(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    user.press("What I am asked")
    user.write("The code", "11111 22222")
    store = supervisor_store(user)
    user.leave()
    user.return_to(store, PASSPHRASE)
    assert _find(user, QLineEdit, "The code").text() == "11111 22222"


def test_all_is_kept_as_soon_as_somebody_turns_to_another_program(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    _write_example(user, "Fortøyde skipet", caret=8)
    user.app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    user.sees("Saved")
    user.settle()
    kept: list[object] = []
    assert user.desktop.shell is not None
    user.desktop.shell.session.run(
        lambda ws: ws.store.drafts.get("window"), done=kept.append, failed=lambda _: kept.append(None)
    )
    user.settle()
    state = from_json(kept[0])  # type: ignore[arg-type]
    assert state.here is not None
    assert state.here.spot.caret == 8
