# SPDX-License-Identifier: MIT
"""One target under Atheris: `python harness.py TARGET [libFuzzer options] [corpus folders]`. `run.py` starts these."""

import sys
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1]), str(HERE)]

with atheris.instrument_imports(include=["rkv_app.crypto", "rkv_app.packets"]):
    from targets import TARGETS


def main() -> None:
    """Fuzzes until libFuzzer has had enough."""
    name = sys.argv.pop(1)
    target = TARGETS[name]
    for seed in target.seeds().values():
        target.accepts(seed)
    atheris.Setup([*sys.argv, f"-max_len={target.longest}"], lambda data: _try(target.accepts, data))
    atheris.Fuzz()


def _try(accepts: object, data: bytes) -> None:
    accepts(data)  # type: ignore[operator]


if __name__ == "__main__":
    main()
