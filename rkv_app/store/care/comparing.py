# SPDX-License-Identifier: MIT
"""Holds what a database has against what its audit trail says of it, and content against its digests."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple, cast

from rkv_app.domain.stores import Progress
from rkv_app.store.database.engine import RawConnection
from rkv_app.store.database.trail import Entry
from rkv_app.store.failures import go_on

_ENTRIES: Final = """
    SELECT subject, kind, item, value FROM trail WHERE kind IN (?, ?, ?, ?) ORDER BY subject, seq
"""
_SUBJECTS: Final = "SELECT (SELECT count(*) FROM evaluation) + (SELECT count(*) FROM response)"
_ANSWERS: Final = """
    SELECT evaluation_id AS subject, item, value FROM answer
    UNION ALL SELECT response_id, item, value FROM response_answer ORDER BY subject
"""
_REVISIONS: Final = """
    SELECT subject, number, json_object('answers', json(answers), 'by', done_by, 'number', number, 'reason', reason)
    FROM revision
"""
_TOLD_REVISIONS: Final = "SELECT subject, item, value FROM trail WHERE kind = ?"
# One entry for each set of anonymous answers, and in none what they say. A salvaged store may have lost some.
_SURVEYS: Final = """
    SELECT form_id, count(*) FROM survey_answers GROUP BY form_id
    EXCEPT SELECT item, count(*) FROM trail WHERE kind = ? GROUP BY item
"""
_TOLD_SURVEYS: Final = """
    SELECT item, count(*) FROM trail WHERE kind = ? GROUP BY item
    EXCEPT SELECT form_id, count(*) FROM survey_answers GROUP BY form_id
"""
_IS_SALVAGED: Final = "SELECT 1 FROM trail WHERE kind = ? LIMIT 1"
# What a salvaged store has lost was told when it was made.
_MISSING_PACKETS: Final = """
    SELECT count(*) FROM trail LEFT JOIN packet ON message_id = subject
    WHERE trail.kind = ? AND trail.seq > (SELECT coalesce(max(seq), 0) FROM trail WHERE kind = 'salvaged') AND
        (message_id IS NULL OR json_extract(trail.value, '$') <> manifest_sha256)
"""
_MISSING_APPLICATIONS: Final = _MISSING_PACKETS.replace("packet", "queued_application")
_CONTENTS: Final = "SELECT id, sha256, size FROM content WHERE sha256 IS NOT NULL"
_PIECES: Final = "SELECT octets FROM content_piece WHERE content_id = ? ORDER BY position"

Row = Sequence[object]


class Difference(NamedTuple):
    """An evaluation or a response whose answers are not what its entries say: what is held, and what was told."""

    subject: str
    held: Mapping[str, object]
    told: Mapping[str, object]


def differing_answers(raw: RawConnection, progress: Progress | None = None) -> Iterator[Difference]:
    """The evaluations and the responses to forms whose answers are not what the trail says.

    Of one whose beginning the trail does not have, only items are compared that the trail speaks of.

    Raises:
        dbapi2.Error: what is needed cannot be read.
        UserError: RKV-STO-034 cancelled.
    """
    ((total,),) = raw.execute(_SUBJECTS).fetchall()
    kinds = (Entry.EVALUATION.value, Entry.RESPONSE.value, Entry.ANSWER.value, Entry.REMOVED.value)
    entries = _by_first(raw.execute(_ENTRIES, kinds))
    answers = _by_first(raw.execute(_ANSWERS))
    for number, (subject, said, rows) in enumerate(_side_by_side(entries, answers)):
        go_on(progress, number, max(number, cast(int, total)))
        held = {str(item): json.loads(str(value)) for _, item, value in rows}
        told: dict[str, object] = {}
        spoken_of: set[str] = set()
        is_whole = False
        for _, kind, item, value in said:
            match kind:
                case Entry.EVALUATION | Entry.RESPONSE:
                    told, is_whole = dict(json.loads(str(value or "{}"))), True
                case Entry.ANSWER:
                    told[str(item)] = json.loads(str(value))
                case _:
                    told.pop(str(item), None)
            spoken_of.add(str(item))
        compared = held if is_whole else {item: value for item, value in held.items() if item in spoken_of}
        if compared != told:
            yield Difference(subject, compared, told)


class Revised(NamedTuple):
    """A revision that is not what its entry says: what is held and what was told; None for nothing."""

    subject: str
    number: int
    held: Mapping[str, object] | None
    told: Mapping[str, object] | None


def differing_revisions(raw: RawConnection) -> Iterator[Revised]:
    """The revisions that are not what the trail says of them, or are missing.

    Raises:
        dbapi2.Error: what is needed cannot be read.
    """
    held = _revisions(raw.execute(_REVISIONS))
    told = _revisions(raw.execute(_TOLD_REVISIONS, (Entry.REVISED.value,)))
    for subject, number in sorted(held.keys() | told.keys()):
        one, other = held.get((subject, number)), told.get((subject, number))
        if one != other:
            yield Revised(subject, number, one, other)


def differing_surveys(raw: RawConnection) -> int:
    """Of how many forms there are more or fewer anonymous answers than the trail says.

    Raises:
        dbapi2.Error: what is needed cannot be read.
    """
    if raw.execute(_IS_SALVAGED, (Entry.SALVAGED.value,)).fetchone() is not None:
        return 0
    differing = [row for query in (_SURVEYS, _TOLD_SURVEYS) for row in raw.execute(query, (Entry.SURVEYED.value,))]
    return len({str(row[0]) for row in differing})


def missing_packets(raw: RawConnection) -> int:
    """How many packets and applications the trail speaks of that are not there, or are others.

    Raises:
        dbapi2.Error: what is needed cannot be read.
    """
    return _count(raw, _MISSING_PACKETS, Entry.PACKET) + _count(raw, _MISSING_APPLICATIONS, Entry.QUEUED)


def damaged_content_ids(raw: RawConnection, progress: Progress | None = None) -> Iterator[int]:
    """The ids of the contents, of attachments, packets and PDFs, that are not what was put in.

    Raises:
        dbapi2.Error: what is needed cannot be read.
        UserError: RKV-STO-034 cancelled.
    """
    contents = raw.execute(_CONTENTS).fetchall()
    for number, (content_id, sha256, size) in enumerate(contents):
        go_on(progress, number, len(contents))
        digest, length = hashlib.sha256(), 0
        for (octets,) in raw.execute(_PIECES, (content_id,)):
            piece = cast(bytes, octets)
            digest.update(piece)
            length += len(piece)
        if digest.hexdigest() != sha256 or length != size:
            yield cast(int, content_id)


def _count(raw: RawConnection, query: str, kind: Entry) -> int:
    found = raw.execute(query, (kind.value,)).fetchone()
    return cast(int, found[0]) if found else 0


def _revisions(rows: Iterable[Row]) -> dict[tuple[str, int], Mapping[str, object]]:
    return {(str(row[0]), int(str(row[1]))): json.loads(str(row[2])) for row in rows}


def _by_first(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    for first, group in groupby(rows, key=lambda row: str(row[0])):
        yield first, list(group)


def _side_by_side(
    left: Iterator[tuple[str, list[Row]]], right: Iterator[tuple[str, list[Row]]]
) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Merges two streams in the order of their keys; where one has nothing for a key, its list is empty."""
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None
            yield one[0], one[1], []
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield other[0], [], other[1]
            other = next(right, None)
        else:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)
