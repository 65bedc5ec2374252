# SPDX-License-Identifier: MIT
"""The national curriculum as Grep publishes it: curriculum, aim sets, competence aims.

Texts are regulation and are kept to the letter. Codes and URIs are Grep's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

_DEFAULT = "default"
# Grep's own language codes, in the order in which a missing text is looked for, per language of the reader.
_FALLBACK: Mapping[str, tuple[str, ...]] = {
    "nb": ("nob", "default", "nno", "eng"),
    "nn": ("nno", "default", "nob", "eng"),
    "en": ("eng", "nob", "default", "nno"),
    "se": ("sme", "nob", "default", "nno"),
}


@dataclass(frozen=True, slots=True)
class OfficialText:
    """One text of the curriculum in the languages Grep has it in.

    Attributes:
        by_language: Grep's language codes (`default`, `nob`, `nno`, `eng`, `sme` ...) to the exact text.
    """

    by_language: Mapping[str, str]

    def shown(self, language: str) -> tuple[str, str]:
        """Returns the text for a reader of `language` (nb, nn, en, se) and the Grep code of the language it is in.

        Grep's `default` repeats the text of adoption; it is named by its language where the text is there under that.
        """
        order = (*_FALLBACK.get(language, _FALLBACK["nb"]), *self.by_language)
        for code in order:
            text = self.by_language.get(code)
            if text:
                return text, self._language_of(text) if code == _DEFAULT else code
        return "", _DEFAULT

    def _language_of(self, text: str) -> str:
        return next((code for code, other in self.by_language.items() if code != _DEFAULT and other == text), _DEFAULT)

    def text(self, language: str) -> str:
        """The text for a reader of `language`, whatever language it is found in."""
        return self.shown(language)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceAim:
    """One competence aim (kompetansemål, Grep `KMnnnn`).

    Attributes:
        taken_from: code of the aim this one was taken from (Grep `hentet-fra`), or empty.
        reuse_of: code of the aim this one reuses (Grep `gjenbruk-av`), or empty.
    """

    code: str
    uri: str
    text: OfficialText
    taken_from: str = ""
    reuse_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AimSet:
    """A set of aims in reading order (kompetansemålsett or module, Grep `KVnnn`)."""

    code: str
    uri: str
    title: OfficialText
    aims: tuple[CompetenceAim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something that is known by a code and a title: a subject code (fagkode) or a programme area (programområde)."""

    code: str
    uri: str
    title: OfficialText


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A subject of training (opplæringsfag) that follows a curriculum.

    Attributes:
        sets: codes of those of the curriculum's sets that belong to it; empty where Grep does not say.
        subjects: the subject codes (fagkoder) that it is taken under, as a kompetansebevis names them.
        areas: the programme areas (programområder) where it is taught.
    """

    code: str
    uri: str
    title: OfficialText
    sets: tuple[str, ...] = ()
    subjects: tuple[Named, ...] = ()
    areas: tuple[Named, ...] = ()


class Validity(StrEnum):
    """Whether a curriculum is in force on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curriculum:
    """A curriculum (læreplan, Grep `AAAnn-vv`) with its sets in the order of its chapter.

    Attributes:
        changed: Grep's `sist-endret` of the plan record, as published; names the version with the code.
        published: whether Grep's status is `status_publisert`.
        valid_from, valid_to: first and last day in force; None where Grep has none.
        modular: built of modules for adults (Grep `laereplanstruktur_2`).
        original_plans: codes of the plans a modular plan was made from (Grep `opprinnelige-planer`).
        short_title: Grep's `kortform`; without texts where there is none.
        tags: codes of Grep's `merkelapper`, such as `for_voksenopplaering`.
        trades: the subjects of training that follow it, by code.
    """

    code: str
    uri: str
    title: OfficialText
    changed: str
    published: bool
    sets: tuple[AimSet, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    modular: bool = False
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    original_plans: tuple[str, ...] = ()
    source: str = field(default="Udir, Grep (NLOD 2.0)")
    short_title: OfficialText = field(default=OfficialText({}))
    tags: tuple[str, ...] = ()
    trades: tuple[Trade, ...] = ()

    def validity(self, on: date) -> Validity:
        """Whether it is in force `on` a day; one that Grep has withdrawn is not, whatever its dates."""
        return validity(self.published, self.valid_from, self.valid_to, on)

    def aims(self) -> Iterator[CompetenceAim]:
        """All aims in reading order."""
        for aim_set in self.sets:
            yield from aim_set.aims

    def aim_count(self) -> int:
        """Number of aims over all sets."""
        return sum(len(aim_set.aims) for aim_set in self.sets)


def validity(published: bool, valid_from: date | None, valid_to: date | None, on: date) -> Validity:
    """Whether a curriculum of this status and these first and last days is in force `on` a day."""
    if not published or (valid_to is not None and valid_to < on):
        return Validity.ENDED
    return Validity.COMING if valid_from is not None and valid_from > on else Validity.IN_FORCE
