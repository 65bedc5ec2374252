# SPDX-License-Identifier: MIT
"""The command line in a test's hands."""

import pytest

from support.commands import Command


@pytest.fixture
def rkv(capsys: pytest.CaptureFixture[str]) -> Command:
    """Types a command."""
    return Command(capsys)
