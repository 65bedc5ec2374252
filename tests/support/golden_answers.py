# SPDX-License-Identifier: MIT
"""What people have answered on the shipped forms, as files: `tests/data/forms/<form id>/<version>/<name>.json`.

Each file holds `about` (who answers), `today`, `aims` (those asked about), `answers` by path, and `problems`: code and
path of everything that must be found wrong, in reading order.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rkv_app.domain.evaluations import AimText

FOLDER = Path(__file__).resolve().parents[1] / "data" / "forms"


@dataclass(frozen=True, slots=True)
class Golden:
    """One file."""

    name: str
    form_id: str
    version: str
    today: date
    aims: tuple[AimText, ...]
    answers: Mapping[str, object]
    problems: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.form_id}-{self.version}-{self.name}"


def golden(form_id: str = "*") -> tuple[Golden, ...]:
    """All files, or those of one form."""
    return tuple(_read(path) for path in sorted(FOLDER.glob(f"{form_id}/*/*.json")))


def _read(path: Path) -> Golden:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Golden(
        path.stem,
        path.parent.parent.name,
        path.parent.name,
        date.fromisoformat(raw["today"]),
        tuple(AimText(**aim) for aim in raw["aims"]),
        raw["answers"],
        tuple((code, item) for code, item in raw["problems"]),
    )
