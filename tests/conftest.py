# SPDX-License-Identifier: MIT
"""What every test stands on: no screen, no network, a home of its own, and the shared design material where it is."""

import os
import sys
import threading
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType

# Before Qt: its import hook looks into every module, and pydantic's own ones lead it round in a circle when the first
# of them is asked for by a name of the package.
import pydantic.fields  # noqa: F401
import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication

from support.patience import PatientBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

REPOSITORY = Path(__file__).resolve().parents[1]

# How long an example takes says how busy the machine is; what must be fast is measured in tests/bench.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material beside the checkout: real curricula, schemas, packet vectors. Skips where it is absent."""
    for folder in (REPOSITORY.parent / "shared", REPOSITORY / "shared"):
        if folder.is_dir():
            return folder
    pytest.skip("the shared material is not beside this checkout")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, stores and temp files of a test stay in its own folder."""
    home = tmp_path / "home"
    (home / "tmp").mkdir(parents=True)
    for name in (
        "HOME",
        "USERPROFILE",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    ):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """See PatientBot."""
    return PatientBot(request)


class _NoWindowsFromThreads(MetaPathFinder):
    """PySide6 crashes now and then where one thread makes a class of widgets and another one a widget."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name.startswith(("PySide6", "rkv_app.ui")) and threading.current_thread() is not threading.main_thread():
            raise ImportError(f"{name} is for the thread of the windows")


sys.meta_path.insert(0, _NoWindowsFromThreads())
