# SPDX-License-Identifier: MIT
"""Every text on screen is there in Bokmål and Nynorsk alike, as the Language Act asks."""

import pytest

from support import catalogues

FIX = "run `python3 dev.py strings`, then translate"


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_every_text_on_screen_is_translated(language: str) -> None:
    assert catalogues.missing(language, catalogues.template()) == [], FIX


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_translations_have_the_fields_of_their_source(language: str) -> None:
    assert catalogues.misfilled(language) == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_what_the_app_reads_is_what_the_translators_wrote(language: str) -> None:
    assert catalogues.mo_path(language).read_bytes() == catalogues.compiled(catalogues.read(language)), FIX


def test_the_template_holds_the_texts_of_the_source() -> None:
    with (catalogues.REPOSITORY / "translations" / "rkv_app.pot").open("rb") as file:
        kept = {text.id for text in catalogues.read_po(file)}
    assert kept == {text.id for text in catalogues.template()}, FIX
