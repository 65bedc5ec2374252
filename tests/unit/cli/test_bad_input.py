# SPDX-License-Identifier: MIT
"""Whatever is wrong, a command says it with a stable code and status, and leaves what it was given as it was."""

import io
import shutil
from pathlib import Path

import pytest

from rkv_app.crypto.codes import new_spoken_code
from support.commands import Answer, Command, contents
from support.desks import Desks
from support.parties import ADVISER
from support.store_samples import PASSPHRASE

WRONG = 3
DAMAGED = 4
REFUSED = 2


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three stores, a request, and its code; to copy."""
    folder = tmp_path_factory.mktemp("desks")
    desks = Desks.made_in(folder)
    _, placement_id = desks.case()
    (folder / "code").write_text(desks.request(placement_id).code)
    desks.close()
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(written, tmp_path / "desks"))


@pytest.fixture
def store(folder: Path) -> Path:
    """The adviser's store."""
    return folder / f"{ADVISER.role.value}.rkv"


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


@pytest.fixture
def sealed(folder: Path) -> tuple[Path, Path]:
    """A request packet, and the file with its code."""
    return folder / "request.rkvpakke", folder / "code"


def said(answer: Answer, status: int, code: str) -> None:
    assert answer.status == status, answer
    assert answer.err.startswith(f"{code}: ")
    assert set(answer.document) == {"ok", "error"}
    assert answer.document["ok"] is False
    error = answer.document["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["hint"]


def damaged(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def check(rkv: Command, store: Path, passphrase: Path) -> Answer:
    """Checks a store; the store and its key file keep every byte."""
    before = contents(store.parent)
    answer = rkv("store", "check", "--store", store, "--passphrase-file", passphrase, "--json")
    assert contents(store.parent) == before
    return answer


def test_a_wrong_passphrase(rkv: Command, store: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase at all")
    answer = check(rkv, store, wrong)
    said(answer, WRONG, "RKV-STO-001")
    assert "not the passphrase at all" not in answer.out + answer.err


def test_an_empty_passphrase_file(rkv: Command, store: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    said(check(rkv, store, tmp_path / "empty"), WRONG, "RKV-STO-001")


@pytest.mark.parametrize("place", [0, 20, 90, 200, -1])
def test_a_key_file_with_one_bit_flipped(rkv: Command, store: Path, passphrase: Path, place: int) -> None:
    key = store.with_name(store.name + ".key")
    data = key.read_bytes()
    damaged(key, flipped(data, place % len(data)))
    said(check(rkv, store, passphrase), DAMAGED, "RKV-STO-010")


def test_a_store_without_its_key_file(rkv: Command, store: Path, passphrase: Path) -> None:
    store.with_name(store.name + ".key").unlink()
    said(check(rkv, store, passphrase), DAMAGED, "RKV-STO-012")


@pytest.mark.parametrize("kept", [0, 8, 100, 5000, -4096, -1])
def test_a_store_cut_short(rkv: Command, store: Path, passphrase: Path, kept: int) -> None:
    damaged(store, store.read_bytes()[:kept])
    said(check(rkv, store, passphrase), DAMAGED, "RKV-STO-011")


def test_a_store_that_is_not_there(rkv: Command, passphrase: Path, tmp_path: Path) -> None:
    said(check(rkv, tmp_path / "none.rkv", passphrase), REFUSED, "RKV-STO-004")


def test_a_passphrase_file_that_is_not_there(rkv: Command, store: Path, tmp_path: Path) -> None:
    said(check(rkv, store, tmp_path / "none"), REFUSED, "RKV-SYS-004")


def test_a_passphrase_file_that_is_not_text(rkv: Command, store: Path, tmp_path: Path) -> None:
    damaged(tmp_path / "binary", b"\xff\xfe\x00")
    said(check(rkv, store, tmp_path / "binary"), REFUSED, "RKV-SYS-005")


def test_nobody_to_ask(rkv: Command, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSPHRASE + "\n"))
    said(rkv("store", "check", "--store", store, "--json"), REFUSED, "RKV-CLI-001")


@pytest.mark.parametrize("option", ["--passphrase", "--password", "--code", "--pass"])
def test_secrets_are_never_taken_from_the_command_line(rkv: Command, store: Path, option: str) -> None:
    for command in (["store", "check", "--store", store], ["packet", "open", "file", "--out", "x"]):
        answer = rkv(*command, option, PASSPHRASE)
        assert answer.status == REFUSED
        assert answer.err.startswith("usage: ")


def test_a_store_is_never_made_over_another(rkv: Command, store: Path, passphrase: Path) -> None:
    before = contents(store.parent)
    answer = rkv(
        *("store", "create", "--store", store, "--passphrase-file", passphrase, "--role", "intake"),
        *("--name", "Test", "--organisation", "Test", "--json"),
    )
    said(answer, REFUSED, "RKV-STO-003")
    assert contents(store.parent) == before


def test_a_place_for_a_store_that_is_no_folder(rkv: Command, passphrase: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    answer = rkv(
        *("store", "create", "--store", tmp_path / "file" / "x.rkv", "--passphrase-file", passphrase),
        *("--role", "intake", "--name", "Test", "--organisation", "Test", "--json"),
    )
    said(answer, REFUSED, "RKV-SYS-002")
    assert (tmp_path / "file").read_text() == "a file"


def test_a_short_passphrase(rkv: Command, tmp_path: Path) -> None:
    (tmp_path / "short").write_text("elleve tegn")
    answer = rkv(
        *("store", "create", "--store", tmp_path / "x.rkv", "--passphrase-file", tmp_path / "short"),
        *("--role", "intake", "--name", "Test", "--organisation", "Test", "--json"),
    )
    said(answer, REFUSED, "RKV-STO-005")
    assert not list(tmp_path.glob("x.rkv*"))


@pytest.mark.parametrize("data", [b"", b'{"a": 1}', b"PK\x03\x04 broken", b"\x00" * 100], ids=range(4))
def test_a_file_that_is_no_curriculum(rkv: Command, store: Path, passphrase: Path, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "grep.json"
    damaged(file, data)
    before = rkv("curriculum", "list", "--store", store, "--passphrase-file", passphrase, "--json").document
    answer = rkv("curriculum", "import", "--store", store, "--passphrase-file", passphrase, file, "--json")
    assert answer.document["error"]["code"].startswith("RKV-CUR-00")
    assert answer.status in {REFUSED, DAMAGED}
    said(answer, answer.status, answer.document["error"]["code"])
    assert file.read_bytes() == data
    assert rkv("curriculum", "list", "--store", store, "--passphrase-file", passphrase, "--json").document == before


def test_a_curriculum_that_is_not_in_the_store(rkv: Command, store: Path, passphrase: Path) -> None:
    answer = rkv("curriculum", "show", "--store", store, "--passphrase-file", passphrase, "XYZ01-01", "--json")
    said(answer, REFUSED, "RKV-CAS-003")


def open_with_code(rkv: Command, packet: Path, code: Path, out: Path) -> Answer:
    """Opens a packet; it keeps every byte, and nothing comes out unless all is well."""
    before = packet.read_bytes()
    answer = rkv("packet", "open", packet, "--code-file", code, "--out", out, "--json")
    assert packet.read_bytes() == before
    assert answer.status == 0 or not out.is_dir() or not list(out.iterdir())
    return answer


def test_a_packet_opens_with_its_code(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path) -> None:
    answer = open_with_code(rkv, *sealed, tmp_path / "out")
    assert (answer.status, answer.document["ok"], answer.document["type"]) == (0, True, "foresporsel")
    assert sorted(answer.document["files"]) == sorted(str(path) for path in contents(tmp_path / "out"))


def test_a_wrong_code(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path) -> None:
    packet, _ = sealed
    (tmp_path / "other").write_text(new_spoken_code())
    said(open_with_code(rkv, packet, tmp_path / "other", tmp_path / "out"), WRONG, "RKV-PKT-003")


def test_a_packet_for_somebody_else(
    rkv: Command, sealed: tuple[Path, Path], folder: Path, passphrase: Path, tmp_path: Path
) -> None:
    packet, _ = sealed
    key = ("--store", folder / "intake.rkv", "--passphrase-file", passphrase)
    before = contents(folder)
    said(rkv("packet", "open", packet, *key, "--out", tmp_path / "out", "--json"), WRONG, "RKV-PKT-002")
    verified = rkv("packet", "verify", packet, *key, "--json")
    assert (verified.status, verified.document["verdict"]) == (WRONG, "not_for_you")
    assert contents(folder) == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("share", [0.5, 0.9, 0.9999])
def test_a_packet_with_one_bit_flipped(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path, share: float) -> None:
    packet, code = sealed
    data = packet.read_bytes()
    damaged(packet, flipped(data, int(len(data) * share)))
    said(open_with_code(rkv, packet, code, tmp_path / "out"), DAMAGED, "RKV-PKT-004")
    verified = rkv("packet", "verify", packet, "--code-file", code, "--json")
    assert (verified.status, verified.document["verdict"]) == (DAMAGED, "refused")
    assert [finding["code"] for finding in verified.document["findings"]] == ["RKV-PKT-004"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9999])
def test_a_packet_cut_short(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path, share: float) -> None:
    packet, code = sealed
    data = packet.read_bytes()
    damaged(packet, data[: int(len(data) * share)])
    answer = open_with_code(rkv, packet, code, tmp_path / "out")
    said(answer, DAMAGED, answer.document["error"]["code"])


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n"], ids=["empty", "text", "a PDF"])
def test_something_that_is_no_packet(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path, data: bytes) -> None:
    packet, code = sealed
    damaged(packet, data)
    said(open_with_code(rkv, packet, code, tmp_path / "out"), REFUSED, "RKV-PKT-001")


def test_a_packet_without_a_key_to_open_it(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path) -> None:
    packet, _ = sealed
    said(rkv("packet", "open", packet, "--out", tmp_path / "out", "--json"), REFUSED, "RKV-CLI-002")


def test_a_packet_that_is_not_there(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path) -> None:
    _, code = sealed
    answer = rkv("packet", "open", tmp_path / "none", "--code-file", code, "--out", tmp_path / "out", "--json")
    said(answer, REFUSED, "RKV-SYS-004")


def test_a_place_to_unpack_that_is_no_folder(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    packet, code = sealed
    answer = rkv("packet", "open", packet, "--code-file", code, "--out", tmp_path / "file", "--json")
    said(answer, REFUSED, "RKV-SYS-002")
    assert (tmp_path / "file").read_text() == "a file"


def test_files_in_the_way_of_unpacking_are_left_alone(rkv: Command, sealed: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "rkv.json").write_text("mine")
    packet, code = sealed
    answer = rkv("packet", "open", packet, "--code-file", code, "--out", out, "--json")
    said(answer, REFUSED, "RKV-SYS-003")
    assert contents(out) == {"rkv.json": b"mine"}
