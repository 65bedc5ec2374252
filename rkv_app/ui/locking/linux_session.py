# SPDX-License-Identifier: MIT
"""Asks to lock when a Linux desktop locks, blanks, sleeps or shows another user, as logind and screen savers tell it.

Sources: org.freedesktop.login1(5), systemd 257; the screen savers' own interfaces, which all say `ActiveChanged(b)`.
"""

import os
import string
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_LOGIND = "org.freedesktop.login1"
_MANAGER_PATH = "/org/freedesktop/login1"
_SESSION = f"{_LOGIND}.Session"
_SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.kde.screensaver",
)
_PLAIN = frozenset(string.ascii_letters + string.digits)


class LinuxSession(QObject):
    """Listens on the two buses; where there is none it stays silent.

    Signals:
        lockAsked: the session is locked, shown to nobody, or about to sleep.
    """

    lockAsked = Signal()

    def __init__(self, environment: Mapping[str, str] = os.environ, parent: QObject | None = None) -> None:
        super().__init__(parent)
        system = QDBusConnection.systemBus()
        if system.isConnected():
            self.listen_to_logind(system, environment.get("XDG_SESSION_ID", ""))
        # Asking for a session bus where none runs may start one.
        if _has_session_bus(environment):
            session = QDBusConnection.sessionBus()
            if session.isConnected():
                self.listen_to_screen_savers(session)

    def listen_to_logind(self, bus: QDBusConnection, session_id: str) -> None:
        """Listens to sleep, and to the session with this id; to all sessions where it is not known."""
        path = session_path(session_id) if session_id else ""
        _connect(bus, (_LOGIND, _MANAGER_PATH, f"{_LOGIND}.Manager", "PrepareForSleep"), self.onActive)
        _connect(bus, (_LOGIND, path, _SESSION, "Lock"), self.onLock)
        _connect(bus, (_LOGIND, path, "org.freedesktop.DBus.Properties", "PropertiesChanged"), self.onProperties)

    def listen_to_screen_savers(self, bus: QDBusConnection) -> None:
        """Listens to whichever screen saver there is: each lies under a path and a name of its own."""
        for interface in _SCREEN_SAVERS:
            _connect(bus, ("", "", interface, "ActiveChanged"), self.onActive)

    @Slot(bool)
    def onActive(self, begins: bool) -> None:
        """Sleep or the screen saver begins, or ends."""
        if begins:
            self.lockAsked.emit()

    @Slot()
    def onLock(self) -> None:
        """The session is told to lock."""
        self.lockAsked.emit()

    @Slot(str, "QVariantMap", "QStringList")
    def onProperties(self, interface: str, changed: dict[str, object], _unread: list[str]) -> None:
        """Another user's session is shown instead, or the screen is locked."""
        if interface == _SESSION and (changed.get("Active") is False or changed.get("LockedHint") is True):
            self.lockAsked.emit()


def session_path(session_id: str) -> str:
    """Where logind keeps the session with this id: its own escaping, sd_bus_path_encode(3)."""
    escaped = "".join(
        sign if sign in _PLAIN and not (at == 0 and sign.isdigit()) else f"_{ord(sign):02x}"
        for at, sign in enumerate(session_id)
    )
    return f"{_MANAGER_PATH}/session/{escaped}"


def _has_session_bus(environment: Mapping[str, str]) -> bool:
    if environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "bus").exists()


_SLOTS = {
    "onActive": "onActive(bool)",
    "onLock": "onLock()",
    "onProperties": "onProperties(QString,QVariantMap,QStringList)",
}


def _connect(bus: QDBusConnection, signal: tuple[str, str, str, str], slot: Callable[..., None]) -> None:
    service, path, interface, name = signal
    receiver = slot.__self__  # type: ignore[attr-defined]
    # The stub asks for bytes, and the binding itself takes none but what SLOT makes.
    bus.connect(service, path, interface, name, receiver, SLOT(_SLOTS[slot.__name__]))  # type: ignore[call-overload]
