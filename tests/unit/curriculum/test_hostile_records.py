# SPDX-License-Identifier: MIT
"""Whatever stands in a field of any Grep record, reading it ends in curricula or in a plain refusal."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.curriculum.importer import read_curricula
from rkv_app.foundation.errors import UserError
from support.grep_dumps import plan_records
from support.jsonld import as_jsonld

EVERYTHING = [record for _, record in plan_records(0)]
RECORDS = [one for one in EVERYTHING if not one["kode"].startswith("KM") or one["kode"] < "KM10004"]
# One of each kind, with all that a record of the kind can hold.
KINDS = [next(one for one in RECORDS if one["grep-type"].endswith(kind)) for kind in (
    "laereplan_lk20", "kompetansemaalsett_lk20", "kompetansemaal_lk20", "opplaeringsfag", "fagkode", "programomraade",
)]  # fmt: skip
URI = st.sampled_from(["http://psi.udir.no/kl06/KM10000", "urn:x:KV1000", "http://", "https://x/%2e%2e%2f", "urn:"])
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | URI,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["kode", "uri", "uriId", "@id", "tittel", "tekst", "verdi", "spraak", "@value", "dato", "@graph"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(data=st.data(), linked=st.booleans())
def test_no_field_of_any_record_is_trusted(tmp_path: Path, data: st.DataObject, linked: bool) -> None:
    record: dict[str, Any] = dict(data.draw(st.sampled_from(KINDS)))
    if linked:
        record = as_jsonld(record)
    for key in data.draw(st.lists(st.sampled_from(sorted(record)), min_size=1, max_size=3)):
        record[key] = data.draw(VALUE)
    others = [one for one in RECORDS if one["kode"] != record.get("kode")]
    path = tmp_path / "all.json"
    path.write_text(json.dumps([*others, record]), encoding="utf-8")
    try:
        report = read_curricula([path])
    except UserError:
        return
    for plan in report.curricula:
        assert plan.code
        assert all(aim.code and aim.uri and aim.text.text("nb") for aim in plan.aims())
        texts = [plan.title, plan.short_title, *(trade.title for trade in plan.trades)]
        assert all(isinstance(text, str) for one in texts for text in one.by_language.values())
