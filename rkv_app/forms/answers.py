# SPDX-License-Identifier: MIT
"""Reads a flat store of answers through a form: what is asked now, what counts, how far one has come.

An answer lies under its item path: `item`, or `matrix/<aim code>/<column>`, or `repeat/<row id>/<column>`; under
`repeat` itself lies the order of its rows. Answers to items that are not asked are kept in the store but count for
nothing, and so are the answers of a row that was taken off the list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rkv_app.domain.carried import Carried, given, marks
from rkv_app.domain.evaluations import AimRating, AimText, KnownBy, Rating
from rkv_app.domain.self_assessment import Own, OwnAnswer
from rkv_app.forms.model import QUESTIONS, AimMatrixItem, CalculatedItem, Form, Group, Question, RepeatItem
from rkv_app.forms.reading import AimRow, Cell, Part, Repeated, Rows, cells, read
from rkv_app.forms.values import chosen, day, is_blank, is_row_id

RATING = "rating"
KNOWN_BY = "known_by"
EXAMPLE = "example"
OBSERVED_ON = "observed_on"
OWN = "own"


def asked(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[Part, ...]:
    """Returns what the form asks now, in reading order."""
    return tuple(read(form, answers, aims).parts.values())


def shown_items(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> frozenset[str]:
    """Returns the ids of all items to be shown now, sections and notes too, columns of groups not."""
    return frozenset(read(form, answers, aims).shown)


def asked_columns(group: Group, row_id: str, answers: Mapping[str, object]) -> frozenset[str]:
    """Returns the ids of the columns that are asked in one row."""
    return frozenset(cell.item.id for cell in cells(group, row_id, answers))


def relevant_answers(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> dict[str, object]:
    """Returns the answers that count, by path in reading order: what is exported and what completing keeps.

    Results of calculations are among them, found anew.
    """
    found: dict[str, object] = {}
    for part in asked(form, answers, aims):
        if isinstance(part, Repeated) and part.rows:
            found[part.path] = [row.id for row in part.rows]
        found.update((cell.path, cell.value) for cell in cells_of((part,)) if cell.counts)
    return found


def calculated_answers(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> dict[str, object]:
    """Returns the results of the calculations that are shown, by item id; one without a result is left out."""
    return {
        cell.path: cell.value
        for cell in cells_of(asked(form, answers, aims))
        if isinstance(cell.item, CalculatedItem) and cell.counts
    }


def hidden_answers(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[str, ...]:
    """Returns the paths of answers to questions that are not asked any more: what completing will remove."""
    parts = asked(form, answers, aims)
    paths = {cell.path for cell in cells_of(parts)} | {part.path for part in parts if isinstance(part, Repeated)}
    return tuple(path for path, value in given(answers).items() if path not in paths and not is_blank(value))


def progress(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[int, int]:
    """Returns how many things are answered, of how many.

    Each aim is one, each row of a repeat (and each that must be added) is one, each other required question is one.
    """
    done: list[bool] = []
    for part in asked(form, answers, aims):
        if isinstance(part, Cell):
            if part.item.required:
                done.append(part.counts)
            continue
        done.extend(row.answered for row in part.rows)
        if isinstance(part, Repeated):
            done.extend([False] * (part.repeat.min - len(part.rows)))
    return sum(done), len(done)


def aim_ratings(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[AimRating, ...]:
    """Returns what is said about each rated aim, in the order of `aims`; an aim without a rating is left out."""
    ratings: list[AimRating] = []
    carried = marks(answers)
    for part in asked(form, answers, aims):
        if not isinstance(part, Rows):
            continue
        for row in part.rows:
            rating = row.value(RATING)
            if rating in list(Rating):
                ratings.append(_aim_rating(row, Rating(str(rating)), carried.get(row.aim.code)))
    return tuple(ratings)


def own_answers(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[OwnAnswer, ...]:
    """Returns what a candidate says about each aim, in the order of `aims`; an aim without their word is left out."""
    return tuple(
        OwnAnswer(aim_code=row.aim.code, own=Own(str(own)), example=str(row.value(EXAMPLE) or "").strip())
        for part in asked(form, answers, aims)
        if isinstance(part, Rows)
        for row in part.rows
        if (own := row.value(OWN)) in list(Own)
    )


def question_at(form: Form, path: str, aims: Sequence[AimText]) -> Question | None:
    """Returns the question that an item path names, whether it is asked now or not; None for an unknown path.

    The path of a repeat itself is no question; `is_repeat` knows it.
    """
    head, *rest = path.split("/")
    item = form.find(head)
    if isinstance(item, AimMatrixItem) and len(rest) == 2 and any(aim.code == rest[0] for aim in aims):
        return item.column(rest[1])
    if isinstance(item, RepeatItem) and len(rest) == 2 and is_row_id(rest[0]):
        return item.column(rest[1])
    return item if isinstance(item, QUESTIONS) and not rest else None


def is_repeat(form: Form, path: str) -> bool:
    """Whether an item path is that of a repeat, where the order of its rows lies."""
    return isinstance(form.find(path), RepeatItem)


def cells_of(parts: Iterable[Part]) -> Iterator[Cell]:
    """All questions that are asked, those of rows too, in reading order."""
    for part in parts:
        if isinstance(part, Cell):
            yield part
        else:
            for row in part.rows:
                yield from row.cells


def _aim_rating(row: AimRow, rating: Rating, carried: Carried | None) -> AimRating:
    known_by = chosen(row.value(KNOWN_BY))
    return AimRating(
        aim=row.aim,
        rating=rating,
        known_by=frozenset(KnownBy(code) for code in known_by if code in list(KnownBy)),
        example=str(row.value(EXAMPLE) or "").strip(),
        observed_on=day(row.value(OBSERVED_ON)),
        carried=carried,
    )
