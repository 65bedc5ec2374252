# SPDX-License-Identifier: MIT
"""What is imported once the first window is there, while the user types the passphrase.

What knows nothing of windows comes on a thread of its own. What has parts of windows in it comes on the thread of the
windows, a module at a time: PySide6 has crashed where one thread made a class of widgets and another one a widget.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from rkv_app.ui.tasks import Tasks

# All that takes long of what the entrance stands on.
_UNDER_THE_ENTRANCE = (
    "rkv_app.usecases.check_packet",
    "rkv_app.usecases.choose_passphrase",
    "rkv_app.usecases.contacts",
    "rkv_app.usecases.organisation_roots",
    "rkv_app.documents.labels",
)
_ENTRANCE = "rkv_app.ui.entrance"
_PARTS = ("rkv_app.ui.widgets", "rkv_app.ui.form_widgets", "rkv_app.ui.pages")
_WINDOWS = (
    "rkv_app.ui.shell",
    "rkv_app.ui.trail_check",
    "rkv_app.ui.locking.leaving",
    "rkv_app.ui.locking.triggers",
)


class Later(QObject):
    """Brings in the rest of the program. Who needs a part of it earlier imports it and waits.

    Signals:
        entranceReady: the entrance can be made without a wait.
    """

    entranceReady = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = Tasks(self)
        self._left: Iterator[str] = iter(())

    def begin(self) -> None:
        """Returns at once."""
        self._tasks.run(_import_under_entrance, done=lambda _: self._import_entrance(), failed=lambda _: None)
        self._tasks.run(_import_use_cases, done=lambda _: self._import_windows(), failed=lambda _: None)
        self._tasks.close(wait=False)

    def _import_entrance(self) -> None:
        importlib.import_module(_ENTRANCE)
        self.entranceReady.emit()

    def _import_windows(self) -> None:
        self._left = _parts_of_windows()
        self._import_next()

    def _import_next(self) -> None:
        name = next(self._left, "")
        if name:
            importlib.import_module(name)
            # What is typed meanwhile comes first.
            QTimer.singleShot(0, self, self._import_next)


def _import_under_entrance() -> None:
    for name in _UNDER_THE_ENTRANCE:
        importlib.import_module(name)


def _import_use_cases() -> None:
    for name in _modules_in("rkv_app.usecases"):
        importlib.import_module(name)


def _parts_of_windows() -> Iterator[str]:
    for package in _PARTS:
        yield from _modules_in(package)
    yield from _WINDOWS


def _modules_in(package: str) -> Iterator[str]:
    path = importlib.import_module(package).__path__
    return (module.name for module in pkgutil.walk_packages(path, f"{package}."))
