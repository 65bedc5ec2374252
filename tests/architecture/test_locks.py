# SPDX-License-Identifier: MIT
"""Set-up gives everybody the same files, from whichever mirror they use."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LOCKS = [REPOSITORY / "requirements.lock", REPOSITORY / "requirements-dev.lock"]
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)", re.MULTILINE)


def _pins(lock: Path) -> set[tuple[str, str]]:
    return {(found["name"], found["version"]) for found in PIN.finditer(lock.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", "    hash="), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))
    pinned = [block for block in blocks if PIN.match(block)]
    assert len(pinned) > 20
    assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_what_is_tested_is_what_is_run() -> None:
    runtime, dev = (_pins(lock) for lock in LOCKS)
    assert runtime <= dev


@pytest.mark.parametrize("name", ["pyproject.toml", "dev.py", ".ci/run"])
def test_set_up_names_no_index(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert not re.search(r"index-url|find-links|pypi\.org", text)
