# SPDX-License-Identifier: MIT
"""Practice placements: where a candidate works, for how long, under whom."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """An employer or provider that takes a candidate in practice."""

    name: str
    org_number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervisor:
    """The person at the workplace who sees the candidate work (praksisveileder, arbeidsleder)."""

    name: str
    position: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One period at one workplace (praksisperiode).

    Attributes:
        measure: code of the Nav measure (tiltak) from `resources/reference/measures.yaml`.
        end: last day, or None while it goes on.
        percent: share of full time, 1 to 100.
        tasks: what the candidate did, in plain words.
    """

    id: str
    case_id: str
    workplace: Workplace
    supervisor: Supervisor
    measure: str
    start: date
    end: date | None
    percent: int
    tasks: str

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 100:
            raise ValueError("percent must be 1 to 100")
        if self.end is not None and self.end < self.start:
            raise ValueError("a placement cannot end before it starts")
