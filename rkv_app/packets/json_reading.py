# SPDX-License-Identifier: MIT
"""JSON from strangers: bounded before it is parsed, one reading only, and free of signs that hide or reorder text."""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NoReturn

from rkv_app.foundation.i18n import message
from rkv_app.packets.problems import invalid_message, unsafe_text

MAX_JSON: Final = 16 * 2**20
_MAX_DEPTH: Final = 32
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))

# C0 (all but tab and line feed), DEL, C1, bidirectional embeddings, overrides and isolates, lone surrogates and
# noncharacters that XML cannot hold (Unicode TR 36, section 3; Unicode TR 9, section 2).
_HIDDEN_SIGNS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_MAX_KEY: Final = 300
_MAX_TEXT: Final = 20_000
# Most characters a field may have, by the name of the field; all other text may have _MAX_TEXT.
_MAX_BY_FIELD: Final[Mapping[str, int]] = MappingProxyType(
    {
        "name": 300,
        "navn": 100,
        "visningsnavn": 255,
        "candidate_name": 300,
        "given_name": 200,
        "family_name": 200,
        "national_number": 20,
        "organisation": 300,
        "unit": 300,
        "org_number": 20,
        "address": 500,
        "phone": 50,
        "email": 254,
        "position": 300,
        "reference": 100,
        "journal_number": 200,
        "code": 100,
        "curriculum_code": 100,
        "set_code": 100,
        "language": 20,
        "uri": 1000,
        "id": 100,
        "innhold": 256 * 2**10,
        "signatur": 256 * 2**10,
    }
)


def clean_text(text: str) -> str:
    """Returns `text` without control signs (tab and line feed stay) and without bidirectional overrides."""
    return _HIDDEN_SIGNS.sub("", text)


def parse_untrusted_json(data: bytes) -> dict[str, object]:
    """Parses one JSON object and cleans every text in it.

    Raises:
        UserError: RKV-PKT-016, not JSON (RFC 8259) in UTF-8, or a key twice in one object; RKV-PKT-044, over 16 MiB or
            32 levels deep, or a text longer than its field may be.
    """
    if len(data) > MAX_JSON:
        raise unsafe_text(message("it is over {limit} MiB", limit=MAX_JSON // 2**20))
    _check_depth(data)
    try:
        tree = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise invalid_message(message("it is not readable")) from None
    cleaned = clean_tree(tree)
    if not isinstance(cleaned, dict):
        raise invalid_message(message("it is not readable"))
    return cleaned


def clean_tree(value: object, field: str = "") -> object:
    """Returns a JSON value with every text in it cleaned.

    Args:
        value: what `json` reads: dict, list, str, int, float, bool or None.
        field: name of the field that holds the value; sets how long a text may be.

    Raises:
        UserError: RKV-PKT-044, a text is longer than its field may be, or a key holds hidden signs.
    """
    if isinstance(value, str):
        text = clean_text(value)
        if len(text) > _MAX_BY_FIELD.get(field, _MAX_TEXT):
            raise unsafe_text(message("the text is too long"))
        return text
    if isinstance(value, list):
        return [clean_tree(item, field) for item in value]
    if isinstance(value, dict):
        for key in value:
            if len(key) > _MAX_KEY or clean_text(key) != key:
                raise unsafe_text(message("the name of a field is too long or has hidden signs"))
        return {key: clean_tree(item, key) for key, item in value.items()}
    return value


def canonical_json(tree: object) -> bytes:
    """Writes a JSON value the one way packets have it: sorted keys, no spaces, UTF-8."""
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def _check_depth(data: bytes) -> None:
    depth = 0
    for bracket in _STRING.sub(b"", data).translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > _MAX_DEPTH:
            raise unsafe_text(message("it is nested too deep"))


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
