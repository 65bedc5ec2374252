# SPDX-License-Identifier: MIT
"""Reads the marks among answers, see `domain.carried` and `domain.transcribed`: a stranger may have written them."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any


def mark_fields(value: object, kind: type, longest: int) -> dict[str, Any] | None:
    """What a mark says, by the names of the fields of a dataclass: texts, and `at`, which is a time with its zone.

    Args:
        value: a JSON value.
        kind: the dataclass, which has a field `at`.
        longest: so many signs a text has at most.

    Returns:
        None for anything that is not exactly such a mark.
    """
    if not isinstance(value, Mapping) or set(value) != {field.name for field in fields(kind)}:
        return None
    texts = {name: text for name, text in value.items() if isinstance(text, str) and len(text) <= longest}
    if len(texts) != len(value):
        return None
    try:
        at = datetime.fromisoformat(texts["at"])
    except ValueError:
        return None
    return None if at.tzinfo is None else {**texts, "at": at}
