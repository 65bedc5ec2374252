# SPDX-License-Identifier: MIT
"""What every test stands on: no screen, no network, a home of its own, and the shared design material where it is."""

import os
from pathlib import Path

# Before Qt: its import hook looks into every module, and pydantic's own ones lead it round in a circle when the first
# of them is asked for by a name of the package.
import pydantic.fields  # noqa: F401
import pytest
from hypothesis import HealthCheck, settings

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
