# SPDX-License-Identifier: MIT
"""What people are told of forms and lists that are offered, and of those that were added."""

from collections.abc import Mapping
from typing import Final

from rkv_app.foundation.added_packets import AddedKind
from rkv_app.foundation.i18n import N_, Message, message
from rkv_app.usecases.look_at_forms import Offered, Standing

_STANDINGS: Mapping[Standing, str] = {
    Standing.NEW: N_("new"),
    Standing.NEWER: N_("newer version"),
    Standing.OLDER: N_("older version"),
    Standing.SAME: N_("here already"),
    Standing.CHANGED: N_("differs from the one that is here"),
    Standing.ANOTHERS: N_("another organisation has this form"),
    Standing.OURS: N_("comes with the app"),
}

UNSIGNED: Final = message(
    "Nothing shows who made these forms and lists, or whether somebody has changed them. "
    "Add them only if you know where the folder comes from."
)
COPIED: Final = message(
    "The files are copied. You can move or delete the folder afterwards, and what is changed in it does not count "
    "before you add it again."
)


def standing_words(standing: Standing) -> Message:
    """What a form or list is beside those that are here."""
    return Message(_STANDINGS[standing])


def offered_words(one: Offered) -> Message:
    """Which form or list it is."""
    if one.kind is AddedKind.FORM:
        return message("Form {id}, version {version}", id=one.id, version=one.version)
    return message("List {id}, checked {day}", id=one.id, day=one.version)


def others_words(others: int) -> Message:
    """How many files of a folder nobody reads."""
    return message("Other files in the folder, left alone: {n}. Forms and lists are files that end in .yaml.", n=others)
