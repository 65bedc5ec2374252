# SPDX-License-Identifier: MIT
"""Every document is an archive file that anyone can read: PDF/A-3a and PDF/UA-1, by two validators."""

from collections.abc import Mapping
from pathlib import Path

import page
import pytest

from rkv_app.documents.builder import DocumentBuilder, Part, Said
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support import long_words, pdf_damage, verapdf

HOSTILE = "Ødelagt\x00tekst\x07 &<>\"' \u202egnisrev\u202c 漢字 🙂 \ufeff\u00ad\ud800 " + "x" * 400
GOOD = [(name, language) for name in samples.DOCUMENTS for language in Language]

Verdicts = Mapping[tuple[Path, str], frozenset[str]]


def hostile_document() -> bytes:
    """A document in which every text is as bad as it gets."""
    document = DocumentBuilder("Title &<>", HOSTILE, Words(Language.BOKMAL), samples.AT)
    document.subtitle(HOSTILE)
    document.heading(HOSTILE)
    document.subheading("\x00")
    document.paragraph("")
    document.facts([("name", HOSTILE), ("e-mail", "a@b.no"), (HOSTILE, "y")])
    document.bar([Part(1, "#000000"), Part(0, "#ffffff")], "one")
    document.table(("a", HOSTILE), [([Said(HOSTILE)], [Said("ord " * 5000)]), ([Said("")], [])], (0.3, 0.7))
    return document.pdf()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every document in every language, a hostile one, one of long words, and the damaged copies of an application."""
    folder = tmp_path_factory.mktemp("documents")
    made: dict[str, Path] = {}
    for name, language in GOOD:
        made[f"{name}-{language}"] = folder / f"{name}-{language}.pdf"
        made[f"{name}-{language}"].write_bytes(samples.rendered(name, language))
    made["hostile"] = folder / "hostile.pdf"
    made["hostile"].write_bytes(hostile_document())
    made["long-words"] = folder / "long-words.pdf"
    made["long-words"].write_bytes(long_words.document())
    return {**made, **pdf_damage.write_damaged(made["application-nb"], folder)}


@pytest.fixture(scope="session")
def verdicts(files: Mapping[str, Path]) -> Verdicts:
    """What veraPDF says about all of them."""
    reason = verapdf.why_not_available()
    if reason:
        pytest.skip(reason)
    return verapdf.failed_rules(list(files.values()))


@pytest.mark.parametrize("profile", verapdf.PROFILES)
@pytest.mark.parametrize("name", [*(f"{name}-{language}" for name, language in GOOD), "hostile", "long-words"])
def test_verapdf_finds_nothing_wrong(name: str, profile: str, files: Mapping[str, Path], verdicts: Verdicts) -> None:
    assert verdicts[files[name], profile] == frozenset()


@pytest.mark.parametrize("kind", pdf_damage.KINDS)
def test_verapdf_would_have_found_it(kind: str, files: Mapping[str, Path], verdicts: Verdicts) -> None:
    assert any(verdicts[files[kind], profile] for profile in verapdf.PROFILES)


@pytest.mark.parametrize("profile", verapdf.PROFILES)
@pytest.mark.parametrize("name", [*(f"{name}-{language}" for name, language in GOOD), "hostile", "long-words"])
def test_the_second_validator_agrees(name: str, profile: str, files: Mapping[str, Path]) -> None:
    assert page.validate_pdf(str(files[name]), profile=profile).is_compliant


@pytest.mark.parametrize("kind", [kind for kind in pdf_damage.KINDS if kind != "wrong_mark"])
def test_the_second_validator_would_have_found_it(kind: str, files: Mapping[str, Path]) -> None:
    assert not all(page.validate_pdf(str(files[kind]), profile=profile).is_compliant for profile in verapdf.PROFILES)
