# SPDX-License-Identifier: MIT
"""A county's own form and list, as files: what organisations pack and add in tests."""

from pathlib import Path

FORM_ID = "county-visit"
QUESTION = "What did you see at the workplace?"
_FORM = """\
id: county-visit
version: "{version}"
title: {{nb: Bedriftsbesøk, nn: Bedriftsbesøk i fylket, en: County visit}}
items:
  - id: seen
    type: long_text
    required: true
    label: {{nb: Hva så du på arbeidsplassen?, nn: Kva såg du på arbeidsplassen?, en: {question}}}
{more}"""
_MORE = """\
  - id: again
    type: yes_no
    label: {nb: Skal du komme tilbake?, nn: Skal du kome tilbake?, en: Will you come back?}
"""
LIST = """\
checked_on: 2026-11-24
sources: {us: Rutine 14}
measures:
  - {code: sommerskole, source: us, confirmed: true, label: {nb: Sommerskole, nn: Sommarskule, en: Summer school}}
"""


def form_text(version: str = "2026.1", *, question: str = QUESTION) -> str:
    """A form file; a later version asks one thing more."""
    return _FORM.format(version=version, question=question, more="" if version == "2026.1" else _MORE)


def county_folder(folder: Path, *versions: str, with_list: bool = True) -> Path:
    """A folder with versions of the form, and with the list."""
    for version in versions or ("2026.1",):
        path = folder / FORM_ID / f"{version}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(form_text(version), "utf-8")
    if with_list:
        (folder / "measures.yaml").write_text(LIST, "utf-8")
    return folder
