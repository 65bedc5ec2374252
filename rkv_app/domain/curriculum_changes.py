# SPDX-License-Identifier: MIT
"""What changed between two versions of a curriculum, or two imports of it: new, reworded and withdrawn aims.

Grep gives aims new codes when a plan gets a new version, and adds aims inside a version. So an old and a new aim belong
together by their code, else by Grep's own links (`hentet-fra`, `gjenbruk-av`), else by the same text, else because
their texts are much alike; which of them it was is always said.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rkv_app.domain.aims import CompetenceAim, Curriculum, OfficialText

# How much of two texts must be the same words for one to be taken for a rewording of the other.
_ALIKE = 0.75
_DEFAULT = "default"
_TOKEN = re.compile(r"\s*\S+")


class PieceKind(StrEnum):
    """What became of some words of a text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both texts, in the old one only, or in the new one only."""

    kind: PieceKind
    words: str


class Matched(StrEnum):
    """By what an old and a new aim belong together."""

    CODE = "code"
    LINK = "link"
    TEXT = "text"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class PlacedAim:
    """An aim and the set it stands in."""

    aim: CompetenceAim
    set_code: str
    set_title: OfficialText


@dataclass(frozen=True, slots=True)
class AimPair:
    """An aim of the old curriculum and what it is in the new one.

    Attributes:
        matched: by what they belong together.
        reworded: whether a text that both have in the same language is another one.
    """

    old: PlacedAim
    new: PlacedAim
    matched: Matched
    reworded: bool

    def texts(self, language: str) -> tuple[str, str]:
        """Old and new text for a reader of `language`, both in one language, in one where they differ if any does."""
        old, new = self.old.aim.text, self.new.aim.text
        common = _in_common(old, new)
        differing = [code for code in common if _words(old.by_language[code]) != _words(new.by_language[code])]
        for code in (*_shown_first(new, language, differing), *_shown_first(new, language, common)):
            return old.by_language[code], new.by_language[code]
        return old.text(language), new.text(language)


class Fact(StrEnum):
    """What a curriculum itself says that can change."""

    TITLE = "title"
    PUBLISHED = "published"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    REPLACED_BY = "replaced_by"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact about the curriculum that is another now; the values as `Curriculum` has them, a title as its texts."""

    fact: Fact
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class CurriculumChanges:
    """Everything that is different in `new`; every aim of either stands in exactly one of the four tuples.

    Attributes:
        same: aims whose text is the same, be it under another code.
        reworded: aims whose text was changed.
        added: aims that are new, in the reading order of the new curriculum.
        withdrawn: aims that are gone, in the reading order of the old one.
    """

    old: Curriculum
    new: Curriculum
    facts: tuple[FactChange, ...]
    same: tuple[AimPair, ...]
    reworded: tuple[AimPair, ...]
    added: tuple[PlacedAim, ...]
    withdrawn: tuple[PlacedAim, ...]

    @property
    def any(self) -> bool:
        """Whether an aim was added, reworded or withdrawn."""
        return bool(self.reworded or self.added or self.withdrawn)


