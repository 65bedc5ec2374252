# SPDX-License-Identifier: MIT
"""Reads the sheet of an XLSForm of ours that says how answers move from older versions of the form."""

from collections.abc import Sequence

from rkv_app.forms.exchange.plain import Json
from rkv_app.forms.exchange.xlsform import Row


def read_migrations(rows: Sequence[Row]) -> list[Json]:
    """Returns the migrations of a form that the rows of that sheet say."""
    found: dict[str, Json] = {}
    for row in rows:
        one = found.setdefault(row.get("from", ""), {"from": row.get("from")})
        kind, old = row.get("kind", ""), row.get("old")
        if kind == "renamed":
            _inner(one, kind)[str(old)] = row.get("new")
        elif kind == "codes":
            codes = _inner(_inner(one, kind), row.get("item", ""))
            if old is not None:
                codes[old] = row.get("new")
        elif kind == "dropped":
            dropped = one.setdefault(kind, [])
            if isinstance(dropped, list):
                dropped.append(old)
    return list(found.values())


def _inner(one: Json, key: str) -> Json:
    found = one.setdefault(key, {})
    return found if isinstance(found, dict) else {}
