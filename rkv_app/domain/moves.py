# SPDX-License-Identifier: MIT
"""What becomes of answers when the same is asked again on another version of a curriculum. Nothing is done here.

The answers stay where they were given; what can be copied is copied to the newer form, each answer with its mark. So
nothing is lost, whichever way one goes, and what has no place in the newer form can still be read in the older one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.bridges import Bridge, Links, Place, bridges
from rkv_app.domain.carried import given
from rkv_app.domain.evaluations import AimText, Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReport:
    """What copying from one evaluation to another would do.

    Every answered aim of the older one stands in exactly one of the first four.

    Attributes:
        kept: answers that can be copied as they are, because the text is the same.
        changed: answers that can be copied, but the text is another one; a person must read both.
        taken: answers whose only place is an aim that has an answer already.
        lost: aims that have an answer and no place in the newer form.
        new: aims of the newer form that nothing of the older one says anything about, and that are not answered.
    """

    kept: tuple[Bridge, ...]
    changed: tuple[Bridge, ...]
    taken: tuple[Place, ...]
    lost: tuple[Place, ...]
    new: tuple[Place, ...]

    @property
    def offered(self) -> tuple[Bridge, ...]:
        """Everything that can be copied."""
        return (*self.kept, *self.changed)


def move_report(older: Evaluation, newer: Evaluation, links: Links | None = None) -> MoveReport:
    """Says what copying the answers of `older` to `newer` would do."""
    sources = answered_places(older)
    targets = places(newer)
    filled = answered_aims(newer.answers)
    offered: list[Bridge] = []
    used: set[str] = set()
    met: set[str] = set()
    for bridge in bridges(targets, sources, links):
        source, target = bridge.source.aim.code, bridge.target.aim.code
        met.add(source)
        if target not in filled and target not in used:
            used.add(target)
            offered.append(bridge)
    moved = {bridge.source.aim.code for bridge in offered}
    return MoveReport(
        kept=tuple(bridge for bridge in offered if bridge.same_text),
        changed=tuple(bridge for bridge in offered if not bridge.same_text),
        taken=tuple(one for one in sources if one.aim.code in met - moved),
        lost=tuple(one for one in sources if one.aim.code not in met),
        new=tuple(one for one in targets if one.aim.code not in filled | used),
    )


def places(evaluation: Evaluation) -> tuple[Place, ...]:
    """The aims that an evaluation asks about, in reading order."""
    return tuple(_place(evaluation, aim) for aim in evaluation.aims)


def answered_places(evaluation: Evaluation) -> tuple[Place, ...]:
    """Those of them that something is said about."""
    said = answered_aims(evaluation.answers)
    return tuple(_place(evaluation, aim) for aim in evaluation.aims if aim.code in said)


def answered_aims(answers: Mapping[str, object]) -> frozenset[str]:
    """The codes of the aims that answers are about."""
    return frozenset(path.split("/")[1] for path in given(answers) if "/" in path)


def copied(answers: Mapping[str, object], source: str, target: str) -> dict[str, object]:
    """The answers about the aim `source` as they would lie under the aim `target`."""
    found: dict[str, object] = {}
    for path, value in given(answers).items():
        parts: Sequence[str] = path.split("/")
        if len(parts) > 1 and parts[1] == source:
            found["/".join((parts[0], target, *parts[2:]))] = value
    return found


def _place(evaluation: Evaluation, aim: AimText) -> Place:
    plan = aim.plan or evaluation.plan
    return Place(plan.code, plan.changed, aim)
