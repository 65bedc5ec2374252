# SPDX-License-Identifier: MIT
"""A form with every type of item in it, and answers to all of it."""

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.model import Form

L = "{nb: a, nn: a, en: a}"

WHOLE = """\
id: whole
version: "2026.2"
title: {nb: Alt, nn: Alt, en: Everything, uk: Все}
machineTranslated: [uk]
items:
  - {id: intro, type: note, label: L}
  - id: person
    type: section
    label: L
    guidance: L
    items:
      - {id: name, type: text, label: L, required: true, maxLength: 20}
      - {id: story, type: long_text, label: L, minLength: 3}
      - {id: safe, type: yes_no, label: {nb: Trygg, nn: Trygg, en: Safe}, notObserved: true}
      - {id: works, type: yes_no, label: {nb: I arbeid, nn: I arbeid, en: At work}}
  - id: trade
    type: choice
    label: {nb: Fag, nn: Fag, en: Trade}
    options:
      - {code: cook, label: {nb: Kokk, nn: Kokk, en: Cook}, score: 1}
      - {code: smith, label: {nb: Smed, nn: Smed, en: Smith}, score: 2}
  - id: ways
    type: choices
    label: L
    options:
      - {code: seen, label: L, score: 3}
      - {code: told, label: L, score: 4}
  - id: level
    type: scale
    label: L
    options:
      - {code: unseen, apart: true, label: L}
      - {code: low, label: L, score: 1}
      - {code: high, label: L, score: 2}
  - {id: born, type: date, label: L, max: today}
  - id: started
    type: date
    label: L
    constraints:
      - {code: after_birth, operator: ">", item: born, message: {nb: Født først, nn: Fødd først, en: Born first}}
  - {id: stay, type: period, label: L, min: "2000-01-01", max: today}
  - {id: still, type: period, label: L, openEnd: true}
  - id: weekly
    type: hours
    unit: hours_per_week
    max: 80
    label: {nb: Timer, nn: Timar, en: Hours}
    constraints:
      - {code: full, operator: "<=", value: 37.5, message: {nb: For mye, nn: For mykje, en: Too much}}
  - {id: people, type: integer, label: L, min: 0, max: 500}
  - id: aims
    type: aim_matrix
    label: L
    columns:
      - id: rating
        type: scale
        required: true
        label: L
        options:
          - {code: low, label: L}
          - {code: high, label: L}
      - id: hours
        type: hours
        label: L
        enableWhen: {all: [{item: rating, operator: "=", value: high}]}
  - id: jobs
    type: repeat
    label: {nb: Jobber, nn: Jobbar, en: Jobs}
    rowLabel: {nb: Jobb, nn: Jobb, en: Job}
    min: 1
    max: 3
    enableWhen: {any: [{item: works, operator: "=", value: true}, {item: people, operator: ">=", value: 100}]}
    columns:
      - {id: place, type: text, label: L, required: true}
      - {id: span, type: period, label: L, openEnd: true}
      - {id: percent, type: hours, unit: percent, max: 100, label: L}
      - {id: hours, type: hours, label: L, enableWhen: {all: [{item: percent, operator: "<", value: 100}]}}
  - {id: papers, type: attachment, label: L, accept: [pdf], max: 2}
  - {id: job_count, type: calculated, label: L, calculate: {function: count, of: [jobs]}}
  - {id: hours_sum, type: calculated, label: L, calculate: {function: sum, of: [jobs/hours, weekly]}}
  - {id: points, type: calculated, unit: points, label: L, calculate: {function: score, of: [trade, ways, level]}}
  - {id: stay_months, type: calculated, label: L, calculate: {function: months_between, of: [stay]}}
  - {id: between, type: calculated, label: L, calculate: {function: months_between, of: [born, started]}}
  - id: full_time
    type: calculated
    unit: months
    label: L
    calculate: {function: full_time_months, of: [jobs/span], by: jobs/percent, until: started}
  - {id: highs, type: calculated, label: L, calculate: {function: count, of: [aims/rating], value: high}}
  - id: many
    type: text
    label: L
    enableWhen: {all: [{item: highs, operator: ">=", value: 2}]}
""".replace(" L", f" {L}")

AIMS = tuple(
    AimText(code=code, uri=f"urn:rkv:ovelse:{code}", text="knyte", language="nob", set_code="KV1", set_title="Tau")
    for code in ("KM1", "KM2", "KM3")
)

ANSWERS: dict[str, object] = {
    "name": "Kim",
    "story": "Kom hit.",
    "safe": "not_observed",
    "works": True,
    "trade": "smith",
    "ways": ["told", "seen"],
    "level": "high",
    "born": "1990-01-01",
    "started": "2021-01-01",
    "stay": {"from": "2020-01-01", "to": "2020-12-31"},
    "still": {"from": "2022-05-01"},
    "weekly": 30,
    "people": 12,
    "aims/KM1/rating": "high",
    "aims/KM1/hours": 2.5,
    "aims/KM2/rating": "high",
    "jobs": ["b-2", "a1"],
    "jobs/b-2/place": "Smia",
    "jobs/b-2/span": {"from": "2019-01-01", "to": "2019-12-31"},
    "jobs/b-2/percent": 50,
    "jobs/b-2/hours": 7.5,
    "jobs/a1/place": "Kroa",
    "jobs/a1/span": {"from": "2020-01-01"},
    "jobs/a1/percent": 100,
    "papers": ["0f5e6a3c-0000-4000-8000-000000000001"],
    "many": "mange",
}

CALCULATED = {
    "job_count": 2,
    "hours_sum": 37.5,
    "points": 11,
    "stay_months": 12,
    "between": 372,
    "full_time": 18,
    "highs": 2,
}


def whole_form() -> Form:
    """The form, read anew."""
    return form_from_bytes(WHOLE.encode(), "whole.yaml")
