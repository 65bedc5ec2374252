# SPDX-License-Identifier: MIT
"""How a copied answer, and the offer to copy one, is told on screen."""

from rkv_app.domain.bridges import Bridge
from rkv_app.domain.carried import REASONS, Carried
from rkv_app.domain.curriculum_changes import same_words
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels


def carried_words(words: Words, mark: Carried, text: str) -> str:
    """Where an answer came from; with the text it was given for, where that is not the text it stands under now."""
    said = words(
        "Copied from {aim} in {plan} by {name}, {day}. Why: {reason}.",
        aim=mark.aim,
        plan=mark.plan,
        name=mark.by,
        day=labels.day(words, local_date(mark.at)),
        reason=REASONS[mark.reason],
    )
    if same_words(mark.text, text):
        return said
    return said + "\n" + words("The answer was given for this text: «{text}»", text=mark.text)


def bridge_words(words: Words, bridge: Bridge) -> str:
    """From which aim to which, and why."""
    source, target = bridge.source, bridge.target
    return words(
        "{source} in {plan} → {target}: {reason}",
        source=source.aim.code,
        plan=source.plan,
        target=target.aim.code,
        reason=REASONS[bridge.reason],
    )
