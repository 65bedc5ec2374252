# SPDX-License-Identifier: MIT
"""Writes tests/data/broken/ anew, the same bytes on every run: `python tests/packets/broken_files.py`."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Writes every hostile file that is small enough to be kept, and removes those that are no longer made."""
    sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]
    from support import broken_files

    made = dict(broken_files.kept_files())
    broken_files.FOLDER.mkdir(parents=True, exist_ok=True)
    for old in broken_files.FOLDER.iterdir():
        if old.name not in made:
            old.unlink()
    for name, content in made.items():
        (broken_files.FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
