# SPDX-License-Identifier: MIT
"""A folder that somebody chose is read within limits, and nothing outside it is."""

import os
from pathlib import Path

import pytest

from rkv_app.foundation.errors import UserError
from rkv_app.usecases.add_forms import add_forms
from rkv_app.usecases.folder_of_forms import read_folder
from rkv_app.usecases.look_at_forms import Standing, look_at_forms
from support.commands import contents
from support.county_forms import FORM_ID, LIST, county_folder, form_text
from support.desks import Desks

MADE = f"{FORM_ID}/2026.1.yaml"


def _refused(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_folder(folder)
    assert caught.value.code == "RKV-FRM-080"
    return str(caught.value.message)


def test_forms_and_lists_are_read_and_other_files_are_counted(tmp_path: Path) -> None:
    folder = county_folder(tmp_path / "a")
    (folder / "notes.txt").write_text("x")
    (folder / "old.yml").write_text("x")
    for hidden in (".git/config.yaml", "._2026.1.yaml"):
        (folder / hidden).parent.mkdir(exist_ok=True)
        (folder / hidden).write_text("x")
    found = read_folder(folder)
    assert sorted(found.files) == [MADE, "measures.yaml"]
    assert found.others == 2


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(form_text(), "utf-8")
    folder = county_folder(tmp_path / "a")
    (folder / "b.yaml").symlink_to(secret)
    assert "b.yaml leads out of it" in _refused(folder)


def test_a_folder_that_leads_away_or_round_in_a_ring_is_not_gone_into(tmp_path: Path) -> None:
    county_folder(tmp_path / "elsewhere", "2026.2")
    folder = county_folder(tmp_path / "a")
    (folder / "away").symlink_to(tmp_path / "elsewhere")
    (folder / "round").symlink_to(folder)
    found = read_folder(folder)
    assert sorted(found.files) == [MADE, "measures.yaml"]
    assert found.others == 2


def test_a_folder_that_is_reached_by_a_link_is_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(county_folder(tmp_path / "a"))
    assert sorted(read_folder(tmp_path / "link").files) == [MADE, "measures.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = county_folder(tmp_path / "a")
    os.mkfifo(folder / "b.yaml")
    assert "b.yaml is no file" in _refused(folder)


def test_a_name_that_cannot_be_shown_is_not_shown(tmp_path: Path) -> None:
    folder = county_folder(tmp_path / "a")
    (folder / "b\u202e.yaml").write_text("x")
    assert "cannot be shown" in _refused(folder)


def test_too_many_forms_are_refused(tmp_path: Path) -> None:
    for number in range(201):
        (tmp_path / f"{number}.yaml").touch()
    assert "more than 200 forms" in _refused(tmp_path)


def test_too_large_forms_are_refused(tmp_path: Path) -> None:
    for number in range(33):
        with (tmp_path / f"{number}.yaml").open("wb") as file:
            file.truncate(2**20)
    assert "over 32 MiB" in _refused(tmp_path)


def test_a_folder_of_everything_is_not_walked_to_its_end(tmp_path: Path) -> None:
    for number in range(5_001):
        (tmp_path / str(number)).touch()
    assert "more than 5000 files" in _refused(tmp_path)


def test_a_list_that_is_there_twice_is_not_chosen_among(desks: Desks) -> None:
    folder = county_folder(desks.folder / "a")
    (folder / "later").mkdir()
    (folder / "later" / "measures.yaml").write_text(LIST, "utf-8")
    with pytest.raises(UserError) as caught:
        look_at_forms(desks.adviser, folder)
    assert caught.value.code == "RKV-FRM-044"


def test_a_form_of_ours_in_a_folder_is_shown_and_refuses_all_of_it(desks: Desks) -> None:
    folder = county_folder(desks.folder / "a")
    (folder / "ours.yaml").write_text(form_text().replace(f"id: {FORM_ID}", "id: attest"), "utf-8")
    before = contents(desks.folder)
    offer = look_at_forms(desks.adviser, folder)
    assert {one.id: one.standing for one in offer.files} == {
        FORM_ID: Standing.NEW,
        "attest": Standing.OURS,
        "measures": Standing.NEW,
    }
    with pytest.raises(UserError) as caught:
        add_forms(desks.adviser, offer, "Ola")
    assert caught.value.code == "RKV-PKT-069"
    assert contents(desks.folder) == before
