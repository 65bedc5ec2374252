# SPDX-License-Identifier: MIT
"""The languages of official texts, by Grep's codes, and what is told of a text that is not in the reader's own."""

from collections.abc import Mapping
from types import MappingProxyType

from rkv_app.foundation.i18n import Message, message

NAMES: Mapping[str, Message] = MappingProxyType(
    {
        "nob": message("bokmål"),
        "nno": message("nynorsk"),
        "eng": message("English"),
        "sme": message("Northern Sami"),
        "sma": message("Southern Sami"),
        "smj": message("Lule Sami"),
    }
)
_OF_READER = MappingProxyType({"nb": "nob", "nn": "nno", "en": "eng", "se": "sme"})


def language_note(shown_in: str, reader: str) -> Message | None:
    """What to tell a reader of `reader` (nb, nn, en, se) of a text in another language; None where it is theirs."""
    if shown_in == _OF_READER.get(reader):
        return None
    if shown_in not in NAMES:
        return message("In the language the curriculum was adopted in.")
    return message("Only in {language}.", language=NAMES[shown_in])
