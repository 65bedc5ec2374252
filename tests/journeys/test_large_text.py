# SPDX-License-Identifier: MIT
"""With text at twice its size, every page and dialog fits a screen of 1280 x 800 pixels: nothing is cut or sideways."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from rkv_app.domain.people import Role
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.context import Route
from rkv_app.ui.files import DialogFileChooser
from rkv_app.ui.session import Session
from rkv_app.ui.shell import Shell
from rkv_app.ui.tasks import Tasks
from rkv_app.usecases.workspace import Workspace
from support import screenshots
from support.demo_routes import demo_routes
from support.fits import misfits
from support.later_scenes import LaterScenes, prepare_forms
from support.screenshots import DIALOGS, Photographer, made_demo, take_entrance, take_form, take_later, take_trust

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WIDTH, HEIGHT = 1280, 800
ZOOM = 2.0
_PAUSE_S = 0.02


class Walker(Photographer):
    """Goes where the pictures are taken, and looks at what fits instead."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        super().__init__(app, folder, folder)
        self.seen: list[str] = []
        self.misfits: list[str] = []
        self.theme.set_zoom(ZOOM)

    def walk(self, workspace: Workspace, routes: Sequence[tuple[str, Route]], dialogs: Sequence[str]) -> None:
        """Every page and the dialogs of each, in one language after the other."""
        languages = cycle(Language)
        session = Session(workspace, Tasks())
        shell = Shell(session, Words(workspace.words.language), DialogFileChooser(), self.theme)
        shell.resize(WIDTH, HEIGHT)
        shell.show()
        for name, route in routes:
            shell.go(route)
            shell.use_language(next(languages))
            self._settle(shell)
            label = f"{workspace.party.role.value} {name} {shell.words.language.value}"
            self._save(shell, label)
            self._take_dialogs(shell, label, dialogs)
        shell.close()
        session.close()
        shell.deleteLater()

    def _wait(self, condition: Callable[[], bool], *, patience: float) -> None:
        # What is waited for without a condition is the layout, and that has no pauses.
        super()._wait(condition, patience=min(patience, _PAUSE_S) if patience < 1.0 else patience)

    def _save(self, widget: QWidget, name: str) -> None:
        self.seen.append(name)
        before, until = None, time.monotonic() + screenshots.PATIENCE_S
        # Layouts find their place in several rounds.
        while before != (before := _places(widget)) and time.monotonic() < until:
            for _ in range(3):
                self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
                self.app.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.misfits += [f"{name}: {said}" for said in misfits(widget, WIDTH, HEIGHT)]


def _places(widget: QWidget) -> tuple[object, ...]:
    return tuple(part.geometry().getRect() for part in widget.findChildren(QWidget))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three stores of the demo."""
    folder = tmp_path_factory.mktemp("large") / "demo"
    made_demo(folder)
    return folder


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> LaterScenes:
    """Forms that came back, and an organisation's own."""
    return prepare_forms(tmp_path_factory.mktemp("large"))


@pytest.fixture
def walker(qapp: QApplication, demo: Path) -> Iterator[Walker]:
    walker = Walker(qapp, demo)
    yield walker
    walker.theme.set_zoom(1.0)


@pytest.mark.parametrize("role", Role)
def test_every_page_and_dialog_of_a_workspace_fits(walker: Walker, role: Role) -> None:
    workspace = walker.workspace(role, Language.BOKMAL)
    routes = list(demo_routes(workspace))
    walker.walk(workspace, routes, DIALOGS)
    assert walker.misfits == []
    assert len(walker.seen) > len(routes)


def test_every_page_about_forms_that_come_back_fits(walker: Walker, forms: LaterScenes) -> None:
    for scene in forms.scenes:
        workspace = scene.opened(Language.BOKMAL)
        walker.walk(workspace, list(scene.routes(workspace)), scene.dialogs)
    assert walker.misfits == []


@pytest.mark.parametrize("language", Language)
def test_the_first_window_and_all_dialogs_alone_fit(
    walker: Walker, forms: LaterScenes, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "TALLEST", HEIGHT)
    match language:
        case Language.BOKMAL:
            take_entrance(walker, language, language.value)
            take_later(walker, forms, language, language.value, ["pdf"])
        case Language.NYNORSK:
            take_trust(walker, language, language.value)
        case Language.ENGLISH:
            take_form(walker, language, language.value)
    take_later(walker, forms, language, language.value, ["dialogs"])
    assert walker.misfits == []
