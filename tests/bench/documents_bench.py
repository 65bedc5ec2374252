# SPDX-License-Identifier: MIT
"""How fast an application becomes a finished, valid PDF, against typst, WeasyPrint and a bare canvas.

Each way runs as a process of its own (`documents_work.py`), all of them in turn in each round.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stores import measure

_WORK = Path(__file__).with_name("documents_work.py")
_ROUNDS = 5
_AIMS = 200
_MANY_AIMS = 1_490


def measures() -> list[dict[str, object]]:
    """Makes an application of 43 pages in each way, and one of 300 pages."""
    rounds = [{mode: _run(mode, _AIMS) for mode in ("ours", "typst", "weasyprint", "bare")} for _ in range(_ROUNDS)]
    only_import = [sys.executable, "-c", "import reportlab.platypus"]
    once = [sys.executable, str(_WORK), "ours", str(_AIMS), "0"]
    cold = [(_wall(once), _wall(only_import)) for _ in range(_ROUNDS)]
    pairs = [(_run("ours", _AIMS), _run("ours", _MANY_AIMS)) for _ in range(_ROUNDS)]
    many = [pair[1] for pair in pairs]
    return [
        measure("application of 43 pages: speed against typst = 1", _against(rounds, "typst"), 1.1, at_least=True),
        measure("the same against WeasyPrint = 1", _against(rounds, "weasyprint"), 8.0, at_least=True),
        measure("the same: time against a bare canvas", 1 / _against(rounds, "bare"), 5.0),
        measure(
            "cold process to bytes, against one that only imports reportlab",
            statistics.median(ours / bare for ours, bare in cold),
            3.5,
        ),
        measure(
            f"time of a page among {many[0]['pages']}, against one among {pairs[0][0]['pages']}",
            statistics.median(_page(large) / _page(small) for small, large in pairs),
            1.1,
        ),
        measure(f"memory for {many[0]['pages']} pages, MB", max(one["mb"] for one in many), 120.0),
    ]


def _run(mode: str, aims: int) -> Mapping[str, Any]:
    command = [sys.executable, str(_WORK), mode, str(aims)]
    made: Mapping[str, Any] = json.loads(subprocess.check_output(command))
    return made


def _wall(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.check_output(command)
    return time.perf_counter() - begun


def _warm(one: Mapping[str, Any]) -> float:
    return statistics.median(one["warm"])


def _page(one: Mapping[str, Any]) -> float:
    """How long the processor works for one page: of so long a run, a busy machine would spoil a clock's time."""
    return statistics.median(one["busy"]) / int(one["pages"])


def _against(rounds: list[dict[str, Mapping[str, Any]]], other: str) -> float:
    return statistics.median(_warm(one[other]) / _warm(one["ours"]) for one in rounds)
