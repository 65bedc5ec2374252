# SPDX-License-Identifier: MIT
"""Pieces that several documents have in common."""

from collections.abc import Collection

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import Said
from rkv_app.domain.coverage import Covered
from rkv_app.domain.evaluations import KnownBy
from rkv_app.domain.people import Party
from rkv_app.foundation.i18n import Words


def listed(*texts: str) -> str:
    """The texts that are not empty, with commas between."""
    return ", ".join(text for text in texts if text)


def known_ways(known_by: Collection[KnownBy], words: Words) -> str:
    """How a supervisor knows, always in the same order."""
    return listed(*(words.say(labels.KNOWN_BY[way]) for way in KnownBy if way in known_by))


def covered_said(covered: Covered, words: Words) -> Said:
    """A class of documentation with its disc."""
    dot = (theme.COVERED_COLOUR[covered], theme.COVERED_FILL[covered])
    return Said(words.say(labels.COVERED[covered]), theme.CELL_DOTTED, dot=dot)


def party_facts(party: Party, words: Words) -> list[tuple[str, str]]:
    """Who somebody is and how to reach them."""
    return [
        (words("Name"), party.name),
        (words("Organisation"), listed(party.organisation, party.unit)),
        (words("Organisation number"), party.org_number),
        (words("Phone"), party.phone),
        (words("E-mail"), party.email),
    ]
