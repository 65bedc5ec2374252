# SPDX-License-Identifier: MIT
"""Norwegian letters for searching and sorting, where the database knows neither: stored beside the text they stand for.

Both start from Unicode's compatibility decomposition (UAX 15, NFKD), so that it never matters how a letter was typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import dropwhile, groupby, islice
from typing import Final, NamedTuple

_RING: Final = "\u030a"
_UMLAUTS: Final = frozenset("\u0308\u030b")
# Letters that Unicode does not take apart, by what people without the key on their keyboard type for them.
_PLAINER: Final = {"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "þ": "th", "ħ": "h", "ı": "i", "ǥ": "g", "ʒ": "z"}

_FOLDED: Final = str.maketrans({**_PLAINER, "æ": "e", "ø": "o", "œ": "o"})
# Done one after the other, none leaves anything for another to find: that is what makes folding idempotent.
_DIGRAPHS: Final = ((re.compile("aa+"), "a"), (re.compile("ae"), "e"), (re.compile("oe+"), "o"))
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")

# In the order of ASCII: end of a level, blank, (digits, a to z,) æ, ø, å, any other letter.
_LEVEL_ENDS, _BLANK, _AE, _OE, _AA, _OTHER = " !{|}~"
_SORTED: Final = {**_PLAINER, "æ": _AE, "ø": _OE, "œ": _OE}
_SORTED_WITH_UMLAUT: Final = {"a": _AE, "o": _OE, "u": "y"}
# How far a sort key looks: what is alike for so long may stand in any order.
_MOST_ELEMENTS: Final = 200
_MOST_DIGITS: Final = 99


class _Kind(Enum):
    BETWEEN = auto()
    DIGIT = auto()
    LETTER = auto()


class _Element(NamedTuple):
    """What is compared as one: first by letter, then by accent, then by case."""

    letter: str
    accent: str = "0"
    case: str = "0"


def fold(text: str) -> str:
    """Returns `text` as it is searched for: small plain letters and digits, single blanks, nothing else.

    å and aa become a; æ, ä and ae become e; ø, ö and oe become o; accents and Sámi letters become plain. Letters of
    other scripts stay. Folding twice changes nothing, and neither does the form in which letters were typed.
    """
    folded = text.lower() if text.isascii() else _without_accents(text)
    for digraph, letter in _DIGRAPHS:
        folded = digraph.sub(letter, folded)
    return _BETWEEN_WORDS.sub(" ", folded).strip()


def folded_beginnings(text: str) -> tuple[str, ...]:
    """Returns how the folded form of a text that begins with `text` may begin.

    There are two ways where `text` may end inside an ae, which is one letter: "Mika" begins both Mikal and Mikael.
    """
    folded = fold(text)
    return (folded, fold(folded + "e")) if folded.endswith("a") else (folded,)


def sort_key(text: str) -> str:
    """Returns printable ASCII, at most a few thousand characters, whose binary order is Norwegian dictionary order.

    First by letters: a to z, æ, ø, å, then other scripts; aa is å, ä is æ, ö is ø, ü is y; numbers come before letters
    and by their value, and what lies between words comes before both. Then by accents, then small before capital.
    Source: CLDR's collation for Norwegian, but with small before capital also between å and aa.
    """
    elements = tuple(islice(_elements(_letters_with_marks(text)), _MOST_ELEMENTS))
    return _LEVEL_ENDS.join(
        (
            "".join(element.letter for element in elements).rstrip(_BLANK),
            "".join(element.accent for element in elements).rstrip("0"),
            "".join(element.case for element in elements).rstrip("0"),
        )
    )


def _without_accents(text: str) -> str:
    # Twice, because what is taken apart may be capital, and what is made small may be taken apart.
    small = unicodedata.normalize("NFKD", text).casefold()
    small = unicodedata.normalize("NFKD", small).casefold()
    small = small.replace("a\u0308", "e").translate(_FOLDED)
    return "".join(character for character in small if not (_is_mark(character) or _is_unseen(character)))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _is_unseen(character: str) -> bool:
    """Whether it is a sign of layout, such as a soft hyphen."""
    return unicodedata.category(character) == "Cf"


def _letters_with_marks(text: str) -> list[str]:
    letters: list[str] = []
    for character in unicodedata.normalize("NFKD", text):
        if not _is_mark(character):
            if not _is_unseen(character):
                letters.append(character)
        elif letters:
            letters[-1] += character
    return letters


def _kind(letter: str) -> _Kind:
    if letter[0].isdecimal():
        return _Kind.DIGIT
    return _Kind.LETTER if letter[0].isalnum() else _Kind.BETWEEN


def _elements(letters: Iterable[str]) -> Iterator[_Element]:
    text = dropwhile(lambda letter: _kind(letter) is _Kind.BETWEEN, letters)
    for kind, run in groupby(text, _kind):
        if kind is _Kind.BETWEEN:
            yield _Element(_BLANK)
        elif kind is _Kind.DIGIT:
            yield _number(run)
        else:
            yield from _word(tuple(run))


def _number(digits: Iterable[str]) -> _Element:
    value = "".join(str(unicodedata.decimal(digit[0])) for digit in digits).lstrip("0")[:_MOST_DIGITS]
    return _Element(f"{len(value):02}{value}")


def _word(letters: Sequence[str]) -> Iterator[_Element]:
    place = 0
    while place < len(letters):
        pair = "".join(letters[place : place + 2])
        if pair in ("aa", "aA", "Aa", "AA"):
            yield _Element(_AA, case="3" if pair[0] == "A" else "1")
            place += 2
        else:
            yield from _sorted_letter(letters[place])
            place += 1


def _sorted_letter(letter: str) -> Iterator[_Element]:
    base, marks = letter[0].casefold(), letter[1:]
    case = "0" if base == letter[0] else "2"
    if base == "a" and _RING in marks:
        yield _Element(_AA, _accent(marks.replace(_RING, "", 1)), case)
    elif base in _SORTED_WITH_UMLAUT and not _UMLAUTS.isdisjoint(marks):
        yield _Element(_SORTED_WITH_UMLAUT[base], _accent(marks), case)
    else:
        stands_for_another = len(base) > 1 or (base in _SORTED and base not in "æø")
        accent = _accent(base + marks if stands_for_another else marks)
        for part in _SORTED.get(base, base):
            yield _Element(part if part.isascii() else f"{_OTHER}{ord(part):05x}", accent, case)


def _accent(differences: str) -> str:
    return f"1{ord(differences[0]):05x}" if differences else "0"
