# SPDX-License-Identifier: MIT
"""Answers to a form as names and values, for documents that show them beside other things."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rkv_app.documents.form_words import answer_said
from rkv_app.documents.parts import listed
from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import AimMatrixItem, Form
from rkv_app.forms.reading import Cell, Part, Rows, read
from rkv_app.foundation.i18n import Words


@dataclass(frozen=True, slots=True)
class Answered:
    """A section of a form, and what was answered in it.

    Attributes:
        title: the section's heading; empty for questions that stand in none.
        language: BCP 47 tag of the title; empty where there is none.
        facts: questions and answers in words.
    """

    title: str
    language: str
    facts: Sequence[tuple[str, str]]


def beside_aims(
    form: Form, answers: Mapping[str, object], aims: Sequence[AimText], words: Words, *, every: bool = False
) -> tuple[Answered, ...]:
    """Returns what was answered besides the aims, section by section, in reading order.

    With `every`, questions that nobody answered are there too, and say so.
    """
    parts = read(form, answers, aims).parts
    asked = [
        (placed.sections[-1] if placed.sections else None, parts[placed.item.id])
        for placed in form.placed()
        if placed.item.id in parts and not isinstance(placed.item, AimMatrixItem)
    ]
    found = []
    for section, together in groupby(asked, key=lambda one: one[0]):
        title = section.label.said(words.language.value) if section else None
        facts = tuple(answer_facts((part for _, part in together), words, every=every))
        if facts:
            found.append(Answered(title.text if title else "", title.language if title else "", facts))
    return tuple(found)


def answer_facts(parts: Iterable[Part], words: Words, *, every: bool = False) -> Iterator[tuple[str, str]]:
    """Yields questions and answers in words; with `every`, questions that nobody answered too."""
    for part in parts:
        for where, cell in _cells(part):
            if every or cell.given:
                yield f"{where} {cell.item.label.text(words.language.value)}".strip(), _answer(cell, words)


def _cells(part: Part) -> Iterator[tuple[str, Cell]]:
    """The questions of a part, those of rows with what the row is."""
    match part:
        case Cell():
            yield "", part
        case Rows(rows=aim_rows):
            yield from ((f"{row.aim.code}:", cell) for row in aim_rows for cell in row.cells)
        case _:
            yield from ((f"{number}.", cell) for number, row in enumerate(part.rows, 1) for cell in row.cells)


def _answer(cell: Cell, words: Words) -> str:
    return listed(*(said.text for said in answer_said(cell, words, words.language.value, {})))
