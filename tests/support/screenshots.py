# SPDX-License-Identifier: MIT
"""Pictures of every page, for looking at: `python3 dev.py screenshots [--out DIR]`.

Plays the demo into a folder that is gone afterwards, opens the three stores in the real window without a screen, and
takes each page in every language and in light and dark, and once with text at twice the size.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Run by its path, it finds only what lies beside it.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEvent, QEventLoop, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QRadioButton, QWidget

from rkv_app.crypto.kdf import MINIMUM_COST
from rkv_app.domain.people import Role
from rkv_app.domain.stores import Holder, Passphrase, SalvageReport, SlotKind
from rkv_app.forms.reading import item_path
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.foundation.resources import forms_dir, state_folder
from rkv_app.store.failures import damaged_database, older_than_before
from rkv_app.store.files.lock import held_by
from rkv_app.store.vault import SqlCipherVault
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.entrance import Entrance
from rkv_app.ui.files import DialogFileChooser
from rkv_app.ui.first_window import FirstWindow
from rkv_app.ui.form_preview import FormPreview
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.lost_passphrase_dialog import LostPassphraseDialog
from rkv_app.ui.pages.returned.page import ReturnedPage
from rkv_app.ui.pdf_dialog import PdfDialog
from rkv_app.ui.pdf_view import PdfView
from rkv_app.ui.restore_dialog import RestoreDialog
from rkv_app.ui.salvage_dialog import SalvageDialog
from rkv_app.ui.session import Session
from rkv_app.ui.sheet_advice import SheetAdvice
from rkv_app.ui.shell import Shell
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.theme import Scheme, Theme
from rkv_app.ui.unlock_choices import Mode
from rkv_app.usecases.demo import PASSPHRASE, DemoOptions, play_demo, store_path
from rkv_app.usecases.demo_people import PRACTICE_PLAN
from rkv_app.usecases.look_at_store import ClosedStore
from rkv_app.usecases.open_workspace import open_workspace
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import request_evaluation
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.view_case import list_cases, view_case
from rkv_app.usecases.view_queue import list_queue
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace
from support.conversations import Conversation, converse
from support.demo_routes import demo_routes
from support.every_type import EVERY_TYPE, HALF_FILLED
from support.later_scenes import LaterScenes, later_dialogs, prepare
from support.parties import ADVISER, INTAKE
from support.store_samples import PASSPHRASE as STORE_PASSPHRASE
from support.trust_dialogs import trust_dialogs

DIALOGS = (
    "newCaseButton",
    "addPlacementButton",
    "addPlanButton",
    "askButton",
    "compare1Button",
    "held1Button",
    "outcomeButton",
    "form1Button",
    "makeSheetButton",
    "changePassphraseButton",
    "remove1Button",
    "recommendButton",
    "handOverButton",
    "startFormButton",
    "candidateCopyButton",
)
WIDTH, HEIGHT, TALLEST = 1280, 860, 4000
PATIENCE_S = 30.0
# What the platform without a screen says of every window.
_USUAL = "propagateSizeHints"


class Photographer:
    """Opens windows and takes pictures of them."""

    def __init__(self, app: QApplication, folder: Path, out: Path) -> None:
        self.app = app
        self.folder = folder
        self.out = out
        self.theme = Theme(app)
        self.theme.complete()
        self.taken = 0

    def workspace(self, role: Role, language: Language) -> Workspace:
        """Opens one of the demo's stores."""
        return self._opened(store_path(self.folder, role), PASSPHRASE, language)

    def _opened(self, store: Path, passphrase: str, language: Language) -> Workspace:
        return open_workspace(
            SqlCipherVault(SystemClock(), state_folder(), cost=MINIMUM_COST),
            store,
            Passphrase(passphrase),
            forms=Forms(forms_dir()),
            clock=SystemClock(),
            words=Words(language),
        )

    def take_first_window(self, language: Language, label: str) -> None:
        """Both forms of the first window."""
        window = FirstWindow(Words(language), DialogFileChooser(), Path("adviser.rkv"))
        window.show()
        self._wait(lambda: False, patience=0.1)
        self._save(window, f"{label}-first-open")
        window.show_form(create=True)
        window.resize(780, 1100)
        self._save(window, f"{label}-first-create")
        window.close()

    def take_workspace(self, role: Role, language: Language, label: str) -> None:
        """Every page of one workspace, and its dialogs."""
        workspace = self.workspace(role, language)
        self._take_pages(workspace, list(demo_routes(workspace)), language, f"{label}-{role.value}")

    def take_conversation(self, said: Conversation, language: Language, label: str) -> None:
        """What came after the application, on both sides, and a packet in quarantine."""
        for name, parties, party, page in (
            ("quarantine", said.unknown, INTAKE, PageName.QUEUE),
            ("asked", said.known, ADVISER, PageName.CASE),
            ("decided", said.known, INTAKE, PageName.APPLICATION),
        ):
            workspace = self._opened(parties.store(party), STORE_PASSPHRASE, language)
            subject = ""
            if page is PageName.CASE:
                subject = list_cases(workspace)[0].case.id
            elif page is PageName.APPLICATION:
                subject = list_queue(workspace).applications[0].message_id
            # Where the county asks, the next step is a dialog.
            dialogs = (*DIALOGS, "nextStepButton")
            self._take_pages(workspace, [(name, Route(page, subject))], language, f"{label}-after", dialogs)

    def _take_pages(
        self,
        workspace: Workspace,
        routes: Sequence[tuple[str, Route]],
        language: Language,
        label: str,
        dialogs: Sequence[str] = DIALOGS,
    ) -> None:
        session = Session(workspace, Tasks())
        shell = Shell(session, Words(language), DialogFileChooser(), self.theme)
        shell.show()
        for name, route in routes:
            shell.resize(WIDTH, HEIGHT)
            shell.go(route)
            self._settle(shell)
            self._fit(shell)
            self._save(shell, f"{label}-{name}")
            self._take_search(shell, f"{label}-{name}-search")
            self._take_dialogs(shell, f"{label}-{name}", dialogs)
        shell.close()
        session.close()
        shell.deleteLater()

    def _take_dialogs(self, shell: Shell, label: str, dialogs: Sequence[str]) -> None:
        for name in dialogs:
            opens = shell.page.findChild(QPushButton, name) if shell.page else None
            if opens is None or not opens.isVisible():
                continue
            opens.click()
            self._settle(shell)
            for dialog in shell.page.findChildren(QDialog) if shell.page else ():
                self._fill(dialog)
                self._save(dialog, f"{label}-{dialog.objectName()}")
                if dialog.objectName() == "recoveryDialog":
                    self._take_typing_back(dialog, f"{label}-{dialog.objectName()}-typing")
                dialog.reject()
            self._settle(shell)

    def _take_search(self, shell: Shell, label: str) -> None:
        search = shell.page.findChild(QLineEdit, "searchEdit") if shell.page else None
        if search is None or not search.isVisible():
            return
        search.setText("luft")
        # The pause of the typing, and the answer.
        self._wait(lambda: False, patience=0.3)
        self._settle(shell)
        self._save(shell, label)
        search.clear()
        self._settle(shell)

    def _fill(self, dialog: QDialog) -> None:
        part = dialog.findChild(QRadioButton, "partOption")
        if part is not None:
            part.click()
            self._wait(lambda: False, patience=0.1)
        each = dialog.findChild(QRadioButton, "eachOption")
        if each is not None and each.isVisibleTo(dialog):
            each.click()
            self._wait(lambda: False, patience=0.1)
        plans = dialog.findChild(QLineEdit, "planSearchEdit")
        if plans is not None:
            plans.setText("XXP0")
            # The pause of the typing, and the answer.
            self._wait(lambda: False, patience=0.8)
        passphrase = dialog.findChild(QLineEdit, "newPassphraseEdit")
        if passphrase is not None:
            passphrase.setText("Sommeren 2026")
            self._wait(lambda: False, patience=0.4)

    def _take_typing_back(self, dialog: QDialog, label: str) -> None:
        dialog.findChildren(QPushButton, "submitButton")[0].click()
        typed = dialog.findChildren(QPlainTextEdit, "recoveryWordsEdit")[0]
        typed.setPlainText("bjelle kanon sverd")
        self._wait(lambda: False, patience=0.2)
        self._save(dialog, label)

    def _settle(self, shell: Shell) -> None:
        def settled() -> bool:
            forms = shell.findChildren(FormView)
            drawn = all(_is_drawn(view) for view in shell.findChildren(PdfView))
            return drawn and not shell.session.tasks.busy and all(form.is_complete() for form in forms)

        self._wait(settled, patience=PATIENCE_S)
        # Layouts and row heights find their place after the content has come.
        self._wait(lambda: False, patience=0.15)

    def _fit(self, shell: Shell) -> None:
        page = shell.page
        content = page.area.widget() if page else None
        # What stands beside the form that came back fills the height of the window, whatever that is.
        if page is not None and content is not None and not isinstance(page, ReturnedPage):
            missing = content.height() - page.area.viewport().height()
            shell.resize(WIDTH, min(HEIGHT + max(0, missing), TALLEST))
            self._settle(shell)

    def _wait(self, condition: Callable[[], bool], *, patience: float) -> None:
        until = time.monotonic() + patience
        while not condition() and time.monotonic() < until:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            # Only a running event loop lets go of what is gone.
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _save(self, widget: QWidget, name: str) -> None:
        widget.grab().save(str(self.out / f"{name}.png"))
        self.taken += 1


