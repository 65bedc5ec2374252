# SPDX-License-Identifier: MIT
"""What is left out of a record before anything is made from it."""

from rkv_app.domain.minimised import minimised
from support import document_samples as samples


def test_a_national_identity_number_goes_along_only_where_it_is_asked_for() -> None:
    whole = samples.application()
    assert minimised(whole, national_number=False).candidate.national_number == ""
    assert minimised(whole, national_number=True) == whole


def test_address_protection_takes_away_what_tells_where_the_candidate_is() -> None:
    left = minimised(samples.application(shielded=True), national_number=True)
    assert {(one.workplace.address, one.supervisor.phone, one.supervisor.email) for one in left.placements} == {
        ("", "", "")
    }
    assert [one.workplace.name for one in left.placements] == [one.workplace.name for one in samples.placements()]
