# SPDX-License-Identifier: MIT
"""A form with every type of item, in words that a person reads; for tests of what is on screen and in print."""

from pathlib import Path

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.model import Form

EVERY_TYPE = Path(__file__).resolve().parents[1] / "data" / "forms" / "every-type" / "2026.1.yaml"

AIMS = tuple(
    AimText(
        code=f"KM{at}",
        uri=f"urn:rkv:ovelse:KM{at}",
        text=f"bruke verktøy og utstyr nummer {at} på en trygg måte",
        language="nob",
        set_code="KV1",
        set_title="Verktøy",
    )
    for at in (1, 2)
)


def every_type() -> Form:
    """The form, read anew."""
    return form_from_bytes(EVERY_TYPE.read_bytes(), EVERY_TYPE.name)
