# SPDX-License-Identifier: MIT
"""Pages look, and documents read, as they did when somebody last looked at them and listened to them.

`python tests/documents/test_goldens.py` writes the goldens anew. Look at every picture and read every change before
they are committed: a picture is only worth what the person saw in it.
"""

import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rkv_app.foundation.i18n import Language
from support import document_samples as samples

GOLDENS = Path(__file__).resolve().parents[1] / "data" / "documents"
# Name of the document, and page.
PAGES = (
    ("application", 1),
    ("application", 2),
    ("application", 3),
    ("application", 11),
    ("application-two-plans", 1),
    ("application-two-plans", 2),
    ("evaluation", 1),
    ("outcome", 1),
    ("recommendation", 1),
    ("recovery-sheet", 1),
    ("candidate-copy", 2),
    ("attest", 1),
    ("empty-form", 1),
    ("arabic-form", 1),
    ("arabic-form", 2),
    ("agreement", 3),
    ("empty-agreement", 4),
    ("fillable", 1),
    ("fillable", 2),
    ("fillable", 10),
    ("paper-form", 1),
    ("paper-form", 11),
)
READ = (
    *("evaluation", "outcome", "recommendation", "supplement-request"),
    *("application", "attest", "candidate-copy", "form", "empty-form", "arabic-form", "agreement"),
    *("empty-agreement", "fillable"),
)
_DOTS_PER_INCH = 45
# Mean difference of one part of a page, of 255 greys. Another version of poppler smooths letters a little differently,
# by 1 to 2; a paragraph that has moved by a line makes 8 and more.
_PARTS = 8
_MOST = 4.0


def painted(name: str, page: int, folder: Path) -> Path:
    """One page of a document as a grey picture."""
    pdf = folder / f"{name}.pdf"
    if not pdf.is_file():
        pdf.write_bytes(samples.rendered(name, Language.BOKMAL))
    target = folder / f"{name}-{page}"
    numbers = ["-f", str(page), "-l", str(page), "-r", str(_DOTS_PER_INCH)]
    command = ["pdftoppm", "-gray", "-png", "-singlefile", *numbers, str(pdf), str(target)]
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    return target.with_suffix(".png")


def read_out(name: str, folder: Path) -> str:
    """A document as a screen reader gets it: one line for each element or text."""
    pdf = folder / f"{name}-read.pdf"
    pdf.write_bytes(samples.rendered(name, Language.BOKMAL))
    done = subprocess.run(["pdfinfo", "-struct-text", str(pdf)], capture_output=True, check=True, timeout=60)
    # How deep it lies is told by the tags; trailing spaces are how poppler joins lines.
    lines = (re.sub(r"\s+(\"?)$", r"\1", line).strip() for line in done.stdout.decode().splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def needs(program: str) -> None:
    """Skips where a program of poppler-utils is not there."""
    if shutil.which(program) is None:
        pytest.skip("needs poppler-utils")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The largest mean difference of any part of two pictures."""
    if one.size != other.size:
        return 255.0
    changed = ImageChops.difference(one, other)
    across, down = ([number * size // _PARTS for number in range(_PARTS + 1)] for size in changed.size)
    return max(
        ImageStat.Stat(changed.crop((left, top, right, bottom))).mean[0]
        for left, right in pairwise(across)
        for top, bottom in pairwise(down)
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where documents and pictures are made."""
    return tmp_path_factory.mktemp("goldens")


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_a_page_looks_as_it_was_seen(name: str, page: int, folder: Path) -> None:
    needs("pdftoppm")
    with Image.open(painted(name, page, folder)) as now, Image.open(GOLDENS / f"{name}-{page}.png") as then:
        assert difference(now.convert("L"), then.convert("L")) < _MOST


def test_a_page_that_moved_would_be_found() -> None:
    with Image.open(GOLDENS / "application-2.png") as then:
        whole = then.convert("L")
        assert difference(whole, ImageChops.offset(whole, 0, 3)) > _MOST


@pytest.mark.parametrize("name", READ)
def test_a_document_is_read_out_as_it_was_heard(name: str, folder: Path) -> None:
    needs("pdfinfo")
    assert read_out(name, folder) == (GOLDENS / f"{name}.txt").read_text(encoding="utf-8")


def renew(folder: Path) -> None:
    """Writes all goldens."""
    for name, page in PAGES:
        with Image.open(painted(name, page, folder)) as seen:
            seen.convert("L").quantize(32).save(GOLDENS / f"{name}-{page}.png", optimize=True)
    for name in READ:
        (GOLDENS / f"{name}.txt").write_text(read_out(name, folder), encoding="utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        renew(Path(made))
