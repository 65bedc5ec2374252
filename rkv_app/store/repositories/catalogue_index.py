# SPDX-License-Identifier: MIT
"""Finds curricula, their sets and aims while somebody types: an index in memory, over all that the catalogue holds.

Curricula are public, so the index needs no encryption, and FTS5 in the standard library's SQLite asks for a fraction of
the time that it takes in a store, where every piece of memory is locked and wiped (ADR 5). It is made of the stored
curricula in short steps, so that other work on the same thread need not wait for it, and again when they have changed.

Each word is in it as it is written (folded) and in the form it shares with its other forms, bokmål and nynorsk alike;
of a compound the last part is there as well, where that is a word of the catalogue itself. Hits come in the order of
row ids: curricula before sets before aims, those in use before others, short texts before long ones.
"""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rkv_app.domain.aims import Curriculum, OfficialText, Trade
from rkv_app.domain.ports import CurriculumHit
from rkv_app.foundation.norwegian import fold, folded_beginnings
from rkv_app.foundation.word_forms import common_form

# The rest of what somebody pastes into the field adds nothing to what is found.
_MOST_WORDS: Final = 16
_WORD: Final = re.compile(r"[^\W_]+")
_ROWS_A_STEP: Final = 3000
_SHORTEST_PART: Final = 3
_SHORTEST_TAIL: Final = 4
_BETWEEN_PARTS: Final = ("", "s", "e")
_dump: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# In which languages a text is looked at first.
_LANGUAGES: Final = ("nob", "nno", "default", "eng", "sme")

_MAKE: Final = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE entry (id INTEGER PRIMARY KEY, plan TEXT, changed TEXT, set_code TEXT, aim TEXT, texts TEXT);
    CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = 'ascii', prefix = '2 3', detail = none);
"""
_ADD_ENTRY: Final = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)"
_ADD_WORDS: Final = "INSERT INTO words (rowid, text) VALUES (?, ?)"
_FIND: Final = """
    SELECT entry.plan, entry.changed, entry.set_code, entry.aim, entry.texts
    FROM (SELECT rowid AS id FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?) AS found
    JOIN entry ON entry.id = found.id ORDER BY entry.id
