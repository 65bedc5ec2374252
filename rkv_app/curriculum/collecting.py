# SPDX-License-Identifier: MIT
"""Collects from Grep the records that a curriculum consists of, each into a file of its own.

A run that was cut off goes on where it stopped: a record that was fetched less than a day ago is not asked for again.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rkv_app.curriculum.fetch_refusals import NOT_THERE, not_there
from rkv_app.curriculum.fetching import GrepClient
from rkv_app.curriculum.records import Data, Reference, UnusableRecord, is_code, read_plan, read_set, read_trade
from rkv_app.curriculum.sources import go_on, one_record
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.safe_files import explain_os_error, write_atomically

_GOOD_FOR: Final = timedelta(days=1)
_PLANS, _SETS, _AIMS = "laereplaner-lk20", "kompetansemaalsett-lk20", "kompetansemaal-lk20"
_TRADES, _SUBJECTS, _AREAS = "opplaeringsfag", "fagkoder", "programomraader"


@dataclass(slots=True)
class Collection:
    """What is being collected.

    Attributes:
        folder: where the records go, one file each; made where it is missing.
        now: to tell how old a record is that is there already.
        files: what has been collected.
        expected: how many records there will be, as far as is known.
    """

    client: GrepClient
    folder: Path
    now: datetime
    progress: Progress | None = None
    files: list[Path] = field(default_factory=list)
    expected: int = 0

    def plans(self, codes: Sequence[str]) -> Sequence[Path]:
        """Collects curricula with all that belongs to them; returns the files, all of these and no others.

        Raises:
            UserError: RKV-CUR-013 there is no such curriculum; RKV-CUR-008 cancelled; what `GrepClient` raises.
        """
        self.expected = len(codes)
        for code in codes:
            if not is_code(code):
                raise not_there(code[:40])
            try:
                plan = read_plan(self._record(_PLANS, code))
                self.expected += len(plan.sets)
                self._sets(plan.sets)
            except UnusableRecord:
                # The importer says what is wrong with it.
                continue
        return self.files

    def _sets(self, references: Sequence[Reference]) -> None:
        trades: dict[str, None] = {}
        for reference in references:
            found = read_set(self._record(_SETS, reference.code))
            self.expected += len(found.aims)
            for aim in found.aims:
                self._record(_AIMS, aim.code)
            trades |= dict.fromkeys(one.code for one in found.trades)
        self.expected += len(trades)
        for code in trades:
            self._trade(code)

    def _trade(self, code: str) -> None:
        record = self._record_if_there(_TRADES, code)
        if record is None:
            return
        trade = read_trade(record)
        around = [(_SUBJECTS, one.code) for one in trade.subjects] + [(_AREAS, one.code) for one in trade.areas]
        self.expected += len(around)
        for resource, each in around:
            self._record_if_there(resource, each)

    def _record_if_there(self, resource: str, code: str) -> Data | None:
        """What a curriculum can do without: Grep names trades and subject codes that it no longer has."""
        try:
            return self._record(resource, code)
        except UserError as refused:
            if refused.code == NOT_THERE:
                return None
            raise

    def _record(self, resource: str, code: str) -> Data:
        go_on(self.progress, len(self.files), self.expected)
        path = self.folder / resource / f"{code}.json"
        try:
            if not self._is_fresh(path):
                data = self.client.record(resource, code)
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_atomically(path, data, replace=True)
                os.utime(path, (self.now.timestamp(), self.now.timestamp()))
            record = one_record(path.read_bytes(), path.name)
        except OSError as problem:
            raise explain_os_error(problem, path) from problem
        self.files.append(path)
        return record

    def _is_fresh(self, path: Path) -> bool:
        if not path.is_file():
            return False
        age = self.now.timestamp() - path.stat().st_mtime
        return 0 <= age < _GOOD_FOR.total_seconds()
