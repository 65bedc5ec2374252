# SPDX-License-Identifier: MIT
"""Long plans on many pages: nothing is orphaned, nothing is cut, and it reads in grey as it does in colour."""

import io
import itertools
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pytest
from reportlab.lib.colors import HexColor

from rkv_app.documents import theme
from rkv_app.documents.application import render_application
from rkv_app.documents.tagged.hyphenation import SOFT_HYPHEN
from rkv_app.domain.coverage import Source, coverage
from rkv_app.domain.evaluations import AimRating, AimText, KnownBy, Rating
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support.pdf_text import text_of

WORDS = Words(Language.BOKMAL)
# The longest aims of real plans have 285 characters; one word here is longer than its column.
LONG = (
    "planlegge, gjennomføre, dokumentere og vurdere arbeid med helsefagarbeiderkompetansebevisføringsordninger i "
    "samsvar med regelverk, og gjøre rede for hvordan egne valg virker inn på brukere, pårørende, kolleger og "
    "samarbeidspartnere, både i den daglige driften og over tid"
).ljust(285, ".")


def _pages(pdf: bytes) -> Sequence[Sequence[str]]:
    """The texts of each page, in the order they are painted."""
    made = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            alone = pikepdf.new()
            alone.pages.append(page)
            out = io.BytesIO()
            alone.save(out)
            made.append([line.strip() for line in text_of(out.getvalue()).split("\n") if line.strip()])
    return made


@pytest.fixture(scope="module")
def pages() -> Sequence[Sequence[str]]:
    """An application of 41 aims of 285 characters, each with what six workplaces say at length."""
    assert len(LONG) == 285
    aims = tuple(
        AimText(
            code=f"KM{number + 10000}",
            uri=f"urn:rkv:ovelse:KM{number + 10000}",
            text=LONG,
            language="nob",
            set_code=f"KV{number // 6}",
            set_title=f"Modul {number // 6 + 1} med et ganske langt navn",
        )
        for number in range(41)
    )
    said = (
        "Gjorde dette hver dag, og fortalte meg etterpå hva som gikk bra og hva som kunne vært gjort annerledes. " * 4
    )
    sources = [
        Source(
            f"e-{place}",
            f"Arbeidsplass {place}",
            "Kari Ødegård",
            AimRating(aim=aim, rating=Rating.GUIDED, known_by=frozenset({KnownBy.OBSERVED}), example=said),
        )
        for aim in aims
        for place in range(6)
    ]
    application = replace(samples.application(), aims=aims)
    return _pages(
        render_application(
            application,
            coverage(aims, sources),
            measures=samples.MEASURES,
            legal_bases=samples.LEGAL_BASES,
            words=WORDS,
            record=b"{}",
            at=samples.AT,
        )
    )


def test_no_heading_and_no_header_is_left_alone_at_the_foot_of_a_page(pages: Sequence[Sequence[str]]) -> None:
    assert len(pages) > 40
    header = WORDS("What the workplaces say")
    for number, page in enumerate(pages, 1):
        # What stands last is the reference and the number of the page.
        assert page[-1].startswith(f"Side {number} av {len(pages)}")
        assert page[-3] != header
        assert not page[-3].startswith("Modul ")


def test_every_long_aim_is_there_to_the_letter(pages: Sequence[Sequence[str]]) -> None:
    everything = "".join("".join(page) for page in pages).replace(" ", "").replace(SOFT_HYPHEN, "")
    assert everything.count("helsefagarbeiderkompetansebevisføringsordninger") == 41
    assert all(f"KM{number + 10000}" in everything for number in range(41))


def test_contents_of_many_modules_name_pages_that_exist(pages: Sequence[Sequence[str]]) -> None:
    numbers = [int(line) for page in pages[:2] for line in page if line.isdigit()]
    assert numbers == sorted(numbers)
    assert numbers[-1] == len(pages)


def _light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in HexColor(colour).rgb()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_texts_are_dark_enough_on_their_ground() -> None:
    looks = [one for one in vars(theme).values() if isinstance(one, theme.Look)]
    assert len(looks) > 20
    for look in looks:
        ground = _light(look.panel or "#ffffff")
        assert (ground + 0.05) / (_light(look.style.colour) + 0.05) >= 4.5


def test_classes_can_be_told_apart_in_grey() -> None:
    greys = sorted(_light(colour) for colour in theme.COVERED_COLOUR.values())
    looks = {(theme.COVERED_FILL[one], round(_light(theme.COVERED_COLOUR[one]), 2)) for one in theme.COVERED_COLOUR}
    assert len(looks) == len(theme.COVERED_COLOUR)
    darkest, *_, lightest = greys
    assert (lightest + 0.05) / (darkest + 0.05) > 3
    assert all(after > before for before, after in itertools.pairwise(greys))
