# SPDX-License-Identifier: MIT
"""The words for where answers to a form stand."""

from collections.abc import Mapping

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.response_states import STATE_WORDS
from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import Tone
from rkv_app.usecases.form_responses import ResponseSummary

_TONES: Mapping[EvaluationState, Tone] = {
    EvaluationState.IN_PROGRESS: "info",
    EvaluationState.COMPLETED: "success",
    EvaluationState.AMENDED: "success",
    EvaluationState.ENTERED_IN_ERROR: "danger",
    EvaluationState.STOPPED: "neutral",
}


def answers_state(words: Words, state: EvaluationState, *, being_amended: bool) -> tuple[str, Tone]:
    """Where answers stand."""
    if being_amended:
        return words("Being amended"), "warning"
    return words.say(STATE_WORDS[state]), _TONES[state]


def how_far(words: Words, summary: ResponseSummary) -> str:
    """Where answers stand, and what is missing while they are written."""
    response = summary.response
    said, _ = answers_state(words, response.state, being_amended=response.is_being_amended)
    if summary.form is None:
        return ". ".join((said, words("The form is not on this machine.")))
    if response.state is not EvaluationState.IN_PROGRESS:
        return said
    missing = (
        words.plural("{n} problem", "{n} problems", summary.problems) if summary.problems else words("nothing missing")
    )
    parts = [f"{said}, {missing}"]
    if summary.newer:
        parts.append(words("There is a newer version of the form."))
    return ". ".join(parts)
