# SPDX-License-Identifier: MIT
"""Turns Grep's JSON into the shape of its JSON-LD dump, as the one real record that we have of it is shaped.

A reference is only the URI of what it names, and what JSON nests stands on the record itself under joined keys.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

_BOM = b"\xef\xbb\xbf"
_CONTEXT = {
    "@vocab": "http://psi.udir.no/ontologi/kl06/",
    "uriId": "@id",
    "uri": {"@type": "@id"},
    "grepType": "@type",
    "verdi": "@value",
    "spraak": "@language",
}


def as_jsonld(record: dict[str, Any]) -> dict[str, Any]:
    """The record as the JSON-LD dump would have it."""
    made: dict[str, Any] = {"@context": _CONTEXT, "grepType": record["grep-type"], "uriId": record["uri"]}
    for key, value in record.items():
        _put(made, key, value)
    return made


def write_jsonld_dump(target: Path, dump: Path) -> None:
    """Writes a JSON-LD dump with the records of a JSON dump, each file beginning with a byte order mark."""
    with zipfile.ZipFile(dump) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            record = as_jsonld(json.loads(source.read(name).decode("utf-8-sig")))
            archive.writestr(f"{Path(name).stem}.jsonld", _BOM + json.dumps(record, ensure_ascii=False).encode())


def _put(made: dict[str, Any], key: str, value: Any) -> None:
    if isinstance(value, dict) and "tekst" in value:
        made[key] = value["tekst"]
    elif isinstance(value, dict) and "grep-type" not in value and "verdi" not in value:
        for inner, each in value.items():
            _put(made, f"{key}-{inner}", each)
    elif isinstance(value, list):
        made[key] = [_linked(one) for one in value]
    else:
        made[key] = _linked(value)


def _linked(value: Any) -> Any:
    return {"uriId": value["uri"]} if isinstance(value, dict) and "grep-type" in value else value
