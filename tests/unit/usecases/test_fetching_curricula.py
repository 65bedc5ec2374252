# SPDX-License-Identifier: MIT
"""Fetching from Grep: everything comes or nothing, trouble is told plainly, and nothing is fetched twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rkv_app.domain.aims import Curriculum
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.fetch_curricula import SERVICE, fetch_catalogue, fetch_curricula, grep_service, set_grep_service
from rkv_app.usecases.workspace import Workspace
from support.desks import Desks
from support.grep_dumps import RECORDS_A_PLAN, write_dump
from support.grep_server import ETAG, KEY, GrepServer, Trouble

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GrepServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = GrepServer(2)
    yield running
    running.close()


@pytest.fixture(scope="module")
def opened(fresh_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    desks = Desks.opened_in(Path(shutil.copytree(fresh_stores, tmp_path_factory.mktemp("fetching") / "desks")))
    yield desks.adviser
    desks.close()


@pytest.fixture
def ws(opened: Workspace, server: GrepServer) -> Workspace:
    """An adviser's store; curricula that other tests have fetched may be in it."""
    opened.store.settings.put("curriculum.newest_change", None)
    set_grep_service(opened, root=server.root, key="", key_header="")
    return opened


class Fetch:
    """Fetches into a folder of its own, and notes how long it was to wait."""

    def __init__(self, ws: Workspace, folder: Path) -> None:
        self.ws, self.folder = ws, folder
        self.waits: list[float] = []

    def __call__(self, *codes: str) -> list[str]:
        report = fetch_curricula(self.ws, codes, folder=self.folder, wait=self._wait)
        return [one.code for one in report.curricula]

    def all(self) -> list[str] | None:
        report = fetch_catalogue(self.ws, folder=self.folder, wait=self._wait)
        return None if report is None else [one.code for one in report.curricula]

    def refusal(self, *codes: str) -> UserError:
        before = self.ws.store.curricula.summaries()
        with pytest.raises(UserError) as refused:
            self(*codes) if codes else self.all()
        assert self.ws.store.curricula.summaries() == before
        return refused.value

    def _wait(self, seconds: float) -> None:
        # Waiting for the pace is so short that it says nothing.
        if seconds > 1:
            self.waits.append(seconds)


@pytest.fixture
def fetch(ws: Workspace, tmp_path: Path) -> Fetch:
    return Fetch(ws, tmp_path / "fetched")


def test_a_curriculum_comes_with_its_sets_aims_trades_and_subject_codes(
    fetch: Fetch, ws: Workspace, server: GrepServer, tmp_path: Path
) -> None:
    assert fetch("AAB03-01") == ["AAB03-01"]
    fetched = ws.store.curricula.get("AAB03-01")
    assert isinstance(fetched, Curriculum)
    assert fetched.aim_count() == 42
    assert {aim.text.shown("nn")[1] for aim in fetched.aims()} == {"nno"}
    assert [one.code for one in fetched.trades[0].subjects] == ["AAB3001", "AAB3004"]
    assert len(server.asked) == RECORDS_A_PLAN
    assert fetch.waits == []


def test_what_was_fetched_today_is_not_asked_for_again(fetch: Fetch, server: GrepServer) -> None:
    fetch("AAA03-01")
    asked = len(server.asked)
    assert fetch("AAA03-01") == ["AAA03-01"]
    assert len(server.asked) == asked


def test_after_a_connection_that_stays_away_the_next_run_goes_on_where_it_stopped(
    fetch: Fetch, server: GrepServer
) -> None:
    missing = [path for path in server.records if path.startswith("kompetansemaal-lk20/")][30]
    kept = server.records[missing]
    server.records[missing] = None
    assert fetch.refusal("AAA03-01").code == "RKV-CUR-014"
    asked = len(server.asked)
    server.records[missing] = kept
    assert fetch("AAA03-01") == ["AAA03-01"]
    assert len(server.asked) - asked < RECORDS_A_PLAN - 30


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [
        (Trouble(429, {"Retry-After": "7"}), [7.0]),
        (Trouble(503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), [2.0]),
        (Trouble(500), [2.0]),
        (Trouble(502, body=b"<html>"), [2.0]),
        (Trouble(body=b'{"kode": "AAA03-01"}', cut=5), [2.0]),
    ],
    ids=["429", "503", "500", "502", "cut"],
)
def test_trouble_that_passes_is_waited_for(
    fetch: Fetch, server: GrepServer, trouble: Trouble, waits: list[float]
) -> None:
    server.troubles = [trouble]
    assert fetch("AAA03-01") == ["AAA03-01"]
    assert fetch.waits == waits


@pytest.mark.parametrize(
    ("trouble", "code", "tries"),
    [
        (Trouble(429), "RKV-CUR-011", 4),
        (Trouble(429, {"Retry-After": "86400"}), "RKV-CUR-011", 1),
        (Trouble(500), "RKV-CUR-012", 4),
        (Trouble(body=b"{" * 100, cut=3), "RKV-CUR-009", 4),
        (Trouble(401), "RKV-CUR-010", 1),
        (Trouble(403), "RKV-CUR-010", 1),
        (Trouble(404), "RKV-CUR-013", 1),
        (Trouble(302, {"Location": "https://example.org/"}), "RKV-CUR-014", 1),
        (Trouble(body=b"<html>log in here</html>"), "RKV-CUR-014", 1),
        (Trouble(body=b"[]"), "RKV-CUR-014", 1),
        (Trouble(body=b'{"kode": "HEA03-03"}'), "RKV-CUR-014", 1),
        (Trouble(body=b" " * (8 * 1024 * 1024 + 1)), "RKV-CUR-014", 1),
    ],
)
def test_trouble_that_stays_is_told_and_changes_nothing(
    fetch: Fetch, server: GrepServer, trouble: Trouble, code: str, tries: int
) -> None:
    server.troubles = [trouble] * 10
    assert fetch.refusal("AAA03-01").code == code
    assert len(server.asked) == tries


