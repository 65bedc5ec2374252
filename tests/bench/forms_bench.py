# SPDX-License-Identifier: MIT
"""How long a long form takes to load and to check, against what cannot be had for less.

The form has 200 items, of which one is an aim matrix, and is asked about 41 aims. Loading is held against ruamel.yaml
reading the same text to plain values; checking after one answer against checking everything.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.live import LiveCheck
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.registry import Forms
from rkv_app.forms.validation import check

_ITEMS = 200
_AIMS = 41
_ROUNDS = 7
_STEPS = ("low", "middle", "high")
_TODAY = date(2026, 11, 23)
_WORDS = "{nb: Hva gjør kandidaten?, nn: Kva gjer kandidaten?, en: What does the candidate do?}"


def measures() -> list[dict[str, object]]:
    """Loads the form cold and cached, and checks it whole and after one answer."""
    text = long_form()
    data = text.encode()
    form = form_from_bytes(data, "long.yaml")
    aims = tuple(
        AimText(code=f"KM{n}", uri=f"urn:{n}", text="knyte", language="nob", set_code="KV1", set_title="Tau")
        for n in range(_AIMS)
    )
    answers = _answers()
    parsed, loaded = _paired(
        lambda: YAML(typ="safe", pure=True).load(text), lambda: form_from_bytes(data, "long.yaml"), _ROUNDS
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long" / "2026.1.yaml"
        path.parent.mkdir()
        path.write_bytes(data)
        forms = Forms(Path(folder))
        forms.newest("long")
        cached = _median(lambda: forms.newest("long"), 50)
        again = _median(lambda: forms.fresh("long", "2026.1"), 50)
    live = LiveCheck(form, answers, aims, today=_TODAY)
    turns = iter(range(10_000))
    figures = {}
    for name, path, values in (
        ("one text", "q7", ("a", "b")),
        ("one that others hang on", "q0", (True, False)),
        ("one aim", f"aims/KM{_AIMS // 2}/rating", ("low", "high")),
    ):
        whole, one = _paired(
            lambda: check(form, answers, aims, today=_TODAY),
            lambda path=path, values=values: live.answer(path, values[next(turns) % 2]),
            60,
        )
        figures[f"checking after an answer to {name}, against checking everything"] = one / whole
    return [
        _measure("loading a form of 200 items, against parsing its YAML", loaded / parsed, 1.5),
        _measure("the same form again, from memory, against parsing its YAML", cached / parsed, 0.1),
        _measure("the same file read again, known by its digest, against parsing its YAML", again / parsed, 0.1),
        *(_measure(name, value, 0.1) for name, value in figures.items()),
    ]


def long_form() -> str:
    """A form with every simple type over and over, a matrix, and conditions."""
    lines = ["id: long", 'version: "2026.1"', f"title: {_WORDS}", "items:"]
    kinds = ("type: yes_no", "type: text", "type: integer", "type: date, max: today", "type: hours", "type: long_text")
    for n in range(_ITEMS - 2):
        when = ', enableWhen: {all: [{item: q0, operator: "=", value: true}]}' if n % 20 == 19 else ""
        lines.append(
            f"  - {{id: q{n}, {kinds[n % len(kinds)]}, required: true, label: {_WORDS}, hint: {_WORDS}{when}}}"
        )
    lines += ["  - id: aims", "    type: aim_matrix", f"    label: {_WORDS}", "    columns:"]
    for column in ("rating", "again"):
        lines += [f"      - id: {column}", "        type: scale", "        required: true", f"        label: {_WORDS}"]
        lines += [
            "        options:",
            *(f"          - {{code: {c}, label: {_WORDS}}}" for c in ("low", "middle", "high")),
        ]
    lines.append(f"      - {{id: example, type: long_text, label: {_WORDS}}}")
    counted = "calculate: {function: count, of: [aims/rating], value: high}"
    lines.append(f"  - {{id: highs, type: calculated, label: {_WORDS}, {counted}}}")
    return "\n".join(lines) + "\n"


def _answers() -> dict[str, object]:
    values: tuple[object, ...] = (True, "tekst", 4, "2026-01-01", 7.5, "En lengre tekst om arbeidet.")
    answers: dict[str, object] = {f"q{n}": values[n % len(values)] for n in range(_ITEMS - 2)}
    for n in range(_AIMS):
        answers |= {f"aims/KM{n}/rating": "high", f"aims/KM{n}/again": "low", f"aims/KM{n}/example": "Så det."}
    return answers


def _paired(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians of two pieces of work that take turns."""
    times: list[tuple[float, float]] = [(_seconds(first), _seconds(second)) for _ in range(rounds)]
    return statistics.median(one for one, _ in times), statistics.median(two for _, two in times)


def _median(work: Callable[[], object], rounds: int) -> float:
    return statistics.median(_seconds(work) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _measure(name: str, value: float, bar: float) -> dict[str, object]:
    return {"name": name, "value": value, "bar": bar, "holds": value <= bar}
