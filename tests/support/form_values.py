# SPDX-License-Identifier: MIT
"""Answers that Hypothesis makes up for the whole form: good ones, wrong ones, and to questions that are not there."""

from hypothesis import strategies as st

from support.whole_form import ANSWERS

DAYS = st.sampled_from(["1990-01-01", "2020-02-29", "2026-11-23", "2026-11-24", "2020-02-30", "2026-W01-1", "20200101"])
NUMBERS = st.integers(-2, 600) | st.sampled_from([7.5, 0.125, 12.0, 1e9, 1e10, 10**30])
PERIODS = st.dictionaries(st.sampled_from(["from", "to", "until"]), DAYS, max_size=3)
IDS = st.lists(st.sampled_from(["a1", "b-2", "c", "a b", "a/b", ""]), max_size=4)
CODES = st.sampled_from(
    ["cook", "smith", "seen", "told", "unseen", "low", "high", "not_observed", "", " ", "æ\n", "\x00"]
)
VALUES = (
    st.sampled_from(list(ANSWERS.values()))
    | st.booleans()
    | NUMBERS
    | DAYS
    | PERIODS
    | IDS
    | CODES
    | st.lists(CODES, max_size=3)
    | st.lists(NUMBERS, max_size=2)
)
PATHS = st.sampled_from(
    [
        *ANSWERS,
        "aims/KM3/hours",
        "aims/KM9/rating",
        "aims/KM1/colour",
        "jobs/c/place",
        "jobs/a b/place",
        "jobs/c/colour",
        "jobs/c\n/place",
        "points",
        "ghost",
        "intro",
        "person",
        "aims",
    ]
)
GIVEN = st.dictionaries(PATHS, VALUES, max_size=30)
