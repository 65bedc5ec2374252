# SPDX-License-Identifier: MIT
"""What can be wrong with a form file, told with the place in the file."""

from collections.abc import Iterable
from difflib import get_close_matches

from rkv_app.foundation.closed_yaml import Place
from rkv_app.foundation.i18n import Message


class FormFault(ValueError):
    """A form that cannot be used; the loader adds file and line.

    Attributes:
        message: what is wrong, in plain words.
        place: where, or empty where the one who raised it cannot know.
    """

    def __init__(self, message: Message, place: Place = ()) -> None:
        super().__init__(str(message))
        self.message = message
        self.place = place


def near(given: str, known: Iterable[str]) -> str:
    """The word that was probably meant, or nothing."""
    by_letters = {one.casefold().replace("_", ""): one for one in known}
    found = get_close_matches(given.casefold().replace("_", ""), by_letters, n=1, cutoff=0.75)
    return by_letters[found[0]] if found else ""
