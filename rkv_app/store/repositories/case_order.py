# SPDX-License-Identifier: MIT
"""The orders of a list of cases, each as a walk along one index: how a page begins where the one before it ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from rkv_app.domain.cases import CaseState
from rkv_app.domain.stores import CaseOrder
from rkv_app.store.database.schema import candidate_case
from rkv_app.store.repositories.keysets import beyond, token, values_in

# The columns that each order goes by, the last one different in every row.
_COLUMNS: Final = {
    CaseOrder.CHANGED: ("changed", "seq"),
    CaseOrder.NAME: ("name_key", "seq"),
    CaseOrder.STATE: ("state", "changed", "seq"),
    CaseOrder.REFERENCE: ("reference",),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one index.

    Attributes:
        columns: what it is ordered by.
        after: their values in the row before the first one; empty where it is from the beginning.
        newest_first: whether it is walked from its end.
        state: only cases in this state.
    """

    columns: tuple[str, ...]
    after: tuple[Any, ...] = ()
    newest_first: bool = False
    state: CaseState | None = None

    def of(self, query: sa.Select[Any]) -> sa.Select[Any]:
        """Returns `query` for this stretch, in its order."""
        columns = [candidate_case.c[name] for name in self.columns]
        if self.state is not None:
            query = query.where(candidate_case.c.state == self.state.value)
        if self.after:
            query = query.where(beyond(columns, self.after, newest_first=self.newest_first))
        return query.order_by(*(column.desc() if self.newest_first else column for column in columns))


def parts_of(order: CaseOrder, after: str) -> Iterator[Part]:
    """The stretches that make up the list from a token on; from the beginning where it is empty.

    Raises:
        ValueError: `after` is no token of this order.
    """
    values = values_in(_COLUMNS[order], after) if after else ()
    if order is not CaseOrder.STATE:
        yield Part(_COLUMNS[order], values, newest_first=order is CaseOrder.CHANGED)
        return
    states = tuple(CaseState)
    first = states.index(CaseState(values[0])) if values else 0
    for state in states[first:]:
        yield Part(("changed", "seq"), values[1:] if state is states[first] else (), newest_first=True, state=state)


def token_of(order: CaseOrder, row: sa.Row[Any]) -> str:
    """Returns what names the place of a row in an order."""
    return token(_COLUMNS[order], row)
