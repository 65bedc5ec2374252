# SPDX-License-Identifier: MIT
"""A packet opens for those it was meant for, whole and from the one it names, or not at all."""

import errno
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from rkv_app.crypto.envelope import CodeRecipient, OpenWith, SpokenCode
from rkv_app.crypto.identity import key_id
from rkv_app.domain.exchange import MessageType
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Language, Words
from rkv_app.packets import opening
from rkv_app.packets.build import build_packet
from rkv_app.packets.opening import Verdict, open_packet, verify_packet, write_documents
from support import packet_forgery as forgery
from support import packet_samples as samples

CODE = SpokenCode(samples.CODE)
FILES = {
    "arkivmelding.xml",
    "hoveddokument.pdf",
    "rkv.json",
    "vedlegg-01.pdf",
    "vedlegg-02.txt",
}


def refusal(data: bytes, opener: OpenWith = CODE) -> UserError:
    with pytest.raises(UserError) as caught:
        open_packet(data, opener)
    return caught.value


@pytest.mark.parametrize("kind", list(samples.CONTENTS), ids=lambda kind: kind.value)
def test_every_type_of_message_comes_out_as_it_went_in(kind: MessageType) -> None:
    built = samples.built(kind)
    for opener in (CODE, samples.identity("county"), samples.identity("adviser")):
        opened = open_packet(built.data, opener)
        assert (opened.type, opened.content) == (kind, samples.CONTENTS[kind])
        assert (opened.message_id, opened.manifest_sha256) == (built.message_id, built.manifest_sha256)
        assert (opened.conversation_id, opened.reply_token) == (samples.CONVERSATION, samples.TOKEN)
        assert opened.sender == samples.card("adviser")
        assert opened.signer_certificate == samples.identity("adviser").signing_certificate
        assert (opened.created, opened.signed_at) == (samples.AT, samples.AT)
        assert opened.main_document == samples.PDF
        assert opened.documents.keys() == FILES
        assert [entry.real_name for entry in opened.files][1:] == ["Søknad, vedlegg.pdf", "notat.txt"]
        assert opened.archive_agrees


def test_the_file_name_tells_nothing_about_a_person() -> None:
    built = samples.built()
    assert built.file_name == f"rkv-soknad-20261123-{built.message_id[:8]}.rkvpakke"


def test_nothing_readable_stands_in_the_sealed_packet() -> None:
    data = samples.built().data
    for word in ("Øving", "rkv.json", "KM9001", samples.CONVERSATION, "ASiC"):
        assert word.encode() not in data


def test_a_reader_the_packet_is_not_for_is_told_so() -> None:
    problem = refusal(samples.built().data, samples.identity("stranger"))
    assert (problem.code, problem.status) == ("RKV-PKT-002", ExitStatus.LOCKED)


def test_a_wrong_code_is_told_as_a_wrong_code() -> None:
    assert refusal(samples.built().data, SpokenCode("0" * 20)).status is ExitStatus.LOCKED


@pytest.mark.parametrize("place", [-1, -200, 3000])
def test_a_packet_altered_on_its_way_is_told_as_damaged(place: int) -> None:
    data = bytearray(samples.built().data)
    data[place] ^= 1
    assert refusal(bytes(data)).status is ExitStatus.DAMAGED


def test_a_packet_cut_short_is_told_as_damaged() -> None:
    assert refusal(samples.built().data[:-100]).status is ExitStatus.DAMAGED


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\3\4" + bytes(99), bytes(500)])
def test_another_file_is_not_our_format(data: bytes) -> None:
    assert refusal(data).code in ("RKV-PKT-001", "RKV-PKT-010")
    assert verify_packet(data, CODE).verdict in (Verdict.NOT_OUR_FORMAT, Verdict.REFUSED)


def test_a_signed_packet_sealed_anew_for_a_third_party_is_refused() -> None:
    private = build_packet(
        samples.draft(MessageType.APPLICATION),
        identity=samples.identity("adviser"),
        recipients=[samples.to("county"), CodeRecipient(samples.CODE)],
        at=samples.AT,
    )
    files = forgery.with_message(
        dict(forgery.read_container(forgery.inner(private.data)).files),
        lambda tree: tree.update(mottakere=[key_id(samples.identity("county").sealing_certificate)]),
    )
    assert refusal(forgery.sealed(forgery.container(files))).code == "RKV-PKT-002"


def test_a_packet_signed_by_somebody_else_than_its_sender_is_refused() -> None:
    data = forgery.container(forgery.honest().files, signer="stranger")
    assert refusal(forgery.sealed(data)).code == "RKV-PKT-005"
    assert verify_packet(data, None).verdict is Verdict.REFUSED


def test_an_unsigned_packet_is_refused() -> None:
    unsigned = samples.raw_zip(
        [entry for entry in forgery.entries(forgery.honest().files) if not entry.name.startswith(b"META-INF")]
    )
    assert refusal(forgery.sealed(unsigned)).code == "RKV-PKT-042"


def without(name: str) -> bytes:
    return forgery.container({key: data for key, data in forgery.honest().files.items() if key != name})


PROFILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "no_message": ("RKV-PKT-010", lambda: without("rkv.json")),
    "no_archive_description": ("RKV-PKT-010", lambda: without("arkivmelding.xml")),
    "no_main_document": ("RKV-PKT-010", lambda: without("hoveddokument.pdf")),
    "an_attachment_the_message_does_not_tell_of": (
        "RKV-PKT-016",
        lambda: forgery.container({**forgery.honest().files, "more.exe": b"MZ"}),
    ),
    "an_attachment_that_is_missing": ("RKV-PKT-016", lambda: without("vedlegg-02.txt")),
    "an_attachment_of_another_content": (
        "RKV-PKT-016",
        lambda: forgery.container({**forgery.honest().files, "vedlegg-02.txt": b"other"}),
    ),
    "a_main_document_that_is_no_pdf": (
        "RKV-PKT-016",
        lambda: forgery.container({**forgery.honest().files, "hoveddokument.pdf": b"MZ"}),
    ),
    "a_timestamp_file_the_profile_does_not_know": (
        "RKV-PKT-041",
        lambda: forgery.container(forgery.honest().files, extra={"META-INF/timestamp001.tst": b"x"}),
    ),
    "a_newer_version": (
        "RKV-PKT-017",
        lambda: forgery.container(
            forgery.with_message(forgery.honest().files, lambda tree: tree.update(schema="rkv-pakke/2"))
        ),
    ),
}


@pytest.mark.parametrize("case", PROFILE)
def test_a_well_signed_packet_outside_the_profile_is_refused(case: str) -> None:
    code, make = PROFILE[case]
    assert refusal(forgery.sealed(make())).code == code


def test_a_false_archive_description_is_shown_and_does_not_count() -> None:
    files = {**forgery.honest().files}
    files["arkivmelding.xml"] = files["arkivmelding.xml"].replace(b"vedlegg-01.pdf", b"vedlegg-99.pdf")
    data = forgery.container(files)
    assert open_packet(forgery.sealed(data), CODE).archive_agrees is False
    report = verify_packet(forgery.sealed(data), CODE)
    assert (report.verdict, [each.code for each in report.findings]) == (Verdict.VALID_UNKNOWN_SENDER, ["RKV-PKT-019"])


def test_an_unsigned_odf_list_that_lies_changes_nothing() -> None:
    data = forgery.container(forgery.honest().files, extra={"META-INF/manifest.xml": b"<!DOCTYPE lie><lie/>"})
    assert open_packet(forgery.sealed(data), CODE).documents.keys() == FILES


def test_plaintext_is_private_while_it_is_checked_and_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[tuple[int, int]] = []

    def watched(sealed: BinaryIO, path: Path, opener: OpenWith) -> None:
        real(sealed, path, opener)
        seen.append((stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)))

    real = opening.unseal_to_file
    monkeypatch.setattr(opening, "unseal_to_file", watched)
    open_packet(samples.built().data, CODE)
    damaged = bytearray(samples.built().data)
    damaged[-1] ^= 1
    refusal(bytes(damaged))
    place = tmp_path / "own"
    place.mkdir(mode=0o700)
    open_packet(samples.built().data, CODE, folder=place)
    assert list(place.iterdir()) == []
    place.rmdir()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert seen == [(0o600, 0o700)] * 2


def test_unpacking_writes_the_files_under_safe_names(tmp_path: Path) -> None:
    opened = open_packet(samples.built().data, CODE)
    write_documents(opened, tmp_path / "new" / "folder")
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert written == dict(opened.documents)


def test_unpacking_over_other_files_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "rkv.json").write_bytes(b"mine")
    opened = open_packet(samples.built().data, CODE)
    with pytest.raises(UserError) as caught:
        write_documents(opened, tmp_path)
    assert caught.value.code == "RKV-SYS-003"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == {"rkv.json": b"mine"}


def test_a_known_signer_makes_a_packet_valid_and_an_unknown_one_says_so() -> None:
    data = samples.built().data
    signer = key_id(samples.identity("adviser").signing_certificate)
    report = verify_packet(data, CODE, known_signers={signer})
    assert (report.verdict, report.findings, report.signer) == (Verdict.VALID, (), signer)
    assert {file.name for file in report.files} == FILES
    assert verify_packet(data, CODE).verdict is Verdict.VALID_UNKNOWN_SENDER
    assert verify_packet(forgery.inner(data), None, known_signers=[signer]).verdict is Verdict.VALID


def test_a_sealed_packet_without_a_key_says_that_a_key_is_needed() -> None:
    report = verify_packet(samples.built().data, None)
    assert (report.verdict, report.good) == (Verdict.NOT_FOR_YOU, False)


def test_the_report_as_json_has_the_promised_shape() -> None:
    report = verify_packet(b"%PDF-", CODE).as_json(Words(Language.ENGLISH))
    assert report.keys() == {"verdict", "findings", "signer", "signed_at", "files"}
    assert report["verdict"] == "not_our_format"
    assert verify_packet(samples.built().data, CODE).as_json(Words(Language.ENGLISH))["files"]


def test_nothing_of_a_person_shows_in_the_repr_of_a_packet() -> None:
    assert "Mann" not in repr(open_packet(samples.built().data, CODE))
    assert "Mann" not in repr(samples.draft(MessageType.APPLICATION))


def test_a_full_disk_while_unsealing_is_told_as_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(opening, "unseal_to_file", full)
    assert refusal(samples.built().data).code == "RKV-SYS-001"


def test_a_draft_that_contradicts_itself_is_a_bug_and_never_a_packet() -> None:
    draft = samples.draft(MessageType.APPLICATION)
    with pytest.raises(ValueError):
        build_packet(draft, identity=samples.identity("county"), recipients=[samples.to("county")], at=samples.AT)
