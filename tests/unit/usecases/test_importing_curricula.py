# SPDX-License-Identifier: MIT
"""An import brings in everything or nothing, whatever stops it."""

import contextlib
import os
import shutil
import signal
from pathlib import Path

import pytest

from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.import_curriculum import import_curriculum, import_practice_curriculum
from support.desks import Desks
from support.grep_dumps import write_dump


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    write_dump(tmp_path / "dump.zip", 300)
    return tmp_path / "dump.zip"


def _telling(told: list[int], stop_after: int) -> Progress:
    def progress(done: int, total: int) -> bool:
        assert 0 <= done <= total == 100
        told.append(done)
        return len(told) <= stop_after

    return progress


@pytest.mark.parametrize("stop_after", [0, 1, 2, 3, 5, 7])
def test_wherever_it_is_cancelled_the_catalogue_stays_as_it_was(desks: Desks, dump: Path, stop_after: int) -> None:
    ws = desks.adviser
    import_practice_curriculum(ws)
    before, entries = ws.store.curricula.summaries(), ws.store.info().entries
    told: list[int] = []
    with pytest.raises(UserError) as refused:
        import_curriculum(ws, [dump], progress=_telling(told, stop_after))
    assert (refused.value.code, len(told)) == ("RKV-CUR-008", stop_after + 1)
    assert (ws.store.curricula.summaries(), ws.store.info().entries) == (before, entries)
    assert ws.store.curricula.search("AAB03") == ()


def test_progress_rises_over_reading_and_storing(desks: Desks, dump: Path) -> None:
    ws = desks.adviser
    before = ws.store.curricula.summaries()
    told: list[int] = []
    import_curriculum(ws, [dump], progress=_telling(told, stop_after=1000))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 100)
    assert len(ws.store.curricula.summaries()) == len(before) + 6


def test_a_disk_that_is_full_half_way_leaves_the_catalogue_as_it_was(desks: Desks, dump: Path) -> None:
    ws = desks.adviser
    import_practice_curriculum(ws)
    before = ws.store.curricula.summaries()
    raw = ws.store._database.raw
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(UserError) as refused:
        import_curriculum(ws, [dump])
    assert refused.value.code == "RKV-SYS-001"
    raw.execute("PRAGMA max_page_count = 1000000")
    assert ws.store.curricula.summaries() == before
    import_curriculum(ws, [dump])
    assert len(ws.store.curricula.summaries()) == len(before) + 6


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("killed_at", [40, 75, 90, 100])
def test_a_process_that_is_killed_on_the_way_leaves_the_catalogue_as_it_was(
    fresh_stores: Path, dump: Path, tmp_path: Path, killed_at: int
) -> None:
    folder = Path(shutil.copytree(fresh_stores, tmp_path / "desks"))

    def progress(done: int, _: int) -> bool:
        if done >= killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            import_curriculum(Desks.opened_in(folder).adviser, [dump], progress=progress)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    desks = Desks.opened_in(folder)
    try:
        assert {one.code for one in desks.adviser.store.curricula.summaries()} == {"XXP03-01", "XXP05-01"}
        import_curriculum(desks.adviser, [dump])
        assert len(desks.adviser.store.curricula.summaries()) == 2 + 6
    finally:
        desks.close()
