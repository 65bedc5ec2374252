# SPDX-License-Identifier: MIT
"""Forms on a case that were given out to be filled in elsewhere: by what each is known again, and what it adds.

What it is known by lies among the store's drafts, under an id of its own: a form on a case has no request behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from rkv_app.forms.model import Form, RepeatItem
from rkv_app.forms.reading import item_path, row_ids
from rkv_app.foundation.ids import new_id, new_token
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, repr=False)
class GivenOut:
    """What a form that was given out is known by.

    Attributes:
        id: stands in the form.
        response_id: the answers that it is to add to.
        key: a secret of this store's for this form, see `documents.fillable_binding.seal`.
    """

    id: str
    response_id: str
    key: bytes


def given_out(ws: Workspace, given_id: str) -> GivenOut | None:
    """Returns the form that was given out under an id, or None."""
    kept = ws.store.drafts.get(_key(given_id)) if given_id else None
    return GivenOut(given_id, kept["response"], kept["key"].encode()) if isinstance(kept, dict) else None


def given_out_for(ws: Workspace, response_id: str) -> GivenOut | None:
    """Returns what the forms for these answers are known by; None where none was given out."""
    kept = ws.store.drafts.get(_key_of(response_id))
    return given_out(ws, kept) if isinstance(kept, str) else None


def make_given_out(ws: Workspace, response_id: str) -> GivenOut:
    """Returns the same, and finds an id and a key for it where there are none. Part of the open transaction."""
    known = given_out_for(ws, response_id)
    if known is not None:
        return known
    made, now = GivenOut(new_id(), response_id, new_token().encode()), ws.clock.now()
    ws.store.drafts.put(_key(made.id), {"response": response_id, "key": made.key.decode()}, now)
    ws.store.drafts.put(_key_of(response_id), made.id, now)
    return made


def overlaid(form: Form, before: Mapping[str, object], came: Mapping[str, object]) -> dict[str, object]:
    """Puts what came over what was answered before; nothing that was answered is taken away.

    The rows of a repeat that came follow those that were there, under ids that no row has had.
    """
    repeats = {placed.item.id: placed.item for placed in form.placed() if isinstance(placed.item, RepeatItem)}
    merged = {**before, **{path: value for path, value in came.items() if path.partition("/")[0] not in repeats}}
    for repeat in repeats.values():
        _add_rows(repeat, merged, came)
    return merged


def replaced(before: Mapping[str, object], merged: Mapping[str, object]) -> dict[str, object]:
    """The answers of which something is gone after `overlaid`, as they were; adding to one replaces nothing."""
    return {path: value for path, value in before.items() if not _holds(merged.get(path), value)}


def _holds(after: object, before: object) -> bool:
    """Whether all of an answer is in the one after it."""
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        return set(before) <= set(after)
    return after == before


def _add_rows(repeat: RepeatItem, merged: dict[str, object], came: Mapping[str, object]) -> None:
    used = {path.split("/")[1] for path in merged if path.startswith(f"{repeat.id}/")} | {*row_ids(repeat, merged)}
    free = (name for number in count(1) if (name := f"r{number}") not in used)
    order = list(row_ids(repeat, merged))
    for row in row_ids(repeat, came):
        name = next(free)
        order.append(name)
        for column in repeat.columns:
            value = came.get(item_path(repeat.id, row, column.id))
            if value is not None:
                merged[item_path(repeat.id, name, column.id)] = value
    if order:
        merged[repeat.id] = order


def _key(given_id: str) -> str:
    return f"given-out/{given_id}"


def _key_of(response_id: str) -> str:
    return f"given-out-for/{response_id}"
