# SPDX-License-Identifier: MIT
"""Aims of several curricula side by side: by curriculum and set, as they are shown, asked about and summed up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.evaluations import AimText, PlanText

T = TypeVar("T")
PlanCoverage = tuple[PlanText | None, Sequence[AimCoverage]]
"""A curriculum, or None where no aim names one, and the coverage of its aims."""


@dataclass(frozen=True, slots=True)
class InSet(Generic[T]):
    """Things about the aims of one set, in order.

    Attributes:
        begins: the curriculum, where there are several and this is its first set; else None.
        title: title of the set, in `language` (Grep code).
    """

    begins: PlanText | None
    title: str
    language: str
    of_set: Sequence[T]


def in_sets(things: Iterable[T], aim_of: Callable[[T], AimText]) -> Iterator[InSet[T]]:
    """Gathers what is about aims by curriculum and set, nothing twice and nothing left out, in the order it came."""
    before: PlanText | None = None
    for (plan, _, title), group in groupby(things, key=lambda one: _place(aim_of(one))):
        of_set = list(group)
        yield InSet(plan if plan != before else None, title, aim_of(of_set[0]).language, of_set)
        before = plan


def coverage_by_plan(coverage: Iterable[AimCoverage]) -> tuple[PlanCoverage, ...]:
    """Gathers the coverage of a case by curriculum, in order."""
    grouped = groupby(coverage, key=lambda one: one.aim.plan)
    return tuple((plan, list(group)) for plan, group in grouped)


def _place(aim: AimText) -> tuple[PlanText | None, str, str]:
    return aim.plan, aim.set_code, aim.set_title