def test_nobody_is_there(fetch: Fetch, server: GrepServer, ws: Workspace) -> None:
    set_grep_service(ws, root="http://127.0.0.1:9/kl06")
    assert fetch.refusal("AAA03-01").code == "RKV-CUR-009"


@pytest.mark.parametrize("root", ["http://data.udir.no/kl06", "ftp://127.0.0.1", "nonsense", "https://[", "https://"])
def test_a_key_never_travels_in_clear(fetch: Fetch, ws: Workspace, root: str) -> None:
    set_grep_service(ws, root=root, key=KEY)
    assert fetch.refusal("AAA03-01").code == "RKV-CUR-015"


@pytest.mark.parametrize("how", [{"key": "nøkkel"}, {"key": "a\nb"}, {"key_header": "X Key"}, {"key_header": "Nøkkel"}])
def test_a_key_that_can_be_none_is_not_sent(
    fetch: Fetch, server: GrepServer, ws: Workspace, how: dict[str, str]
) -> None:
    set_grep_service(ws, **how)
    assert fetch.refusal("AAA03-01").code == "RKV-CUR-010"
    assert server.asked == []


@pytest.mark.parametrize("code", ["../../etc/passwd", "HEA03-03/../x", "", "a b"])
def test_what_is_no_code_is_never_asked_for(fetch: Fetch, server: GrepServer, code: str) -> None:
    assert fetch.refusal(code).code == "RKV-CUR-013"
    assert server.asked == []


def test_the_key_is_kept_in_the_store_and_told_to_grep_alone(fetch: Fetch, server: GrepServer, ws: Workspace) -> None:
    server.needs_key = True
    refused = fetch.refusal("AAA03-01")
    assert refused.code == "RKV-CUR-010"
    set_grep_service(ws, key=KEY)
    assert KEY not in repr(grep_service(ws))
    assert fetch("AAA03-01") == ["AAA03-01"]
    set_grep_service(ws, key="", root="")
    assert ws.store.settings.get(SERVICE) == {}
    assert grep_service(ws).root == "https://data.udir.no/kl06/v201906"


def test_cancelling_leaves_the_catalogue_as_it_was(ws: Workspace, tmp_path: Path) -> None:
    before, told = ws.store.curricula.summaries(), list[int]()

    def progress(done: int, total: int) -> bool:
        told.append(done)
        return len(told) < 20

    with pytest.raises(UserError) as refused:
        fetch_curricula(ws, ["AAA03-01"], progress, folder=tmp_path / "fetched", wait=lambda seconds: None)
    assert refused.value.code == "RKV-CUR-008"
    assert ws.store.curricula.summaries() == before


class TestTheWholeCatalogue:
    """`--all`."""

    @pytest.fixture(autouse=True)
    def dump(self, server: GrepServer, tmp_path: Path) -> None:
        write_dump(tmp_path / "whole.zip", 200)
        server.dump = (tmp_path / "whole.zip").read_bytes()

    def test_it_comes_once_and_not_again_until_something_has_changed(self, fetch: Fetch, server: GrepServer) -> None:
        assert fetch.all() == ["AAA03-01", "AAB03-01", "AAC03-01", "AAD03-01"]
        assert fetch.all() is None
        assert server.asked == ["endringer?antall=1", "dump/json", "endringer?antall=1"]
        server.records["endringer?antall=1"] = [{"endrings-id": 4712}]
        assert fetch.all() is not None
        assert list(fetch.folder.iterdir()) == []

    def test_without_a_feed_of_changes_it_comes_every_time(self, fetch: Fetch, server: GrepServer) -> None:
        del server.records["endringer?antall=1"]
        assert [len(fetch.all() or ()), len(fetch.all() or ())] == [4, 4]

    def test_a_dump_that_was_cut_off_is_gone_on_from(self, fetch: Fetch, server: GrepServer) -> None:
        first, part = Trouble(body=b"[1]"), len(server.dump) // 2
        cut = Trouble(200, {"ETag": ETAG}, server.dump, cut=part)
        server.troubles = [first, cut, Trouble(500), Trouble(500), Trouble(500)]
        assert fetch.refusal().code == "RKV-CUR-012"
        assert len(fetch.all() or ()) == 4
        assert set(server.ranges) == {f"bytes={part}-"}

    def test_a_dump_that_has_changed_meanwhile_is_fetched_from_its_beginning(
        self, fetch: Fetch, server: GrepServer
    ) -> None:
        server.troubles = [
            Trouble(body=b"[1]"),
            Trouble(200, {"ETag": '"older"'}, b"PK\x03\x04 of another day" * 999, cut=9000),
        ]
        assert len(fetch.all() or ()) == 4

    @pytest.mark.parametrize("body", [b"<html>log in here</html>", b"", b"PK\x03\x04 and no more"])
    def test_what_is_no_dump_is_refused_and_not_kept(self, fetch: Fetch, server: GrepServer, body: bytes) -> None:
        server.dump = body
        assert fetch.refusal().code in ("RKV-CUR-014", "RKV-CUR-007")
        assert [path.name for path in fetch.folder.iterdir() if path.stat().st_size] == []
        assert fetch.ws.store.settings.get("curriculum.newest_change") is None
