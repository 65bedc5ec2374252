# SPDX-License-Identifier: MIT
"""A packet outlives this program: openssl, unzip and the published schemas open and check every type of it."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree

from rkv_app.crypto.codes import normalised_code
from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, unseal
from rkv_app.crypto.identity import pem_files
from rkv_app.crypto.signing import verify_detached
from rkv_app.domain.exchange import MessageType
from support import hand_made
from support import packet_samples as samples

ETSI = ("en_31916201v010101.xsd", "ts_102918v010201.xsd")


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)


def schema(path: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    return etree.XMLSchema(etree.parse(path, parser))


@pytest.fixture(params=list(samples.CONTENTS), ids=lambda kind: kind.value)
def packet(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with one sealed packet of a type, opened by `openssl cms -decrypt` with the county's own key."""
    kind: MessageType = request.param
    (tmp_path / "sealed.p7m").write_bytes(samples.built(kind).data)
    for name, pem in pem_files(samples.identity("county")).items():
        (tmp_path / name).write_bytes(pem)
    done = run(
        *("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed.p7m", "-out", "inner.asice"),
        *("-recip", "seal-cert.pem", "-inkey", "seal-key.pem"),
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_unzip_finds_no_fault_and_the_parts_lie_in_their_order(packet: Path) -> None:
    assert run("unzip", "-t", "inner.asice", folder=packet).returncode == 0
    with zipfile.ZipFile(packet / "inner.asice") as archive:
        entries = archive.infolist()
        assert archive.comment == b"mimetype=application/vnd.etsi.asic-e+zip"
    names = [entry.filename for entry in entries]
    assert names[:6] == [
        "mimetype",
        "arkivmelding.xml",
        "hoveddokument.pdf",
        "rkv.json",
        "vedlegg-01.pdf",
        "vedlegg-02.txt",
    ]
    assert names[6] == "META-INF/ASiCManifest.xml"
    assert names[7].startswith("META-INF/signature-")
    assert names[8:] == ["META-INF/manifest.xml"]
    stored = {entry.filename for entry in entries if entry.compress_type == zipfile.ZIP_STORED}
    assert stored == {"mimetype", "hoveddokument.pdf", "vedlegg-01.pdf"}
    assert not any(entry.flag_bits & 0x8 or entry.extra for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_the_first_bytes_say_what_the_container_is(packet: Path) -> None:
    assert (packet / "inner.asice").read_bytes()[30:69] == b"mimetypeapplication/vnd.etsi.asic-e+zip"


def test_openssl_verifies_the_cades_signature(packet: Path) -> None:
    with zipfile.ZipFile(packet / "inner.asice") as archive:
        signature = next(name for name in archive.namelist() if name.endswith(".p7s"))
        (packet / "signature.p7s").write_bytes(archive.read(signature))
        (packet / "signed.xml").write_bytes(archive.read("META-INF/ASiCManifest.xml"))
    for name, pem in pem_files(samples.identity("adviser")).items():
        (packet / name).write_bytes(pem)
    done = run(
        *("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature.p7s"),
        *("-content", "signed.xml", "-CAfile", "sign-cert.pem", "-purpose", "any", "-partial_chain"),
        *("-attime", str(int(samples.AT.timestamp())), "-out", "verified.xml"),
        folder=packet,
    )
    assert done.returncode == 0, done.stderr
    assert (packet / "verified.xml").read_bytes() == (packet / "signed.xml").read_bytes()


def test_every_xml_file_is_valid_against_its_published_schema(packet: Path, shared: Path) -> None:
    schemas = shared / "schemas"
    with zipfile.ZipFile(packet / "inner.asice") as archive:
        manifest = etree.fromstring(archive.read("META-INF/ASiCManifest.xml"))
        odf = etree.fromstring(archive.read("META-INF/manifest.xml"))
        arkivmelding = etree.fromstring(archive.read("arkivmelding.xml"))
    for name in ETSI:
        schema(schemas / "asic" / name).assertValid(manifest)
    schema(schemas / "asic" / "OpenDocument_manifest_v1_2.xsd").assertValid(odf)
    schema(schemas / "arkivmelding-noark5" / "arkivmelding.xsd").assertValid(arkivmelding)


def test_openssl_opens_a_packet_with_the_spoken_code(tmp_path: Path) -> None:
    (tmp_path / "sealed.p7m").write_bytes(samples.built(MessageType.REQUEST).data)
    done = run(
        *("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed.p7m", "-out", "inner.asice"),
        *("-pwri_password", normalised_code(samples.CODE)),
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(tmp_path / "inner.asice")


def test_xmllint_finds_the_xml_valid(packet: Path, shared: Path) -> None:
    schemas = {
        "META-INF/ASiCManifest.xml": shared / "schemas" / "asic" / ETSI[0],
        "META-INF/manifest.xml": shared / "schemas" / "asic" / "OpenDocument_manifest_v1_2.xsd",
        "arkivmelding.xml": shared / "schemas" / "arkivmelding-noark5" / "arkivmelding.xsd",
    }
    with zipfile.ZipFile(packet / "inner.asice") as archive:
        for number, (name, published) in enumerate(schemas.items()):
            (packet / f"{number}.xml").write_bytes(archive.read(name))
            done = run("xmllint", "--nonet", "--noout", "--schema", str(published), f"{number}.xml", folder=packet)
            assert done.returncode == 0, done.stderr


RSA_OAEP = ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256")
OFFICE = hand_made.office("office")


def office_files(folder: Path) -> tuple[str, ...]:
    """Writes the RSA key and certificate of an office, and says so as openssl wants it."""
    assert isinstance(OFFICE.private_key, rsa.RSAPrivateKey)
    key = OFFICE.private_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = x509.load_der_x509_certificate(OFFICE.certificate).public_bytes(serialization.Encoding.PEM)
    (folder / "rsa-key.pem").write_bytes(key)
    (folder / "rsa-cert.pem").write_bytes(certificate)
    return ("-recip", "rsa-cert.pem", "-inkey", "rsa-key.pem")


@pytest.mark.parametrize("kind", list(samples.CONTENTS), ids=lambda kind: kind.value)
def test_openssl_opens_every_type_with_each_kind_of_recipient(tmp_path: Path, kind: MessageType) -> None:
    everybody = (samples.to("county"), CodeRecipient(samples.CODE), CertificateRecipient(OFFICE.certificate))
    (tmp_path / "sealed.p7m").write_bytes(samples.built(kind, everybody).data)
    for name, pem in pem_files(samples.identity("county")).items():
        (tmp_path / name).write_bytes(pem)
    openers = {
        "own key": ("-recip", "seal-cert.pem", "-inkey", "seal-key.pem"),
        "certificate": office_files(tmp_path),
        "code": ("-pwri_password", normalised_code(samples.CODE)),
    }
    found = set()
    for how in openers.values():
        done = run(
            *("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", "sealed.p7m", "-out", "x", *how),
            folder=tmp_path,
        )
        assert done.returncode == 0, done.stderr
        found.add((tmp_path / "x").read_bytes())
    assert len(found) == 1


@pytest.mark.parametrize("streamed", [(), ("-stream",)], ids=["DER", "BER"])
def test_we_open_a_container_that_openssl_sealed_to_both_kinds_of_key(packet: Path, streamed: tuple[str, ...]) -> None:
    office_files(packet)
    done = run(
        *("openssl", "cms", "-encrypt", "-aes-256-gcm", "-binary", "-outform", "DER", "-in", "inner.asice"),
        *("-out", "theirs.p7m", *streamed, "-recip", "rsa-cert.pem", *RSA_OAEP),
        *("-recip", "seal-cert.pem", "-keyopt", "ecdh_kdf_md:sha256"),
        folder=packet,
    )
    assert done.returncode == 0, done.stderr
    sealed = (packet / "theirs.p7m").read_bytes()
    for opener in (OFFICE, samples.identity("county")):
        out = io.BytesIO()
        unseal(io.BytesIO(sealed), out, opener)
        assert out.getvalue() == (packet / "inner.asice").read_bytes()


def test_we_hold_for_good_what_openssl_signs_as_cades(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"what is signed")
    office_files(tmp_path)
    done = run(
        *("openssl", "cms", "-sign", "-cades", "-binary", "-md", "sha256", "-in", "data", "-outform", "DER"),
        *("-signer", "rsa-cert.pem", "-inkey", "rsa-key.pem", "-out", "data.p7s"),
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    found = verify_detached((tmp_path / "data.p7s").read_bytes(), b"what is signed")
    assert (found.certificate, found.weak) == (OFFICE.certificate, False)
