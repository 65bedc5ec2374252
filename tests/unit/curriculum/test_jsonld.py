# SPDX-License-Identifier: MIT
"""The JSON-LD dump gives the same curricula as the JSON dump."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rkv_app.curriculum.importer import practice_curriculum_files, read_curricula
from rkv_app.domain.aims import Curriculum, OfficialText
from support.jsonld import as_jsonld, write_jsonld_dump


def test_both_dumps_of_the_real_plans_give_the_same_curricula(shared: Path, tmp_path: Path) -> None:
    dump = shared / "grep-samples" / "grep-dump-json.zip"
    write_jsonld_dump(tmp_path / "dump.zip", dump)
    from_jsonld, from_json = read_curricula([tmp_path / "dump.zip"]), read_curricula([dump])
    assert (from_jsonld.records, from_jsonld.skipped, from_jsonld.missing) == (448, 0, ())
    assert [_without_titles_of_trades(one) for one in from_jsonld.curricula] == [
        _without_titles_of_trades(one) for one in from_json.curricula
    ]


def _without_titles_of_trades(plan: Curriculum) -> Curriculum:
    """A reference has no title in JSON-LD, and these dumps have no records of trades."""
    return replace(plan, trades=tuple(replace(trade, title=OfficialText({})) for trade in plan.trades))


def test_a_real_record_of_the_dump_is_read_with_its_byte_order_mark(shared: Path, tmp_path: Path) -> None:
    record = shared / "grep-samples" / "jsonld-example" / "ADI2001.jsonld"
    trade = {
        "@type": "http://psi.udir.no/ontologi/kl06/opplaeringsfag",
        "@id": "http://psi.udir.no/kl06/ADI2Z01",
        "tittel": [{"@language": "nob", "@value": "Anlegg"}],
        "laereplan-referanse": {"@id": "urn:rkv:ovelse:XXP03-01"},
    }
    (tmp_path / "trade.jsonld").write_text(json.dumps(trade), encoding="utf-8")
    report = read_curricula([*practice_curriculum_files(), tmp_path / "trade.jsonld", record])
    (found,) = next(one for one in report.curricula if one.code == "XXP03-01").trades
    assert (found.code, found.title.text("nb")) == ("ADI2Z01", "Anlegg")
    (subject,) = found.subjects
    assert (subject.code, subject.title.text("en")) == ("ADI2001", "New Installations")
    assert subject.title.by_language["sme"] == "Ođđaráhkadusat"


@pytest.mark.parametrize("graph", [True, False])
def test_many_records_in_one_file_are_all_read(tmp_path: Path, graph: bool) -> None:
    records = [as_jsonld(json.loads(path.read_text(encoding="utf-8"))) for path in practice_curriculum_files()]
    together = {"@context": {}, "@graph": records} if graph else records
    (tmp_path / "all.jsonld").write_text(json.dumps(together), encoding="utf-8")
    read = read_curricula([tmp_path / "all.jsonld"])
    assert read.curricula == read_curricula(practice_curriculum_files()).curricula
