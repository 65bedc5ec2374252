# SPDX-License-Identifier: MIT
"""Numbers are read as people here write them, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.forms.values import number
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.number_edit import read_number


@pytest.mark.parametrize(
    ("written", "value"),
    [("7,5", 7.5), ("7.5", 7.5), (" 1 200 ", 1200), ("1 200,25", 1200.25), ("-3", -3), ("\u22123", -3), ("007", 7)],
)
def test_a_number_is_read_however_it_is_written(written: str, value: float) -> None:
    assert read_number(written, whole=False) == value


@pytest.mark.parametrize("written", ["", "tolv", "7,", ",5", "1e3", "1,2,3", "nan", "inf", "99999999999", "٣", "½"])
def test_what_is_no_number_is_not_taken_for_one(written: str) -> None:
    assert read_number(written, whole=False) is None


def test_a_whole_number_has_no_decimals() -> None:
    assert read_number("7,0", whole=True) is None
    assert read_number("1 200", whole=True) == 1200


@given(st.text(max_size=20), st.booleans())
def test_whatever_is_typed_is_an_answer_that_can_be_saved_or_none(written: str, whole: bool) -> None:
    value = read_number(written, whole=whole)
    assert value is None or number(value) == value


@given(st.integers(-10_000_000, 10_000_000), st.integers(0, 3), st.sampled_from(Language))
def test_a_number_that_is_shown_is_read_back_as_the_same(digits: int, decimals: int, language: Language) -> None:
    value = round(digits / 10**decimals, decimals)
    shown = Wording(Words(language), language.value).number(value)
    assert read_number(shown, whole=False) == value
