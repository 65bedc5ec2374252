# SPDX-License-Identifier: MIT
"""Words cut down to what bokmål and nynorsk and their endings have in common, for comparing texts by their words.

Rough on purpose: a few rules that anybody can follow by hand. It is for suggesting, never for deciding.
"""

import re
from collections.abc import Iterator

from rkv_app.foundation.norwegian import fold

# Nynorsk as bokmål writes it, on folded letters: rein/ren, hald/hold, -leg/-lig, kv-/hv-, sjuk/syk.
_LIKE_BOKMAL = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        ("ei", "e"),
        ("hald", "hold"),
        ("leg(?=$|e|a|t)", "lig"),
        ("golv", "gulv"),
        ("^kv", "hv"),
        ("sjuk", "syk"),
        ("mjolk", "melk"),
        ("vatn", "vann"),
        ("tenest", "tjenest"),
        ("verksemd", "virksomhet"),
        ("skuge", "skogg"),
    )
)
# Longest first. What is left has at least three letters, four where one is taken off.
_ENDING_LIST = """
    elsene elsane hetene hetane ingene ingane else heten heter ingen inger ingar inga ende ande ing het
    ene ane ers ens ets er ar en et a e
"""
_ENDINGS = tuple(_ENDING_LIST.split())
_SHORTEST = 3
_COMMON_WORDS = """
    og i på med til for av som er det den de en ei et å jeg eg meg mitt min mi mine har hatt hadde ha vært vore
    være vere var blir ble blei vart kan kunne skal må vil ikke ikkje men om at fra frå eller etter under over
    ved hos ut inn opp ned så da når der her han hun ho hen vi oss dem dei seg sin sitt sine alle alt andre anna
    annet også både mot ein eit eitt hvilke kva hva visste viste riktig rett bra godt god selv sjølv mye mykje
    mange noen nokon noe noko flere fleire år måneder månader jobb jobbet jobba jobber arbeid arbeidet arbeider
    arbeidde arbeidd gjort gjør gjer gjere gjøre bruk brukt bruke brukte
    a the an of in on and or to with for my at was were is are have had has i we it from by as that this be
    work worked working job year years month months used use using did do done made make
"""
_TOO_COMMON = frozenset(fold(_COMMON_WORDS).split())


def stem(word: str) -> str:
    """Returns a word, folded or not, without its ending and as bokmål would write it."""
    stemmed = fold(word)
    for pattern, put in _LIKE_BOKMAL:
        stemmed = pattern.sub(put, stemmed)
    for ending in _ENDINGS:
        # A letter more of a short word: "mat" is not "måte".
        least = _SHORTEST + (len(ending) == 1)
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= least:
            stemmed = stemmed[: -len(ending)]
            break
    # Forms of one word may differ in a doubled consonant: stopp, stoppe.
    return stemmed[:-1] if len(stemmed) > _SHORTEST and stemmed[-1] == stemmed[-2] else stemmed


def stems(text: str) -> Iterator[tuple[str, str]]:
    """Yields (stem, the word as it stands) for each word of a text that says something, in order."""
    for word in re.findall(r"[^\W_]+", text):
        folded = fold(word)
        if len(folded) >= _SHORTEST and folded not in _TOO_COMMON and not folded.isdecimal():
            yield stem(folded), word
