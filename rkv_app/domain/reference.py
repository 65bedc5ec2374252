# SPDX-License-Identifier: MIT
"""Entries of the dated lists: what a code means, where that is written, and whether somebody has read it there.

The lists are data, because laws, measures and what counties ask for change without the program (`resources/reference`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from rkv_app.domain.exchange import DocumentRole
from rkv_app.foundation.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a list.

    Attributes:
        code: stable; one that has been used never gets another meaning.
        label, note: the words and what to know beside them, by language (nb, nn, en); a note may be empty.
        source: where it is written, by language.
        confirmed: whether it was read there; what was not is shown as unconfirmed wherever it is shown.
        checked_on: the day somebody last looked.
        valid_from, valid_to: first and last day in force; None where the list sets no bound.
        pending: not in force so far, and the day is not known: shown in lists, never offered.
        own: from a list of the organisation's own.
    """

    code: str
    label: Mapping[str, str]
    source: Mapping[str, str]
    confirmed: bool
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    pending: bool = False
    note: Mapping[str, str] = field(default_factory=dict)
    own: bool = False

    def applies(self, day: date) -> bool:
        """Whether the entry is in force on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and not self.pending and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entry):
    """A measure of Nav's (tiltak); `arena` is its code in Arena, or empty."""

    arena: str = ""


class Side(StrEnum):
    """Whose ground for sharing it is."""

    SENDER = "sender"
    RECEIVER = "receiver"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis(Entry):
    """A ground for sharing; the note, where there is one, is a warning that goes with it."""

    provision: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceType(Entry):
    """A kind of evidence, and the role it has when it goes along in a packet."""

    role: DocumentRole


class Fact(StrEnum):
    """What a case can show by itself, without a document."""

    BIRTH_DATE = "birth_date"
    WANTED = "wanted"
    PLACEMENT = "placement"
    TASKS = "tasks"
    EVALUATION = "evaluation"
    RECENT_PRACTICE = "recent_practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentItem(Entry):
    """Something a county may ask for.

    Attributes:
        facts: all of these in the case answer it.
        roles: a document in any of these roles answers it.
    """

    facts: frozenset[Fact] = frozenset()
    roles: frozenset[DocumentRole] = frozenset()


class Need(StrEnum):
    """How much a county wants something."""

    MUST = "must"
    IF_ANY = "if_any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That a county asks for an item, and where it says so."""

    item: str
    need: Need
    source: Mapping[str, str]
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyDocuments(Entry):
    """What a county wants with an application.

    Attributes:
        names: what the county is called, in small letters, as it may stand in the name of its organisation.
        most_wanted: how many final competences may be applied for at once, or None where that is not known.
        late_weeks: how many weeks documents may come after a reminder, or None where that is not known.
    """

    asked: tuple[Asked, ...]
    names: tuple[str, ...] = ()
    most_wanted: int | None = None
    late_weeks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Entry):
    """How long something is kept by default, in months; None where the organisation must say it."""

    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadRule(Entry):
    """A rule on a road to a final competence, and the provision it stands in; empty where none was read."""

    provision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyday(Entry):
    """Words that people say of their work, and what curricula write for it; see `domain.finder`."""

    said: tuple[str, ...]
    written: tuple[str, ...]


E = TypeVar("E", bound=Entry)


def entry_label(words: Words, entry: Entry) -> str:
    """Says an entry, marked as not confirmed where nobody has read at its source what it says."""
    label = entry.label[words.language.value]
    return label if entry.confirmed else words("{label} (not confirmed)", label=label)


def with_own(shipped: Iterable[E], own: Iterable[E]) -> tuple[E, ...]:
    """Returns the shipped entries, own ones in the place of those with the same code, and the other own ones last."""
    theirs = {entry.code: entry for entry in own}
    merged = [theirs.pop(entry.code, entry) for entry in shipped]
    return (*merged, *theirs.values())


def applying(entries: Iterable[E], day: date) -> tuple[E, ...]:
    """Returns those in force on `day`, in their order."""
    return tuple(entry for entry in entries if entry.applies(day))


def county_for(lists: Sequence[CountyDocuments], organisation: str, general: str = "general") -> str:
    """Returns the code of the list of the county that an organisation's name tells, else that of the general one."""
    name = organisation.casefold()
    return next((one.code for one in lists for known in one.names if known in name), general)
