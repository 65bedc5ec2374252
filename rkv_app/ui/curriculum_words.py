# SPDX-License-Identifier: MIT
"""How curricula are told on screen: their status, their language, what changed in them."""

from datetime import date, datetime

from rkv_app.domain import grep_languages
from rkv_app.domain.aims import Curriculum, Validity
from rkv_app.domain.curriculum_changes import Matched
from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui import labels
from rkv_app.ui.widgets.basics import Tone

_MATCHED = {
    Matched.CODE: N_("same code"),
    Matched.LINK: N_("Udir links them"),
    Matched.TEXT: N_("same text"),
    Matched.ALIKE: N_("much of the text is the same; Udir does not link them"),
}


def status(
    words: Words, validity: Validity, valid_from: date | None, valid_to: date | None, *, published: bool = True
) -> tuple[str, Tone]:
    """Whether a curriculum is in force, in words with the day that decides, and the tone that goes with it."""
    match validity:
        case Validity.IN_FORCE if valid_to is not None:
            return words("valid to {day}", day=labels.day(words, valid_to)), "success"
        case Validity.IN_FORCE:
            return words("valid"), "success"
        case Validity.COMING if valid_from is not None:
            return words("valid from {day}", day=labels.day(words, valid_from)), "info"
        case Validity.ENDED if published and valid_to is not None:
            return words("expired {day}", day=labels.day(words, valid_to)), "neutral"
        case _:
            return words("expired"), "neutral"


def replaced(words: Words, codes: tuple[str, ...]) -> str:
    """By what a curriculum was replaced; empty where nothing is named."""
    return words("replaced by {codes}", codes=", ".join(codes)) if codes else ""


def language_note(words: Words, shown_in: str) -> str:
    """Which language a text is in, by Grep's code, where it is not the reader's; else nothing."""
    told = grep_languages.language_note(shown_in, words.language.value)
    return words.say(told) if told else ""


def language_name(words: Words, code: str) -> str:
    """A language by Grep's code; nothing for the one the curriculum was adopted in, which Grep does not name."""
    return words.say(grep_languages.NAMES[code]) if code in grep_languages.NAMES else ""


def version(words: Words, changed: str) -> str:
    """The version of a curriculum, which Grep names by the moment it was last changed."""
    try:
        moment = datetime.fromisoformat(changed)
    except ValueError:
        return changed
    return f"{labels.day(words, moment.date())} {moment:%H:%M}"


def version_day(words: Words, changed: str) -> str:
    """The day of the version alone, for lists."""
    try:
        return labels.day(words, datetime.fromisoformat(changed).date())
    except ValueError:
        return changed


def matched(words: Words, by: Matched) -> str:
    """By what an old and a new aim belong together."""
    return words(_MATCHED[by])


def source(words: Words, curriculum: Curriculum) -> str:
    """Where the texts are from, as the licence (NLOD 2.0) asks for it."""
    if not curriculum.uri.startswith("http"):
        return words("This curriculum is made up, for practice. There is no such trade.")
    return words("Source: {source}. The texts are shown exactly as published.", source=curriculum.source)
