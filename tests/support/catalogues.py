# SPDX-License-Identifier: MIT
"""The words on screen: collected from the source, kept in translations/, compiled. `python3 dev.py strings` runs it.

Nothing in the files depends on when they were made, so running it twice leaves the tree as it is.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

REPOSITORY = Path(__file__).resolve().parents[2]
TRANSLATED = ("nb", "nn")
_DOMAIN = "rkv_app"
# How the source marks words: words("…"), _words("…"), N_("…"), message("…"), words.plural("one", "many", n).
_KEYWORDS = {"words": None, "_words": None, "N_": None, "message": None, "plural": (1, 2)}
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def template() -> Catalog:
    """Every source text in the package, with the files it stands in."""
    catalogue = _empty(None)
    found = extract_from_dir(
        REPOSITORY / "rkv_app", method_map=[("**.py", "python")], keywords=_KEYWORDS, comment_tags=("Translators:",)
    )
    for name, _line, msgid, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        place = (f"rkv_app/{Path(name).as_posix()}", 0)
        catalogue.add(msgid, locations=[place], auto_comments=comments, context=context)
    return catalogue


def po_path(language: str) -> Path:
    """The file that translators edit."""
    return REPOSITORY / "translations" / language / "LC_MESSAGES" / f"{_DOMAIN}.po"


def mo_path(language: str) -> Path:
    """The file that the app reads."""
    return po_path(language).with_suffix(".mo")


def read(language: str) -> Catalog:
    """The translations of one language as they stand."""
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language, domain=_DOMAIN)


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of the .mo file that `catalogue` makes."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(language: str, source: Catalog) -> list[str]:
    """Source texts that `language` lacks, has left empty, or has marked as a guess."""
    have = read(language)
    lacking = []
    for text in source:
        if not text.id:
            continue
        own = have.get(text.id, text.context)
        said = own.string if own else ""
        if not own or own.fuzzy or not said or not all(said if isinstance(said, tuple) else (said,)):
            lacking.append(str(text.id))
    return lacking


def main() -> int:
    """Brings translations/ up to date with the source and says what still needs a translator."""
    source = template()
    _write(REPOSITORY / "translations" / f"{_DOMAIN}.pot", _po_bytes(source))
    for language in TRANSLATED:
        path = po_path(language)
        catalogue = read(language) if path.exists() else _empty(language)
        catalogue.update(source, no_fuzzy_matching=True)
        _write(path, _po_bytes(catalogue))
        _write(mo_path(language), compiled(catalogue))
        lacking = missing(language, source)
        print(f"{language}: {len(source) - len(lacking)} of {len(source)} translated")
        for text in lacking:
            print(f"  {text}")
    return 0


def misfilled(language: str) -> list[str]:
    """Translations whose fields in braces are not those of the source text: they would fail when shown."""
    wrong = []
    for text in read(language):
        if not text.id or not text.string:
            continue
        sources = text.id if isinstance(text.id, tuple) else (text.id,)
        translations = text.string if isinstance(text.string, tuple) else (text.string,)
        wanted = {name for source in sources for name in _fields(str(source))}
        if any(_fields(str(said)) != wanted for said in translations if said):
            wrong.append(str(text.id))
    return wrong


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _empty(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        domain=_DOMAIN,
        header_comment="# Words of rkv_app.\n# SPDX-License-Identifier: MIT\n#",
        project="rkv_app",
        version="1",
        msgid_bugs_address="",
        last_translator="The rkv_app developers",
        language_team=language or "",
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        fuzzy=False,
    )


def _po_bytes(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=120, include_lineno=False, sort_output=True)
    return out.getvalue()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
