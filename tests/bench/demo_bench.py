# SPDX-License-Identifier: MIT
"""How long the whole job takes without a screen, key derivation excluded, as a ratio of a bare window's start."""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from starting import BARE_WINDOW, first_paint

_ROUNDS = 3
_BAR = 25.0


def measures() -> list[dict[str, object]]:
    """Runs the demo and the bare window in turn; one round before that warms the caches."""
    first_paint(BARE_WINDOW)
    _demo()
    value = statistics.median(_demo() / first_paint(BARE_WINDOW) for _ in range(_ROUNDS))
    return [
        {
            "name": "headless demo, key derivation excluded / start of a bare window",
            "value": round(value, 3),
            "bar": _BAR,
            "holds": value <= _BAR,
        }
    ]


def _demo() -> float:
    """Milliseconds of one demo: `ms_total` less `ms_kdf`, as the demo itself tells them."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "demo")
        command = [sys.executable, "-m", "rkv_app", "demo", "--out", out, "--headless", "--json"]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return float(told["ms_total"] - told["ms_kdf"])
