# SPDX-License-Identifier: MIT
"""`rkv forms fillable` writes the form of a request, and `read-pdf` knows it again, as a PDF or as a picture."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from support.commands import Answer, Command
from support.parties import ADVISER, Parties
from support.store_samples import PASSPHRASE

Fillable = Callable[..., Answer]


@pytest.fixture(scope="module")
def parties(tmp_path_factory: pytest.TempPathFactory) -> Parties:
    parties = Parties(tmp_path_factory.mktemp("adviser"))
    parties.make_store(ADVISER)
    (parties.folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    return parties


@pytest.fixture(scope="module")
def request_id(parties: Parties) -> str:
    return parties.request().message_id


@pytest.fixture
def fillable(parties: Parties, rkv: Command) -> Fillable:
    store = ("--store", parties.store(ADVISER), "--passphrase-file", parties.folder / "passphrase")
    return lambda message_id, out, *more: rkv("forms", "fillable", message_id, "--out", out, *store, *more)


def test_the_form_of_a_request_is_written_in_the_language_asked_for_and_known_again(
    fillable: Fillable, request_id: str, rkv: Command, tmp_path: Path
) -> None:
    out = tmp_path / "skjema.pdf"
    told = fillable(request_id, out, "--language", "nn", "--json")
    assert (told.status, told.document["written"], told.document["paper"]) == (0, str(out), False)
    again = rkv("forms", "read-pdf", out, "--json").document
    assert (again["verdict"], again["request"]) == ("empty", request_id)
    assert "Ikkje prøvd her" in pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()


def test_a_photo_of_the_paper_form_is_read_and_says_what_to_do(
    fillable: Fillable, request_id: str, rkv: Command, tmp_path: Path
) -> None:
    assert fillable(request_id, tmp_path / "papir.pdf", "--paper").status == 0
    photo = tmp_path / "foto.jpg"
    pypdfium2.PdfDocument(tmp_path / "papir.pdf")[0].render(scale=2).to_pil().convert("RGB").save(photo, "JPEG")
    again = rkv("forms", "read-pdf", photo, "--json").document
    assert (again["verdict"], again["request"]) == ("scanned", request_id)


def test_it_is_said_that_the_file_is_not_locked(fillable: Fillable, request_id: str, tmp_path: Path) -> None:
    assert "never by ordinary e-mail" in fillable(request_id, tmp_path / "skjema.pdf").out


def test_without_such_a_request_nothing_is_written(fillable: Fillable, tmp_path: Path) -> None:
    told = fillable("0190f6c2-7d3a-7c11-9a5e-0123456789ab", tmp_path / "skjema.pdf", "--json")
    assert told.document["error"]["code"] == "RKV-CAS-012"
    assert told.status != 0
    assert not list(tmp_path.glob("*.pdf"))
