# SPDX-License-Identifier: MIT
"""What the evaluations at hand say: how well the aims are documented, and what was answered besides them."""

from collections.abc import Iterable, Mapping, Sequence

from rkv_app.documents.form_answers import Answered, beside_aims
from rkv_app.domain.coverage import AimCoverage, Source, coverage
from rkv_app.domain.evaluations import AimText, Evaluation
from rkv_app.domain.placements import Placement
from rkv_app.domain.transcribed import transcribed
from rkv_app.forms.answers import aim_ratings
from rkv_app.forms.registry import Forms
from rkv_app.usecases.workspace import Workspace


def documented(
    forms: Forms, aims: Sequence[AimText], placements: Iterable[Placement], evaluations: Iterable[Evaluation]
) -> tuple[AimCoverage, ...]:
    """Returns the coverage of `aims`, in their order, every rating with its workplace and supervisor."""
    where = {placement.id: placement for placement in placements}
    sources = [
        Source(
            evaluation_id=evaluation.id,
            workplace=where[evaluation.placement_id].workplace.name,
            supervisor=evaluation.attestation.name if evaluation.attestation else "",
            rating=rating,
            transcribed=transcribed(evaluation.answers),
        )
        for evaluation in evaluations
        if evaluation.placement_id in where
        for rating in aim_ratings(forms.pinned(evaluation.form), evaluation.answers, evaluation.aims)
    ]
    return coverage(aims, sources)


def besides_of(ws: Workspace, evaluations: Iterable[Evaluation]) -> Mapping[str, Sequence[Answered]]:
    """Returns what was answered besides the aims, in the language of the workspace, by the id of the evaluation."""
    return {one.id: beside_aims(ws.forms.pinned(one.form), one.answers, one.aims, ws.words) for one in evaluations}
