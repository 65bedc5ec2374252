# SPDX-License-Identifier: MIT
"""A packet goes its whole way without ever being in memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support import large_packets

COUNT, SIZE = 3, 20_000_000
MOST_MIB = 24


@pytest.mark.skipif(sys.platform != "linux", reason="the most memory a process has had is told by Linux alone")
def test_a_packet_larger_than_the_memory_it_may_take_is_sent_received_and_exported(tmp_path: Path) -> None:
    command = [sys.executable, large_packets.__file__, str(tmp_path), str(SIZE), str(COUNT)]
    grown = json.loads(subprocess.check_output(command, text=True))
    assert len(grown) == 7
    assert max(grown.values()) < MOST_MIB, grown
