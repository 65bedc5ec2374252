# SPDX-License-Identifier: MIT
"""How soon the first window is painted, as a ratio of a plain window of three widgets."""

import statistics

from starting import APP, BARE_WINDOW, first_paint

_ROUNDS = 15
_BAR = 1.25


def measures() -> list[dict[str, object]]:
    """Runs both sides in turn, first one then the other leading; one round before that warms the caches."""
    for arguments in (BARE_WINDOW, APP):
        first_paint(arguments)
    ratios = []
    for number in range(_ROUNDS):
        sides = (BARE_WINDOW, APP) if number % 2 else (APP, BARE_WINDOW)
        took = {side: first_paint(side) for side in sides}
        ratios.append(took[APP] / took[BARE_WINDOW])
    value = statistics.median(ratios)
    return [
        {
            "name": "first painted unlock window / bare window of three widgets",
            "value": round(value, 3),
            "bar": _BAR,
            "holds": value <= _BAR,
        }
    ]
