# SPDX-License-Identifier: MIT
"""Large dumps: what belongs to a curriculum comes along, and somebody can see how far it is and stop it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.curriculum.importer import read_curricula
from rkv_app.foundation.errors import ExitStatus, UserError
from support.grep_dumps import AIMS_A_SET, SETS_A_PLAN, write_dump


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    write_dump(tmp_path / "dump.zip", 150)
    return tmp_path / "dump.zip"


def test_trades_subject_codes_and_programme_areas_come_with_their_curriculum(dump: Path) -> None:
    plan = read_curricula([dump]).curricula[1]
    assert (plan.code, plan.aim_count()) == ("AAB03-01", AIMS_A_SET * SETS_A_PLAN)
    (trade,) = plan.trades
    assert trade.code == "AAB3Z01"
    assert trade.sets == tuple(aim_set.code for aim_set in plan.sets)
    assert [one.code for one in trade.subjects] == ["AAB3001", "AAB3004"]
    assert [one.code for one in trade.areas] == ["HSAAB3----"]
    assert all(one.title.text("nn").startswith("Læreplan") for one in (trade, *trade.subjects, *trade.areas))


def test_progress_rises_to_the_whole_and_never_falls(dump: Path) -> None:
    told: list[tuple[int, int]] = []
    read_curricula([dump], progress=lambda done, total: told.append((done, total)) is None)
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert done[0] == 0
    assert len(done) > 1
    assert all(one <= total == dump.stat().st_size for one, total in told)


@pytest.mark.parametrize("goes_on", [lambda done, total: False, lambda done, total: done == 0])
def test_reading_stops_when_somebody_cancels(dump: Path, goes_on: Callable[[int, int], bool]) -> None:
    with pytest.raises(UserError) as refused:
        read_curricula([dump], progress=goes_on)
    assert (refused.value.code, refused.value.status) == ("RKV-CUR-008", ExitStatus.REFUSED)
