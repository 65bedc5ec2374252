# SPDX-License-Identifier: MIT
"""Fills pages with blocks. All pages are laid out before the first is painted, so the number of pages is known."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from rkv_app.documents.tagged.blocks import Block


@dataclass(frozen=True, slots=True)
class Placed:
    """A block on a page, its upper edge so far below the upper edge of the text area."""

    block: Block
    below: float


def paginated(blocks: Iterable[Block], width: float, height: float) -> Sequence[Sequence[Placed]]:
    """Puts blocks on pages whose text area is `width` times `height` points.

    Headings stay with what follows, texts and tables are divided where they allow it, and nothing is lost: a block
    that fits on no page and cannot be divided stands alone on one.
    """
    pages: list[list[Placed]] = [[]]
    waiting = deque(blocks)
    used, space = 0.0, 0.0
    while waiting:
        block = waiting.popleft()
        if block.new_page and pages[-1]:
            pages.append([])
        page = pages[-1]
        start = used + max(space, block.space_before) if page else 0.0
        fitting, rest = _divided(block, waiting, width, height - start, fresh=not page)
        if fitting is not None:
            page.append(Placed(fitting, start))
            used, space = start + fitting.height(width), fitting.space_after
        if rest is not None:
            waiting.appendleft(rest)
            pages.append([])
            used, space = 0.0, 0.0
    return pages


def _divided(
    block: Block, following: Iterable[Block], width: float, room: float, *, fresh: bool
) -> tuple[Block | None, Block | None]:
    """What of `block` goes on this page and what goes on the next."""
    if not fresh and _needed(block, following, width) > room:
        return None, block
    if block.height(width) <= room:
        return block, None
    parts = block.split(width, room)
    if parts is not None:
        return parts
    return (block, None) if fresh else (None, block)


def _needed(block: Block, following: Iterable[Block], width: float) -> float:
    needed = 0.0
    for one in chain((block,), following):
        needed += one.least(width)
        if not one.keep_with_next:
            break
        needed += one.space_after
    return needed
