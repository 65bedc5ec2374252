# SPDX-License-Identifier: MIT
"""One answer, of an evaluation or of a response to a form: kept or taken away, with the entry that says so."""

from datetime import datetime
from typing import NamedTuple

from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json


class AnswerSql(NamedTuple):
    """The statements of a table of answers: parameters are owner, item, and for `save` value and moment too."""

    save: str
    remove: str


def save_answer(database: Database, sql: AnswerSql, owner: str, item: str, value: object, at: datetime) -> None:
    """Writes one answer and one entry; None removes the answer. See `EvaluationRepository.save_answer`."""
    saved_at = moment_text(at)
    with database.transaction():
        if value is None:
            database.execute(sql.remove, (owner, item))
            database.note(Entry.REMOVED, owner, item=item, at=saved_at)
        else:
            text = dump_json(value)
            database.execute(sql.save, (owner, item, text, saved_at))
            database.note(Entry.ANSWER, owner, item=item, value=text, at=saved_at)
