# SPDX-License-Identifier: MIT
"""The usable Grep records of an import by code, the last changed of each, and which belong together."""

from dataclasses import dataclass, field

from rkv_app.curriculum.records import (
    AIM_TYPE,
    NAMED_TYPES,
    PLAN_TYPE,
    SET_TYPE,
    TRADE_TYPE,
    AimRecord,
    PlanRecord,
    SetRecord,
    TradeRecord,
    UnusableRecord,
    newer,
    read_aim,
    read_named,
    read_plan,
    read_set,
    read_trade,
)
from rkv_app.curriculum.sources import RawRecord
from rkv_app.domain.aims import OfficialText


@dataclass(slots=True)
class Shelf:
    """What has been read so far.

    Attributes:
        named: titles of subject codes and programme areas.
        records: Grep records that were read, of every type.
        skipped: records of other types than these, unusable ones, and things that are no Grep record.
    """

    plans: dict[str, PlanRecord] = field(default_factory=dict)
    sets: dict[str, SetRecord] = field(default_factory=dict)
    aims: dict[str, AimRecord] = field(default_factory=dict)
    trades: dict[str, TradeRecord] = field(default_factory=dict)
    named: dict[str, OfficialText] = field(default_factory=dict)
    sets_of_plan: dict[str, list[str]] = field(default_factory=dict)
    aims_of_set: dict[str, list[str]] = field(default_factory=dict)
    trades_of_plan: dict[str, list[str]] = field(default_factory=dict)
    subjects_of_trade: dict[str, list[str]] = field(default_factory=dict)
    records: int = 0
    skipped: int = 0

    def add(self, raw: RawRecord) -> None:
        """Takes a record in. One that Udir has got wrong keeps no dump out; what it leaves missing is reported."""
        self.records += bool(raw.type)
        try:
            if raw.type == AIM_TYPE:
                self._add_aim(read_aim(raw.data))
            elif raw.type == SET_TYPE:
                self._add_set(read_set(raw.data))
            elif raw.type == PLAN_TYPE:
                plan = read_plan(raw.data)
                self.plans[plan.code] = newer(self.plans.get(plan.code), plan)
            elif raw.type == TRADE_TYPE:
                self._add_trade(read_trade(raw.data))
            elif raw.type in NAMED_TYPES:
                named = read_named(raw.data)
                self.named[named.code] = named.text
                for trade in named.trades:
                    self.subjects_of_trade.setdefault(trade, []).append(named.code)
            else:
                self.skipped += 1
        except UnusableRecord:
            self.skipped += 1

    def _add_aim(self, aim: AimRecord) -> None:
        if aim.set and aim.code not in self.aims:
            self.aims_of_set.setdefault(aim.set, []).append(aim.code)
        self.aims[aim.code] = newer(self.aims.get(aim.code), aim)

    def _add_set(self, aim_set: SetRecord) -> None:
        if aim_set.plan and aim_set.code not in self.sets:
            self.sets_of_plan.setdefault(aim_set.plan, []).append(aim_set.code)
        self.sets[aim_set.code] = newer(self.sets.get(aim_set.code), aim_set)

    def _add_trade(self, trade: TradeRecord) -> None:
        if trade.code not in self.trades:
            for plan in trade.plans:
                self.trades_of_plan.setdefault(plan, []).append(trade.code)
        self.trades[trade.code] = newer(self.trades.get(trade.code), trade)
