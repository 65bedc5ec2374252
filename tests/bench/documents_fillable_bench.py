# SPDX-License-Identifier: MIT
"""What it costs to make a form to be filled in, and to read it back: paired in one process, in turn in each round."""

import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stores import measure

from rkv_app.documents.evaluation import render_evaluation
from rkv_app.documents.fillable import render_fillable
from rkv_app.domain.evaluations import AimText
from rkv_app.foundation.i18n import Language, Words
from rkv_app.packets.messages import record_json
from rkv_app.usecases.read_returned_form import read_returned
from support import document_samples as samples
from support import fillable_samples

_ROUNDS = 21
_AIMS = 41
_WORDS = Words(Language.BOKMAL)


def measures() -> list[dict[str, object]]:
    """Makes and reads the form of 41 aims."""
    request = replace(fillable_samples.asked_on_form(), aims=_aims())
    answered = replace(samples.evaluation(0), aims=_aims())
    ratings = tuple(
        replace(samples.ratings(0)[number % len(samples.ratings(0))], aim=aim) for number, aim in enumerate(_aims())
    )

    beside = fillable_samples.beside_aims_in(_WORDS)

    def fillable() -> bytes:
        return render_fillable(
            request, fillable_samples.form(), samples.adviser(), fillable_samples.BOUND, words=_WORDS, at=samples.AT
        )

    def evaluation() -> bytes:
        return render_evaluation(
            answered,
            ratings,
            samples.placements()[0],
            "Sárá Ánne Østby",
            words=_WORDS,
            at=samples.AT,
            record=record_json(answered),
            beside_aims=beside,
        )

    blank = fillable()
    today = date(2026, 11, 23)
    return [
        measure("fillable form of 41 aims made, against the evaluation PDF of it", _against(fillable, evaluation), 1.5),
        measure(
            "the same read back, against pypdf's get_fields",
            _against(
                lambda: read_returned(fillable_samples.forms(), blank, today=today, key=fillable_samples.BOUND.key),
                lambda: pypdf.PdfReader(io.BytesIO(blank)).get_fields(),
            ),
            2.0,
        ),
    ]


def _aims() -> tuple[AimText, ...]:
    all_aims = samples.aims()
    return tuple(replace(all_aims[number % 30], code=f"KM{20000 + number}") for number in range(_AIMS))


def _against(ours: Callable[[], object], other: Callable[[], object]) -> float:
    ours(), other()
    return statistics.median(_seconds(ours) / _seconds(other) for _ in range(_ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
