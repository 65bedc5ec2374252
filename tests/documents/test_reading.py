# SPDX-License-Identifier: MIT
"""What a reader gets: words in order for those who listen, pages for those who look, data for machines."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
import pytest

from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support.pdf_damage import elements


def spoken(pdf: bytes, folder: Path) -> str:
    """The document as a screen reader gets it: the structure tree with its texts, through poppler."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("needs poppler-utils")
    file = folder / "spoken.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdfinfo", "-struct-text", str(file)], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def texts(spoken_document: str) -> Sequence[str]:
    """The quoted texts of a structure listing, in reading order."""
    return re.findall(r'^\s+"(.*?)\s*"$', spoken_document, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def application_pdf() -> bytes:
    """The application in bokmål."""
    return samples.rendered("application", Language.BOKMAL)


@pytest.mark.parametrize("name", ["application", "evaluation", "request"])
def test_every_aim_is_read_out_to_the_letter_with_no_words_joined(name: str, tmp_path: Path) -> None:
    heard = texts(spoken(samples.rendered(name, Language.BOKMAL), tmp_path))
    assert [text for text in heard if text in samples.AIM_TEXTS] == [aim.text for aim in samples.aims()]


def test_names_in_sami_and_cyrillic_are_read_out(application_pdf: bytes, tmp_path: Path) -> None:
    heard = " ".join(texts(spoken(application_pdf, tmp_path)))
    assert "Sárá Ánne Østby Đorđević" in heard
    assert "Áŋŋá Čiekčamánnu-Ŧuođđar" in heard
    assert "Юлія Шевченко-Ґудзь" in heard


def test_tables_tell_their_headers_once_however_long_they_are(application_pdf: bytes, tmp_path: Path) -> None:
    heard = texts(spoken(application_pdf, tmp_path))
    assert heard.count(Words(Language.BOKMAL)("What the workplaces say")) == 3
    with pikepdf.open(tmp_path / "spoken.pdf") as pdf:
        scopes = [str(one.A.Scope) for one in elements(pdf.Root.StructTreeRoot) if str(one.S) == "/TH"]
    assert scopes.count("/Column") == 3 + 3 * 4 + 3
    assert scopes.count("/Row") >= 30


def test_the_header_of_a_table_stands_on_every_page_it_runs_over(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs poppler-utils")
    file = tmp_path / "application.pdf"
    file.write_bytes(samples.rendered("application", Language.ENGLISH))
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, timeout=60)
    pages = done.stdout.decode().split("\f")[:-1]
    with_aims = [page for page in pages if re.search(r"\bKM135\d\d\b", page)]
    assert len(with_aims) > 3
    assert all("What the workplaces say" in page for page in with_aims)
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


@pytest.mark.parametrize(
    ("language", "marked"), [(Language.BOKMAL, {"nn"}), (Language.NYNORSK, {"nb"}), (Language.ENGLISH, {"nb", "nn"})]
)
def test_texts_in_another_language_than_the_document_say_so(
    language: Language, marked: set[str], tmp_path: Path
) -> None:
    file = tmp_path / "application.pdf"
    file.write_bytes(samples.rendered("application", language))
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == language
        found = {str(one.Lang) for one in elements(pdf.Root.StructTreeRoot) if "/Lang" in one}
    assert found == marked


def test_each_line_of_the_contents_leads_to_the_page_it_names(application_pdf: bytes, tmp_path: Path) -> None:
    heard = [text.split() for text in texts(spoken(application_pdf, tmp_path)) if text[-1:].isdigit()]
    with pikepdf.open(tmp_path / "spoken.pdf") as pdf:
        places = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [one for one in pdf.pages[0].Annots if "/Dest" in one]
        led_to = [places[one.Dest[0].objgen] for one in links]
        said = [str(one.Contents) for one in links]
        headings = [str(one.S) for one in elements(pdf.Root.StructTreeRoot) if str(one.S) in {"/H2", "/H3"}]
        lines = [one for one in elements(pdf.Root.StructTreeRoot) if str(one.S) == "/TOCI"]
    assert len(links) == len(lines) == len(headings) > 10
    assert [int(one.rsplit(" ", 1)[1]) for one in said] == led_to
    assert led_to == sorted(led_to)
    assert led_to[-1] > 5
    assert ["Oversikt", "over", "kompetansemålene", "2"] in heard


def test_the_data_comes_out_as_it_went_in(application_pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "application.pdf"
    file.write_bytes(application_pdf)
    with pikepdf.open(file) as pdf:
        assert list(pdf.attachments) == ["rkv.json"]
        attached = pdf.attachments["rkv.json"]
        assert attached.get_file().read_bytes() == samples.RECORD
        assert attached.get_file().mime_type == "application/json"
        assert str(pdf.Root.AF[0].AFRelationship) == "/Source"


PACKET_DOCUMENTS = (
    *("application", "evaluation", "request", "receipt", "supplement-request", "supplement", "outcome"),
)


@pytest.mark.parametrize("name", PACKET_DOCUMENTS)
def test_each_document_of_a_packet_says_the_same_to_machines(name: str) -> None:
    with pikepdf.open(io.BytesIO(samples.rendered(name, Language.NYNORSK))) as pdf:
        assert {one: bytes(pdf.attachments[one].get_file().read_bytes()) for one in pdf.attachments} == {
            "rkv.json": samples.RECORD
        }


def digests() -> Mapping[str, str]:
    """The SHA-256 of every document of the case in every language."""
    return {
        f"{name} {language}": hashlib.sha256(samples.rendered(name, language)).hexdigest()
        for name in samples.DOCUMENTS
        for language in Language
    }


def test_the_same_case_gives_the_same_files_in_another_process_at_another_time() -> None:
    here = digests()
    code = "import json, test_reading; print(json.dumps(test_reading.digests()))"
    paths = [str(Path(__file__).parent), *sys.path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60, env=environment)
    assert json.loads(done.stdout) == here


@pytest.mark.parametrize("name", samples.DOCUMENTS)
def test_what_a_file_says_about_itself_names_nobody(name: str, tmp_path: Path) -> None:
    file = tmp_path / "document.pdf"
    file.write_bytes(samples.rendered(name, Language.BOKMAL))
    with pikepdf.open(file) as pdf:
        said = pdf.Root.Metadata.read_bytes().decode() + " ".join(str(value) for value in pdf.docinfo.values())
    for person in ("Sárá", "Đorđević", "Kari", "Åsen", "Čiekčamánnu", "41029012345"):
        assert person not in said