def curriculum_changes(old: Curriculum, new: Curriculum) -> CurriculumChanges:
    """Compares two curricula."""
    gone, come = list(_placed(old)), list(_placed(new))
    pairs: list[AimPair] = []
    for matched, belong in (
        (Matched.CODE, lambda one, other: one.code == other.code),
        (Matched.LINK, _linked),
        (Matched.TEXT, _same_text),
    ):
        pairs += _take_pairs(gone, come, matched, belong)
    pairs += _alike_pairs(gone, come)
    order = {(placed.set_code, placed.aim.code): at for at, placed in enumerate(_placed(new))}
    pairs.sort(key=lambda pair: order[pair.new.set_code, pair.new.aim.code])
    return CurriculumChanges(
        old=old,
        new=new,
        facts=tuple(_facts(old, new)),
        same=tuple(pair for pair in pairs if not pair.reworded),
        reworded=tuple(pair for pair in pairs if pair.reworded),
        added=tuple(come),
        withdrawn=tuple(gone),
    )


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Returns what became of the words: SAME and REMOVED together are `old`, SAME and ADDED together are `new`.

    Spaces between words are not compared; those of a piece that stayed are the new text's.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False)
    pieces: list[Piece] = []
    for does, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if does == "equal":
            pieces.append(Piece(PieceKind.SAME, "".join(after[from_new:to_new])))
            continue
        if to_old > from_old:
            pieces.append(Piece(PieceKind.REMOVED, "".join(before[from_old:to_old])))
        if to_new > from_new:
            pieces.append(Piece(PieceKind.ADDED, "".join(after[from_new:to_new])))
    return tuple(pieces)


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for the spaces between their words."""
    return _words(one) == _words(other)


def _placed(curriculum: Curriculum) -> Iterator[PlacedAim]:
    for aim_set in curriculum.sets:
        for aim in aim_set.aims:
            yield PlacedAim(aim, aim_set.code, aim_set.title)


def _take_pairs(
    gone: list[PlacedAim],
    come: list[PlacedAim],
    matched: Matched,
    belong: Callable[[CompetenceAim, CompetenceAim], bool],
) -> Iterator[AimPair]:
    """Takes out of both lists, in order, what belongs together; those that stand in the same set first."""
    for old in tuple(gone):
        fitting = [new for new in come if belong(old.aim, new.aim)]
        if fitting:
            new = next((one for one in fitting if one.set_code == old.set_code), fitting[0])
            gone.remove(old)
            come.remove(new)
            yield _pair(old, new, matched)


def _alike_pairs(gone: list[PlacedAim], come: list[PlacedAim]) -> list[AimPair]:
    close: list[tuple[float, int, int]] = []
    for at_old, old in enumerate(gone):
        for at_new, new in enumerate(come):
            ratio = _likeness(old.aim.text, new.aim.text)
            if ratio >= _ALIKE:
                close.append((-ratio, at_old, at_new))
    pairs, used_old, used_new = [], set[int](), set[int]()
    for _, at_old, at_new in sorted(close):
        if at_old not in used_old and at_new not in used_new:
            used_old.add(at_old)
            used_new.add(at_new)
            pairs.append(_pair(gone[at_old], come[at_new], Matched.ALIKE))
    gone[:] = [old for at, old in enumerate(gone) if at not in used_old]
    come[:] = [new for at, new in enumerate(come) if at not in used_new]
    return pairs


def _pair(old: PlacedAim, new: PlacedAim, matched: Matched) -> AimPair:
    return AimPair(old, new, matched, _is_reworded(old.aim.text, new.aim.text))


def _linked(one: CompetenceAim, other: CompetenceAim) -> bool:
    return one.code in (other.taken_from, other.reuse_of)


def _same_text(one: CompetenceAim, other: CompetenceAim) -> bool:
    common = _in_common(one.text, other.text)
    return bool(common) and not _is_reworded(one.text, other.text)


def _is_reworded(old: OfficialText, new: OfficialText) -> bool:
    """A text that has come in one more language is no rewording."""
    common = _in_common(old, new)
    if not common:
        return bool(old.by_language) and bool(new.by_language)
    return any(_words(old.by_language[code]) != _words(new.by_language[code]) for code in common)


def _likeness(old: OfficialText, new: OfficialText) -> float:
    for code in _in_common(old, new):
        matcher = SequenceMatcher(None, _words(old.by_language[code]), _words(new.by_language[code]), autojunk=False)
        return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
    return 0.0


def _in_common(old: OfficialText, new: OfficialText) -> list[str]:
    """Languages that both have; `default` only repeats one of them, and may repeat another one in another version."""
    common = [code for code, text in new.by_language.items() if text and old.by_language.get(code)]
    return [code for code in common if code != _DEFAULT] or common


def _shown_first(text: OfficialText, language: str, codes: Iterable[str]) -> list[str]:
    wanted = list(codes)
    _, first = OfficialText({code: text.by_language[code] for code in wanted}).shown(language)
    return [first] if first in wanted else wanted


def _words(text: str) -> list[str]:
    return text.split()


def _facts(old: Curriculum, new: Curriculum) -> Iterator[FactChange]:
    for fact, before, after in (
        (Fact.TITLE, dict(old.title.by_language), dict(new.title.by_language)),
        (Fact.PUBLISHED, old.published, new.published),
        (Fact.VALID_FROM, old.valid_from, new.valid_from),
        (Fact.VALID_TO, old.valid_to, new.valid_to),
        (Fact.REPLACED_BY, old.replaced_by, new.replaced_by),
    ):
        if before != after:
            yield FactChange(fact, before, after)
