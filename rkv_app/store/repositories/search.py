# SPDX-License-Identifier: MIT
"""Full-text search with SQLite's FTS5. The only place that speaks FTS5.

The index is made of what the store holds and is no part of it: it is made when somebody first searches, and brought up
to date from the audit trail before every search, so that saving an answer never waits for it. It lies in the store, as
encrypted as everything there; of a store that is open for reading only, an index that is not up to date is made in
memory instead.

Hits come in the order of row ids, so that the fifty best are found as quickly among a hundred thousand as among fifty.
A row id begins with the kind, then has the number of words: where a text has every word once, that is the order of BM25
(Robertson and Zaragoza, 2009). FTS5's own BM25 looks up the length of every text that matches, and with SQLCipher's
memory security each of those takes microseconds.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple, cast

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.domain.stores import Hit, HitKind
from rkv_app.foundation.norwegian import fold, folded_beginnings
from rkv_app.store.database.engine import RawConnection, SqlCipherDatabase
from rkv_app.store.database.trail import dump_json
from rkv_app.store.repositories.searchable import Searchable, changed_subjects, texts

# To be raised whenever something else is indexed, or folding gives another result: older indexes are then made anew.
_FORMAT: Final = 2

_KINDS: Final = (HitKind.CANDIDATE, HitKind.CASE, HitKind.PLACEMENT, HitKind.ATTACHMENT, HitKind.ANSWER)
_NUMBER_BITS: Final = 36
_LENGTH_BITS: Final = 16
_KIND_SHIFT: Final = _NUMBER_BITS + _LENGTH_BITS

# The rest of what somebody pastes into the field adds nothing to what is found.
_MOST_WORDS: Final = 16
# FTS5 writes a segment whenever row ids do not rise, so rows go in sorted, so many at a time.
_ROWS_AT_ONCE: Final = 20_000

_TABLES: Final = ("search_text", "search_entry", "search_state")
# Words are folded before they get here; `ascii` takes them as they are, whatever their script.
_MAKE: Final = """
    CREATE TABLE search_state (format INTEGER NOT NULL, done INTEGER NOT NULL, next INTEGER NOT NULL);
    CREATE TABLE search_entry (
        id INTEGER PRIMARY KEY, subject TEXT NOT NULL, case_id TEXT NOT NULL, excerpt TEXT NOT NULL
    );
    CREATE INDEX ix_search_entry_subject ON search_entry (subject);
    CREATE VIRTUAL TABLE search_text USING fts5 (
        words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
    );
"""
_EXISTS: Final = "SELECT 1 FROM sqlite_schema WHERE name = 'search_state'"
_STATE: Final = "SELECT format, done, next FROM search_state"
_ADD_ENTRY: Final = "INSERT INTO search_entry (id, subject, case_id, excerpt) VALUES (?, ?, ?, ?)"
_ADD_TEXT: Final = "INSERT INTO search_text (rowid, words) VALUES (?, ?)"
_IDS_OF: Final = "SELECT id FROM search_entry WHERE subject IN (SELECT value FROM json_each(?)) AND id BETWEEN ? AND ?"
_FIND: Final = """
    SELECT entry.id, entry.subject, entry.case_id, entry.excerpt
    FROM (SELECT rowid AS id FROM search_text WHERE search_text MATCH ? AND rowid < ? ORDER BY rowid LIMIT ?) AS found
    JOIN search_entry AS entry ON entry.id = found.id
    ORDER BY entry.id
