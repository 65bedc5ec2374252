# SPDX-License-Identifier: MIT
"""Starts a process and reads from it how long it took until its first window was painted.

The process is given `RKV_BENCH_T0`, this machine's monotonic clock in nanoseconds when it was started, and prints the
milliseconds from then to the end of its first paint event. Both sides of a comparison tell time the same way.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
BARE_WINDOW = (str(HERE / "bare_window.py"),)
APP = ("-m", "rkv_app", "--time-first-paint")


def first_paint(arguments: Sequence[str]) -> float:
    """Milliseconds from the start of `python ARGUMENTS` to its first painted window, with no screen.

    Raises:
        RuntimeError: the process failed, or printed something else than its figure.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "RKV_BENCH_T0": str(time.monotonic_ns())}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    try:
        done.check_returncode()
        return float(done.stdout)
    except (ValueError, subprocess.CalledProcessError) as problem:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}") from problem
