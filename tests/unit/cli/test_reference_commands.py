# SPDX-License-Identifier: MIT
"""`rkv reference`: what the lists say and where they have it from, and what is wrong with an own list."""

from pathlib import Path

from rkv_app.foundation.resources import resources_dir
from support.commands import Command

WRONG = "checked_on: 2026-11-23\nsources: {us: Us}\nmeasures:\n  - {code: x, source: them}\n"


def test_every_list_is_shown_with_what_is_not_confirmed(rkv: Command) -> None:
    lists = rkv("reference", "list", "--json").document["lists"]
    assert set(lists) == {path.stem for path in (resources_dir() / "reference").glob("*.yaml")}
    assert {one["code"] for one in lists["county_documents"] if not one["confirmed"]} == {"buskerud"}
    said = rkv("reference", "list", "--language", "nb").out
    assert "NAV-loven § 7 – unntak fra Navs taushetsplikt (ikke bekreftet)" in said


def test_a_list_can_be_seen_as_it_is_on_a_day(rkv: Command) -> None:
    then = rkv("reference", "list", "county_documents", "--on", "2025-12-31", "--json").document["lists"]
    now = rkv("reference", "list", "county_documents", "--on", "2026-01-01", "--json").document["lists"]
    codes = [{one["code"] for one in lists["county_documents"]} for lists in (then, now)]
    assert codes[1] - codes[0] == {"trondelag"}


def test_each_thing_a_county_asks_for_has_its_source(rkv: Command) -> None:
    (oslo,) = (
        one
        for one in rkv("reference", "list", "county_documents", "--json").document["lists"]["county_documents"]
        if one["code"] == "oslo"
    )
    assert all(asked["source"] for asked in oslo["asked"])
    (cv,) = (asked for asked in oslo["asked"] if asked["item"] == "cv")
    assert (cv["need"], cv["confirmed"]) == ("must", True)
    assert cv["source"]["nb"] == "servicesenter.oslovo.no, felles.oslovo.no"


def test_a_name_that_no_list_has_is_refused(rkv: Command) -> None:
    assert rkv("reference", "list", "parrots", "--json").status == 2


def test_an_own_list_is_checked_before_it_is_used(rkv: Command, tmp_path: Path) -> None:
    assert rkv("reference", "check", str(tmp_path), "--json").status == 0
    (tmp_path / "measures.yaml").write_text(WRONG, encoding="utf-8")
    answer = rkv("reference", "check", str(tmp_path), "--json")
    assert answer.status == 1
    (fault,) = answer.document["faults"]
    assert fault["code"] == "RKV-REF-003"
    assert "measures.yaml, line 4" in fault["message"]


def test_a_folder_that_is_not_there_is_told(rkv: Command, tmp_path: Path) -> None:
    answer = rkv("reference", "check", str(tmp_path / "none"), "--json")
    assert (answer.status, answer.document["error"]["code"]) == (2, "RKV-SYS-004")
