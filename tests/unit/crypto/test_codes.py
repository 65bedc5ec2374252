# SPDX-License-Identifier: MIT
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.crypto.codes import new_spoken_code, normalised_code
from rkv_app.foundation.errors import ExitStatus, UserError


def test_a_code_is_twenty_digits_in_four_groups_and_never_the_same_again() -> None:
    codes = {new_spoken_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"\d{5} \d{5} \d{5} \d{5}", code) for code in codes)


@pytest.mark.parametrize(
    "typed",
    ["12345 67890 12345 67890", "12345678901234567890", " 12345-67890\t12345\u00a067890\n", "1 2345.67890–12345 67890"],
)
def test_a_code_may_be_typed_with_or_without_separators(typed: str) -> None:
    assert normalised_code(typed) == "12345678901234567890"


@pytest.mark.parametrize("typed", ["", "1234", "1" * 21, "12345 67890 12345 6789O", "hemmelig"])
def test_anything_but_twenty_digits_is_refused_with_its_own_code(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        normalised_code(typed)

    assert refused.value.code == "RKV-PKT-007"
    assert refused.value.status is ExitStatus.REFUSED
    assert not typed or typed not in str(refused.value)


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_twenty_digits_or_a_refusal(typed: str) -> None:
    try:
        outcome = normalised_code(typed)
    except UserError as refused:
        outcome = refused.code

    assert outcome == "RKV-PKT-007" or re.fullmatch(r"[0-9]{20}", outcome)
