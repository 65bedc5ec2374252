# SPDX-License-Identifier: MIT
"""How it is told on screen that an evaluation carries no electronic signature of its supervisor's."""

from rkv_app.domain.transcribed import WAYS, Transcribed
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels


def transcribed_words(words: Words, mark: Transcribed) -> str:
    """That it is not signed, how it came, and who compared it and when."""
    return words(
        "Not signed electronically. {how} {name} compared them with what came, {day}.",
        how=WAYS[mark.way],
        name=mark.by,
        day=labels.day(words, local_date(mark.at)),
    )
