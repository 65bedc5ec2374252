# SPDX-License-Identifier: MIT
"""One form for the forms of a Norwegian word, in bokmål and nynorsk alike, so that one finds the other in a search.

A small table of rules, no dictionary: what they make need be no word, it need only be the same for what belongs
together, and mostly another for what does not. "reinhaldet", "reinhald" and "renhold" all become "renhold". Words come
in folded by `foundation.norwegian.fold`, so there is neither æ, ø nor å in them.
"""

import re
from functools import lru_cache
from typing import Final

# Nynorsk beside bokmål where no rule tells one from the other; longer ones first. Both written as `fold` leaves them.
_OTHER_WORDS: Final = (
    ("rettleiing", "veiledning"),
    ("rettlei", "veiled"),
    ("tryggleik", "sikkerhet"),
    ("verksemd", "virksomhet"),
    ("handsam", "behandl"),
    ("teneste", "tjeneste"),
    ("teikn", "tegn"),
    ("bustad", "bolig"),
    ("mogleg", "mulig"),
    ("vatn", "vann"),
    ("heim", "hjem"),
    ("lekjar", "lege"),
    ("vaks", "voks"),
    ("ynsk", "onsk"),
    ("sjuk", "syk"),
    ("skul", "skol"),
    ("gjer", "gjor"),
    ("mjol", "mel"),
    ("hald", "hold"),
)
# Sounds that the two forms write differently: bein/ben, røyr/rør, auke/øke, byggje/bygge, velje/velge, setje/sette.
_SOUNDS: Final = (
    ("ei", "e"),
    ("oy", "o"),
    ("au", "o"),
    ("skj", "sk"),
    ("gj", "g"),
    ("kj", "k"),
    ("kv", "hv"),
    ("lj", "lg"),
    ("tj", "tt"),
    ("mj", "mm"),
    ("rj", "rr"),
)
# Endings that stand for another one, then those that are taken off; what is left has three or four letters at least.
_LIKE: Final = (
    (re.compile(r"(?<=\w{3})lek(?:en|ar|ane|s)?$"), "het"),
    (re.compile(r"(?<=\w{2})het(?:en|er|ene|ens|s)?$"), "het"),
    (re.compile(r"(?<=\w{3})(?:leg|lig)(?:e|t|ere|are|est|ast)?$"), "lig"),
    (re.compile(r"(?<=\w{2})ing(?:ane|ene|ar|er|en|a|s)$"), "ing"),
)
_KEPT: Final = ("het", "lig", "ing")
_ENDING: Final = re.compile(r"(?<=\w{4})(?:ande|ende|ane|ene|ar|er|en|et|te|de)$|(?<=\w{3})(?:a|e|s|t)$")


@lru_cache(maxsize=65_536)
def common_form(word: str) -> str:
    """Returns the form that `word`, folded, shares with its other forms. Numbers and codes stay as they are."""
    if not word.isalpha():
        return word
    for other, known in _OTHER_WORDS:
        if other in word:
            word = word.replace(other, known)
    for other, known in _SOUNDS:
        if other in word:
            word = word.replace(other, known)
    for ending, known in _LIKE:
        word = ending.sub(known, word)
    return word if word.endswith(_KEPT) else _ENDING.sub("", word)
