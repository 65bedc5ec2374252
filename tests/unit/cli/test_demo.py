# SPDX-License-Identifier: MIT
"""`rkv demo` plays the whole job, on the practice plan and on real curricula, or leaves nothing behind."""

import contextlib
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from rkv_app.cli.main import run
from rkv_app.usecases.demo import PASSPHRASE
from support.commands import Command, contents, tools

STEPS = [
    *("curriculum", "request", "evaluation", "application", "receipt", "received"),
    *("supplement_request", "supplement", "outcome", "decided"),
]
PACKETS = {
    "request": "01-request.rkvpakke",
    "evaluation": "02-evaluation.rkvpakke",
    "application": "03-application.rkvpakke",
    "receipt": "04-receipt.rkvpakke",
    "supplement_request": "05-supplement-request.rkvpakke",
    "supplement": "06-supplement.rkvpakke",
    "outcome": "07-outcome.rkvpakke",
}
STORES = ["adviser.rkv", "supervisor.rkv", "intake.rkv"]
MADE_UP = ["Prøvesen", "Øyvind", "Eksempelvik", "Eksempel Verksted"]


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that was played, and what it answered."""

    out: Path
    told: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One demo to look at from all sides."""
    out = tmp_path_factory.mktemp("demo") / "practice"
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        assert run(["demo", "--out", str(out), "--headless", "--json"], tools()) == 0
    return Demo(out, told.getvalue())


def test_the_answer_lists_every_step_and_every_store(demo: Demo) -> None:
    document = json.loads(demo.told)
    assert set(document) == {"ok", "steps", "stores", "ms_total"}
    assert document["ok"] is True
    assert [step["name"] for step in document["steps"]] == STEPS
    for step in document["steps"]:
        assert set(step) == {"name", "file", "sha256", "ms"}
        assert step["ms"] >= 0
        name = PACKETS.get(step["name"])
        assert step["file"] == (str(demo.out / name) if name else None)
        assert step["sha256"] == (hashlib.sha256((demo.out / name).read_bytes()).hexdigest() if name else "")
    assert document["stores"] == [{"path": str(demo.out / name), "integrity": "ok"} for name in STORES]
    expected = {*PACKETS.values(), *STORES, *(f"{name}.key" for name in STORES), "03-application.pdf"}
    # Beside each store lie its backups, and room set aside where there is plenty.
    beside = tuple(f"{name}{end}" for name in STORES for end in ("-backups", ".ballast"))
    assert {name for name in contents(demo.out) if not name.startswith(beside)} == expected


def test_nothing_readable_about_a_person_lies_in_stores_or_packets(demo: Demo) -> None:
    for name, data in contents(demo.out).items():
        if name.endswith(".pdf") or data is None:
            continue
        assert data
        for word in MADE_UP:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert word.encode(encoding) not in data, (name, word)


def test_the_stores_open_with_the_passphrase_of_the_demo(rkv: Command, demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    for name in STORES:
        store = ("--store", demo.out / name, "--passphrase-file", tmp_path / "passphrase")
        checked = rkv("store", "check", *store, "--json")
        assert (checked.status, checked.document["integrity"]) == (0, "ok")


def test_a_folder_with_something_in_it_is_left_alone(rkv: Command, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    answer = rkv("demo", "--out", out, "--headless", "--json")
    assert answer.status == 2
    assert answer.document["error"]["code"] == "RKV-DEM-001"
    assert "RKV-DEM-001" in answer.err
    assert contents(out) == {"notes.txt": b"mine"}


@pytest.mark.parametrize("plan", ["HEA03-03", "ROF05-01", "BET03-02"])
def test_real_curricula_play_through(rkv: Command, tmp_path: Path, shared: Path, plan: str) -> None:
    dump = shared / "grep-samples" / "grep-dump-json.zip"
    answer = rkv("demo", "--out", tmp_path / "out", "--headless", "--curriculum", dump, "--plan", plan, "--json")
    assert (answer.status, answer.err) == (0, "")
    assert [step["name"] for step in answer.document["steps"]] == STEPS


@pytest.mark.parametrize("existing", [True, False], ids=["into an empty folder", "into a new folder"])
def test_an_unknown_plan_leaves_nothing_behind(rkv: Command, tmp_path: Path, existing: bool) -> None:
    out = tmp_path / "out"
    if existing:
        out.mkdir()
    answer = rkv("demo", "--out", out, "--headless", "--plan", "XYZ01-01", "--json")
    assert (answer.status, answer.document["error"]["code"]) == (2, "RKV-CUR-004")
    assert out.exists() == existing
    assert contents(tmp_path / "out") == {}


def test_a_file_that_is_no_curriculum_leaves_nothing_behind(rkv: Command, tmp_path: Path) -> None:
    file = tmp_path / "something.json"
    file.write_text('{"hello": "world"}')
    answer = rkv("demo", "--out", tmp_path / "out", "--headless", "--curriculum", file, "--json")
    assert (answer.status, answer.document["error"]["code"]) == (2, "RKV-CUR-002")
    assert not (tmp_path / "out").exists()
    assert file.read_text() == '{"hello": "world"}'


def test_without_a_screen_no_window_is_tried(rkv: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "out").mkdir()
    answer = rkv("demo", "--out", tmp_path / "out", "--open")
    assert answer.status == 0
    assert PASSPHRASE in answer.out
    assert "no screen" in answer.out
