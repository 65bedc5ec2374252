# SPDX-License-Identifier: MIT
"""The words around advice: lists of laws and counties, readiness, roads to a final competence. Never a verdict."""

from collections.abc import Mapping

from rkv_app.documents.wording import written_practice
from rkv_app.domain.practice import Practice
from rkv_app.domain.readiness import Ready
from rkv_app.domain.reference import Entry, entry_label
from rkv_app.domain.roads import Reason, Road, Stands
from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui.labels import day
from rkv_app.ui.widgets.basics import Tone

_READY: Mapping[Ready, tuple[str, Tone]] = {
    Ready.THERE: (N_("There"), "success"),
    Ready.SAID: (N_("Goes along in another way"), "info"),
    Ready.MISSING: (N_("Missing"), "warning"),
    Ready.IF_ANY: (N_("Only if the candidate has it"), "neutral"),
}
_ROADS: Mapping[Road, str] = {
    Road.ASSESSMENT: N_("Assessment of prior learning"),
    Road.CANDIDATE: N_("Test as a candidate with practice"),
    Road.ON_THE_JOB: N_("Trade certificate on the job"),
    Road.MODULAR: N_("Modular training for adults"),
    Road.MORE_PRACTICE: N_("More practice first"),
}
_STANDS: Mapping[Stands, tuple[str, Tone]] = {
    Stands.OPEN: (N_("Worth talking about now"), "success"),
    Stands.UNCLEAR: (N_("Something must be found out"), "info"),
    Stands.NOT_NOW: (N_("Not now"), "neutral"),
}
_MODULAR_PLAN = "05"


def entry(words: Words, value: Entry) -> str:
    """An entry of a dated list, marked where nobody has read at its source what it says."""
    return entry_label(words, value)


def entry_facts(words: Words, value: Entry) -> list[str]:
    """What to know of an entry: what it notes, where it is written, and whose it is."""
    language = words.language.value
    source = words("Source: {source}", source=value.source[language])
    checked = words("Checked on {date}.", date=day(words, value.checked_on))
    own = words("This list is your organisation's own.") if value.own else ""
    return [said for said in (value.note.get(language, ""), f"{source}. {checked}", own) if said]


def ready(words: Words, value: Ready) -> tuple[str, Tone]:
    """How something that a county asks for stands."""
    said, tone = _READY[value]
    return words(said), tone


def road(words: Words, value: Road) -> str:
    """A road to a final competence."""
    return words(_ROADS[value])


def stands(words: Words, value: Stands) -> tuple[str, Tone]:
    """How a road stands."""
    said, tone = _STANDS[value]
    return words(said), tone


def holds(words: Words, reason: Reason) -> str:
    """Whether a rule is met: sign and words."""
    if reason.holds is None and reason.informs:
        return "•"
    if reason.holds is None:
        return "○ " + words("Not known:")
    return "● " + words("Yes:") if reason.holds else "– " + words("No:")


def plan(words: Words, code: str) -> str:
    """The code of a curriculum, and whether it is one for adults."""
    return words("{code}, modules for adults", code=code) if code[3:5] == _MODULAR_PLAN else code


def practice(words: Words, value: Practice) -> str:
    """What several placements make together."""
    return written_practice(value, words)
