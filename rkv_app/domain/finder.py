# SPDX-License-Identifier: MIT
"""Which trades somebody's experience may be worth talking about: their own words held against the aims' words.

Never a verdict, and never approval. The rule, in one place:
* Texts are cut into stems (`foundation.stems`); everyday words count also as the words that curricula have for them.
* A word counts by its rarity: ln((N + 1) / (n + 0.5)), where n of the N trades have it. What every trade has counts
  nearly nothing. A trade is the first three letters of its plans' codes: one with two plans counts once.
* A word found as it is counts in full; as a part of a compound, or as an everyday word, by half; once for each plan.
* A plan's score is what its words count, of what they could have counted at most: 0 to 1. Plans in which fewer than two
  of the words are found, and trades that have much less than the best, are not mentioned.
* The reason is the aims in which the words were found, those that say most first.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rkv_app.domain.aims import CompetenceAim, Curriculum, OfficialText
from rkv_app.domain.reference import Everyday
from rkv_app.foundation.stems import stem, stems

MOST_TRADES = 5
MOST_AIMS = 5
_PART = 0.5
_SHORTEST_PART = 4
_SHORTEST_EVERYDAY_PART = 5
_FEWEST_WORDS = 2
# Of the best score: below it a trade would only make the list longer.
_WORTH_NAMING = 0.3


@dataclass(frozen=True, slots=True)
class MatchedAim:
    """An aim, and which of the person's own words were found in it."""

    aim: CompetenceAim
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundTrade:
    """A trade that may be worth talking about.

    Attributes:
        trade: the three letters of its plans' codes.
        code, title: the plan that fits best.
        score: 0 to 1, for the order alone.
        aims: the reason.
        words: the person's words that were found anywhere in the plan.
        other_plans: codes of the trade's other plans with matches, best first.
    """

    trade: str
    code: str
    title: OfficialText
    score: float
    aims: tuple[MatchedAim, ...]
    words: tuple[str, ...]
    other_plans: tuple[str, ...] = ()


@dataclass(slots=True)
class _Plan:
    curriculum: Curriculum
    title: frozenset[str]
    aims: list[tuple[CompetenceAim, frozenset[str]]]
    stems: frozenset[str] = field(default_factory=frozenset)

    @property
    def trade(self) -> str:
        return self.curriculum.code[:3]


# A word of the person's to the stems it is looked for as, each with what it counts.
_Wanted = Mapping[str, Mapping[str, float]]


def find_trades(
    experience: str, curricula: Iterable[Curriculum], everyday: Sequence[Everyday] = ()
) -> tuple[FoundTrade, ...]:
    """Returns the trades whose aims have most in common with what somebody has done, best first.

    Args:
        experience: in the person's own words, in bokmål, nynorsk or both.
        curricula: the plans to look in; one version of each.
        everyday: everyday words and what curricula write for them.
    """
    plans = [_read(one) for one in curricula]
    wanted = _wanted(experience, everyday)
    vocabulary = frozenset().union(*(plan.stems for plan in plans))
    looked_for = {word: _parts(as_stems, vocabulary) for word, as_stems in wanted.items()}
    rarity = _rarity(plans, looked_for)
    most = sum(rarity.values())
    if not most:
        return ()
    found = [one for plan in plans if (one := _match(plan, looked_for, rarity, most))]
    return _by_trade(found)


def _read(curriculum: Curriculum) -> _Plan:
    title = _stems_of(curriculum.title)
    aims = [(aim, _stems_of(aim.text)) for aim in curriculum.aims()]
    sets = frozenset().union(*(_stems_of(one.title) for one in curriculum.sets))
    return _Plan(curriculum, title | sets, aims, title.union(sets, *(found for _, found in aims)))


def _stems_of(text: OfficialText) -> frozenset[str]:
    norwegian = [said for code, said in text.by_language.items() if code in ("nob", "nno", "default", "eng")]
    return frozenset(found for said in norwegian for found, _ in stems(said))


def _wanted(experience: str, everyday: Sequence[Everyday]) -> dict[str, dict[str, float]]:
    meant: dict[str, dict[str, float]] = defaultdict(dict)
    for one in everyday:
        for said in one.said:
            meant[stem(said)] |= {stem(written): _PART for written in one.written}
    words: dict[str, str] = {}
    for found, word in stems(experience):
        # Two forms of one word are one word.
        words.setdefault(found, word)
    return {word: {**meant.get(found, {}), found: 1.0} for found, word in words.items()}


def _parts(as_stems: Mapping[str, float], vocabulary: frozenset[str]) -> dict[str, float]:
    """The stems of the vocabulary that a word is found in: itself, or a compound that begins or ends with it."""
    found: dict[str, float] = {}
    for wanted, counts in as_stems.items():
        for known in vocabulary:
            if known == wanted:
                worth = counts
            elif counts < 1:
                # An everyday word is already a step away from what was said: a short part of it would be two.
                if not _is_part(wanted, known, _SHORTEST_EVERYDAY_PART):
                    continue
                worth = counts * _PART
            elif _is_part(wanted, known) or _is_part(known, wanted):
                worth = counts * _PART
            else:
                continue
            found[known] = max(worth, found.get(known, 0.0))
    return found


def _is_part(part: str, whole: str, shortest: int = _SHORTEST_PART) -> bool:
    return len(part) >= shortest and len(whole) > len(part) and (whole.startswith(part) or whole.endswith(part))


def _rarity(plans: Sequence[_Plan], looked_for: _Wanted) -> dict[str, float]:
    trades = len({plan.trade for plan in plans})
    rarity = {}
    for word, known in looked_for.items():
        having = len({plan.trade for plan in plans if not plan.stems.isdisjoint(known)})
        rarity[word] = math.log((trades + 1) / (having + 0.5)) if having else 0.0
    return rarity


def _match(plan: _Plan, looked_for: _Wanted, rarity: Mapping[str, float], most: float) -> FoundTrade | None:
    worth = {
        word: rarity[word] * max(known[one] for one in both)
        for word, known in looked_for.items()
        if (both := plan.stems.intersection(known))
    }
    if len(worth) < _FEWEST_WORDS:
        return None
    aims = []
    for place, (aim, has) in enumerate(plan.aims):
        words = tuple(word for word in worth if not has.isdisjoint(looked_for[word]))
        said = sum(rarity[word] * max(looked_for[word].get(one, 0.0) for one in has) for word in words)
        if words:
            aims.append((-said, place, MatchedAim(aim, words)))
    return FoundTrade(
        trade=plan.trade,
        code=plan.curriculum.code,
        title=plan.curriculum.title,
        score=sum(worth.values()) / most,
        aims=tuple(one for _, _, one in sorted(aims, key=lambda one: one[:2])[:MOST_AIMS]),
        words=tuple(worth),
    )


def _by_trade(found: Sequence[FoundTrade]) -> tuple[FoundTrade, ...]:
    trades: dict[str, list[FoundTrade]] = defaultdict(list)
    for one in sorted(found, key=lambda match: (-match.score, match.code)):
        trades[one.trade].append(one)
    best = [plans[0] for plans in trades.values()]
    floor = max((one.score for one in best), default=0.0) * _WORTH_NAMING
    return tuple(
        replace(one, other_plans=tuple(plan.code for plan in trades[one.trade][1:]))
        for one in best[:MOST_TRADES]
        if one.score >= floor
    )
