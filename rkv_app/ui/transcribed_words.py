# SPDX-License-Identifier: MIT
"""How it is told on screen that answers came back on a form, and that an evaluation is not signed electronically."""

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


def compared_words(words: Words, mark: Transcribed) -> str:
    """How answers came that nobody signs, and who compared them and when."""
    return words(
        "{how} {name} compared them with what came, {day}.",
        how=WAYS[mark.way],
        name=mark.by,
        day=labels.day(words, local_date(mark.at)),
    )
