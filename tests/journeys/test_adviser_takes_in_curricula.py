# SPDX-License-Identifier: MIT
"""An adviser brings in curricula from files and from Udir, is told what changed, and can stop at any time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from rkv_app.foundation.resources import resources_dir
from rkv_app.ui.widgets.progress_line import ProgressLine
from rkv_app.usecases.export_curriculum import CurriculumFormat, export_curriculum
from rkv_app.usecases.fetch_curricula import SERVICE
from support.curricula import ADDED_WORDS, newer, practice
from support.grep_dumps import write_dump
from support.grep_server import KEY, GrepServer
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, Parties
from support.store_samples import PASSPHRASE

pytestmark = [
    # The platform without a screen says this of every window.
    pytest.mark.qt_log_ignore("propagateSizeHints"),
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GrepServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = GrepServer(2)
    yield running
    running.close()


@pytest.fixture
def adviser(parties: Parties, server: GrepServer, sit_down: Callable[[Path | None], User]) -> User:
    store = parties.make_store(ADVISER)
    workspace = parties.at(ADVISER)
    workspace.store.settings.put(SERVICE, {"root": server.root, "pause": 0.0})
    workspace.close()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    user.press("Curricula")
    return user


@contextmanager
def _busy_store(user: User) -> Iterator[None]:
    """The worker is at something else, so that what is asked of it inside has not begun."""
    shell = user.desktop.shell
    assert shell is not None
    over = threading.Event()
    shell.session.tasks.run(lambda: over.wait(20), done=lambda _: None, failed=lambda _: None)
    try:
        yield
    finally:
        over.set()
    user.settle()


def _click(user: User, name: str) -> None:
    """Presses a button without waiting for the store."""
    shown = [one for one in user.window.findChildren(QPushButton) if one.objectName() == name]
    user.qtbot.waitUntil(lambda: any(one.isVisible() for one in shown))
    user.qtbot.mouseClick(next(one for one in shown if one.isVisible()), Qt.MouseButton.LeftButton)


def test_files_and_folders_are_dropped_on_the_page(adviser: User, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    assert not adviser.drop(tmp_path / "letter.pdf", resources_dir() / "catalogue")
    assert adviser.drop(resources_dir() / "catalogue")
    adviser.sees("2 curricula were imported.")


def test_what_is_left_out_of_a_dump_is_told(adviser: User, tmp_path: Path) -> None:
    write_dump(tmp_path / "dump.zip", 100)
    (tmp_path / "notes.json").write_text('[{"grep-type": "http://psi.udir.no/ontologi/kl06/emne"}]', "utf-8")
    adviser.files.answers.append(tmp_path)
    adviser.press("Choose a folder …")
    adviser.sees("curricula were imported.")
    assert "of a kind that is not needed" in adviser.screen() or "of kinds that are not needed" in adviser.screen()


def test_an_import_is_called_off_and_nothing_has_changed(adviser: User, tmp_path: Path) -> None:
    write_dump(tmp_path / "dump.zip", 100)
    with _busy_store(adviser):
        shell = adviser.desktop.shell
        assert shell is not None
        assert shell.page is not None
        bar = shell.page.findChildren(ProgressLine)[0]
        # It is shown after a second, so that what is quick does not flicker.
        bar._soon.setInterval(0)
        adviser.files.answers.append(tmp_path / "dump.zip")
        _click(adviser, "importFirstButton")
        _click(adviser, "cancelJobButton")
        adviser.sees("Stopping …")
    adviser.sees("The import was cancelled.")
    adviser.sees("No curricula yet")


def test_nothing_is_sent_before_it_is_asked_for_and_then_the_curriculum_comes(
    adviser: User, server: GrepServer
) -> None:
    adviser.press("Fetch from Udir …")
    adviser.sees(f"This address is asked: {server.root}")
    adviser.sees("Nothing about any candidate, case or answer is sent.")
    adviser.press("Fetch")
    adviser.sees("Type at least one code")
    assert server.asked == []
    adviser.write("Codes of the curricula", "aab03-01")
    adviser.press("Fetch")
    adviser.sees("1 curriculum was imported.")
    assert server.asked[0] == "laereplaner-lk20/AAB03-01"
    adviser.sees("AAB03-01")


def test_the_key_is_asked_for_in_plain_words_and_never_shown_again(adviser: User, server: GrepServer) -> None:
    server.needs_key = True
    adviser.press("Fetch from Udir …")
    adviser.write("Codes of the curricula", "AAA03-01")
    adviser.press("Fetch")
    adviser.sees("RKV-CUR-010")
    adviser.write("API key", KEY)
    adviser.press("Fetch")
    adviser.sees("1 curriculum was imported.")
    adviser.press("Fetch from Udir …")
    adviser.sees("A key is kept in this store.")
    shown = [one.text() for one in adviser.window.findChildren(QLineEdit)]
    assert KEY not in "\n".join((*shown, adviser.screen()))
    adviser.press("Forget the key that is kept")
    adviser.write("Codes of the curricula", "AAB03-01")
    adviser.press("Fetch")
    adviser.sees("RKV-CUR-010")
    adviser.press("Cancel")


def test_a_code_that_udir_does_not_have_is_told_and_costs_nothing_that_was_typed(adviser: User) -> None:
    adviser.press("Fetch from Udir …")
    adviser.write("Codes of the curricula", "QQQ03-01")
    adviser.press("Fetch")
    adviser.sees("RKV-CUR-013")
    assert adviser.typed("Codes of the curricula") == "QQQ03-01"
    adviser.press("Cancel")
    adviser.sees("No curricula yet")


def test_the_whole_catalogue_comes_once_and_is_not_fetched_again_unchanged(
    adviser: User, server: GrepServer, tmp_path: Path
) -> None:
    write_dump(tmp_path / "dump.zip", 100)
    server.dump = (tmp_path / "dump.zip").read_bytes()
    adviser.press("Fetch from Udir …")
    adviser.press("The whole catalogue")
    adviser.press("Fetch")
    adviser.sees("curricula were imported.")
    adviser.press("Fetch from Udir …")
    adviser.press("The whole catalogue")
    adviser.press("Fetch")
    adviser.sees("Nothing has changed in Udir's Grep since the last time.")


def test_a_fetch_is_called_off_before_anything_is_sent(adviser: User, server: GrepServer) -> None:
    adviser.press("Fetch from Udir …")
    adviser.write("Codes of the curricula", "AAA03-01")
    with _busy_store(adviser):
        _click(adviser, "submitButton")
        _click(adviser, "cancelButton")
    adviser.sees("The import was cancelled.")
    assert server.asked == []
    adviser.press("Cancel")
    adviser.sees("No curricula yet")


def test_what_an_import_changed_is_offered_to_read_and_the_cases_it_concerns_are_named(
    parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    parties.make_store(ADVISER)
    parties.request()
    path = tmp_path / "newer.json"
    path.write_bytes(export_curriculum(newer(practice("XXP03-01")), CurriculumFormat.CASE))

    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.press("Curricula")
    user.files.answers.append(path)
    user.press("Import files …")
    user.sees("1 curriculum was imported.")
    user.sees("New aims: 1. Reworded: 1. Withdrawn: 1.")
    user.sees("In 1 case somebody is answering on an older version:")
    user.press("Read what changed in XXP03-01")
    user.sees("What was taken out and put in:")
    user.sees(ADDED_WORDS)
    user.press("Curricula")
    user.files.answers.append(path)
    user.press("Import files …")
    user.sees("1 curriculum was imported.")
    assert "Curricula that have changed" not in user.screen()
    assert CANDIDATE not in user.screen()
