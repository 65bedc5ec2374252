# SPDX-License-Identifier: MIT
"""Three open stores for every test of the use cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.desks import Desks


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """The adviser, the supervisor and the county, each at an open store."""
    opened = Desks.opened_in(tmp_path)
    yield opened
    opened.close()
