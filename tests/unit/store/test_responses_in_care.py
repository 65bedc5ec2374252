# SPDX-License-Identifier: MIT
"""Answers to forms are checked, exported and salvaged like everything else in a store."""

import json
import random
from pathlib import Path

import pytest

from rkv_app.crypto.keyslots import parse_header, unlock
from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import UserError
from rkv_app.store.database.engine import RawConnection, connect
from rkv_app.store.files.header_file import header_path, read_header
from support.store_samples import NOW, PASSPHRASE, RESPONSE, SURVEY, later, quick_vault, revision, version_move

WAY = Passphrase(PASSPHRASE)
NEW = "seks sauer spiser grønt gress ved fjorden"
PAGE = 4096
ANSWERS = {f"item-{number:03}": f"svar {number} " * 30 for number in range(80)}


@pytest.fixture
def with_responses(closed_store: Path) -> Path:
    """A closed store with a response that was completed, amended and moved, and with anonymous answers."""
    store = quick_vault().open(closed_store, WAY)
    with store.transaction():
        store.responses.add(RESPONSE)
        store.responses.revise(RESPONSE.id, revision(1, hours=1, what="ø" * 20), EvaluationState.COMPLETED)
        store.responses.set_state(RESPONSE.id, EvaluationState.IN_PROGRESS, later(2), "Feil dato")
        store.responses.move(RESPONSE.id, version_move(old="x"), {"steps": "x"})
        for item, text in ANSWERS.items():
            store.responses.save_answer(RESPONSE.id, item, text, NOW)
        store.responses.add_survey(SURVEY)
    store.close()
    return closed_store


def _raw(path: Path) -> RawConnection:
    key = unlock(parse_header(read_header(path)), WAY, now=NOW, boot="", quick_secret=lambda _: None)
    return connect(path, key)


def test_a_sound_store_has_no_findings(with_responses: Path) -> None:
    assert quick_vault().check(with_responses, WAY).findings == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE response_answer SET value = '\"a better answer\"' WHERE item = 'steps'",
        "DELETE FROM response_answer WHERE item = 'item-007'",
        "INSERT INTO response_answer VALUES ('response-1', 'new', '3', NULL)",
        "UPDATE revision SET answers = '{}'",
        "UPDATE revision SET reason = 'another'",
        "DELETE FROM revision",
        "DELETE FROM survey_answers",
        "INSERT INTO survey_answers VALUES (1, 'survey', '2026.1', 'ef', '2026-03', '{}')",
    ],
)
def test_what_was_altered_with_the_right_key_is_found(with_responses: Path, statement: str) -> None:
    raw = _raw(with_responses)
    raw.execute(statement)
    raw.close()
    assert "RKV-STO-033" in [finding.code for finding in quick_vault().check(with_responses, WAY).findings]


def test_an_export_has_all_of_it(with_responses: Path, tmp_path: Path) -> None:
    store = quick_vault().open(with_responses, WAY)
    store.export(tmp_path / "out")
    store.close()
    found = {
        name: json.loads((tmp_path / "out" / "records" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("response", "response_answer", "revision", "version_move", "survey_answers")
    }
    assert [len(found[name]) for name in found] == [1, 81, 1, 1, 1]
    assert found["revision"][0]["answers"] == {"hours": 1, "what": "ø" * 20}
    assert found["version_move"][0]["report"]["lost"] == {"old": "x"}
    assert found["response"][0]["aims"][0]["code"] == "KM1"


def test_whichever_page_is_damaged_no_answer_and_no_revision_is_lost(with_responses: Path, tmp_path: Path) -> None:
    whole = with_responses.read_bytes()
    beyond_help = 0
    for turn, page in enumerate(random.Random(7).sample(range(1, len(whole) // PAGE), 5)):
        path = tmp_path / str(turn) / "store.rkv"
        path.parent.mkdir()
        damaged = bytearray(whole)
        damaged[page * PAGE + 1000] ^= 1
        path.write_bytes(damaged)
        header_path(path).write_bytes(header_path(with_responses).read_bytes())
        new = path.with_name("new.rkv")
        try:
            report = quick_vault().salvage(path, WAY, new, NEW)
        except UserError:
            beyond_help += 1
            continue
        assert quick_vault().check(new, Passphrase(NEW)).findings == (), page
        store = quick_vault().open(new, Passphrase(NEW))
        found = store.responses.get(RESPONSE.id)
        store.close()
        if found is None:
            assert report.lost, page
            continue
        known = {**ANSWERS, "steps": "x"}
        assert found.answers == known or "sqlite_schema" in report.lost, page
        assert [one.answers for one in found.revisions] == [{"hours": 1, "what": "ø" * 20}] or report.lost, page
    assert beyond_help <= 1
