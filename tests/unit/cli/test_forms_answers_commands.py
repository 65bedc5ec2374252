# SPDX-License-Identifier: MIT
"""`rkv forms show|answer|check`: a script answers a form on a case, by the same rules as the window, all or nothing."""

import io
import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rkv_app.cli.forms_answers import read_answers
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.resources import forms_dir
from rkv_app.usecases.create_case import create_case
from rkv_app.usecases.import_curriculum import import_practice_curriculum
from rkv_app.usecases.start_form import start_form
from support.case_forms import MEETING, form_folder
from support.commands import Answer, Command
from support.parties import ADVISER, Parties, new_case
from support.store_samples import PASSPHRASE

SECRET = "Avtalte å prøve sveising med Amina"


class Sat:
    """An adviser at the command line, with a meeting begun."""

    def __init__(self, rkv: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._rkv, self._folder, self._monkeypatch = rkv, folder, monkeypatch
        parties = Parties(folder)
        self._store = parties.make_store(ADVISER)
        ws = parties.at(ADVISER)
        import_practice_curriculum(ws)
        self.id = start_form(ws, create_case(ws, new_case()), "meeting").id
        ws.close()
        self._secret = folder / "secret"
        self._secret.write_text(PASSPHRASE, encoding="utf-8")

    def run(self, verb: str, *more: str | Path) -> Answer:
        return self._rkv("forms", verb, *more, "--store", self._store, "--passphrase-file", self._secret)

    def answer(self, answers: object, *more: str) -> Answer:
        piped = SimpleNamespace(buffer=io.BytesIO(json.dumps(answers).encode()))
        self._monkeypatch.setattr("rkv_app.cli.packet_streams.sys.stdin", piped)
        return self.run("answer", self.id, *more)

    def answers(self) -> Any:
        return self.run("show", self.id, "--json").document["answers"]


@pytest.fixture
def sat(rkv: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sat:
    made = Path(shutil.copytree(forms_dir(), tmp_path / "forms"))
    form_folder(made, MEETING)
    monkeypatch.setattr("support.commands.forms_dir", lambda: made)
    monkeypatch.setattr("support.parties.forms_dir", lambda: made)
    return Sat(rkv, tmp_path, monkeypatch)


def test_a_script_finds_answers_stores_some_and_sees_what_is_left(sat: Sat) -> None:
    (listed,) = sat.run("show", "--json").document["responses"]
    assert (listed["id"], listed["state"], listed["problems"]) == (sat.id, "in-progress", 1)
    checked = sat.run("check", sat.id, "--json")
    assert checked.status == 1
    assert [(one["code"], one["item"]) for one in checked.document["problems"]] == [("RKV-FRM-020", "held")]
    assert "held: RKV-FRM-020: This needs an answer." in sat.run("check", sat.id).out
    stored = sat.answer({"held": True, "agreed": SECRET}, "--json")
    assert (stored.status, stored.document) == (0, {"ok": True, "saved": 2, "problems": []})
    assert sat.answers() == {"held": True, "agreed": SECRET}
    assert sat.run("check", sat.id).status == 0
    assert f"agreed: What was agreed? {SECRET}" in sat.run("show", sat.id).out
    assert sat.answer({"agreed": None}).out == "1 answer was saved.\n"
    assert sat.answers() == {"held": True}


def test_answers_may_come_in_a_file(sat: Sat, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"held": False}), encoding="utf-8")
    assert sat.run("answer", sat.id, "--answers", file).status == 0
    assert sat.answers() == {"held": False}


def test_one_answer_that_does_not_fit_keeps_all_of_them_out_and_each_is_named(sat: Sat) -> None:
    refused = sat.answer({"agreed": SECRET, "held": "maybe", "nobody": 1, "minutes": ["not-attached"]}, "--json")
    assert refused.status == 1
    assert [(one["code"], one["item"]) for one in refused.document["problems"]] == [
        ("RKV-FRM-011", "held"),
        ("RKV-FRM-010", "nobody"),
        ("RKV-FRM-011", "minutes"),
    ]
    assert SECRET not in refused.out + refused.err
    assert sat.answers() == {}


@pytest.mark.parametrize("data", [b"", b"[]", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"\xff", b'{"a":' + b"[" * 99])
def test_what_is_no_object_of_answers_is_refused_without_being_repeated(data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        read_answers(data)
    assert refused.value.code == "RKV-FRM-035"


def test_answers_of_nobody_are_not_found(sat: Sat) -> None:
    for verb in ("show", "check"):
        assert "RKV-FRM-046" in sat.run(verb, "nobody").err
