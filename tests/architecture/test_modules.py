# SPDX-License-Identifier: MIT
"""What every module promises its reader, and the calls that only one room may make."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "rkv_app"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((REPOSITORY / "tests").rglob("*.py"))
LINES = 400
LINES_OF_THE_SHELL = 300
LINES_OF_A_TEST = 500

# The one place that may write a file, because it knows how to do it whole or not at all.
SAFE_FILES = PACKAGE / "foundation" / "safe_files.py"
BANNED_METHODS = frozenset({"write_bytes", "write_text", "extractall", "utcnow"})


def _name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", [*MODULES, *TESTS, REPOSITORY / "dev.py"], ids=_name)
def test_every_module_names_its_licence_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if not line.startswith("#!"))
    assert first == "# SPDX-License-Identifier: MIT"
    assert path in TESTS or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=_name)
def test_no_module_outgrows_its_one_concern(path: Path) -> None:
    budget = LINES_OF_A_TEST if path in TESTS else LINES_OF_THE_SHELL if path.name == "shell.py" else LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= budget


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=_name)
def test_naming_a_package_loads_nothing(path: Path) -> None:
    assert list(_imports(path)) == []


@pytest.mark.parametrize("path", [path for path in MODULES if path != SAFE_FILES], ids=_name)
def test_files_are_written_whole_or_not_at_all(path: Path) -> None:
    wrong = [call.lineno for call in _calls(path) if _is_unsafe(call)]
    assert wrong == [], f"{_name(path)}, lines {wrong}: go through foundation/safe_files.py"


def _is_unsafe(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in BANNED_METHODS:
        return True
    if name != "open":
        return False
    given = [*call.args[:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return any(set(mode) <= set("rwxabt+") and set(mode) & set("wxa+") for mode in modes if mode)


@pytest.mark.parametrize("path", sorted((PACKAGE / "ui").rglob("view_model.py")), ids=_name)
def test_view_models_know_no_widget(path: Path) -> None:
    assert [name for name in _imports(path) if name.startswith("PySide6.QtWidgets")] == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "ui" / "pages").rglob("*.py")), ids=_name)
def test_pages_do_not_know_one_another(path: Path) -> None:
    pages = "rkv_app.ui.pages."
    own = path.relative_to(PACKAGE / "ui" / "pages").parts[0].removesuffix(".py")
    others = {name.removeprefix(pages).split(".")[0] for name in _imports(path) if name.startswith(pages)}
    assert others <= {own}


def test_setting_up_needs_nothing_but_python() -> None:
    roots = {name.split(".")[0] for name in _imports(REPOSITORY / "dev.py")} - {"__future__"}
    assert roots <= sys.stdlib_module_names


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=_name)
def test_no_text_on_screen_hides_in_a_formatted_string(path: Path) -> None:
    """What stands there is not found when texts are taken out for translation, and stays English."""
    hidden = [
        call.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and _says_a_text(call)
    ]
    assert hidden == [], f"{_name(path)}, lines {hidden}"


def _says_a_text(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in ("words", "_words", "plural") and isinstance(next(iter(call.args), None), ast.Constant)
