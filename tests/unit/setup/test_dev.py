# SPDX-License-Identifier: MIT
"""dev.py sets up once, and says exactly what to type where it may not do that itself."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py as if it lay in a small checkout of its own, with an environment that is there already."""
    spec = importlib.util.spec_from_file_location("dev", REPOSITORY / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "STAMP", str(tmp_path / "stamp.json"))
    monkeypatch.setattr(module, "VENV_PYTHON", sys.executable)
    return module


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian of an ordinary user: apt-get may not be called, apt-cache knows the older package names only."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in {"apt-get": "exit 97", "apt-cache": "exit 100"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    return folder


def set_up(dev: ModuleType, kind: str) -> None:
    Path(dev.STAMP).write_text(json.dumps(dev._stamp_now(kind)))


def is_set_up(dev: ModuleType, kind: str) -> bool:
    return bool(dev._is_up_to_date(kind, dev._stamp_now(kind)))


def test_a_second_call_finds_nothing_to_install(dev: ModuleType) -> None:
    assert not is_set_up(dev, "runtime")
    set_up(dev, "runtime")
    assert is_set_up(dev, "runtime")


def test_running_is_not_enough_for_testing_and_testing_is_enough_for_running(dev: ModuleType) -> None:
    set_up(dev, "runtime")
    assert not is_set_up(dev, "dev")
    set_up(dev, "dev")
    assert is_set_up(dev, "dev")
    assert is_set_up(dev, "runtime")


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_what_was_changed_is_installed_anew(dev: ModuleType, name: str) -> None:
    set_up(dev, "dev")
    (Path(dev.ROOT) / name).write_text("changed")
    assert not is_set_up(dev, "runtime")


def test_another_python_or_a_moved_checkout_is_set_up_anew(dev: ModuleType) -> None:
    for name in ("python", "checkout"):
        Path(dev.STAMP).write_text(json.dumps({**dev._stamp_now("dev"), name: "another"}))
        assert not is_set_up(dev, "dev")


def test_a_torn_stamp_is_no_stamp(dev: ModuleType) -> None:
    Path(dev.STAMP).write_text('{"python": ')
    assert not is_set_up(dev, "runtime")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's package names")
@pytest.mark.usefixtures("debian")
def test_an_ordinary_user_is_told_the_exact_command(dev: ModuleType) -> None:
    with pytest.raises(dev.Refusal) as refused:
        dev._supply_system_parts(["python3.11-venv"], ["libGL.so.1", "libglib-2.0.so.0"])
    command = "sudo apt-get install --no-install-recommends python3.11-venv libgl1 libglib2.0-0\n"
    assert command in str(refused.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's package names")
def test_newer_package_names_are_used_where_they_are_known(dev: ModuleType, debian: Path) -> None:
    (debian / "apt-cache").write_text("#!/bin/sh\necho Package: $2\n")
    with pytest.raises(dev.Refusal) as refused:
        dev._supply_system_parts([], ["libglib-2.0.so.0"])
    assert "libglib2.0-0t64\n" in str(refused.value)


def test_an_unknown_command_is_refused_with_the_known_ones() -> None:
    done = subprocess.run([sys.executable, REPOSITORY / "dev.py", "nope"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "screenshots" in done.stderr


def test_help_names_every_command(dev: ModuleType) -> None:
    assert all(f"dev.py {command} " in str(dev.__doc__) for command in dev.COMMANDS)


def test_children_are_not_led_to_other_packages(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "kept as the machine has it")
    assert "PYTHONPATH" not in dev.environment()
    assert "PIP_INDEX_URL" in dev.environment()
