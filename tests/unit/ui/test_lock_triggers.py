# SPDX-License-Identifier: MIT
"""Each thing that ought to lock the store does ask for it, on a real bus where it comes by one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rkv_app.ui.locking.idle import Idle
from rkv_app.ui.locking.key import LockKey
from rkv_app.ui.locking.linux_session import LinuxSession, session_path
from rkv_app.ui.locking.sleep import Sleep
from rkv_app.ui.locking.windows_session import WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, asks_to_lock

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LOGIND, MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
SESSION = f"{LOGIND}.Session"
OURS, OTHERS = session_path("2"), session_path("3")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a bus of our own listens."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("there is no dbus-daemon here")
    arguments = [program, "--session", "--nofork", "--print-address=1", f"--address=unix:path={tmp_path}/bus"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        for name in ("listener", "teller"):
            QDBusConnection.disconnectFromBus(name)
        daemon.terminate()


@dataclass
class Bus:
    """A session that listens, and somebody else on the same bus who tells."""

    session: LinuxSession
    teller: QDBusConnection

    def tell(self, path: str, interface: str, name: str, *arguments: object) -> None:
        """Sends a signal."""
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(arguments))
        assert self.teller.send(signal)


@pytest.fixture
def bus(address: str, qapp: object) -> Bus:
    session = LinuxSession({})
    listener = QDBusConnection.connectToBus(address, "listener")
    teller = QDBusConnection.connectToBus(address, "teller")
    assert teller.registerService(LOGIND)
    session.listen_to_logind(listener, "2")
    session.listen_to_screen_savers(listener)
    return Bus(session, teller)


@pytest.mark.parametrize(
    "told",
    [
        (MANAGER, f"{LOGIND}.Manager", "PrepareForSleep", True),
        (OURS, SESSION, "Lock"),
        (OURS, "org.freedesktop.DBus.Properties", "PropertiesChanged", SESSION, {"Active": False}, ["State"]),
        (OURS, "org.freedesktop.DBus.Properties", "PropertiesChanged", SESSION, {"LockedHint": True}, ["State"]),
        ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
        ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver", "ActiveChanged", True),
        ("/org/mate/ScreenSaver", "org.mate.ScreenSaver", "ActiveChanged", True),
        ("/ScreenSaver", "org.kde.screensaver", "ActiveChanged", True),
    ],
    ids=lambda told: f"{told[1]}.{told[2]}",
)
def test_what_a_linux_desktop_tells_locks(bus: Bus, qtbot: QtBot, told: tuple[object, ...]) -> None:
    with qtbot.waitSignal(bus.session.lockAsked):
        bus.tell(*told)  # type: ignore[arg-type]


def test_another_session_and_the_end_of_something_do_not_lock(bus: Bus, qtbot: QtBot) -> None:
    asked: list[bool] = []
    bus.session.lockAsked.connect(lambda: asked.append(True))
    bus.tell(OTHERS, SESSION, "Lock")
    bus.tell(MANAGER, f"{LOGIND}.Manager", "PrepareForSleep", False)
    bus.tell("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
    bus.tell(OURS, "org.freedesktop.DBus.Properties", "PropertiesChanged", SESSION, {"Active": True}, ["State"])
    with qtbot.waitSignal(bus.session.lockAsked):
        # A bus keeps the order, so by now the others have come.
        bus.tell(OURS, SESSION, "Lock")
    assert asked == [True]


def test_a_screen_saver_of_another_making_is_heard_too(bus: Bus, address: str, qtbot: QtBot) -> None:
    sender = shutil.which("dbus-send")
    if sender is None:
        pytest.skip("there is no dbus-send here")
    with qtbot.waitSignal(bus.session.lockAsked):
        to = [sender, f"--bus={address}", "--type=signal", "/org/gnome/ScreenSaver"]
        subprocess.run([*to, "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"], check=True)


@pytest.mark.parametrize(("session_id", "last"), [("2", "_32"), ("c1", "c1"), ("12", "_312"), ("a-b", "a_2db")])
def test_a_session_is_found_where_logind_keeps_it(session_id: str, last: str) -> None:
    assert session_path(session_id) == f"/org/freedesktop/login1/session/{last}"


def test_where_there_is_no_bus_nothing_is_said(qapp: object, tmp_path: Path) -> None:
    LinuxSession({})
    LinuxSession({"XDG_RUNTIME_DIR": str(tmp_path)})


@pytest.mark.parametrize(
    ("message", "parameter", "asks"),
    [
        (WM_WTSSESSION_CHANGE, 0x7, True),
        (WM_WTSSESSION_CHANGE, 0x2, True),
        (WM_WTSSESSION_CHANGE, 0x4, True),
        (WM_WTSSESSION_CHANGE, 0x8, False),
        (WM_POWERBROADCAST, 0x4, True),
        (WM_POWERBROADCAST, 0x12, False),
        (0x0200, 0x7, False),
    ],
)
def test_windows_locks_on_lock_disconnect_and_sleep_alone(message: int, parameter: int, asks: bool) -> None:
    assert asks_to_lock(message, parameter) is asks


@dataclass
class Wall:
    """A clock on the wall."""

    moments: list[datetime] = field(default_factory=lambda: [datetime(2026, 3, 1, 12, tzinfo=UTC)])
    step: timedelta = timedelta(seconds=5)

    def now(self) -> datetime:
        self.moments.append(self.moments[-1] + self.step)
        return self.moments[-1]


def test_a_machine_that_has_slept_locks_when_it_wakes(qtbot: QtBot) -> None:
    wall = Wall()
    sleep = Sleep(wall, every=timedelta(milliseconds=1))
    asked: list[int] = []
    sleep.lockAsked.connect(lambda: asked.append(len(wall.moments)))
    qtbot.waitUntil(lambda: len(wall.moments) > 5)
    assert asked == []
    with qtbot.waitSignal(sleep.lockAsked):
        wall.step = timedelta(hours=1)


def test_who_goes_on_typing_is_not_locked_out(qtbot: QtBot) -> None:
    window = QLineEdit()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    # Longer than a busy machine stops between two keys, and shorter than the typing.
    idle = Idle(2 / 60)
    asked: list[str] = []
    idle.lockAsked.connect(lambda: asked.append(window.text()))
    handle = window.windowHandle()
    wanted = "a" * 60

    def type_on() -> bool:
        # Keys come to the system's window first, and the widget gets them from there.
        QTest.keyClick(handle, Qt.Key.Key_A, delay=50)
        return len(window.text()) >= len(wanted)

    qtbot.waitUntil(type_on)
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [window.text()]


def test_the_key_works_in_a_dialog(qtbot: QtBot) -> None:
    key = LockKey()
    window, dialog, edit = QWidget(), QDialog(), QLineEdit()
    for one in (window, dialog):
        qtbot.addWidget(one)
    QVBoxLayout(dialog).addWidget(edit)
    window.show()
    dialog.open()
    dialog.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    with qtbot.waitSignal(key.lockAsked):
        qtbot.keyClick(edit, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_nobody_waits_for_locking_before_the_first_paint() -> None:
    program = (
        "import rkv_app.ui.run, sys; print(*(name for name in sys.modules if 'locking' in name or 'QtDBus' in name))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
