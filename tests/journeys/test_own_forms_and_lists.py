# SPDX-License-Identifier: MIT
"""Whoever puts an organisation's forms and lists beside the app sees which are used, and the line of every fault."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.forms.starting import starting_file
from rkv_app.foundation.resources import forms_dir, own_forms_dir, own_lists_folders
from support.pages.window import User
from support.parties import ADVISER, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

_LIST = """checked_on: 2026-11-24
sources: {us: Rutine 14}
measures:
  - {code: sommerskole, source: us, confirmed: true, label: {nb: Sommerskole, nn: Sommarskule, en: Summer school}}
"""


@pytest.fixture
def somebody(parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    user = sit_down(parties.make_store(ADVISER))
    user.unlock(PASSPHRASE)
    return user


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def test_without_own_files_the_folders_are_told(somebody: User) -> None:
    somebody.press("Store and security")
    somebody.sees("There are no files of your organisation here.")
    assert somebody.typed("Folder of forms") == str(own_forms_dir())


def test_what_is_used_and_every_fault_with_its_line_are_told(somebody: User) -> None:
    forms, lists = own_forms_dir(), own_lists_folders()[-1]
    shipped = next(path.name for path in sorted(forms_dir().iterdir()) if path.is_dir())
    _write(forms / "safety-round" / "2026.1.yaml", starting_file("safety-round", 2026))
    _write(forms / shipped / "2031.1.yaml", starting_file("safety-round", 2026))
    _write(forms / "loose.yaml", starting_file("loose", 2026))
    _write(lists / "measures.yaml", _LIST)
    _write(lists / "legal_bases.yaml", _LIST.replace("measures:", "legal_bases:\n  - {code: 1}\nmeasures:"))
    _write(lists / "mesures.yaml", _LIST)
    somebody.press("Store and security")
    somebody.sees("safety-round/2026.1.yaml")
    said = somebody.screen()
    # One form and one list.
    assert said.split("\n").count("used") == 2
    assert said.split("\n").count("not used") == 4
    for words in (
        "loose.yaml",
        f"{shipped}/2031.1.yaml, line 1: The app comes with a form of this id",
        "RKV-REF-006",
        "legal_bases.yaml, line ",
        "The app has no list of this name.",
        "RKV-REF-005",
    ):
        assert words in said, words
    (lists / "mesures.yaml").unlink()
    somebody.press("Read the files again")
    somebody.qtbot.waitUntil(lambda: "RKV-REF-005" not in somebody.screen())