def take_form(photographer: Photographer, language: Language, label: str) -> None:
    """A form with every type of question, half filled in, as its author sees it."""
    window = FormPreview(EVERY_TYPE, language, DialogFileChooser(), SystemClock())
    window.show()
    for path, value in HALF_FILLED.items():
        window._on_answer(path, value)
    for name in ("checkFormButton", "helpButton"):
        window.findChildren(QPushButton, name)[0].click()
    window.findChildren(QPushButton, "removeRowButton")[-1].click()
    photographer._wait(lambda: all(view.is_complete() for view in window.findChildren(FormView)), patience=PATIENCE_S)
    photographer._wait(lambda: False, patience=0.2)
    content = window._area.widget()
    window.resize(WIDTH, min(TALLEST, HEIGHT + content.height() - window._area.viewport().height()))
    photographer._wait(lambda: False, patience=0.2)
    photographer._save(window, f"{label}-form-preview")
    window.close()
    window.deleteLater()


def _is_drawn(shown: PdfDialog | PdfView) -> bool:
    return not shown.busy


def take_later(
    photographer: Photographer,
    prepared: LaterScenes,
    language: Language,
    label: str,
    only: Sequence[str] | None = None,
) -> None:
    """What the demo does not come to, see `later_scenes`; `only` the scenes with these names."""
    for scene in prepared.scenes:
        if only is None or scene.name in only:
            workspace = scene.opened(language)
            routes = list(scene.routes(workspace))
            photographer._take_pages(workspace, routes, language, f"{label}-{scene.name}", scene.dialogs)
    if only is None or "dialogs" in only:
        parent = QWidget()
        for name, dialog in later_dialogs(Words(language), prepared, parent):
            dialog.show()
            photographer._wait(lambda: False, patience=0.2)
            photographer._save(dialog, f"{label}-{name}")
            dialog.close()
        parent.deleteLater()
    if only is None or "pdf" in only:
        _take_pdf(photographer, prepared.long_pdf, language, label)


