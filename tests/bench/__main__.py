# SPDX-License-Identifier: MIT
"""Runs the measures in this folder and prints each beside its bar: `python3 dev.py bench [NAME] [--json]`.

Every `<name>_bench.py` beside this file has a function `measures() -> list[dict]`; a measure is
`{"name", "value", "bar", "holds"}`, and a value is a ratio within one run unless its name says otherwise.
NAME picks one of them, or all that begin with it: `store` picks `store_save`, `store_backup` and so on.
Exit status 1 says that a figure does not hold.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Measures what was asked for and prints it."""
    names = sorted(path.stem.removesuffix("_bench") for path in HERE.glob("*_bench.py"))
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure, each figure beside its bar.")
    groups = sorted({*names, *(name.partition("_")[0] for name in names)})
    parser.add_argument("name", nargs="?", choices=groups, help="only this one, or this group")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    found = []
    for name in names:
        if asked.name not in (None, name, name.partition("_")[0]):
            continue
        measures = importlib.import_module(f"{name}_bench").measures()
        found += measures
        if not asked.json:
            for measure in measures:
                print(_line(measure), flush=True)
    if asked.json:
        print(json.dumps({"measures": found}, ensure_ascii=False, indent=2))
    return 0 if all(measure["holds"] for measure in found) else 1


def _line(measure: dict[str, object]) -> str:
    verdict = "holds" if measure["holds"] else "DOES NOT HOLD"
    return f"{measure['name']:<64} {measure['value']:>9.2f}   bar {measure['bar']:>7.2f}   {verdict}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
