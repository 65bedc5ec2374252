# SPDX-License-Identifier: MIT
"""An installed app works without the checkout it was built from."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def _run(*arguments: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **more}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = _run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=REPOSITORY)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    done = _run(
        "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel), cwd=target
    )
    assert done.returncode == 0, done.stderr
    return target


def test_the_data_files_travel_inside_the_package(wheel: Path) -> None:
    def files(folder: Path) -> set[str]:
        return {path.relative_to(REPOSITORY).as_posix() for path in folder.rglob("*") if path.is_file()}

    wanted = set.union(*(files(REPOSITORY / name) for name in ("forms", "translations", "resources")))
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.removeprefix("rkv_app/_data/") for name in archive.namelist() if "/_data/" in name}
    assert packed == wanted


def test_nothing_of_the_workshop_travels_along(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"rkv_app"}


def test_the_whole_job_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    done = _run(
        "-m", "rkv_app", "demo", "--out", str(out), "--headless", "--json", cwd=tmp_path, PYTHONPATH=str(installed)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["ok"] is True
    assert [store["integrity"] for store in told["stores"]] == ["ok", "ok", "ok"]


def test_the_job_ran_with_the_installed_files(installed: Path, tmp_path: Path) -> None:
    program = "import rkv_app.foundation.resources as r; print(r.forms_dir(), r.translations_dir(), r.resources_dir())"
    done = _run("-c", program, cwd=tmp_path, PYTHONPATH=str(installed))
    assert done.stdout.split() == [
        str(installed / "rkv_app" / "_data" / name) for name in ("forms", "translations", "resources")
    ], done.stderr