def _take_pdf(photographer: Photographer, content: bytes, language: Language, label: str) -> None:
    """A long document with the list of its pages and the marks of a search, and where there is room for little."""
    parent = QWidget()
    for size, (width, height) in (("wide", (1100, 800)), ("narrow", (620, 700))):
        dialog = PdfDialog(Words(language), "skjema.pdf", content, DialogFileChooser(), parent)
        dialog.resize(width, height)
        dialog.show()
        photographer._wait(partial(_is_drawn, dialog), patience=PATIENCE_S)
        pages = dialog.findChildren(QPushButton, "pagesButton")[0]
        if not pages.isChecked():
            pages.click()
        dialog.findChildren(QLineEdit, "searchPdfEdit")[0].setText("arbeid")
        dialog.findChildren(QPushButton, "nextHitButton")[0].click()
        for _ in range(2):
            photographer._wait(lambda: False, patience=0.3)
            photographer._wait(partial(_is_drawn, dialog), patience=PATIENCE_S)
        photographer._save(dialog, f"{label}-pdf-{size}")
        dialog.reject()
        photographer._wait(lambda: not parent.findChildren(QDialog), patience=PATIENCE_S)
    parent.deleteLater()


def take_trust(photographer: Photographer, language: Language, label: str) -> None:
    """The dialogs in which somebody decides whom to trust, and a received PDF."""
    parent = QWidget()
    for dialog in trust_dialogs(Words(language), parent):
        dialog.open()
        if isinstance(dialog, PdfDialog):
            photographer._wait(partial(_is_drawn, dialog), patience=PATIENCE_S)
        photographer._wait(lambda: False, patience=0.2)
        photographer._save(dialog, f"{label}-{dialog.objectName()}")
        dialog.reject()
        photographer._wait(lambda: not parent.findChildren(QDialog), patience=PATIENCE_S)
    parent.deleteLater()