"""


class _State(NamedTuple):
    """How far an index has come: up to which entry of the trail, and the next number for a row."""

    done: int
    next: int


class SqlCipherSearch:
    """Implements `domain.ports.SearchRepository`."""

    def __init__(self, database: SqlCipherDatabase) -> None:
        self._database = database
        self._in_memory: RawConnection | None = None

    def find(self, text: str, *, limit: int = 50) -> Sequence[Hit]:
        """See SearchRepository. People with exactly these words come first of all."""
        words = list(dict.fromkeys(fold(text).split()))[:_MOST_WORDS]
        if not words or limit < 1:
            return ()
        exactly = _all_of(words)
        beginning = _all_of(words[:-1], beginnings=[one.rsplit(" ", 1)[-1] for one in folded_beginnings(words[-1])])
        index = self._up_to_date()
        with self._database.reading():
            people = index.execute(_FIND, (exactly, _first_id(1), limit))
            anything = index.execute(_FIND, (beginning, _first_id(len(_KINDS)), limit))
            found = {row[0]: row for row in chain(people, anything)}
        return [_hit(*row) for row in list(found.values())[:limit]]  # type: ignore[arg-type]  # as _FIND selects them

    def _up_to_date(self) -> RawConnection:
        """The connection to an index of everything that is in the store now."""
        database = self._database
        with database.reading():
            state = _state(database.raw)
        if state is not None and state.done == database.trail.count:
            return database.raw
        if database.read_only:
            return self._made_in_memory()
        with database.transaction() as connection:
            if state is None or state.done > database.trail.count:
                _make(database.raw)
                everything = chain.from_iterable(texts(connection, kind) for kind in _KINDS)
                _add(database.raw, everything, _State(database.trail.count, 0))
            else:
                changed = changed_subjects(connection, state.done)
                for kind, subjects in changed.items():
                    _remove(database.raw, kind, subjects)
                now = chain.from_iterable(texts(connection, kind, subjects) for kind, subjects in changed.items())
                _add(database.raw, now, state._replace(done=database.trail.count))
        return database.raw

    def _made_in_memory(self) -> RawConnection:
        # What is open for reading only is a copy that nobody changes.
        if self._in_memory is None:
            index = cast(RawConnection, dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False))
            _make(index)
            with self._database.reading() as connection:
                everything = chain.from_iterable(texts(connection, kind) for kind in _KINDS)
                _add(index, everything, _State(self._database.trail.count, 0))
            self._in_memory = index
        return self._in_memory


def _all_of(words: Iterable[str], beginnings: Sequence[str] = ()) -> str:
    """In FTS5's words: all of `words`, and one word that begins as one of `beginnings`. Folded, they hold no quotes."""
    asked = [f'"{word}"' for word in words]
    if beginnings:
        asked.append("(" + " OR ".join(f'"{one}"*' for one in beginnings) + ")")
    return " AND ".join(asked)


def _first_id(kind: int) -> int:
    return kind << _KIND_SHIFT


def _hit(row_id: int, subject: str, case_id: str, excerpt: str) -> Hit:
    return Hit(kind=_KINDS[row_id >> _KIND_SHIFT], subject=subject, case_id=case_id, excerpt=excerpt)


def _state(index: RawConnection) -> _State | None:
    """How far the index is; None where there is none, or an older one."""
    if index.execute(_EXISTS).fetchone() is None:
        return None
    row = index.execute(_STATE).fetchone()
    if row is None or row[0] != _FORMAT:
        return None
    return _State(*cast(tuple[int, int], row[1:]))


def _make(index: RawConnection) -> None:
    for table in _TABLES:
        index.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in filter(str.strip, _MAKE.split(";")):
        index.execute(statement)


def _remove(index: RawConnection, kind: HitKind, subjects: Sequence[str]) -> None:
    place = _KINDS.index(kind)
    gone = index.execute(_IDS_OF, (dump_json(subjects), _first_id(place), _first_id(place + 1) - 1)).fetchall()
    for row in gone:
        index.execute("DELETE FROM search_text WHERE rowid = ?", row)
        index.execute("DELETE FROM search_entry WHERE id = ?", row)


def _add(index: RawConnection, found: Iterable[Searchable], state: _State) -> None:
    """Adds texts, and notes how far the index is with them."""
    number = state.next
    for portion in _portions(found):
        rows = []
        for one in portion:
            words = fold(one.text)
            rows.append((_row_id(one.kind, words, number), words, one))
            number += 1
        for row_id, words, one in sorted(rows):
            index.execute(_ADD_TEXT, (row_id, words))
            index.execute(_ADD_ENTRY, (row_id, one.subject, one.case_id, one.text))
    index.execute("DELETE FROM search_state", ())
    index.execute("INSERT INTO search_state (format, done, next) VALUES (?, ?, ?)", (_FORMAT, state.done, number))


def _portions(found: Iterable[Searchable]) -> Iterator[list[Searchable]]:
    portion: list[Searchable] = []
    for one in found:
        portion.append(one)
        if len(portion) == _ROWS_AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def _row_id(kind: HitKind, words: str, number: int) -> int:
    length = min(words.count(" "), (1 << _LENGTH_BITS) - 1)
    return (_KINDS.index(kind) << _KIND_SHIFT) | (length << _NUMBER_BITS) | number
