# SPDX-License-Identifier: MIT
"""An application leaves in another shape whole and on record or not at all; archives learn nothing of the person."""

import contextlib
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from lxml import etree

from rkv_app.domain.sharing import SharingEvent
from rkv_app.domain.store_ports import Store
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import Verdict, verify_packet
from rkv_app.usecases.export_application import (
    ApplicationPacket,
    ExportKind,
    application_in,
    application_on_record,
    content_to_print,
    export_application,
    preview_export,
    record_printed,
    shared_with,
)
from rkv_app.usecases.packet_files import opened_on_record
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.workspace import Workspace
from support.commands import contents
from support.desks import ADDRESS, GROUND, NOW, SUPERVISOR_PHONE, Desks
from support.fiks_account import fiks_account

NOARK = "schemas/arkivmelding-noark5/arkivmelding.xsd"
FIKS = "schemas/fiks-arkiv-v1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"
FILES = {"arkivmelding.xml", "hoveddokument.pdf", "rkv.json"}


@pytest.fixture(scope="module")
def sent_stores(fresh_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Three stores after an application was sent, to copy, and its id."""
    folder = Path(shutil.copytree(fresh_stores, tmp_path_factory.mktemp("sent") / "desks"))
    desks = Desks.opened_in(folder)
    message_id = desks.apply(desks.documented_case()).message_id
    desks.close()
    return folder, message_id


@pytest.fixture
def desks(sent_stores: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """The three parties, an application sent."""
    opened = Desks.opened_in(Path(shutil.copytree(sent_stores[0], tmp_path_factory.mktemp("copy") / "desks")))
    yield opened
    opened.close()


@pytest.fixture
def sent(desks: Desks, sent_stores: tuple[Path, str]) -> ApplicationPacket:
    """The application that the adviser has sent."""
    return application_on_record(desks.adviser, sent_stores[1])


def export(ws: Workspace, packet: ApplicationPacket, kind: ExportKind, target: Path, cleared_by: str = "") -> None:
    certificate = fiks_account(NOW).certificate if kind is ExportKind.FIKS_IO else b""
    export_application(ws, packet, kind, target, cleared_by=cleared_by, certificate=certificate)


def shared_of(ws: Workspace, packet: ApplicationPacket) -> list[SharingEvent]:
    return list(ws.store.sharing.for_case(packet.record.case_id))


class FullAtTheEnd:
    """A store whose disk is full when a transaction is to be written for good."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self._store.transaction():
            yield
            raise OSError("full")


def documents_of(ws: Workspace, packet: ApplicationPacket) -> dict[str, bytes]:
    """The files of a packet as the store has it."""
    with opened_on_record(ws, packet.record.message_id) as opened:
        return dict(opened.documents)


def refused(packet: ApplicationPacket, ws: Workspace, kind: ExportKind, target: Path, code: str) -> None:
    with pytest.raises(UserError) as caught:
        export(ws, packet, kind, target)
    assert caught.value.code == code


def archive_of(packet: ApplicationPacket, desks: Desks, kind: ExportKind, folder: Path) -> dict[str, bytes]:
    """What the receiver of an export has, by name, as stock tools unpack it."""
    target = folder / "export"
    export(desks.adviser, packet, kind, target)
    if kind is ExportKind.EFORMIDLING:
        return {path.name: path.read_bytes() for path in target.iterdir()}
    container = fiks_account(NOW).decrypted_by_openssl(target.read_bytes(), folder)
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", [ExportKind.PDF, ExportKind.PRINT])
def test_the_pdf_is_the_very_one_in_the_packet(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path, kind: ExportKind
) -> None:
    export(desks.adviser, sent, kind, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == documents_of(desks.adviser, sent)["hoveddokument.pdf"]


def test_the_folder_for_eformidling_has_the_documents_and_their_description(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path
) -> None:
    export(desks.adviser, sent, ExportKind.EFORMIDLING, tmp_path / "folder")
    assert contents(tmp_path / "folder") == documents_of(desks.adviser, sent)
    assert contents(tmp_path / "folder").keys() >= FILES


@pytest.mark.parametrize(
    ("kind", "schema"), [(ExportKind.EFORMIDLING, NOARK), (ExportKind.FIKS_IO, FIKS)], ids=["noark", "fiks"]
)
def test_the_archive_description_is_valid_and_lists_every_file(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path, shared: Path, kind: ExportKind, schema: str
) -> None:
    files = archive_of(sent, desks, kind, tmp_path)
    (tmp_path / "arkivmelding.xml").write_bytes(files["arkivmelding.xml"])
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", shared / schema, tmp_path / "arkivmelding.xml"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    root = etree.fromstring(files["arkivmelding.xml"])
    text = files["arkivmelding.xml"].decode()
    listed = {element.text for element in root.iter("{*}referanseDokumentfil")}
    assert listed == {name for name in files if "/" not in name} - {"mimetype", "arkivmelding.xml"}
    for name in listed:
        assert hashlib.sha256(files[str(name)]).hexdigest() in text


@pytest.mark.parametrize("kind", [ExportKind.EFORMIDLING, ExportKind.FIKS_IO])
def test_no_person_and_nothing_of_the_assessment_is_told_to_the_archive(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path, kind: ExportKind
) -> None:
    text = archive_of(sent, desks, kind, tmp_path)["arkivmelding.xml"].decode()
    content = json.loads(documents_of(desks.adviser, sent)["rkv.json"])["innhold"]
    told = [*texts(content["evaluations"]), *texts(content["candidate"]), *texts(content["placements"])]
    told += [*texts(content["aims"]), content["wanted"], content["reference"], content["adviser"]["name"]]
    assert len(told) > 40
    assert [each for each in told if len(each) > 4 and each.lower() in text.lower()] == []


def texts(value: object) -> Iterator[str]:
    """Every text in a JSON value, keys of answers among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if "/" in key:
                yield key
            yield from texts(each)


def test_what_goes_to_fiks_io_is_signed_by_who_hands_it_over(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path
) -> None:
    export(desks.adviser, sent, ExportKind.FIKS_IO, tmp_path / "a.p7m")
    container = fiks_account(NOW).decrypted_by_openssl((tmp_path / "a.p7m").read_bytes(), tmp_path)
    report = verify_packet(container, None)
    assert report.verdict is Verdict.VALID_UNKNOWN_SENDER
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        assert archive.namelist()[:4] == ["mimetype", "arkivmelding.xml", "hoveddokument.pdf", "rkv.json"]
        kept = {name: archive.read(name) for name in ("hoveddokument.pdf", "rkv.json")}
    assert kept == {name: documents_of(desks.adviser, sent)[name] for name in kept}


@pytest.mark.parametrize("kind", list(ExportKind), ids=lambda kind: kind.value)
def test_every_shape_goes_on_the_sharing_record_with_what_was_written(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path, kind: ExportKind
) -> None:
    before = shared_of(desks.adviser, sent)
    target = tmp_path / "export"
    export(desks.adviser, sent, kind, target)
    (event,) = shared_of(desks.adviser, sent)[len(before) :]
    written = target / "arkivmelding.xml" if kind is ExportKind.EFORMIDLING else target
    assert event.sha256 == hashlib.sha256(written.read_bytes()).hexdigest()
    assert (event.message_id, event.ground, event.at) == (sent.record.message_id, GROUND, NOW)
    assert (event.receiver, event.shape) == (sent.record.counterpart, kind.value)
    shapes = {preview_export(desks.adviser, sent, each).shape for each in ExportKind}
    assert len(shapes) == 4
    assert shared_with(desks.adviser.words, event).endswith(preview_export(desks.adviser, sent, kind).shape)


@pytest.mark.parametrize("kind", list(ExportKind), ids=lambda kind: kind.value)
def test_nothing_is_written_over_and_then_nothing_is_on_record(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path, kind: ExportKind
) -> None:
    before = shared_of(desks.adviser, sent)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    there = contents(tmp_path)
    for name, code in {"file": "RKV-SYS-003", "folder": "RKV-SYS-003", "none/x": "RKV-SYS-004"}.items():
        refused(sent, desks.adviser, kind, tmp_path / name, code)
    assert contents(tmp_path) == there
    assert shared_of(desks.adviser, sent) == before


@pytest.mark.parametrize("kind", list(ExportKind), ids=lambda kind: kind.value)
def test_what_could_not_be_put_on_record_has_not_left(
    desks: Desks, sent: ApplicationPacket, tmp_path: Path, kind: ExportKind
) -> None:
    there, before = contents(tmp_path), shared_of(desks.adviser, sent)
    full = replace(desks.adviser, store=cast("Store", FullAtTheEnd(desks.adviser.store)))
    with pytest.raises(OSError, match="full"):
        export(full, sent, kind, tmp_path / "export")
    assert (contents(tmp_path), shared_of(desks.adviser, sent)) == (there, before)


def test_a_certificate_that_does_not_fit_writes_nothing(desks: Desks, sent: ApplicationPacket, tmp_path: Path) -> None:
    there = contents(tmp_path)
    own = desks.adviser.identity.sealing_certificate
    with pytest.raises(UserError) as caught:
        export_application(desks.adviser, sent, ExportKind.FIKS_IO, tmp_path / "a.p7m", certificate=own)
    assert caught.value.code == "RKV-PKT-060"
    assert contents(tmp_path) == there


@pytest.mark.parametrize("kind", list(ExportKind), ids=lambda kind: kind.value)
def test_a_shielded_candidate_leaves_in_no_shape_before_a_named_person_has_cleared_it(
    desks: Desks, tmp_path: Path, kind: ExportKind
) -> None:
    (desks.folder / "papers").mkdir()
    desks = replace(desks, folder=desks.folder / "papers")
    sent = application_on_record(
        desks.adviser, desks.apply(desks.documented_case(shielded=True), cleared_by="Enhetsleder Test").message_id
    )
    there = contents(tmp_path)
    before = shared_of(desks.adviser, sent)
    assert preview_export(desks.adviser, sent, kind).shielded
    refused(sent, desks.adviser, kind, tmp_path / "export", "RKV-CAS-008")
    assert (contents(tmp_path), shared_of(desks.adviser, sent)) == (there, before)
    export(desks.adviser, sent, kind, tmp_path / "export", cleared_by="Enhetsleder Test")
    event = shared_of(desks.adviser, sent)[-1]
    assert event.cleared_by == "Enhetsleder Test"
    assert shared_with(desks.adviser.words, event).endswith("Enhetsleder Test")
    if kind is ExportKind.EFORMIDLING:
        for data in contents(tmp_path / "export").values():
            assert data is not None
            assert ADDRESS.encode() not in data
            assert SUPERVISOR_PHONE.encode() not in data


def test_paper_stands_on_record_when_the_printer_has_it_and_not_before(desks: Desks, sent: ApplicationPacket) -> None:
    before = shared_of(desks.adviser, sent)
    content = content_to_print(desks.adviser, sent)
    assert content == documents_of(desks.adviser, sent)["hoveddokument.pdf"]
    assert shared_of(desks.adviser, sent) == before
    record_printed(desks.adviser, sent, "Kari i ekspedisjonen")
    event = shared_of(desks.adviser, sent)[-1]
    assert (event.shape, event.receiver, event.sha256) == (
        "print",
        "Kari i ekspedisjonen",
        hashlib.sha256(content).hexdigest(),
    )


def test_paper_that_could_not_be_put_on_record_is_told_as_such(desks: Desks, sent: ApplicationPacket) -> None:
    class ReadOnly(FullAtTheEnd):
        @contextlib.contextmanager
        def transaction(self) -> Iterator[None]:
            raise UserError("RKV-STO-007", message("It is read-only."), message("Nothing was changed."))
            yield

    before = shared_of(desks.adviser, sent)
    with pytest.raises(UserError, match="RKV-PKT-065"):
        record_printed(replace(desks.adviser, store=cast(Store, ReadOnly(desks.adviser.store))), sent)
    assert shared_of(desks.adviser, sent) == before


def test_papers_of_a_shielded_candidate_are_not_read_for_a_printer_before_they_are_cleared(desks: Desks) -> None:
    (desks.folder / "papers").mkdir()
    desks = replace(desks, folder=desks.folder / "papers")
    sent = application_on_record(
        desks.adviser, desks.apply(desks.documented_case(shielded=True), cleared_by="Enhetsleder Test").message_id
    )
    with pytest.raises(UserError, match="RKV-CAS-008"):
        content_to_print(desks.adviser, sent)


def test_what_is_shown_before_is_what_leaves(desks: Desks, sent: ApplicationPacket, tmp_path: Path) -> None:
    before = shared_of(desks.adviser, sent)
    preview = preview_export(desks.adviser, sent, ExportKind.EFORMIDLING)
    assert shared_of(desks.adviser, sent) == before
    export(desks.adviser, sent, ExportKind.EFORMIDLING, tmp_path / "folder")
    written = {
        path.name: (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in (tmp_path / "folder").iterdir()
    }
    assert {file.name: (file.size, file.sha256) for file in preview.files} == written
    assert preview.candidate_name == sent.content.candidate.name
    assert preview.notices


def test_a_person_is_told_that_the_encryption_for_fiks_io_is_not_authenticated(
    desks: Desks, sent: ApplicationPacket
) -> None:
    (notice,) = preview_export(desks.adviser, sent, ExportKind.FIKS_IO).notices
    assert "does not show whether it was changed" in str(notice)
    for kind in (ExportKind.PDF, ExportKind.EFORMIDLING, ExportKind.PRINT):
        (notice,) = preview_export(desks.adviser, sent, kind).notices
        assert "not encrypted" in str(notice)


def test_the_county_exports_what_it_has_received(desks: Desks, tmp_path: Path) -> None:
    desks.introduce_adviser()
    receive_packet(desks.intake, desks.folder / "application.rkvpakke")
    packet = application_in(desks.intake, desks.folder / "application.rkvpakke")
    export(desks.intake, packet, ExportKind.EFORMIDLING, tmp_path / "folder")
    assert contents(tmp_path / "folder").keys() >= FILES
    assert shared_of(desks.intake, packet)[-1].receiver == desks.intake.party.organisation


def test_only_applications_that_are_on_record_are_exported(desks: Desks) -> None:
    application = desks.folder / "application.rkvpakke"
    case_id, placement_id = desks.case()
    request = desks.request(placement_id, "another")
    for look, code in {
        lambda: application_on_record(desks.adviser, request.message_id): "RKV-PKT-061",
        lambda: application_on_record(desks.adviser, case_id): "RKV-PKT-062",
        lambda: application_in(desks.intake, application): "RKV-PKT-062",
        lambda: application_in(desks.supervisor, application): "RKV-PKT-002",
        lambda: application_on_record(desks.supervisor, request.message_id): "RKV-EXC-005",
    }.items():
        with pytest.raises(UserError) as caught:
            look()
        assert caught.value.code == code


def test_a_strangers_words_in_the_archive_description_go_no_further(desks: Desks, sent: ApplicationPacket) -> None:
    documents = {**documents_of(desks.adviser, sent), "arkivmelding.xml": b"<arkivmelding>Amina</arkivmelding>"}
    packet = replace(sent, opened=replace(sent.opened, documents=documents))
    (honest, *_), (shown, *_) = (
        preview_export(desks.adviser, each, ExportKind.EFORMIDLING).files for each in (sent, packet)
    )
    assert shown == honest
