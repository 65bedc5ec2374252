# SPDX-License-Identifier: MIT
"""Fetches pdf.js for the tests of fillable forms, once: `python tests/support/fetch_pdfjs.py`.

It is Firefox's PDF reader (Apache-2.0), from the npm registry; only what fills in a form is kept, in the checkout's
cache. It is a test tool and never becomes part of the app. Exits with 1 where it cannot be had.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

_PACKAGE = "pdfjs-dist@4.10.38"
_SHA256 = "1011b38553532d7078c59f26b15a471f8dae00f101b60e2add9b8511737a1ce0"
_KEPT = ("pdf.mjs", "pdf.worker.mjs")

FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "pdfjs"
LIBRARY = FOLDER / _KEPT[0]


def fetch() -> None:
    """Puts pdf.js in its place; does nothing where it is there already.

    Raises:
        RuntimeError: there is no npm, or the package cannot be downloaded or is not the one that was pinned.
    """
    if all((FOLDER / name).is_file() for name in _KEPT):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("it needs npm")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER.parent) as folder:
        command = [npm, "pack", "--silent", "--pack-destination", folder, _PACKAGE]
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        packed = list(Path(folder).glob("*.tgz"))
        if done.returncode != 0 or len(packed) != 1:
            raise RuntimeError(f"{_PACKAGE} cannot be downloaded")
        if hashlib.sha256(packed[0].read_bytes()).hexdigest() != _SHA256:
            raise RuntimeError(f"{_PACKAGE} is not the file that was pinned")
        with tarfile.open(packed[0]) as archive:
            for name in reversed(_KEPT):
                member = archive.extractfile(f"package/legacy/build/{name}")
                if member is None:
                    raise RuntimeError(f"{_PACKAGE} has no {name}")
                part = Path(folder) / name
                part.write_bytes(member.read())
                part.replace(FOLDER / name)


if __name__ == "__main__":
    try:
        fetch()
    except RuntimeError as problem:
        sys.exit(f"pdf.js was not fetched: {problem}. The tests that need it will be skipped.")
