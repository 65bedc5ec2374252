#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Everything a developer, a tester or a curious user types in a checkout. Standard library only.

python3 dev.py run [ARGS]           set up, play the main job on practice data, open the app on it
python3 dev.py test [PYTEST ARGS]   set up, run every check and test (with arguments: only pytest, with them)
python3 dev.py setup                set up, nothing more
python3 dev.py rkv ARGS             the command line `rkv` inside the environment
python3 dev.py bench [NAME] [--json]        measure, each figure beside its bar
python3 dev.py screenshots [--out DIR]      pictures of every page
python3 dev.py lint                 formatting, lint, types, import contracts
python3 dev.py strings              collect the words on screen into translations/, compile the catalogues

Set-up happens once and by itself: an environment in .venv from the hash-locked requirement files. The next call
installs nothing. Missing system parts are installed as root on Debian and Ubuntu, and named otherwise.
"""

from __future__ import annotations

import ctypes
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

# Annotations only; every construct here must parse on old Pythons, so that they can say what is wrong.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OLDEST_PYTHON = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
STAMP = os.path.join(VENV, "rkv-setup.json")
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}

# What the Qt wheels leave to the system: shared library to the packages that hold it, the first known one is taken.
QT_LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "libGL.so.1": ("libgl1",),
    "libEGL.so.1": ("libegl1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
}

# Tools that some tests check our files with: program or file pattern to the package that holds it.
TEST_TOOLS: Mapping[str, str] = {
    "openssl": "openssl",
    "unzip": "unzip",
    "xmllint": "libxml2-utils",
    "pdftotext": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "qpdf": "qpdf",
    "pdftk": "pdftk-java",
    "java": "default-jre-headless",
    "javac": "default-jdk-headless",
    "/usr/share/java/bcpkix.jar": "libbcpkix-java",
    "/usr/lib/postgresql/*/bin/initdb": "postgresql",
    "gnome-keyring-daemon": "gnome-keyring",
    "/usr/share/java/jaxb-api.jar": "libjaxb-java",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "xkbcomp": "x11-xkb-utils",
    "dbus-run-session": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
    "/usr/lib/python3/dist-packages/gi": "python3-gi",
}

LINT = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports",))
# Two workers; the tests of a file stay together, because they share what is dear to make.
PYTEST = ("pytest", "-n", "2", "--dist", "loadfile")


class Refusal(Exception):
    """Set-up cannot go on; the text says why and what to type."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit status."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        return _complain(f"This needs Python 3.11 or newer, and this is Python {found}. Run it with a newer one.")
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    if name in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if name not in COMMANDS:
        return _complain(f"There is no command {name!r}. These are: {', '.join(COMMANDS)}.")
    try:
        return COMMANDS[name](rest)
    except Refusal as refusal:
        return _complain(str(refusal))
    except KeyboardInterrupt:
        return 130


# ---- commands


def setup(rest: Sequence[str]) -> int:
    """Makes the environment ready to run the app."""
    if rest:
        raise Refusal("setup takes no arguments.")
    fresh = prepare("runtime")
    print("Set up." if fresh else "Set up already.")
    return 0


def run(rest: Sequence[str]) -> int:
    """Plays the main job into a new folder and opens the app on it; without a display, the job alone."""
    prepare("runtime", window=has_display())
    folder = os.path.join(ROOT, "demo", time.strftime("%Y-%m-%d-%H%M%S"))
    return _become("-m", "rkv_app", "demo", "--out", folder, "--open", *rest)


def rkv(rest: Sequence[str]) -> int:
    """Runs the command line of the app."""
    prepare("runtime", window=has_display())
    return _become("-m", "rkv_app", *rest)


def test(rest: Sequence[str]) -> int:
    """Runs every check and the test suite; given arguments, only pytest with them."""
    _offer_test_tools()
    prepare("dev")
    for name in ("fetch_verapdf.py", "fetch_pdfjs.py"):
        fetch = os.path.join(ROOT, "tests", "support", name)
        if os.path.exists(fetch):
            subprocess.run([VENV_PYTHON, fetch], cwd=ROOT, env=environment(), check=False)
    return _become("-m", "pytest", *rest) if rest else _checks((*LINT, PYTEST))


def lint(rest: Sequence[str]) -> int:
    """Formatting, lint, types and import contracts."""
    if rest:
        raise Refusal("lint takes no arguments.")
    prepare("dev", window=False)
    return _checks(LINT)


def bench(rest: Sequence[str]) -> int:
    """Measures, and says which figures hold."""
    prepare("dev")
    return _become(os.path.join(ROOT, "tests", "bench"), *rest)


def screenshots(rest: Sequence[str]) -> int:
    """Takes pictures of every page."""
    prepare("dev")
    return _become(os.path.join(ROOT, "tests", "support", "screenshots.py"), *rest)


def strings(rest: Sequence[str]) -> int:
    """Collects the words on screen and compiles the catalogues."""
    prepare("dev", window=False)
    return _become(os.path.join(ROOT, "tests", "support", "catalogues.py"), *rest)


COMMANDS = {
    "run": run,
    "test": test,
    "setup": setup,
    "rkv": rkv,
    "bench": bench,
    "screenshots": screenshots,
    "lint": lint,
    "strings": strings,
}


# ---- the environment


def prepare(kind: str, *, window: bool = True) -> bool:
    """Makes `.venv` hold what `kind` needs, and the system what Qt needs.

    Args:
        kind: `runtime` or `dev`; what is installed for dev serves runtime too.
        window: whether a window may be opened, so that Qt's libraries are needed.

    Returns:
        Whether anything had to be installed into the environment.

    Raises:
        Refusal: something is missing that this user cannot install, or an installation failed.
    """
    current = _stamp_now(kind)
    up_to_date = _is_up_to_date(kind, current)
    missing = [] if up_to_date else _missing_venv_parts()
    libraries = _missing_qt_libraries() if window else []
    if missing or libraries:
        _supply_system_parts(missing, libraries)
    if up_to_date:
        return False
    _install(kind)
    with open(STAMP, "w", encoding="utf-8") as out:
        json.dump(current, out)
    return True