def _begin_another(photographer: Photographer) -> None:
    """A second request that is half answered, because the demo completes the first."""
    adviser = photographer.workspace(Role.ADVISER, Language.BOKMAL)
    placement = view_case(adviser, list_cases(adviser)[0].case.id).placements[0]
    sent = request_evaluation(adviser, placement.id, photographer.folder / "another.rkvpakke")
    adviser.close()
    supervisor = photographer.workspace(Role.SUPERVISOR, Language.BOKMAL)
    message_id = receive_packet(supervisor, sent.path, sent.code).message_id
    evaluation = view_request(supervisor, message_id).evaluation
    matrix = supervisor.forms.pinned(evaluation.form).matrices()[0]
    for aim, rating in zip(evaluation.aims, ("independent", "not_tried", "learning"), strict=False):
        save_answer(supervisor, evaluation.id, item_path(matrix.id, aim.code, "rating"), rating)
    supervisor.close()


def made_demo(folder: Path) -> None:
    """Plays the demo on the practice plan into a folder, silently."""
    play_demo(
        DemoOptions(folder, (), PRACTICE_PLAN, False),
        SqlCipherVault(SystemClock(), state_folder(), cost=MINIMUM_COST),
        forms=Forms(forms_dir()),
        clock=SystemClock(),
        words=Words(Language.BOKMAL),
        tell=lambda _step: None,
    )


