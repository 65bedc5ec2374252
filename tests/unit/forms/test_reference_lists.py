# SPDX-License-Identifier: MIT
"""The dated lists that an adviser chooses from."""

import pytest
from ruamel.yaml import YAML

from rkv_app.foundation.resources import resources_dir


def entries(name: str) -> list[dict[str, object]]:
    text = (resources_dir() / "reference" / f"{name}.yaml").read_text(encoding="utf-8")
    content = YAML(typ="safe", pure=True).load(text)
    assert content["date"]
    assert content["source"]
    found: list[dict[str, object]] = content[name]
    return found


@pytest.mark.parametrize("name", ["measures", "legal_bases"])
def test_every_entry_has_a_code_of_its_own_and_a_name_in_three_languages(name: str) -> None:
    found = entries(name)
    assert len({entry["code"] for entry in found}) == len(found)
    for entry in found:
        label = entry["label"]
        assert isinstance(label, dict)
        assert set(label) == {"nb", "nn", "en"}
        assert all(label.values())


def test_the_pilots_measure_has_the_code_that_nav_uses() -> None:
    arena = {entry["code"]: entry["arena"] for entry in entries("measures")}
    assert arena["arbeidsforberedende_trening"] == "ARBFORB"


def test_what_was_not_read_in_the_act_itself_is_marked_and_says_why() -> None:
    found = entries("legal_bases")
    unconfirmed = [entry for entry in found if entry["confirmed"] is False]
    assert {"nav_7", "gdpr_6_1_e", "fvl_ny_5"} <= {entry["code"] for entry in unconfirmed}
    assert all(entry["source"] for entry in unconfirmed)


def test_consent_comes_with_a_warning() -> None:
    (consent,) = [entry for entry in entries("legal_bases") if entry["code"] == "fvl_13a_1"]
    assert consent["warning"]
