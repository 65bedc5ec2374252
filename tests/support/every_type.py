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

HALF_FILLED: dict[str, object] = {
    "story": "Kort",
    "safe": "not_observed",
    "works": True,
    "trade": "smith",
    "learnt": ["work", "home"],
    "began": "2024-01-01",
    "stay": {"from": "2020-01-01"},
    "weekly": 70,
    "people": 4,
    "aims/KM1/rating": "much",
    "jobs": ["a", "b"],
    "jobs/a/where": "Smia",
    "jobs/a/when": {"from": "2019-01-01", "to": "2020-12-31"},
    "jobs/a/percent": 50,
}


def every_type() -> Form:
    """The form, read anew."""
    return form_from_bytes(EVERY_TYPE.read_bytes(), EVERY_TYPE.name)