def take_all(out: Path) -> int:
    """Takes all pictures into `out`; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="rkv-screenshots-") as name:
        folder = Path(name) / "demo"
        made_demo(folder)
        photographer = Photographer(app, folder, out)
        _begin_another(photographer)
        said = converse(Path(name))
        later = prepare(Path(name))
        looks = [(language, scheme, 1.0) for language, scheme in product(Language, Scheme)]
        for language, scheme, zoom in [*looks, (Language.BOKMAL, Scheme.LIGHT, 2.0)]:
            photographer.theme.choose(scheme)
            photographer.theme.set_zoom(zoom)
            label = f"{language.value}-{scheme.value}" + ("-200" if zoom > 1 else "")
            photographer.take_first_window(language, label)
            take_entrance(photographer, language, label)
            for role in Role:
                photographer.take_workspace(role, language, label)
            photographer.take_conversation(said, language, label)
            take_form(photographer, language, label)
            take_trust(photographer, language, label)
            take_later(photographer, later, language, label)
    return photographer.taken


def _quiet(_kind: QtMsgType, _context: object, said: str) -> None:
    if _USUAL not in said:
        print(said, file=sys.stderr)


def main() -> int:
    """Takes the pictures and says where they lie."""
    parser = argparse.ArgumentParser(prog="dev.py screenshots")
    parser.add_argument("--out", type=Path, default=Path("screenshots"), metavar="DIR")
    out = parser.parse_args().out
    qInstallMessageHandler(_quiet)
    print(f"{take_all(out)} pictures in {out}")
    return 0


def take_entrance(photographer: Photographer, language: Language, label: str) -> None:
    """The first window with all that it offers, each trouble with its next steps, and the dialogs that mend."""
    store = store_path(photographer.folder, Role.ADVISER)
    vault = SqlCipherVault(SystemClock(), state_folder(), cost=MINIMUM_COST)
    tasks = Tasks()
    window = FirstWindow(Words(language), DialogFileChooser(), store)
    entrance = Entrance(window, DialogFileChooser(), lambda: vault, tasks)
    window.show()

    def shoot(name: str, widget: QWidget | None = None) -> None:
        photographer._wait(lambda: not tasks.busy, patience=PATIENCE_S)
        photographer._wait(lambda: False, patience=0.2)
        photographer._save(widget or window, f"{label}-first-{name}")

    shoot("furnished")
    entrance._choices.show_store(
        ClosedStore(ways=frozenset(SlotKind), last_backup=next(iter(vault.backups(store)), None))
    )
    window.passphrase_edit.setText("noe")
    entrance._choices._on_caps(True)
    shoot("all-ways")
    entrance._choices.ask_for(Mode.WORDS)
    window.findChildren(QPlainTextEdit, "lostWordsEdit")[0].setPlainText("bjelle kanon qqqq sve")
    shoot("words")
    entrance._choices.ask_for(Mode.OFFICE)
    shoot("office")
    entrance._choices.ask_for(Mode.PASSPHRASE)
    for name, problem in _troubles():
        window.show_error(problem)
        entrance.tell(problem, store, Passphrase(PASSPHRASE))
        shoot(name)
    for opens in ("restoreNowButton", "salvageButton"):
        window.findChildren(QPushButton, opens)[0].click()
        dialog = window.findChildren(QDialog)[0]
        photographer._fill(dialog)
        shoot(dialog.objectName(), dialog)
        if isinstance(dialog, SalvageDialog):
            dialog._show_report(store, "", SalvageReport(kept={"candidate": 12, "answer": 311}, lost={"answer": 3}))
        if isinstance(dialog, RestoreDialog):
            dialog._show_restored(store, Passphrase(""), store)
        shoot(f"{dialog.objectName()}-done", dialog)
        dialog.reject()
        photographer._wait(lambda: not window.findChildren(QDialog), patience=PATIENCE_S)
    window.close()
    tasks.close()
    _take_welcome(photographer, language, label)


def _troubles() -> Iterator[tuple[str, UserError]]:
    since = datetime(2026, 11, 2, 9, 15, tzinfo=UTC)
    yield "open-elsewhere", held_by(Holder(user="kari", host="nav-0142", pid=1, since=since))
    said, hint = message("The next one can be made in {seconds} s.", seconds=8), message("Nothing was changed.")
    yield "wait", UserError("RKV-STO-006", said, hint, ExitStatus.LOCKED)
    yield "older", older_than_before(3)
    yield "damaged", damaged_database()


def _take_welcome(photographer: Photographer, language: Language, label: str) -> None:
    session = Session(photographer.workspace(Role.ADVISER, language), Tasks())
    shell = Shell(session, Words(language), DialogFileChooser(), photographer.theme)
    SheetAdvice(shell)
    shell.show()
    photographer._settle(shell)
    photographer._save(shell, f"{label}-first-sheet-advice")
    dialog = LostPassphraseDialog(Words(language), session, shell)
    dialog.open()
    photographer._fill(dialog)
    photographer._save(dialog, f"{label}-first-{dialog.objectName()}")
    dialog.reject()
    shell.close()
    session.close()
    shell.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
