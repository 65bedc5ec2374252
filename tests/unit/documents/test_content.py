# SPDX-License-Identifier: MIT
"""What stands in the documents, and what must never stand there."""

import io
import re
import time
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from rkv_app.documents.application import render_application
from rkv_app.documents.builder import LONGEST_TEXT, DocumentBuilder, Said
from rkv_app.documents.evaluation import render_evaluation
from rkv_app.documents.wording import language_tag, written_date, written_percent, written_version
from rkv_app.domain.minimised import minimised
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support.pdf_text import text_of

ENGLISH = Words(Language.ENGLISH)
# The county's letter, and the copy that tells the candidate what stood in it.
TELLS_DECISION = ("outcome", "candidate-copy")


def _application(*, shielded: bool, language: Language = Language.ENGLISH) -> str:
    return text_of(
        render_application(
            minimised(samples.application(shielded=shielded), national_number=True),
            samples.covered(),
            measures=samples.MEASURES,
            legal_bases=samples.LEGAL_BASES,
            words=Words(language),
            record=samples.RECORD,
            at=samples.AT,
        )
    )


def test_the_county_reads_everything_it_needs() -> None:
    read = _application(shielded=False)
    for needed in (
        "Sárá Ánne Østby Đorđević",
        "41029012345",
        "1 February 1990",
        "Fagbrev i helsearbeiderfaget",
        "(HEA05-02)",
        "Fjellheimen omsorgssenter",
        "Elvebakken 4, 9730 Karasjok",
        "anna@example.no",
        "Arbeidstrening",
        "2 February 2026 to 31 July 2026",
        "80%",
        "From 17 August 2026, still going on",
        "Opplæringslova § 18-8 (realkompetansevurdering)",
        "20 November 2026",
        "Nav Karasjok, Markedsteamet",
        "kari.odegard@example.no",
    ):
        assert needed in read


def test_nothing_tells_where_a_shielded_person_can_be_reached() -> None:
    read = _application(shielded=True)
    for hidden in ("Elvebakken", "Karasjok\n", "Storgata", "anna@example.no", "+47 400 00 001"):
        assert hidden not in read.replace("Nav Karasjok", "")
    assert "Address protection" in read


@pytest.mark.parametrize("name", [name for name in samples.DOCUMENTS if name not in TELLS_DECISION])
@pytest.mark.parametrize("language", list(Language))
def test_the_words_of_the_county_decision_are_used_in_its_own_letter_only(name: str, language: Language) -> None:
    read = text_of(samples.rendered(name, language)).casefold()
    assert not re.search(r"godkjen|approv|bestått|greidd|passed", read)


def test_every_aim_stands_with_its_code() -> None:
    read = _application(shielded=False)
    assert all(aim.code in read for aim in samples.aims())


def test_an_aim_that_nobody_rated_is_said_to_be_so() -> None:
    assert "Nobody has rated this aim." in _application(shielded=False)


def test_an_evaluation_that_is_not_confirmed_says_so() -> None:
    evaluation = replace(samples.evaluation(0), attestation=None)
    placement = samples.placements()[0]
    pdf = render_evaluation(evaluation, (), placement, "X Y", words=ENGLISH, at=samples.AT, record=b"{}")
    read = text_of(pdf)
    assert "has not confirmed these answers yet" in read
    assert "Not rated" in read


def test_a_text_that_is_too_long_is_cut_and_the_document_says_so() -> None:
    document = DocumentBuilder("Title", "Ref", ENGLISH, samples.AT)
    document.table(("a", "b"), [([Said("1")], [Said("svar " * 20_000)])], (0.3, 0.7))
    begun = time.process_time()
    read = text_of(document.pdf())
    assert time.process_time() - begun < 20
    assert 0.9 * LONGEST_TEXT / 5 < read.count("svar") <= LONGEST_TEXT / 5
    assert "[…]" in read
    assert "complete in the data" in read


def test_a_document_that_shows_everything_has_no_such_note() -> None:
    assert "complete in the data" not in _application(shielded=False)


def test_the_marks_of_a_page_are_numbered_in_reading_order() -> None:
    with pikepdf.open(io.BytesIO(samples.rendered("application", Language.BOKMAL))) as pdf:
        for page in pdf.pages:
            numbers = [int(n) for n in re.findall(rb"/MCID (\d+)>> BDC", page.Contents.read_bytes())]
            assert numbers == list(range(len(numbers)))


def test_only_what_is_an_address_becomes_a_link() -> None:
    document = DocumentBuilder("Title", "Ref", ENGLISH, samples.AT)
    document.facts([("1", "ola@example.no"), ("2", "ola@example.no?cc=x@y.no"), ("3", "javascript:alert(1)@x")])
    with pikepdf.open(io.BytesIO(document.pdf())) as pdf:
        links = [str(link.A.URI) for page in pdf.pages for link in page.obj.get("/Annots", pikepdf.Array())]
    assert links == ["mailto:ola@example.no"]


def test_dates_shares_and_versions_are_written_as_the_language_writes_them() -> None:
    day = date(2026, 11, 3)
    assert [written_date(day, Words(language)) for language in Language] == [
        "3. november 2026",
        "3. november 2026",
        "3 November 2026",
    ]
    assert written_percent(80, Words(Language.BOKMAL)).replace("\u00a0", " ") == "80 %"
    assert written_version("2025-08-01T00:00:00", ENGLISH) == "1 August 2025"
    assert written_version("2025-08-01T07:08:09.123", ENGLISH) == "1 August 2025 07:08:09"
    assert written_version("ukjent", ENGLISH) == "ukjent"


def test_the_languages_of_grep_are_named_as_the_web_names_them() -> None:
    assert [language_tag(code) for code in ("nob", "nno", "eng", "sme", "sma", "default")] == [
        "nb",
        "nn",
        "en",
        "se",
        "sma",
        "no",
    ]
