# SPDX-License-Identifier: MIT
"""Three open stores for every test of the use cases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.desks import Desks


@pytest.fixture(scope="session")
def fresh_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three stores that nobody has worked in, to copy."""
    folder = tmp_path_factory.mktemp("stores")
    Desks.made_in(folder).close()
    return folder


@pytest.fixture
def desks(fresh_stores: Path, tmp_path: Path) -> Iterator[Desks]:
    """The adviser, the supervisor and the county, each at an open store."""
    opened = Desks.opened_in(Path(shutil.copytree(fresh_stores, tmp_path / "desks")))
    yield opened
    opened.close()
