# SPDX-License-Identifier: MIT
"""Small forms as they are used on a case: a meeting and its next version, a self-assessment, an anonymous survey."""

from pathlib import Path

MEETING = """\
id: meeting
version: "2026.1"
title: {nb: Møtereferat, nn: Møtereferat, en: Meeting minutes}
description: {nb: Notater og avtaler., nn: Notat og avtalar., en: Notes and agreed steps.}
items:
  - id: held
    type: yes_no
    required: true
    label: {nb: Ble møtet holdt?, nn: Vart møtet halde?, en: Was the meeting held?}
  - id: agreed
    type: long_text
    label: {nb: Hva ble avtalt?, nn: Kva vart avtalt?, en: What was agreed?}
    enableWhen: {all: [{item: held, operator: "=", value: true}]}
  - {id: room, type: text, label: {nb: Rom, nn: Rom, en: Room}}
  - {id: minutes, type: attachment, accept: [pdf], label: {nb: Referat, nn: Referat, en: Minutes}}
"""
NEWER_MEETING = (
    MEETING.replace('version: "2026.1"', 'version: "2026.2"')
    .replace("id: agreed", "id: steps")
    .split("  - {id: room")[0]
    + """\
migrations:
  - from: "2026.1"
    renamed: {agreed: steps}
    dropped: [room, minutes]
"""
)
SELF_ASSESSMENT = """\
id: self
version: "2026.1"
title: {nb: Egenvurdering, nn: Eigenvurdering, en: Self-assessment}
items:
  - id: aims
    type: aim_matrix
    required: none
    label: {nb: Mål, nn: Mål, en: Aims}
    columns:
      - id: rating
        type: scale
        required: true
        label: {nb: Hvor godt kan du det?, nn: Kor godt kan du det?, en: How well can you do it?}
        options:
          - {code: little, label: {nb: Litt, nn: Litt, en: A little}}
          - {code: well, label: {nb: Godt, nn: Godt, en: Well}}
"""
SURVEY = """\
id: survey
version: "2026.1"
anonymous: true
title: {nb: Kort undersøkelse, nn: Kort undersøking, en: Short survey}
items:
  - id: useful
    type: choice
    required: true
    label: {nb: Var det nyttig?, nn: Var det nyttig?, en: Was it useful?}
    options:
      - {code: "yes", label: {nb: Ja, nn: Ja, en: "Yes"}}
      - {code: "no", label: {nb: Nei, nn: Nei, en: "No"}}
  - {id: comment, type: long_text, label: {nb: Mer, nn: Meir, en: More}}
"""


def form_folder(folder: Path, *forms: str) -> Path:
    """Puts forms where an app finds them."""
    for form in forms:
        form_id, version = (line.split(":")[1].strip().strip('"') for line in form.splitlines()[:2])
        path = folder / form_id / f"{version}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(form, encoding="utf-8")
    return folder
