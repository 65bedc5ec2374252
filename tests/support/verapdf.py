# SPDX-License-Identifier: MIT
"""Runs veraPDF on files: all of them in one Java virtual machine, because starting it is most of the time."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.fetch_verapdf import JAR

_LAUNCHER = Path(__file__).with_name("verapdf") / "Vera.java"
# The jar of veraPDF has the interface of JAXB but not its implementation; the Debian package libjaxb-java has.
_JAXB = Path("/usr/share/java/jaxb-runtime.jar")

PROFILES = ("3a", "ua1")


def why_not_available() -> str:
    """Why veraPDF cannot be run here, or an empty text."""
    if shutil.which("java") is None:
        return "veraPDF needs Java (a JDK, 17 or later)"
    if not _JAXB.is_file():
        return "veraPDF needs the Debian package libjaxb-java"
    if not JAR.is_file():
        return "veraPDF is not here; `python tests/support/fetch_verapdf.py` fetches it"
    return ""


def failed_rules(files: Sequence[Path]) -> Mapping[tuple[Path, str], frozenset[str]]:
    """Validates each file against each profile; returns the failed rules, an empty set for a file that conforms."""
    command = ["java", "-cp", f"{JAR}{os.pathsep}{_JAXB}", str(_LAUNCHER), ",".join(PROFILES), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    verdicts: dict[tuple[Path, str], frozenset[str]] = {}
    for line in done.stdout.splitlines():
        if line.count("\t") == 2:
            file, profile, rules = line.split("\t")
            verdicts[Path(file), profile] = frozenset() if rules == "ok" else frozenset(rules.split())
    return verdicts
