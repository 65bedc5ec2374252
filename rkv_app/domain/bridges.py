# SPDX-License-Identifier: MIT
"""Bridges between aims: where an answer for one aim may be one for another. Only ever suggestions, with the reason.

Aims have other codes in a modular plan than in the Vg3 plan it was made from, and other codes again in the next
version, even where the text is the same; and one text may stand twice in a plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.carried import Reason
from rkv_app.domain.curriculum_changes import same_words
from rkv_app.domain.evaluations import AimText

_STRENGTH = {reason: at for at, reason in enumerate(Reason)}
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """An aim as it was put to somebody, in one version of a plan."""

    plan: str
    version: str
    aim: AimText


@dataclass(frozen=True, slots=True)
class Bridge:
    """An answer for `source` may be one for `target`.

    Attributes:
        same_text: whether the two texts are the same; where not, a person must read both.
    """

    source: Place
    target: Place
    reason: Reason

    @property
    def same_text(self) -> bool:
        """See the class."""
        return same_words(self.source.aim.text, self.target.aim.text)


@dataclass(frozen=True, slots=True)
class Links:
    """What Grep says of aims and plans, as pairs of codes that belong together, in both directions.

    Attributes:
        taken: aims by `hentet-fra`.
        reused: aims by `gjenbruk-av`.
        originals: plans by `opprinnelige-planer`.
        replaced: plans by `erstatter` and `erstattes-av`.
        texts: the texts of an aim in every language that is known, without their spacing.
    """

    taken: frozenset[_Pair] = frozenset()
    reused: frozenset[_Pair] = frozenset()
    originals: frozenset[_Pair] = frozenset()
    replaced: frozenset[_Pair] = frozenset()
    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def links_of(curricula: Iterable[Curriculum]) -> Links:
    """Gathers what these curricula say of their aims and of one another."""
    taken, reused, originals, replaced = set[_Pair](), set[_Pair](), set[_Pair](), set[_Pair]()
    texts: dict[str, frozenset[str]] = {}
    for plan in curricula:
        originals |= _both_ways(plan.code, plan.original_plans)
        replaced |= _both_ways(plan.code, (*plan.replaces, *plan.replaced_by))
        for aim in plan.aims():
            taken |= _both_ways(aim.code, (aim.taken_from,))
            reused |= _both_ways(aim.code, (aim.reuse_of,))
            known = frozenset(" ".join(text.split()) for text in aim.text.by_language.values())
            texts[aim.code] = texts.get(aim.code, frozenset()) | known
    return Links(frozenset(taken), frozenset(reused), frozenset(originals), frozenset(replaced), texts)


def bridges(targets: Sequence[Place], sources: Sequence[Place], links: Links | None = None) -> tuple[Bridge, ...]:
    """Returns the suggestions, in the order of `targets`, the strongest reason of each first; no aim with itself."""
    known = links or Links()
    found: list[Bridge] = []
    for target in targets:
        reasons = ((source, _reason(source, target, known)) for source in sources if source != target)
        own = [Bridge(source, target, reason) for source, reason in reasons if reason is not None]
        found += sorted(own, key=lambda bridge: _STRENGTH[bridge.reason])
    return tuple(found)


def _reason(source: Place, target: Place, links: Links) -> Reason | None:
    aims, plans = (source.aim.code, target.aim.code), (source.plan, target.plan)
    if aims[0] == aims[1]:
        return Reason.SAME_AIM
    if aims in links.taken:
        return Reason.TAKEN_FROM
    if aims in links.reused:
        return Reason.REUSE
    if not _equal(source.aim, target.aim, links):
        return None
    if plans[0] == plans[1]:
        return Reason.SAME_PLAN if source.version == target.version else Reason.OTHER_VERSION
    if plans in links.originals:
        return Reason.ORIGINAL_PLAN
    return Reason.OTHER_VERSION if plans in links.replaced else Reason.SAME_TEXT


def _equal(one: AimText, other: AimText, links: Links) -> bool:
    if same_words(one.text, other.text):
        return True
    texts = links.texts
    return bool(texts.get(one.code, frozenset()) & texts.get(other.code, frozenset()))


def _both_ways(code: str, others: Iterable[str]) -> set[_Pair]:
    return {pair for other in others if other for pair in ((code, other), (other, code))}
