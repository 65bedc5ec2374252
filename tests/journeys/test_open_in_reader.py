# SPDX-License-Identifier: MIT
"""A document goes to the PDF reader of the machine when somebody has read what that means, and its copy goes again."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from rkv_app.packets.attachment_safety import mark_as_downloaded
from rkv_app.ui import pdf_opening
from support import hostile_pdfs
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

OPEN = "Open in the PDF reader …"
LEFT = "rkv-klartekst-*"


class Reader(QObject):
    """A PDF reader: a program of its own, which keeps what it was given."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.given: list[Path] = []
        self.kept = folder / "kept-by-the-reader"

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.given.append(Path(url.toLocalFile()))
        script = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"
        subprocess.run([sys.executable, "-c", script, url.toLocalFile(), str(self.kept)], check=True, timeout=60)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def without_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """What opens documents under Linux is not there, whatever this machine has."""
    places = os.environ["PATH"].split(os.pathsep)
    monkeypatch.setenv("PATH", os.pathsep.join(place for place in places if not Path(place, "xdg-open").exists()))


@pytest.fixture
def reader(tmp_path: Path, temporary: Path, without_desktop: None) -> Iterator[Reader]:
    made = Reader(tmp_path)
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def at_the_case(application: Path, parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    assert application.is_file()
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    return user


def _shown(user: User) -> bytes:
    return user.window.content  # type: ignore[attr-defined,no-any-return]


def _look_at(user: User, folder: Path, content: bytes) -> None:
    path = folder / "attest.pdf"
    path.write_bytes(content)
    user.files.answers.append(path)
    user.press("Attach a document …")
    user.press("Look at attest.pdf")
    user.sees("Page 1 of 1")


def test_an_own_document_is_read_elsewhere_and_its_copy_goes_when_the_store_locks(
    at_the_case: User, reader: Reader, temporary: Path
) -> None:
    user = at_the_case
    user.by_keyboard = True
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    content = _shown(user)
    user.press(OPEN)
    user.sees("The PDF reader gets a copy that is not encrypted.")
    assert list(temporary.glob(LEFT)) == []
    user.press("Open it")
    user.sees("It was handed to the PDF reader.")
    assert reader.kept.read_bytes() == content
    (given,) = reader.given
    assert given.name == "dokument.pdf"
    assert stat.S_IMODE(given.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(given.stat().st_mode) == 0o400
    # What was said once this session is not said again.
    user.press(OPEN)
    user.qtbot.waitUntil(lambda: len(reader.given) == 2)
    assert len(list(temporary.glob(LEFT))) == 2
    with user.qtbot.waitSignal(user.desktop.locked):
        user.desktop.lock()
    assert list(temporary.glob(LEFT)) == []


def test_a_copy_that_the_reader_holds_is_told_on_the_locked_window(
    at_the_case: User, reader: Reader, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = at_the_case
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.press(OPEN)
    user.press("Open it")
    user.sees("It was handed to the PDF reader.")
    # As Windows answers while the file is open.
    monkeypatch.setattr(shutil, "rmtree", lambda *_args, **_options: None)
    with user.qtbot.waitSignal(user.desktop.closed):
        user.desktop.lock()
    user.sees("Code: RKV-STO-039")
    assert reader.given[0].exists()


def test_the_copy_goes_when_the_window_is_closed(at_the_case: User, reader: Reader, temporary: Path) -> None:
    user = at_the_case
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.press(OPEN)
    user.press("Open it")
    user.sees("It was handed to the PDF reader.")
    user.press("Close")
    assert len(list(temporary.glob(LEFT))) == 1
    user.leave()
    assert list(temporary.glob(LEFT)) == []


def test_what_a_received_document_could_do_is_told_each_time_before_another_program_opens_it(
    at_the_case: User, reader: Reader, temporary: Path, tmp_path: Path
) -> None:
    user = at_the_case
    content = hostile_pdfs.acting_pdf()
    _look_at(user, tmp_path, content)
    for _ in range(2):
        user.press(OPEN)
        user.sees("This document comes from others.")
        user.sees("It has scripts that may run when it is opened.")
        user.press("Cancel")
    assert (reader.given, list(temporary.glob(LEFT))) == ([], [])
    user.press(OPEN)
    user.press("Open it")
    user.sees("It was handed to the PDF reader.")
    assert reader.kept.read_bytes() == content
    probe = temporary / "probe"
    probe.touch()
    if mark_as_downloaded(probe):
        assert os.getxattr(reader.given[0], "user.xdg.origin.url")
    user.press(OPEN)
    user.sees("It may start other programs when it is opened.")
    user.press("Cancel")
    user.press("Close")


@pytest.mark.qt_log_ignore("does not support|openUrl|openDocument")
def test_where_no_reader_opens_it_the_copy_is_taken_back_and_that_is_said(
    at_the_case: User, temporary: Path, without_desktop: None
) -> None:
    user = at_the_case
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.press(OPEN)
    user.press("Open it")
    user.sees("Code: RKV-DOC-038")
    assert list(temporary.glob(LEFT)) == []
    user.press("Close")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of somebody under a Linux desktop whose `xdg-open` asks GIO, as GNOME's does; with no reader."""
    if not sys.platform.startswith("linux") or shutil.which("gio") is None:
        pytest.skip("no GIO here")
    home, programs = tmp_path / "home", tmp_path / "programs"
    for folder in (home / "data" / "applications", home / "config", programs):
        folder.mkdir(parents=True)
    opens = programs / "xdg-open"
    opens.write_text('#!/bin/sh\nexec gio open "$1"\n', "ascii")
    opens.chmod(0o755)
    for name, value in (("HOME", home), ("XDG_DATA_HOME", home / "data"), ("XDG_CONFIG_HOME", home / "config")):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return home


def _install_reader(home: Path, command: str) -> None:
    entry = f"[Desktop Entry]\nType=Application\nName=Reader\nExec={command}\nMimeType=application/pdf;\n"
    (home / "data" / "applications" / "reader.desktop").write_text(entry, "utf-8")
    (home / "config" / "mimeapps.list").write_text("[Default Applications]\napplication/pdf=reader.desktop\n", "utf-8")


def test_a_desktop_without_a_pdf_reader_is_not_said_to_have_opened_it(
    at_the_case: User, temporary: Path, desktop: Path
) -> None:
    user = at_the_case
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.press(OPEN)
    user.press("Open it")
    user.sees("Code: RKV-DOC-038")
    assert list(temporary.glob(LEFT)) == []
    # Once there is one, it is asked.
    kept = desktop / "kept.pdf"
    _install_reader(desktop, f"/bin/cp %f {kept}")
    user.press(OPEN)
    user.sees("It was handed to the PDF reader.")
    user.qtbot.waitUntil(kept.exists)
    assert kept.read_bytes() == _shown(user)
    user.press("Close")


def test_a_reader_that_runs_on_is_taken_to_be_open(
    at_the_case: User, temporary: Path, desktop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_opening, "_PATIENCE_MS", 300)
    # Without a desktop, xdg-open is the reader itself for as long as that is open: until the pipe is read.
    pipe = tmp_path / "open-until-read"
    os.mkfifo(pipe)
    (tmp_path / "programs" / "xdg-open").write_text(f"#!/bin/sh\necho done > {pipe}\nexit 1\n", "ascii")
    user = at_the_case
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.press(OPEN)
    user.press("Open it")
    user.sees("It was handed to the PDF reader.")
    assert len(list(temporary.glob(LEFT))) == 1
    assert pipe.read_text("ascii") == "done\n"
    user.press("Close")


@pytest.mark.parametrize("before", [None, "/opt/reader/lib"])
def test_a_reader_loads_its_own_libraries_and_not_those_of_the_bundle(
    at_the_case: User, temporary: Path, desktop: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    told = desktop / "told"
    opens = desktop.parent / "programs" / "xdg-open"
    opens.write_text(f'#!/bin/sh\necho "${{LD_LIBRARY_PATH-none}} ${{QT_PLUGIN_PATH-none}}" > {told}\n', "ascii")
    user = at_the_case
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    # As a frozen bundle has them.
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH"):
        monkeypatch.setenv(name, str(desktop / "bundle"))
    if before is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    user.press(OPEN)
    user.press("Open it")
    user.sees("It was handed to the PDF reader.")
    assert told.read_text("ascii").strip() == f"{before or 'none'} none"
    user.press("Close")


@pytest.mark.skipif(os.name != "posix", reason="kills a child with a signal")
def test_what_a_killed_app_had_lent_is_gone_at_the_next_start_before_any_store_is_opened(
    temporary: Path, sit_down: Callable[[Path | None], User]
) -> None:
    script = (
        "import os, tempfile\nfrom rkv_app.packets.plaintext import LentCopies\n"
        "from rkv_app.usecases.lend_document import lend_pdf\n"
        f"tempfile.tempdir = {str(temporary)!r}\n"
        "lend_pdf(LentCopies(), b'%PDF-HEMMELIG', received=False)\nos.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False, timeout=60)
    assert killed.returncode == -9
    assert len(list(temporary.rglob("dokument.pdf"))) == 1
    user = sit_down(None)
    user.qtbot.waitUntil(lambda: list(temporary.glob(LEFT)) == [])
