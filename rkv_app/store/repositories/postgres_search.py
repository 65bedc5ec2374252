# SPDX-License-Identifier: MIT
"""Full-text search with PostgreSQL's own. Keeps the promises of `store/repositories/search.py`, by the same plan.

The index is made of what the register holds and is no part of it: it is made when somebody first searches, and brought
up to date from the audit trail before every search. Who may only read has an index of his own while he is connected.
Words are folded here and taken as they are: no dictionary or parser of the server's has a say in what is found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import sqlalchemy as sa

from rkv_app.domain.stores import Hit, HitKind
from rkv_app.foundation.norwegian import fold, folded_beginnings
from rkv_app.store.database.postgres import PostgresDatabase
from rkv_app.store.repositories.searchable import Searchable, changed_subjects, texts

# To be raised whenever something else is indexed, or folding gives another result: older indexes are then made anew.
_FORMAT: Final = 2

_KINDS: Final = (HitKind.CANDIDATE, HitKind.CASE, HitKind.PLACEMENT, HitKind.ATTACHMENT, HitKind.ANSWER)
# The rest of what somebody pastes into the field adds nothing to what is found.
_MOST_WORDS: Final = 16
# PostgreSQL takes no word of more than 2046 bytes; a character has at most 4.
_LONGEST_WORD: Final = 500
_ROWS_AT_ONCE: Final = 20_000

_MAKE: Final = """
    DROP TABLE IF EXISTS {where}search_state, {where}search_entry;
    CREATE TABLE {where}search_state (format integer NOT NULL, done integer NOT NULL);
    CREATE TABLE {where}search_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind smallint NOT NULL, length integer NOT NULL,
        subject text NOT NULL, case_id text NOT NULL, excerpt text NOT NULL, words tsvector NOT NULL
    );
    CREATE INDEX ON {where}search_entry USING gin (words);
    CREATE INDEX ON {where}search_entry (subject);
"""
# Asked of the catalogue itself: what `to_regclass` knows is from before the wait for our turn.
_EXISTS: Final = "SELECT EXISTS (SELECT FROM pg_class WHERE relname = 'search_state' AND relnamespace = {schema})"
# A name without a schema means a temporary table where there is one.
_STATE: Final = "SELECT done FROM search_state WHERE format = %s"
_ADD: Final = """
    INSERT INTO search_entry (kind, length, subject, case_id, excerpt, words)
    SELECT kind, length, subject, case_id, excerpt, words::tsvector
    FROM unnest(%s::smallint[], %s::integer[], %s::text[], %s::text[], %s::text[], %s::text[])
        WITH ORDINALITY AS new (kind, length, subject, case_id, excerpt, words, place) ORDER BY place
"""
_REMOVE: Final = "DELETE FROM search_entry WHERE subject = ANY(%s) AND kind = %s"
_FIND: Final = """
    SELECT id, kind, subject, case_id, excerpt FROM search_entry WHERE words @@ %s::tsquery AND kind < %s
    ORDER BY kind, length, id LIMIT %s
"""


class PostgresSearch:
    """Implements `domain.ports.SearchRepository`."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        temporary = database.read_only
        self._make = _MAKE.format(where="pg_temp." if temporary else "")
        self._exists = _EXISTS.format(schema="pg_my_temp_schema()" if temporary else "current_schema()::regnamespace")
        self._writing = database.scratching if temporary else database.transaction

    def find(self, text: str, *, limit: int = 50) -> Sequence[Hit]:
        """See SearchRepository. People with exactly these words come first of all."""
        words = list(dict.fromkeys(_words(text)))[:_MOST_WORDS]
        if not words or limit < 1:
            return ()
        exactly = _all_of(words)
        beginning = _all_of(words[:-1], beginnings=[one.rsplit(" ", 1)[-1] for one in folded_beginnings(words[-1])])
        # Nobody can make the index anew between a look at its state and the end of the same transaction.
        with self._database.reading() as connection:
            if self._done(connection) == _entries(connection):
                return _found(connection, exactly, beginning, limit)
        with self._writing() as connection:
            self._bring_up_to_date(connection)
            return _found(connection, exactly, beginning, limit)

    def _bring_up_to_date(self, connection: sa.Connection) -> None:
        done, entries = self._done(connection), _entries(connection)
        changed: Mapping[HitKind, Sequence[str] | None]
        if done is None or done > entries:
            connection.exec_driver_sql(self._make)
            changed = dict.fromkeys(_KINDS)
        else:
            changed = changed_subjects(connection, done)
        for kind, subjects in changed.items():
            if subjects is not None:
                connection.exec_driver_sql(_REMOVE, (list(subjects), _KINDS.index(kind)))
            _add(connection, texts(connection, kind, subjects))
        connection.exec_driver_sql("DELETE FROM search_state")
        connection.exec_driver_sql("INSERT INTO search_state VALUES (%s, %s)", (_FORMAT, entries))

    def _done(self, connection: sa.Connection) -> int | None:
        """Up to which entry of the trail the index is; None where there is none, or one of another format."""
        if not connection.exec_driver_sql(self._exists).scalar():
            return None
        done: int | None = connection.exec_driver_sql(_STATE, (_FORMAT,)).scalar()
        return done


def _found(connection: sa.Connection, exactly: str, beginning: str, limit: int) -> list[Hit]:
    people = connection.exec_driver_sql(_FIND, (exactly, 1, limit)).all()
    anything = connection.exec_driver_sql(_FIND, (beginning, len(_KINDS), limit)).all()
    found = {row.id: row for row in (*people, *anything)}
    return [
        Hit(kind=_KINDS[row.kind], subject=row.subject, case_id=row.case_id, excerpt=row.excerpt)
        for row in list(found.values())[:limit]
    ]


def _entries(connection: sa.Connection) -> int:
    return connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM trail").scalar_one()  # type: ignore[no-any-return]


def _words(text: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in fold(text).split()]


def _all_of(words: Iterable[str], beginnings: Sequence[str] = ()) -> str:
    """In PostgreSQL's words: all of `words`, and one that begins like `beginnings`. Folded, they hold no quotes."""
    asked = [f"'{word}'" for word in words]
    if beginnings:
        asked.append("(" + " | ".join(f"'{one}':*" for one in beginnings) + ")")
    return " & ".join(asked)


def _add(connection: sa.Connection, found: Iterator[Searchable]) -> None:
    while portion := list(islice(found, _ROWS_AT_ONCE)):
        rows = []
        for one in portion:
            words = _words(one.text)
            lexemes = " ".join(f"'{word}'" for word in words)
            rows.append((_KINDS.index(one.kind), len(words), one.subject, one.case_id, one.text, lexemes))
        connection.exec_driver_sql(_ADD, tuple(map(list, zip(*rows, strict=True))))
