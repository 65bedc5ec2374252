# SPDX-License-Identifier: MIT
"""Files that are no Grep files, are damaged, or mean harm: each is refused in plain words."""

import json
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.curriculum import sources
from rkv_app.curriculum.importer import ImportReport, practice_curriculum_files, read_curricula
from rkv_app.foundation.errors import ExitStatus, UserError

Write = Callable[[bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writer(data: bytes) -> Path:
        path = tmp_path / "chosen"
        path.write_bytes(data)
        return path

    return writer


def archive_of(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def refusal(*paths: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        read_curricula(paths)
    return refused.value


def outcome(files: Sequence[Path]) -> ImportReport | None:
    """What comes out, or None where the files are refused with a code of the curriculum room."""
    try:
        return read_curricula(files)
    except UserError as refused:
        if not refused.code.startswith("RKV-CUR-"):
            raise
        return None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "RKV-CUR-001"),
        (b"%PDF-1.7", "RKV-CUR-001"),
        (b"{not json", "RKV-CUR-001"),
        (b'{"a": "\xff"}', "RKV-CUR-001"),
        (b"[" * 200_000, "RKV-CUR-001"),
        (b'{"a":' * 200_000, "RKV-CUR-001"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "RKV-CUR-001"),
        (b"{}", "RKV-CUR-002"),
        (b"[1, null, {}]", "RKV-CUR-002"),
        (b'{"grep-type": 7, "kode": "HEA03-03"}', "RKV-CUR-002"),
        (b'{"@context": {}, "@type": "x/Laereplan_lk20", "@id": "urn:x:HEA03-03"}', "RKV-CUR-003"),
        (b'{"grep-type": "x/laereplan_lk20"}', "RKV-CUR-006"),
        (b'{"grep-type": "x/laereplan_lk20", "kode": "../../etc"}', "RKV-CUR-006"),
        (b'{"grep-type": "x/laereplan_lk20", "kode": "HEA03-03"}', "RKV-CUR-003"),
        (b'{"grep-type": "x/laereplan_lk20", "kode": "HEA03-03", "kompetansemaal-kapittel": 3}', "RKV-CUR-003"),
        (b'{"grep-type": "x/fagkode", "kode": "HEA3001"}', "RKV-CUR-006"),
    ],
)
def test_a_file_that_holds_no_curriculum_says_why(write: Write, data: bytes, code: str) -> None:
    refused = refusal(write(data))
    assert refused.code == code
    assert refused.status is ExitStatus.REFUSED


def test_an_absent_file_is_named_without_its_folder(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "absent.json")
    assert refused.code == "RKV-SYS-004"
    assert str(tmp_path) not in str(refused)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "RKV-CUR-001"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refusal(tmp_path / "empty").code == "RKV-CUR-002"


def test_a_truncated_archive_counts_as_damaged(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "dump.zip", {f.name: f.read_bytes() for f in practice_curriculum_files()})
    path.write_bytes(path.read_bytes()[:-200])
    refused = refusal(path)
    assert (refused.code, refused.status) == ("RKV-CUR-007", ExitStatus.DAMAGED)


def test_an_archive_with_a_flipped_byte_counts_as_damaged(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "dump.zip", {f.name: f.read_bytes() for f in practice_curriculum_files()})
    data = bytearray(path.read_bytes())
    data[200] ^= 0xFF
    path.write_bytes(data)
    assert refusal(path).code == "RKV-CUR-007"


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "bomb.zip", {"a.json": b"[" + b" " * (7 * 1024 * 1024) + b"]"})
    assert path.stat().st_size < 20_000
    assert refusal(path).code == "RKV-CUR-005"


def test_a_record_over_the_bound_is_refused(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "big.zip", {"a.json": b"[" + b" " * sources.MAX_RECORD_BYTES + b"]"})
    assert refusal(path).code == "RKV-CUR-005"


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive_of(tmp_path / "many.zip", {f"{number}.json": b"{}" for number in range(50)})
    monkeypatch.setattr(sources, "MAX_ENTRIES", 49)
    assert refusal(path).code == "RKV-CUR-005"


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TOTAL_BYTES", 1_000)
    with pytest.raises(UserError) as refused:
        read_curricula(practice_curriculum_files())
    assert refused.value.code == "RKV-CUR-005"


def test_one_record_that_cannot_be_used_does_not_keep_the_rest_out(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    for path in practice_curriculum_files():
        data = path.read_bytes()
        if path.name in ("KM990007.json", "KV990001.json"):
            record = json.loads(data)
            if path.name == "KV990001.json":
                named = next(aim for aim in record["kompetansemaal"] if aim["kode"] == "KM990007")
                named["tittel"] = None
            else:
                record["tittel"]["tekst"][0]["verdi"] = "a NUL \x00 and half a pair \ud800"
            data = json.dumps(record).encode()
        (folder / path.name).write_bytes(data)
    report = read_curricula([folder])
    assert report.missing == ("KM990007",)
    assert [curriculum.aim_count() for curriculum in report.curricula] == [10, 14]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
KEYS = [
    "kode", "uri", "tittel", "status", "sist-endret", "rekkefoelge", "kompetansemaal", "tilhoerer-laereplan",
    "tilhoerer-kompetansemaalsett", "hentet-fra", "gjenbruk-av", "laereplanstruktur", "gyldighetsperiode",
    "kompetansemaal-kapittel", "erstatter", "opprinnelige-planer",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(number=st.integers(0, 29), key=st.sampled_from(KEYS), value=JSON)
def test_no_value_in_any_field_does_more_than_leave_something_out(
    tmp_path: Path, number: int, key: str, value: object
) -> None:
    files = list(practice_curriculum_files())
    record = json.loads(files[number].read_text(encoding="utf-8"))
    record[key] = value
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(record), encoding="utf-8")
    files[number] = changed
    report = outcome(files)
    for curriculum in report.curricula if report else ():
        assert all(aim.text.text("nb") and aim.code for aim in curriculum.aims())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(position=st.integers(0, 10**6), bytes_=st.binary(min_size=1, max_size=8), cut=st.booleans())
def test_a_mangled_archive_is_refused_or_read_but_never_a_crash(
    tmp_path: Path, position: int, bytes_: bytes, cut: bool
) -> None:
    whole = tmp_path / "whole.zip"
    if not whole.exists():
        archive_of(whole, {path.name: path.read_bytes() for path in practice_curriculum_files()})
    data = bytearray(whole.read_bytes())
    at = position % len(data)
    data[at : at + len(bytes_)] = bytes_
    mangled = tmp_path / "mangled.zip"
    mangled.write_bytes(data[: at + 1] if cut else data)
    outcome([mangled])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([b"", b"{", b"[", b"PK\x03\x04"]), rest=st.binary(max_size=200))
def test_no_file_at_all_is_a_crash(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(start + rest)
    assert refusal(path).code.startswith("RKV-CUR-")
