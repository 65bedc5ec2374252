# SPDX-License-Identifier: MIT
"""Fourteen ways in which a tagged archive PDF may be wrong: a validator that misses one is not worth asking."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf


def write_damaged(good: Path, folder: Path) -> Mapping[str, Path]:
    """Writes one damaged copy of `good` for each kind of damage; returns them by kind."""
    made = {}
    for kind, damage in _DAMAGES.items():
        with pikepdf.open(good) as pdf:
            damage(pdf)
            made[kind] = folder / f"{kind}.pdf"
            pdf.save(made[kind])
    return made


def elements(parent: Object) -> Iterator[Object]:
    """All structure elements below `parent`, in reading order."""
    kids = parent.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def _fonts(pdf: Pdf, key: str) -> Iterator[Object]:
    return (candidate for candidate in pdf.objects if isinstance(candidate, Dictionary) and key in candidate)


def _rewrite(pdf: Pdf, page: int, change: Callable[[bytes], bytes]) -> None:
    content = pdf.pages[page].Contents
    before = content.read_bytes()
    after = change(before)
    assert after != before, "the damage does nothing"
    content.write(after)


def _figure_without_words(pdf: Pdf) -> None:
    for element in elements(pdf.Root.StructTreeRoot):
        if str(element.S) == "/Figure":
            del element.Alt


def _headers_without_scope(pdf: Pdf) -> None:
    for element in elements(pdf.Root.StructTreeRoot):
        if str(element.S) == "/TH":
            del element.A


def _no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def _title_not_shown(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _text_not_marked(pdf: Pdf) -> None:
    _rewrite(pdf, 1, lambda code: re.sub(rb"/P <</MCID \d+>> BDC(.*?)EMC", rb"\1", code, count=1, flags=re.DOTALL))


def _no_parent_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


def _wrong_mark(pdf: Pdf) -> None:
    _rewrite(pdf, 1, lambda code: code.replace(b"MCID 5>>", b"MCID 999>>"))


def _link_without_words(pdf: Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", pikepdf.Array()):
            del annotation.Contents


def _heading_level_skipped(pdf: Pdf) -> None:
    for element in elements(pdf.Root.StructTreeRoot):
        if str(element.S) == "/H2":
            element.S = Name.H4


def _no_claim_of_accessibility(pdf: Pdf) -> None:
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def _no_colour_profile(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def _attachment_without_relation(pdf: Pdf) -> None:
    del pdf.Root.Names.EmbeddedFiles.Names[1].AFRelationship


def _fonts_not_embedded(pdf: Pdf) -> None:
    for descriptor in _fonts(pdf, "/FontFile2"):
        del descriptor.FontFile2


def _no_map_to_unicode(pdf: Pdf) -> None:
    for font in _fonts(pdf, "/ToUnicode"):
        del font.ToUnicode


_DAMAGES: Mapping[str, Callable[[Pdf], None]] = {
    damage.__name__.removeprefix("_"): damage
    for damage in (
        _figure_without_words,
        _headers_without_scope,
        _no_language,
        _title_not_shown,
        _text_not_marked,
        _no_parent_tree,
        _wrong_mark,
        _link_without_words,
        _heading_level_skipped,
        _no_claim_of_accessibility,
        _no_colour_profile,
        _attachment_without_relation,
        _fonts_not_embedded,
        _no_map_to_unicode,
    )
}
KINDS = tuple(_DAMAGES)
