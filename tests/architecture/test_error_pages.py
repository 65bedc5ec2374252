# SPDX-License-Identifier: MIT
"""Every stable error code has a page in the handbook that says what happened, what is safe and what to do."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = REPOSITORY / "docs" / "handbook" / "errors"
CODE = re.compile(r"RKV-[A-Z]{3}-\d{3}")
SECTIONS = ["## Hva skjedde", "## Hva er trygt", "## Hva du kan gjøre"]


def _codes_in_the_source() -> set[str]:
    return {
        code
        for path in (REPOSITORY / "rkv_app").rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }


def test_every_code_has_a_page() -> None:
    assert sorted(_codes_in_the_source() - {page.stem for page in PAGES.glob("RKV-*.md")}) == []


def test_no_page_explains_a_code_that_is_gone() -> None:
    assert sorted({page.stem for page in PAGES.glob("RKV-*.md")} - _codes_in_the_source()) == []


@pytest.mark.parametrize("page", sorted(PAGES.glob("RKV-*.md")), ids=lambda page: page.stem)
def test_a_page_says_what_happened_what_is_safe_and_what_to_do(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# {page.stem}"
    assert [line for line in lines if line.startswith("## ")] == SECTIONS