"""


class _Row(NamedTuple):
    """Something that can be found: its place in the order, what it is, and the words that find it."""

    rank: int
    length: int
    plan: str
    changed: str
    set_code: str
    aim: str
    texts: str
    words: tuple[str, ...]


class CatalogueIndex:
    """The index of some curricula, usable once the last of `steps` is done.

    Args:
        portions: the curricula, some at a time; of several versions of one plan the newest first.
    """

    def __init__(self, portions: Iterable[Iterable[Curriculum]]) -> None:
        self._index = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._index.executescript(_MAKE)
        self._portions = portions

    def steps(self) -> Iterator[None]:
        """Makes the index, a little with each step."""
        vocabulary: dict[str, str] = {}
        newest: set[str] = set()
        rows: list[_Row] = []
        for portion in self._portions:
            rows += _rows(portion, vocabulary, newest)
            yield
        rows.sort(key=_place)
        indexed = _indexed_as(vocabulary)
        self._index.execute("BEGIN")
        for first in range(0, len(rows), _ROWS_A_STEP):
            yield
            some = list(enumerate(rows[first : first + _ROWS_A_STEP], first))
            self._index.executemany(_ADD_ENTRY, ((number, *row[2:7]) for number, row in some))
            self._index.executemany(
                _ADD_WORDS, ((number, " ".join(map(indexed.__getitem__, row.words))) for number, row in some)
            )
        self._index.execute("COMMIT")

    def find(self, text: str, limit: int) -> Sequence[CurriculumHit]:
        """See CurriculumRepository.search."""
        words = list(dict.fromkeys(fold(text).split()))[:_MOST_WORDS]
        if not words or limit < 1:
            return ()
        beginnings = [one.rsplit(" ", 1)[-1] for one in folded_beginnings(words[-1])]
        asked = " AND ".join([*(_either(word) for word in words[:-1]), _beginning(words[-1], beginnings)])
        return tuple(
            CurriculumHit(plan, changed, aim, *_shown(json.loads(texts), words), set_code)
            for plan, changed, set_code, aim, texts in self._index.execute(_FIND, (asked, limit))
        )

    def close(self) -> None:
        """Lets go of the memory."""
        self._index.close()


def _indexed_as(vocabulary: Iterable[str]) -> Mapping[str, str]:
    """What each word of a catalogue is indexed as: itself, its common form, the last part where it is a compound."""
    folded = {word: fold(word).split() for word in vocabulary}
    forms = {one: common_form(one) for words in folded.values() for one in words}
    known = set(forms.values())
    tails = {form: _last_part(form, known) for form in known}
    return {
        word: " ".join(dict.fromkeys(each for one in words for each in (one, forms[one], tails[forms[one]])))
        for word, words in folded.items()
    }


def _last_part(form: str, known: set[str]) -> str:
    """The last part of a compound, the longest there is, or nothing: a word of its own."""
    for place in range(_SHORTEST_PART, len(form) - _SHORTEST_TAIL + 1):
        tail, head = form[place:], form[:place]
        # Few letters at the end are a word by chance, unless what stands before them is one as well.
        if tail in known and (len(tail) > _SHORTEST_TAIL or _is_word(head, known)):
            return tail
    return ""


def _is_word(head: str, known: set[str]) -> bool:
    return any(head.endswith(between) and head.removesuffix(between) in known for between in _BETWEEN_PARTS)


def _place(row: _Row) -> tuple[int, int]:
    return row.rank, row.length


def _rows(curricula: Iterable[Curriculum], vocabulary: dict[str, str], newest: set[str]) -> Iterator[_Row]:
    """Everything that can be found; each word once in memory, in `vocabulary`, however often it stands.

    `newest` has the codes of those that came before: another one of the same code is an older version.
    """
    for one in curricula:
        # Older versions and withdrawn plans are found, but last among their kind.
        late = (one.code in newest) + 2 * (not one.published)
        newest.add(one.code)
        around = [part for trade in one.trades for part in _names_around(trade)]
        found: list[tuple[int, str, str, OfficialText, Sequence[str | OfficialText]]] = [
            (0, "", "", one.title, (one.code, one.short_title, *around))
        ]
        for each in one.sets:
            found.append((4, each.code, "", each.title, (each.code,)))
            found += [(8, each.code, aim.code, aim.text, (aim.code,)) for aim in each.aims]
        for kind, set_code, aim_code, text, parts in found:
            words = _words((text, *parts), vocabulary)
            texts = _dump(text.by_language)
            yield _Row(kind + late, len(words), one.code, one.changed, set_code, aim_code, texts, words)


def _names_around(trade: Trade) -> Iterator[str | OfficialText]:
    yield from (trade.code, trade.title)
    for one in (*trade.subjects, *trade.areas):
        yield from (one.code, one.title)


def _words(parts: Iterable[str | OfficialText], vocabulary: dict[str, str]) -> tuple[str, ...]:
    """The words of codes and of texts in all their languages, each once."""
    found: dict[str, None] = {}
    for part in parts:
        for text in (part,) if isinstance(part, str) else set(part.by_language.values()):
            plain = text if text.isascii() else unicodedata.normalize("NFC", text).replace("\u00ad", "")
            for word in _WORD.findall(plain.lower()):
                found[vocabulary.setdefault(word, word)] = None
    return tuple(found)


def _either(word: str) -> str:
    """In FTS5's words: this word or another form of it. Folded, it holds no quotes."""
    form = common_form(word)
    return f'"{word}"' if form == word else f'("{word}" OR "{form}")'


def _beginning(word: str, beginnings: Sequence[str]) -> str:
    """In FTS5's words: what begins like this, or like another form of it."""
    asked = dict.fromkeys((*beginnings, common_form(word)))
    return "(" + " OR ".join(f'"{one}"*' for one in asked) + ")"


def _shown(texts: Mapping[str, str], words: Sequence[str]) -> tuple[str, str]:
    """The text in the language that has most of the words as they were typed, and that language."""
    languages = [one for one in _LANGUAGES if one in texts] or list(texts)
    if not languages:
        return "", "default"
    if len(languages) == 1 or len(set(texts.values())) == 1:
        return texts[languages[0]], languages[0]
    best = max(languages, key=lambda one: _typed_in(texts[one], words))
    return texts[best], best


def _typed_in(text: str, words: Sequence[str]) -> int:
    folded = " " + fold(text)
    return sum(f" {word}" in folded for word in words)
