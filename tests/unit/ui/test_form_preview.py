# SPDX-License-Identifier: MIT
"""The preview follows the file that an author is working on, whatever state it is in, and keeps what was typed."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from support.every_type import EVERY_TYPE
from support.pages.form_preview import PreviewPage

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NAME = "en: What is your name?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "forms" / "every-type" / "2026.1.yaml"
    made.parent.mkdir(parents=True)
    made.write_bytes(EVERY_TYPE.read_bytes())
    return made


@pytest.fixture
def page(qtbot: QtBot, file: Path) -> PreviewPage:
    return PreviewPage(qtbot, file)


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_window_shows_what_the_file_says_as_soon_as_it_is_saved(page: PreviewPage, file: Path) -> None:
    page.write("What is your name?", "Kim")
    _change(file, NAME, "en: What are you called?")
    page.sees("What are you called?")
    page.settle()
    assert page.typed("What are you called?") == "Kim"


def test_an_editor_that_puts_a_new_file_in_the_place_of_the_old_is_followed_too(page: PreviewPage, file: Path) -> None:
    for words in ("What are you called?", "And your name is?"):
        beside = file.with_suffix(".swp")
        beside.write_text(file.read_text(encoding="utf-8").replace(NAME, f"en: {words}"), encoding="utf-8")
        os.replace(beside, file)
        page.sees(words)
        _change(file, f"en: {words}", NAME)
        page.sees("What is your name?")


def test_a_file_that_cannot_be_used_is_told_with_its_line_and_the_form_stays(page: PreviewPage, file: Path) -> None:
    page.write("What is your name?", "Kim")
    line = file.read_text(encoding="utf-8").split("type: long_text")[0].count("\n") + 1
    _change(file, "type: long_text", "type: novel")
    page.sees(f"Line {line}: type must be one of")
    page.sees("Below stands the last one that could.")
    assert page.typed("What is your name?") == "Kim"
    _change(file, "type: novel", "type: long_text")
    page.qtbot.waitUntil(lambda: "Below stands" not in page.screen())


def test_a_file_that_cannot_be_used_from_the_beginning_is_shown_once_it_can(qtbot: QtBot, file: Path) -> None:
    good = file.read_bytes()
    file.write_bytes(b"id: [")
    page = PreviewPage(qtbot, file)
    page.sees("Line 1: This is not YAML that can be read.")
    file.write_bytes(good)
    page.sees("What is your name?")


def test_a_file_that_goes_away_and_comes_back_stops_nothing(page: PreviewPage, file: Path) -> None:
    good = file.read_bytes()
    file.unlink()
    page.sees("Below stands the last one that could.")
    file.write_bytes(good.replace(NAME.encode(), b"en: What are you called?"))
    page.sees("What are you called?")


def test_an_answer_to_a_question_that_is_taken_out_is_there_when_it_is_put_back(page: PreviewPage, file: Path) -> None:
    page.write("How many are you?", "12")
    page.write("What is your name?", "Kim")
    _change(file, "type: integer, min: 1", "type: yes_no")
    page.qtbot.waitUntil(lambda: page.is_there("Yes. How many are you?"))
    assert page.answers() == {"name": "Kim"}
    _change(file, "type: yes_no, label: {nb: Hvor mange", "type: integer, min: 1, label: {nb: Hvor mange")
    page.qtbot.waitUntil(lambda: not page.is_there("Yes. How many are you?"))
    assert page.typed("How many are you?") == "12"


def test_the_caret_stays_where_the_author_was_trying_the_form(page: PreviewPage, file: Path) -> None:
    page.write("How many are you?", "12")
    _change(file, NAME, "en: What are you called?")
    page.sees("What are you called?")
    page.qtbot.waitUntil(lambda: page.focused() == "How many are you?")


def test_words_in_another_language_are_marked_and_so_are_those_of_a_machine(page: PreviewPage) -> None:
    assert "so far" not in page.screen()
    page.press("українська")
    page.sees("Як вас звати?")
    page.sees("These words were translated by a machine, and nobody has read through them.")
    page.sees("Only in English so far")
    page.sees("Cook (English)")
    page.press("bokmål")
    page.sees("Hva heter du?")
    page.sees("Sjekk skjemaet")


def test_nothing_that_is_written_in_a_preview_is_stored(page: PreviewPage, file: Path, tmp_path: Path) -> None:
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    page.files.answers.append(tmp_path / "nowhere.pdf")
    page.write("What is your name?", "Kim Navnesen")
    page.press("Choose a file … References")
    page.sees("nowhere.pdf")
    page.window.close()
    QApplication.processEvents()
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before
