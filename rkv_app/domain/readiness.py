# SPDX-License-Identifier: MIT
"""Whether an application holds what a county's list asks for: by item, what is there, what is missing, who asks.

It is a help for the one who sends. The county decides what it needs.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.reference import Asked, CountyDocuments, DocumentItem, Fact, Need


class Ready(StrEnum):
    """How an item stands. SAID: nothing in the case shows it, but somebody says that it goes along in another way."""

    THERE = "there"
    SAID = "said"
    MISSING = "missing"
    IF_ANY = "if_any"


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item, how it stands, and the names of the documents that answer it."""

    item: DocumentItem
    asked: Asked
    ready: Ready
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readiness:
    """A case held against a county's list, in the order of the list."""

    county: CountyDocuments
    items: tuple[ItemState, ...]

    @property
    def missing(self) -> tuple[ItemState, ...]:
        """What the county must have and the case does not show."""
        return tuple(one for one in self.items if one.ready is Ready.MISSING)


def check_readiness(
    county: CountyDocuments,
    items: Iterable[DocumentItem],
    facts: Collection[Fact],
    documents: Mapping[DocumentRole, Sequence[str]],
    said: Collection[str] = (),
) -> Readiness:
    """Holds a case against a county's list.

    Args:
        county: the list.
        items: what the codes of the list mean; what is not among them can only be said to be there.
        facts: what the case itself shows.
        documents: names of the attached documents by what they are.
        said: codes of items that somebody says go along in another way.
    """
    known = {item.code: item for item in items}
    return Readiness(
        county,
        tuple(
            _state(known.get(one.item) or _unknown(county, one), one, facts, documents, said) for one in county.asked
        ),
    )


def _state(
    item: DocumentItem,
    asked: Asked,
    facts: Collection[Fact],
    documents: Mapping[DocumentRole, Sequence[str]],
    said: Collection[str],
) -> ItemState:
    names = tuple(name for role in DocumentRole if role in item.roles for name in documents.get(role, ()))
    shown = bool(item.facts) and all(fact in facts for fact in item.facts)
    if shown or names:
        return ItemState(item, asked, Ready.THERE, names)
    if item.code in said:
        return ItemState(item, asked, Ready.SAID)
    return ItemState(item, asked, Ready.MISSING if asked.need is Need.MUST else Ready.IF_ANY)


def _unknown(county: CountyDocuments, asked: Asked) -> DocumentItem:
    label = dict.fromkeys(("nb", "nn", "en"), asked.item)
    return DocumentItem(
        code=asked.item, label=label, source=asked.source, confirmed=False, checked_on=county.checked_on, own=county.own
    )
