# SPDX-License-Identifier: MIT
"""The house keeps its shape: rooms know only the rooms below them, and libraries stay in the rooms they belong to."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# What only the unlocked app needs; the first window must not wait for it.
HEAVY = (
    *("sqlalchemy", "alembic", "pydantic", "reportlab", "pikepdf", "pyhanko", "lxml", "babel", "asyncio", "numpy"),
    "httpx",
)


def test_no_room_reaches_up_or_sideways_or_into_a_library_that_is_not_its_own() -> None:
    done = subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_has_its_place_in_the_picture() -> None:
    picture = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [folder.name for folder in (REPOSITORY / "rkv_app").iterdir() if (folder / "__init__.py").exists()]
    assert [room for room in rooms if f"`{room}`" not in picture] == []


@pytest.mark.parametrize("module", ["rkv_app.ui.first_window", "rkv_app.__main__"])
def test_what_a_user_waits_for_first_imports_nothing_heavy(module: str) -> None:
    program = f"import {module}, sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_the_first_window_imports_of_qt_only_what_a_plain_window_needs() -> None:
    program = (
        "import rkv_app.ui.first_window, sys; print(*(name for name in sys.modules if name.startswith('PySide6.Qt')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg"}
