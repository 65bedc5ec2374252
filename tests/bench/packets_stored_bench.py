# SPDX-License-Identifier: MIT
"""How much memory a packet of 1 GB takes on its whole way: built, recorded, received, written again, exported."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from stores import measure

_PROGRAM = Path(__file__).resolve().parents[1] / "support" / "large_packets.py"
_BYTES = 125_000_000
_FILES = 8
_BAR_MIB = 48.0


def measures() -> list[dict[str, object]]:
    """Sends it from one store to another in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(_PROGRAM), folder, str(_BYTES), str(_FILES)]
        grown = json.loads(subprocess.check_output(command, text=True))
    return [measure(f"memory for a packet of 1 GB: {step}, MiB", value, _BAR_MIB) for step, value in grown.items()]
