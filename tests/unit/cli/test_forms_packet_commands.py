# SPDX-License-Identifier: MIT
"""`rkv forms pack`, `add` and `remove`, as somebody at a terminal meets them."""

from pathlib import Path

import pytest

from support.commands import Command
from support.county_forms import FORM_ID, county_folder
from support.parties import ADVISER, INTAKE, Parties
from support.store_samples import PASSPHRASE


@pytest.fixture
def county(rkv: Command, tmp_path: Path) -> Path:
    """A packet of the county's."""
    parties = Parties(tmp_path)
    (tmp_path / "passphrase").write_text(PASSPHRASE, "utf-8")
    for party in (INTAKE, ADVISER):
        parties.make_store(party)
    out = tmp_path / "county.rkvskjema"
    folder = county_folder(tmp_path / "files")
    made = rkv("forms", "pack", folder, "--out", out, *store(tmp_path, "intake"), "--edition", "Høst")
    assert made.status == 0, made.err
    assert "Packed and signed: 1 form, 1 list." in made.out
    return out


def store(folder: Path, name: str = "adviser") -> tuple[str | Path, ...]:
    return "--store", folder / f"{name}.rkv", "--passphrase-file", folder / "passphrase"


def test_it_is_looked_at_first_and_added_by_name(rkv: Command, county: Path, tmp_path: Path) -> None:
    looked = rkv("forms", "add", county, *store(tmp_path))
    assert looked.status == 1
    for words in (
        f"Signed by {INTAKE.name}",
        "Trust: Unknown sender",
        "Their digits, to be compared by phone:",
        f"Form {FORM_ID}, version 2026.1: new",
        "List measures, checked 2026-11-24: new",
        "--by",
    ):
        assert words in looked.out, words
    refused = rkv("forms", "add", county, *store(tmp_path), "--by", "Ola")
    assert (refused.status, "RKV-PKT-068" in refused.err) == (1, True)
    added = rkv("forms", "add", county, *store(tmp_path), "--by", "Ola", "--compared", "by_phone", "--json")
    assert (added.status, added.document["added"]) == (0, True)
    listed = rkv("forms", "list", "--json").document
    (packet,) = listed["packets"]
    assert (packet["organisation"], packet["edition"], packet["added_by"]) == (INTAKE.organisation, "Høst", "Ola")
    assert [one["packet"] for one in listed["forms"] if one["id"] == FORM_ID] == [packet["id"]]
    said = rkv("forms", "list").out
    assert f"{FORM_ID} 2026.1  (from {INTAKE.organisation}, packet {packet['id']})" in said
    assert f"signed by {INTAKE.name}, added by Ola" in said
    lists = rkv("reference", "list", "measures")
    assert f"(from {INTAKE.organisation}, packet {packet['id']})" in lists.out
    assert "sommerskole" in lists.out
    assert rkv("reference", "list", "--json").document["packets"] == {"measures": [packet["id"]]}
    again = rkv("forms", "add", county, *store(tmp_path), "--by", "Ola")
    assert (again.status, "Everything in it is here already" in again.out) == (0, True)
    removed = rkv("forms", "remove", packet["id"], *store(tmp_path))
    assert removed.status == 0, removed.err
    assert rkv("forms", "list", "--json").document["packets"] == []


def test_a_folder_is_added_as_it_is_and_said_to_be_unsigned(rkv: Command, county: Path, tmp_path: Path) -> None:
    added = rkv("forms", "add", tmp_path / "files", *store(tmp_path), "--by", "Ola")
    assert added.status == 0, added.err
    assert "From a folder, signed by nobody." in added.out
    assert "from a folder, signed by nobody" in rkv("forms", "list").out


def test_what_is_no_packet_of_forms_is_refused_in_plain_words(rkv: Command, county: Path, tmp_path: Path) -> None:
    refused = rkv("forms", "add", tmp_path / "adviser.rkv", *store(tmp_path))
    assert (refused.status, "RKV-PKT-066" in refused.err) == (2, True)
    assert rkv("forms", "add", tmp_path / "no", *store(tmp_path)).status == 2
    assert "RKV-SYS-004" in rkv("forms", "remove", "0" * 16, *store(tmp_path)).err


def test_a_changed_version_is_told_before_anybody_decides(rkv: Command, county: Path, tmp_path: Path) -> None:
    rkv("forms", "add", county, *store(tmp_path), "--by", "Ola", "--compared", "by_phone")
    form = tmp_path / "files" / FORM_ID / "2026.1.yaml"
    form.write_text(form.read_text("utf-8").replace("What did", "What else did"), "utf-8")
    changed = tmp_path / "changed.rkvskjema"
    assert rkv("forms", "pack", tmp_path / "files", "--out", changed, *store(tmp_path, "intake")).status == 0
    looked = rkv("forms", "add", changed, *store(tmp_path))
    assert looked.status == 1
    assert "differs from the one that is here" in looked.out
    assert "not the one that is here already" in looked.out
    refused = rkv("forms", "add", changed, *store(tmp_path), "--by", "Ola")
    assert (refused.status, "RKV-PKT-069" in refused.err) == (2, True)
