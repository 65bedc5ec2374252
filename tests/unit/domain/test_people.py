# SPDX-License-Identifier: MIT
"""How a person is named."""

import pytest

from rkv_app.domain.people import Candidate


@pytest.mark.parametrize(
    ("given_name", "family_name", "name"),
    [("Kari", "Prøve", "Kari Prøve"), ("Kari", "", "Kari"), ("", "Prøve", "Prøve")],
)
def test_a_person_with_one_name_is_named_without_a_gap(given_name: str, family_name: str, name: str) -> None:
    assert Candidate(id="1", given_name=given_name, family_name=family_name).name == name
