# SPDX-License-Identifier: MIT
"""How two people compared digits: one of the usual ways by its code, or another way in their own words."""

from collections.abc import Mapping
from enum import StrEnum

from rkv_app.foundation.i18n import N_, Message


class ComparedHow(StrEnum):
    """The usual ways."""

    BY_PHONE = "by_phone"
    IN_PERSON = "in_person"


_WORDS: Mapping[ComparedHow, str] = {
    ComparedHow.BY_PHONE: N_("by phone, on a number known from before"),
    ComparedHow.IN_PERSON: N_("in person"),
}


def compared_how(how: str) -> Message | str:
    """What people are told of it: words to be said in a language, or the words of whoever wrote it down."""
    usual = next((one for one in ComparedHow if one == how), None)
    return how if usual is None else Message(_WORDS[usual])
