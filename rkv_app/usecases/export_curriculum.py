# SPDX-License-Identifier: MIT
"""Write a curriculum out of the store in an open format: 1EdTech CASE 1.1, CSV or JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum

from rkv_app.curriculum.case_exchange import write_case
from rkv_app.domain.aims import Curriculum, Named, Trade


class CurriculumFormat(StrEnum):
    """What a curriculum can be written as."""

    CASE = "case"
    CSV = "csv"
    JSON = "json"


_COLUMNS = (
    "plan", "plan_title", "version", "set", "set_title", "number", "aim", "uri", "language", "text", "taken_from",
    "reuse_of", "plan_short_title", "tags", "trades", "subject_codes",
)  # fmt: skip
# A byte order mark: spreadsheets take a CSV file for UTF-8 only with it.
_CSV_ENCODING = "utf-8-sig"


def export_curriculum(curriculum: Curriculum, kind: CurriculumFormat) -> bytes:
    """Returns the file; the same curriculum gives the same bytes. Texts are to the letter."""
    match kind:
        case CurriculumFormat.CASE:
            return _json(write_case(curriculum))
        case CurriculumFormat.JSON:
            return _json(curriculum_values(curriculum))
        case CurriculumFormat.CSV:
            out = io.StringIO()
            writer = csv.writer(out)
            writer.writerow(_COLUMNS)
            writer.writerows(_rows(curriculum))
            return out.getvalue().encode(_CSV_ENCODING)


def curriculum_values(curriculum: Curriculum) -> dict[str, object]:
    """A curriculum as plain JSON values, every text in every language."""
    return {
        "code": curriculum.code,
        "uri": curriculum.uri,
        "title": dict(curriculum.title.by_language),
        "changed": curriculum.changed,
        "published": curriculum.published,
        "valid_from": curriculum.valid_from and curriculum.valid_from.isoformat(),
        "valid_to": curriculum.valid_to and curriculum.valid_to.isoformat(),
        "modular": curriculum.modular,
        "replaces": list(curriculum.replaces),
        "replaced_by": list(curriculum.replaced_by),
        "original_plans": list(curriculum.original_plans),
        "source": curriculum.source,
        "short_title": dict(curriculum.short_title.by_language),
        "tags": list(curriculum.tags),
        "trades": [
            {
                **_named(trade),
                "sets": list(trade.sets),
                "subjects": [_named(one) for one in trade.subjects],
                "areas": [_named(one) for one in trade.areas],
            }
            for trade in curriculum.trades
        ],
        "sets": [
            {
                "code": aim_set.code,
                "uri": aim_set.uri,
                "title": dict(aim_set.title.by_language),
                "aims": [
                    {
                        "code": aim.code,
                        "uri": aim.uri,
                        "text": dict(aim.text.by_language),
                        "taken_from": aim.taken_from,
                        "reuse_of": aim.reuse_of,
                    }
                    for aim in aim_set.aims
                ],
            }
            for aim_set in curriculum.sets
        ],
    }


def _named(one: Named | Trade) -> dict[str, object]:
    return {"code": one.code, "uri": one.uri, "title": dict(one.title.by_language)}


def _rows(curriculum: Curriculum) -> Iterator[tuple[object, ...]]:
    """One row for each aim and language; `default`, which repeats one of them, only where it stands alone."""
    title, short_title = curriculum.title.text("nb"), curriculum.short_title.text("nb")
    for aim_set in curriculum.sets:
        # Where Grep does not say which sets a trade has, it has them all.
        trades = [trade for trade in curriculum.trades if not trade.sets or aim_set.code in trade.sets]
        around = (
            short_title, _together(curriculum.tags), _together(trade.code for trade in trades),
            _together(subject.code for trade in trades for subject in trade.subjects),
        )  # fmt: skip
        for number, aim in enumerate(aim_set.aims, 1):
            languages = [one for one in aim.text.by_language if one != "default"] or ["default"]
            for language in languages:
                text = aim.text.by_language.get(language, "")
                yield (
                    curriculum.code, title, curriculum.changed, aim_set.code, aim_set.title.text("nb"), number,
                    aim.code, aim.uri, language, text, aim.taken_from, aim.reuse_of, *around,
                )  # fmt: skip


def _together(codes: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(codes))


def _json(values: object) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()
