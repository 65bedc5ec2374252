# SPDX-License-Identifier: MIT
"""What a search found in a case, in a line: what it is, and the words around it."""

from collections.abc import Sequence

from rkv_app.domain.stores import Hit, HitKind
from rkv_app.foundation.i18n import Words
from rkv_app.foundation.norwegian import fold
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels

_LONGEST = 120
# Letters: of the found word itself, much must be seen where the column is narrow.
_MOST_BEFORE = 14


def in_words(hits: Sequence[Hit], search: str, words: Words) -> str:
    """The best of the hits in a case, and how many more there are."""
    if not hits:
        return ""
    best, *others = hits
    said = labels.hit_kind(words, best.kind)
    if best.kind is not HitKind.CANDIDATE:
        # A name stands in a column of its own.
        excerpt = shown_name(best.excerpt) if best.kind is HitKind.ATTACHMENT else best.excerpt
        said = words("{what}: {text}", what=said, text=around(excerpt, search))
    return words.plural("{said} (and {n} more)", "{said} (and {n} more)", len(others), said=said) if others else said


def around(text: str, search: str) -> str:
    """The part of `text` in which the first of the words that were searched for stands."""
    sought = fold(search).split()
    parts = text.split()
    hit = next((at for at, part in enumerate(parts) if _begins(part, sought)), 0)
    first = hit
    while first > 0 and len(" ".join(parts[first - 1 : hit])) <= _MOST_BEFORE:
        first -= 1
    # What only divides two parts of a text is nothing to begin with.
    first += first < hit and not fold(parts[first])
    shown = " ".join(parts[first:])
    cut = shown if len(shown) <= _LONGEST else shown[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"… {cut}" if first else cut


def _begins(part: str, sought: Sequence[str]) -> bool:
    return any(word.startswith(one) for word in fold(part).split() for one in sought)
