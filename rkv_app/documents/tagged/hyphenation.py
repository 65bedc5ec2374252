# SPDX-License-Identifier: MIT
"""Where a Norwegian word may be broken: by the patterns of the hyph-utf8 project (`resources/hyphenation`).

Nothing is loaded before a word is met that is longer than its line.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from rkv_app.foundation.resources import resources_dir

if TYPE_CHECKING:
    import pyphen  # type: ignore[import-untyped]

# How a hyphen that is no part of the word is written (ISO 32000-1 § 14.8.2.2.3): seen, and left out by who reads it.
SOFT_HYPHEN = "\N{SOFT HYPHEN}"

# Both kinds of Norwegian have the same patterns. A text that says nothing is in the language of its document.
_LANGUAGES = frozenset({"", "nb", "nn", "no"})
# Letters that stay together at either end: less of a word than this says nothing about the rest.
_TOGETHER = 3
# No word of a language is longer, and looking at what is no word takes time.
_LONGEST = 100
# Codes, numbers, and addresses of all kinds.
_NO_WORDS = re.compile(r"[\d@_\\=]|//|[.:]\w")
_LETTERS = re.compile(r"[^\W\d_]+")
_NORWEGIAN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿ]+")


def break_points(word: str, language: str) -> Sequence[int]:
    """Returns where `word` may be broken with a hyphen: how many characters stand before it, in rising order.

    Args:
        word: what stands between two spaces, with its commas and brackets.
        language: BCP 47 tag where it differs from the document's, else empty.
    """
    if language not in _LANGUAGES or len(word) > _LONGEST or _NO_WORDS.search(word):
        return ()
    return [
        run.start() + point
        for run in _LETTERS.finditer(word)
        if _NORWEGIAN.fullmatch(run[0])
        for point in _points(run[0])
    ]


def _points(letters: str) -> Sequence[int]:
    try:
        patterns = _patterns()
    except OSError:
        # Without its patterns a word is cut, as one that has no such point: a document is worth more than a hyphen.
        return ()
    points = [int(point) for point in patterns.positions(letters)]
    # It remembers words for ever, and they may be somebody's name.
    patterns.hd.cache.clear()
    return points


@cache
def _patterns() -> "pyphen.Pyphen":
    import pyphen

    return pyphen.Pyphen(resources_dir() / "hyphenation" / "hyph-no.dic", left=_TOGETHER, right=_TOGETHER)