def environment() -> dict[str, str]:
    """The environment for children: as it is, without what would point Python at other packages than those of .venv."""
    leaks = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in leaks}


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _stamp_now(kind: str) -> dict[str, str]:
    stamp = {"python": sys.version, "checkout": ROOT}
    for each in ("runtime", "dev") if kind == "dev" else ("runtime",):
        digest = hashlib.sha256()
        for name in (LOCKS[each], "pyproject.toml"):
            with open(os.path.join(ROOT, name), "rb") as file:
                digest.update(file.read())
        stamp[each] = digest.hexdigest()
    return stamp


def _is_up_to_date(kind: str, current: Mapping[str, str]) -> bool:
    try:
        with open(STAMP, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return False
    same = all(found.get(name) == current[name] for name in ("python", "checkout", kind))
    return same and os.path.exists(VENV_PYTHON)


def _install(kind: str) -> None:
    if not _venv_is_usable():
        print("Making .venv …", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], env=environment(), check=False).returncode:
            raise Refusal("The environment .venv could not be made; the lines above say why.")
    elif os.path.exists(STAMP):
        os.remove(STAMP)
    print(f"Installing what {LOCKS[kind]} lists (once; a few minutes at most) …", flush=True)
    # --only-binary: building from source would fetch build tools that no hash vouches for.
    _pip("--require-hashes", "--only-binary", ":all:", "-r", os.path.join(ROOT, LOCKS[kind]))
    _pip("--no-deps", "--no-build-isolation", "-e", ROOT)


def _venv_is_usable() -> bool:
    """Whether .venv is whole, made by this very Python, and made here: moved environments keep their old paths."""
    probe = "import pip, sys; print(sys.version); print(sys.prefix)"
    try:
        answer = subprocess.run(
            [VENV_PYTHON, "-c", probe], env=environment(), capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    says = answer.stdout.strip()
    return says.startswith(sys.version) and os.path.realpath(says[len(sys.version) :].strip()) == os.path.realpath(VENV)


def _pip(*arguments: str) -> None:
    command = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    if subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode:
        raise Refusal("Installing failed; the lines above say why. Nothing else was changed; try the command again.")


# ---- the system


def _missing_venv_parts() -> list[str]:
    from importlib.util import find_spec  # only when setting up: the second call must start at once

    if find_spec("ensurepip") and find_spec("venv"):
        return []
    return [f"python3.{sys.version_info.minor}-venv"]


def _missing_qt_libraries() -> list[str]:
    if not sys.platform.startswith("linux"):
        return []
    return [name for name in QT_LIBRARIES if not _loads(name)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _supply_system_parts(packages: Sequence[str], libraries: Sequence[str]) -> None:
    """Installs packages, and what holds the libraries, as root on Debian; refuses with what to type otherwise."""
    if not shutil.which("apt-get"):
        parts = ", ".join([*packages, *libraries])
        raise Refusal(f"These system parts are missing: {parts}.\nInstall the packages that hold them, then try again.")
    root = os.geteuid() == 0
    if root:
        _apt_get("update")
    wanted = [*packages, *(_known_package(QT_LIBRARIES[name]) for name in libraries)]
    if not root:
        command = "sudo apt-get install --no-install-recommends " + " ".join(wanted)
        raise Refusal(f"Some system parts are missing. Install them, then try again:\n\n    {command}\n")
    print("Installing system packages: " + " ".join(wanted), flush=True)
    if _apt_get("install", "--yes", "--no-install-recommends", *wanted) != 0:
        raise Refusal("apt-get could not install them; the lines above say why.")


def _known_package(names: Sequence[str]) -> str:
    for name in names[:-1]:
        known = subprocess.run(["apt-cache", "show", name], capture_output=True, check=False)
        if known.returncode == 0 and known.stdout:
            return name
    return names[-1]


def _apt_get(*arguments: str) -> int:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "--quiet", "--quiet", *arguments]
    return subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode


def _offer_test_tools() -> None:
    """Installs the tools that tests check our files with, where that is possible; tests without theirs are skipped."""
    if not sys.platform.startswith("linux"):
        return
    lacking = [name for name in TEST_TOOLS if not (glob.glob(name) if "/" in name else shutil.which(name))]
    if not lacking:
        return
    packages = sorted({TEST_TOOLS[name] for name in lacking})
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing tools for the tests: " + " ".join(packages), flush=True)
        _apt_get("update")
        if _apt_get("install", "--yes", "--no-install-recommends", *packages) == 0:
            return
    print(f"Note: tests that need these are skipped: {' '.join(packages)}", file=sys.stderr)


# ---- children


def _become(*arguments: str) -> int:
    """Hands over to the environment's Python, in the caller's own folder; returns only where a process cannot."""
    command = [VENV_PYTHON, *arguments]
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(VENV_PYTHON, command, environment())
    return subprocess.run(command, env=environment(), check=False).returncode


def _checks(checks: Sequence[Sequence[str]]) -> int:
    """Runs all checks, whatever the first ones say, and sums up."""
    failed = []
    for program, *arguments in checks:
        name = " ".join([program, *arguments])
        print(f"\n== {name}", flush=True)
        command = [os.path.join(os.path.dirname(VENV_PYTHON), program), *arguments]
        if subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode:
            failed.append(name)
    print("\nFailed: " + "; ".join(failed) if failed else "\nAll checks hold.")
    return 1 if failed else 0


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
