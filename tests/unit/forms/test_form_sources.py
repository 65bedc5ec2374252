# SPDX-License-Identifier: MIT
"""Forms of an organisation stand beside ours, told apart, and never in place of ours."""

from pathlib import Path

import pytest

from rkv_app.forms.registry import FormEntry, Forms, Source
from rkv_app.foundation.errors import UserError

TEXT = """\
id: ID
version: "VERSION"
title: {nb: TITLE, nn: TITLE, en: TITLE}
items:
  - {id: words, type: text, label: {nb: a, nn: a, en: a}}
"""


def put(folder: Path, form_id: str, version: str, title: str = "a") -> None:
    path = folder / form_id / f"{version}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = TEXT.replace("ID", form_id).replace("VERSION", version).replace("TITLE", title)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def both(tmp_path: Path) -> Forms:
    put(tmp_path / "ours", "lunch", "2026.1", "ours")
    put(tmp_path / "own", "dinner", "2026.10")
    put(tmp_path / "own", "dinner", "2026.9")
    put(tmp_path / "own", "lunch", "2027.1", "own")
    (tmp_path / "own" / "notes").mkdir()
    (tmp_path / "own" / "README.md").write_text("x", encoding="utf-8")
    return Forms(tmp_path / "ours", tmp_path / "own")


def test_every_version_is_listed_with_whose_it_is(both: Forms) -> None:
    assert both.entries() == (
        FormEntry("lunch", "2026.1", Source.SHIPPED),
        FormEntry("dinner", "2026.9", Source.ORGANISATION),
        FormEntry("dinner", "2026.10", Source.ORGANISATION),
    )
    assert both.newest("dinner").version == "2026.10"


def test_a_form_of_ours_cannot_be_replaced_not_even_by_a_newer_one(both: Forms) -> None:
    assert both.newest("lunch").title.nb == "ours"
    with pytest.raises(UserError) as refused:
        both.get("lunch", "2027.1")
    assert refused.value.code == "RKV-FRM-004"


def test_a_folder_that_is_not_there_holds_no_forms(tmp_path: Path) -> None:
    put(tmp_path / "ours", "lunch", "2026.1")
    assert [entry.form_id for entry in Forms(tmp_path / "ours", tmp_path / "nowhere").entries()] == ["lunch"]


def test_a_file_that_changed_is_read_again_when_asked_for_afresh(tmp_path: Path) -> None:
    put(tmp_path, "lunch", "2026.1", "before")
    forms = Forms(tmp_path)
    first = forms.get("lunch", "2026.1")
    assert forms.fresh("lunch", "2026.1") is first
    put(tmp_path, "lunch", "2026.1", "after")
    assert forms.get("lunch", "2026.1") is first
    assert forms.fresh("lunch", "2026.1").title.nb == "after"
