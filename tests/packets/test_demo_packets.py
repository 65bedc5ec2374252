# SPDX-License-Identifier: MIT
"""The files of `rkv demo --with-keys` are opened and checked with openssl, unzip and a published schema alone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

SEALED = {
    "01-request": "adviser",
    "02-evaluation": "adviser",
    "03-application": "intake",
    "04-receipt": "adviser",
    "05-supplement-request": "adviser",
    "06-supplement": "intake",
    "07-outcome": "adviser",
}
SIGNERS = {
    "01-request": "adviser",
    "02-evaluation": "supervisor",
    "03-application": "adviser",
    "04-receipt": "intake",
    "05-supplement-request": "intake",
    "06-supplement": "adviser",
    "07-outcome": "intake",
}


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one demo, played by the program itself."""
    out = tmp_path_factory.mktemp("demo") / "practice"
    done = run(sys.executable, "-m", "rkv_app", *("demo", "--out", out, "--headless", "--with-keys", "--json"),
               folder=Path(__file__).resolve().parents[2])  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"] is True
    return out


def decrypted(demo: Path, name: str, into: Path) -> Path:
    """Takes the seal off with `openssl cms` and the receiver's key, and unpacks with unzip."""
    key = demo / "keys" / SEALED[name]
    done = run(
        *("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", demo / f"{name}.rkvpakke"),
        *("-inkey", key / "seal-key.pem", "-recip", key / "seal-cert.pem", "-out", "x.asice"),
        folder=into,
    )
    assert done.returncode == 0, done.stderr
    return unzipped(into)


def unzipped(folder: Path) -> Path:
    assert run("unzip", "-t", "x.asice", folder=folder).returncode == 0
    assert run("unzip", "-q", "x.asice", "-d", "x", folder=folder).returncode == 0
    return folder / "x"


@pytest.mark.parametrize("name", SEALED)
def test_openssl_and_unzip_open_every_packet(demo: Path, tmp_path: Path, name: str) -> None:
    files = decrypted(demo, name, tmp_path)
    assert (files / "mimetype").read_bytes() == b"application/vnd.etsi.asic-e+zip"
    assert (files / "hoveddokument.pdf").read_bytes().startswith(b"%PDF-")
    assert json.loads((files / "rkv.json").read_bytes())["schema"] == "rkv-pakke/1"


@pytest.mark.parametrize("name", SEALED)
def test_openssl_verifies_who_signed(demo: Path, tmp_path: Path, name: str) -> None:
    files = decrypted(demo, name, tmp_path)
    (signature,) = (files / "META-INF").glob("signature-*.p7s")

    def verify(certificate: Path) -> subprocess.CompletedProcess[bytes]:
        return run(
            *("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature),
            *("-content", files / "META-INF" / "ASiCManifest.xml", "-CAfile", certificate, "-purpose", "any"),
            *("-out", "verified.xml"),
            folder=tmp_path,
        )

    done = verify(demo / "keys" / SIGNERS[name] / "sign-cert.pem")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "verified.xml").read_bytes() == (files / "META-INF" / "ASiCManifest.xml").read_bytes()
    somebody_else = next(one for one in ("adviser", "intake") if one != SIGNERS[name])
    assert verify(demo / "keys" / somebody_else / "sign-cert.pem").returncode != 0


def test_openssl_opens_the_request_with_the_spoken_code(demo: Path, tmp_path: Path) -> None:
    code = (demo / "keys" / "spoken-code.txt").read_text()
    command = ("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", demo / "01-request.rkvpakke")
    assert run(*command, "-pwri_password", code, "-out", "x.asice", folder=tmp_path).returncode == 0
    assert (unzipped(tmp_path) / "hoveddokument.pdf").is_file()
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert run(*command, "-pwri_password", wrong, "-out", "y.asice", folder=tmp_path).returncode != 0


@pytest.mark.parametrize("name", SEALED)
def test_the_archive_description_is_valid(demo: Path, tmp_path: Path, shared: Path, name: str) -> None:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    published = shared / "schemas" / "arkivmelding-noark5" / "arkivmelding.xsd"
    schema = etree.XMLSchema(etree.parse(published, parser))
    schema.assertValid(etree.parse(decrypted(demo, name, tmp_path) / "arkivmelding.xml", parser))


def test_the_pdf_beside_the_application_is_the_one_inside(demo: Path, tmp_path: Path) -> None:
    inside = decrypted(demo, "03-application", tmp_path) / "hoveddokument.pdf"
    assert inside.read_bytes() == (demo / "03-application.pdf").read_bytes()
