# SPDX-License-Identifier: MIT
"""Pieces that several documents have in common."""

from collections.abc import Collection, Mapping, Sequence

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.wording import (
    language_tag,
    written_date,
    written_day_of,
    written_percent,
    written_period,
    written_version,
)
from rkv_app.domain.carried import REASONS, Carried
from rkv_app.domain.coverage import Covered
from rkv_app.domain.curriculum_changes import same_words
from rkv_app.domain.evaluations import AimText, Evaluation, KnownBy, PlanText
from rkv_app.domain.exchange import Decision
from rkv_app.domain.people import Party
from rkv_app.domain.placements import Placement
from rkv_app.domain.sharing import SharingGround
from rkv_app.domain.transcribed import WAYS, transcribed
from rkv_app.foundation.i18n import N_, Words


def listed(*texts: str) -> str:
    """The texts that are not empty, with commas between."""
    return ", ".join(text for text in texts if text)


def in_groups(digest: str) -> str:
    """A digest in groups of four, as people compare it, with a line break where half is said."""
    groups = [digest[start : start + 4] for start in range(0, len(digest), 4)]
    half = (len(groups) + 1) // 2
    return "\n".join(" ".join(part) for part in (groups[:half], groups[half:]) if part)


def known_ways(known_by: Collection[KnownBy], words: Words) -> str:
    """How a supervisor knows, always in the same order."""
    return listed(*(words.say(labels.KNOWN_BY[way]) for way in KnownBy if way in known_by))


def carried_said(mark: Carried | None, aim: AimText, words: Words) -> list[Said]:
    """Where an answer was copied from, for ever; with the text it was given for, where that is another one."""
    if mark is None:
        return []
    said = words(
        "Copied from {aim} in {plan} by {name}, {day}. Why: {reason}.",
        aim=mark.aim,
        plan=mark.plan,
        name=mark.by,
        day=written_day_of(mark.at, words),
        reason=REASONS[mark.reason],
    )
    if same_words(mark.text, aim.text):
        return [Said(said, theme.CELL_SMALL)]
    return [
        Said(said, theme.CELL_SMALL),
        Said(words("The answer was given for this text:"), theme.CELL_SMALL),
        Said(mark.text, theme.CELL_SMALL, language=language_tag(aim.language)),
    ]


def transcribed_facts(evaluation: Evaluation, words: Words) -> list[tuple[str, str]]:
    """That the supervisor has not signed an evaluation electronically, and who put it in; nothing for any other."""
    said = N_("Not signed electronically. {how} {name} compared them with what came, {day}.")
    return _how_it_came(evaluation.answers, said, words)


def compared_facts(answers: Mapping[str, object], words: Words) -> list[tuple[str, str]]:
    """How answers on a form of a case came that was given out, and who compared them; nothing for any other."""
    return _how_it_came(answers, N_("{how} {name} compared them with what came, {day}."), words)


def _how_it_came(answers: Mapping[str, object], said: str, words: Words) -> list[tuple[str, str]]:
    mark = transcribed(answers)
    if mark is None:
        return []
    told = words(said, how=WAYS[mark.way], name=mark.by, day=written_day_of(mark.at, words))
    return [(words("How it came"), told)]


def covered_said(covered: Covered, words: Words) -> Said:
    """A class of documentation with its disc."""
    dot = (theme.COVERED_COLOUR[covered], theme.COVERED_FILL[covered])
    return Said(words.say(labels.COVERED[covered]), theme.CELL_DOTTED, dot=dot)


def plan_facts(plans: Sequence[PlanText], words: Words) -> list[tuple[str, str]]:
    """Which curricula something is about, and in which versions: a line for each, two where it is one."""
    if len(plans) == 1:
        return [
            (words("Curriculum"), plans[0].named),
            (words("Version of the curriculum"), written_version(plans[0].changed, words)),
        ]
    return [(words("Curriculum"), versioned(plan, words)) for plan in plans]


def versioned(plan: PlanText, words: Words) -> str:
    """A curriculum by its title and code, with its version."""
    version = written_version(plan.changed, words)
    return words("{title} ({code}), version of {version}", title=plan.title, code=plan.code, version=version)


def party_facts(party: Party, words: Words) -> list[tuple[str, str]]:
    """Who somebody is and how to reach them."""
    return [
        (words("Name"), party.name),
        (words("Organisation"), listed(party.organisation, party.unit)),
        (words("Organisation number"), party.org_number),
        (words("Phone"), party.phone),
        (words("E-mail"), party.email),
    ]


def placement_facts(placement: Placement, measures: Mapping[str, str], words: Words) -> list[tuple[str, str]]:
    """What a placement was: its measure by what it is called, its period, its share and its tasks."""
    return [
        (words("Measure"), measures.get(placement.measure, placement.measure)),
        (words("Period"), written_period(placement.start, placement.end, words)),
        (words("Share of full time"), written_percent(placement.percent, words)),
        (words("Tasks"), placement.tasks),
    ]


def ground_facts(
    ground: SharingGround, informed: str, legal_bases: Mapping[str, str], words: Words
) -> list[tuple[str, str]]:
    """Why something is shared; `informed` is what the day is called that the candidate was told on."""
    return [
        (words("Legal basis"), legal_bases.get(ground.legal_basis, ground.legal_basis)),
        (words("Purpose"), ground.purpose),
        (informed, written_date(ground.informed_on, words)),
    ]


def add_decisions(
    document: DocumentBuilder, decisions: Sequence[Decision], shares: Sequence[float], words: Words
) -> None:
    """Adds the county's decisions, line by line."""
    document.table(
        (words("Code"), words("What"), words("Decision")),
        [
            (
                [Said(one.code, theme.CELL_CODE)],
                [Said(one.title)],
                [Said(words("Recognised") if one.recognised else words("Not recognised"))],
            )
            for one in decisions
        ],
        shares,
    )
