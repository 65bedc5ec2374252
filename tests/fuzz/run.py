# SPDX-License-Identifier: MIT
"""Fuzzes the parsers: `python tests/fuzz/run.py --executions N` (needs the extra `fuzz`: `pip install atheris`).

The N executions are shared out over the targets. What is new and reaches further is kept in the folder given by
--corpus (by default a temporary one; the kept corpus in tests/fuzz/corpus is read, and written only with --keep). What
crashes, hangs for 5 seconds or takes 512 MiB is written to --findings, and the exit status is 1.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = HERE / "corpus"
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1]), str(HERE)]

# Shares of the executions: the slow ones get fewer.
SHARES = {
    "cms-key": 14,
    "cms-code": 14,
    "signature": 6,
    "zip": 22,
    "zip-signed": 8,
    "manifest": 12,
    "xml": 6,
    "message": 7,
    "card": 5,
    "card-payload": 6,
    "attachment": 4,
}
LONGEST_SECONDS = 5
MOST_MEGABYTES = 512
LARGEST_KEPT = 4096
MOST_KEPT = 60


def main() -> int:
    """Runs all targets, one after the other, and sums up as one line of JSON each."""
    arguments = _arguments()
    if os.name == "posix":
        os.nice(19)
    total, findings = 0, 0
    with tempfile.TemporaryDirectory() as temporary:
        corpus = arguments.corpus or Path(temporary)
        for name in arguments.target or SHARES:
            executions = arguments.executions * SHARES[name] // sum(SHARES[one] for one in arguments.target or SHARES)
            done = _fuzz(name, executions, corpus / name, arguments)
            total, findings = total + int(done["executions"]), findings + int(done["findings"])
            print(json.dumps(done), flush=True)
            if arguments.keep:
                _keep(name, corpus / name)
    print(json.dumps({"executions": total, "findings": findings}), flush=True)
    return 1 if findings else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--executions", type=int, default=100_000)
    parser.add_argument("--target", action="append", choices=sorted(SHARES))
    parser.add_argument("--corpus", type=Path, help="where new inputs are kept between runs")
    parser.add_argument("--findings", type=Path, default=Path("build/fuzz-findings"))
    parser.add_argument("--keep", action="store_true", help="add what is new to tests/fuzz/corpus")
    return parser.parse_args()


def _fuzz(name: str, executions: int, corpus: Path, arguments: argparse.Namespace) -> dict[str, object]:
    corpus.mkdir(parents=True, exist_ok=True)
    arguments.findings.mkdir(parents=True, exist_ok=True)
    before = len(list(arguments.findings.iterdir()))
    _write_seeds(name, corpus)
    done = _harness(
        name,
        f"-runs={executions}",
        f"-timeout={LONGEST_SECONDS}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-artifact_prefix={arguments.findings.resolve()}/{name}-",
        "-print_final_stats=1",
        str(corpus),
        *([str(KEPT / name)] if (KEPT / name).is_dir() else []),
    )
    counted = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    found = len(list(arguments.findings.iterdir())) - before
    if done.returncode:
        (arguments.findings / f"{name}.log").write_text(done.stderr[-20_000:], encoding="utf-8")
        found = max(found, 1)
    return {"target": name, "executions": int(counted.group(1)) if counted else 0, "findings": found}


def _harness(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(HERE / "harness.py"), name, *options], capture_output=True, text=True, check=False
    )


def _write_seeds(name: str, folder: Path) -> None:
    from targets import TARGETS

    for seed, content in TARGETS[name].seeds().items():
        (folder / f"seed-{seed}").write_bytes(content)


def _keep(name: str, corpus: Path) -> None:
    """Fills up the kept corpus from the small inputs that reached something new, short and long ones alike."""
    kept = KEPT / name
    kept.mkdir(parents=True, exist_ok=True)
    small = sorted(
        (path for path in corpus.iterdir() if 0 < path.stat().st_size <= LARGEST_KEPT),
        key=lambda path: (path.stat().st_size, path.name),
    )
    room = MOST_KEPT - len(list(kept.iterdir()))
    for number in range(min(room, len(small))):
        content = small[number * len(small) // min(room, len(small))].read_bytes()
        (kept / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
