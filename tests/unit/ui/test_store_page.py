# SPDX-License-Identifier: MIT
"""The parts of the pages about the store say in words what they show, and lists of any length come bit by bit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from rkv_app.domain.stores import CaseOrder, Hit, HitKind, KeySlot, Notice, Passphrase, SlotKind
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.ui import labels
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.files import DialogFileChooser
from rkv_app.ui.locking.fields import typed
from rkv_app.ui.messages import Banner
from rkv_app.ui.pages.cases.found import around, in_words
from rkv_app.ui.pages.store.passphrase_dialog import PassphraseDialog
from rkv_app.ui.pages.store.recovery_dialog import RecoveryDialog
from rkv_app.ui.session import Session
from rkv_app.ui.shell import Shell
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.theme import Theme
from rkv_app.ui.widgets.rows import RowsModel
from rkv_app.ui.widgets.strength_meter import StrengthMeter
from rkv_app.ui.widgets.table import TableRow
from rkv_app.ui.widgets.words_field import OfferedWords, WordsField
from rkv_app.usecases.care_for_store import lock_after
from rkv_app.usecases.choose_passphrase import PassphraseRating
from rkv_app.usecases.open_workspace import open_workspace
from support.desks import FORMS
from support.parties import ADVISER, Parties
from support.store_samples import PASSPHRASE, quick_vault

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WORDS = Words(Language.ENGLISH)
LIST = ("bjelke", "bjelle", "bjørk", "kanon")
LATER = datetime(2026, 3, 3, 14, 32, tzinfo=UTC)


def _window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def _suggest(begun: str) -> list[str]:
    return [word for word in LIST if word.startswith(begun)]


def test_the_meter_says_what_its_bar_shows(qtbot: QtBot) -> None:
    meter = StrengthMeter("Strength")
    qtbot.addWidget(meter)
    meter.show()
    for rating in (PassphraseRating(4, True), *(PassphraseRating(steps, False) for steps in range(5))):
        steps, tone, said = labels.strength(WORDS, rating)
        meter.show_strength(steps, tone, said)
        filled = [part for part in meter.findChildren(QFrame) if part.property("meter") not in (None, "off")]
        assert len(filled) == steps
        assert meter.accessibleName() == f"Strength: {said}"
        assert said in [label.text() for label in meter.findChildren(QLabel)]


def test_only_what_a_store_takes_is_called_good() -> None:
    tones = [labels.strength(WORDS, PassphraseRating(steps, False))[1] for steps in range(5)]
    assert tones == ["danger", "danger", "warning", "success", "success"]
    assert labels.strength(WORDS, PassphraseRating(4, True))[1] == "danger"


def test_a_word_is_offered_taken_with_enter_and_left_alone_in_its_middle(qtbot: QtBot) -> None:
    field = WordsField(_suggest)
    offered = OfferedWords(field, "Words")
    for widget in (field, offered):
        qtbot.addWidget(widget)
        widget.show()
    qtbot.keyClicks(field, "bje")
    shown = [made.text() for made in offered.findChildren(QPushButton) if made.isVisible()]
    assert shown == ["bjelke", "bjelle"]
    assert offered.accessibleName() == "Words: bjelke, bjelle"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "bjelke "
    field.setPlainText("bjelle kanon")
    assert offered.accessibleName() == "Words: "
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "\nbjelle kanon"


def test_a_secret_that_is_shown_is_not_kept_when_the_store_locks(qtbot: QtBot) -> None:
    window = _window(qtbot)
    dialog = PassphraseDialog(WORDS, window)
    dialog.open()
    qtbot.keyClicks(dialog.findChild(QLineEdit, "oldPassphraseEdit"), "the old one")
    dialog.findChild(QPushButton, "suggestButton").click()
    assert typed(dialog) == {}


def test_the_words_of_a_sheet_are_not_kept_when_the_store_locks(qtbot: QtBot) -> None:
    window = _window(qtbot)
    dialog = RecoveryDialog(WORDS, ("bjelle",) * 24, DialogFileChooser(), window)
    dialog.open()
    dialog.submit()
    qtbot.keyClicks(dialog.findChild(WordsField), "bjelle")
    assert typed(dialog) == {}


def test_rows_are_asked_for_once_and_not_after_the_last(qtbot: QtBot) -> None:
    model = RowsModel()
    asked: list[int] = []
    model.moreWanted.connect(lambda: asked.append(model.rowCount()))
    top = QModelIndex()
    model.begin(("Name",), [TableRow("a", ("Anna",))], more=True)
    model.fetchMore(top)
    model.fetchMore(top)
    assert asked == [1]
    model.add([TableRow("b", ("Berit",))], more=True)
    assert model.canFetchMore(top)
    model.add([], more=False)
    model.fetchMore(top)
    assert asked == [1]
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Anna", "Berit"]


@pytest.mark.parametrize(
    ("text", "search", "shown"),
    [
        ("Klargjorde hangaren alene", "hang", "Klargjorde hangaren alene"),
        ("en to tre fire fem seks sju åtte hangaren", "hang", "… seks sju åtte hangaren"),
        ("AB12-CD34 · Fagbrev i hangarfaget", "hang", "… Fagbrev i hangarfaget"),
        ("Åse fra Bærum", "aase", "Åse fra Bærum"),
        ("", "hang", ""),
    ],
)
def test_the_words_around_what_was_found_are_shown(text: str, search: str, shown: str) -> None:
    assert around(text, search) == shown


def test_a_long_text_is_cut_after_a_word() -> None:
    shown = around("hangaren " * 50, "hang")
    assert len(shown) < 130
    assert shown.endswith("hangaren …")


def test_what_was_found_in_a_case_is_named_and_counted() -> None:
    name, answer = (
        Hit(kind=kind, subject="1", case_id="c", excerpt="Amina skrev") for kind in (HitKind.CANDIDATE, HitKind.ANSWER)
    )
    assert in_words([name], "am", WORDS) == "Name"
    assert in_words([answer], "am", WORDS) == "Answer: Amina skrev"
    assert in_words([answer, name, name], "am", WORDS) == "Answer: Amina skrev (and 2 more)"


def test_every_order_hit_and_way_in_has_words() -> None:
    assert all(labels.case_order(WORDS, one) for one in CaseOrder)
    assert all(labels.hit_kind(WORDS, one) for one in HitKind)
    assert all(labels.way_in(WORDS, KeySlot(id="1", kind=one, label="", created=None)) for one in SlotKind)


def test_a_way_in_says_since_when_and_until_when() -> None:
    slot = KeySlot(id="1", kind=SlotKind.QUICK, label="", created=LATER, expires=LATER)
    assert labels.way_in_since(WORDS, slot).startswith("Since 3 March 2026, until 3 March 2026 ")
    named = KeySlot(id="1", kind=SlotKind.OFFICE, label="IKT", created=None)
    assert labels.way_in(WORDS, named) == "Office certificate: IKT"
    assert labels.way_in_since(WORDS, named) == ""


@pytest.mark.parametrize(
    ("octets", "said"), [(999, "999 bytes"), (1_500, "1.5 kB"), (475_000, "475 kB"), (52_400_000, "52 MB")]
)
def test_sizes_are_said_in_the_unit_that_fits(octets: int, said: str) -> None:
    assert labels.size(WORDS, octets) == said


def test_a_notice_says_what_to_do_and_its_code_and_can_be_put_away(qtbot: QtBot) -> None:
    banner = Banner(WORDS)
    qtbot.addWidget(banner)
    banner.tell(Notice("RKV-STO-025", message("It is synced."), message("Move it.")))
    assert banner.said() == "It is synced.\nMove it.\nCode: RKV-STO-025"
    close = banner.findChild(QPushButton, "closeMessageButton")
    assert close is not None
    with qtbot.waitSignal(banner.closed):
        close.click()
    assert banner.isHidden()


@pytest.fixture
def looking_on(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    """A window on a store that somebody else has open."""
    parties = Parties(tmp_path)
    parties.make_store(ADVISER)
    somebody = parties.at(ADVISER)
    workspace = open_workspace(
        quick_vault(),
        parties.store(ADVISER),
        Passphrase(PASSPHRASE),
        forms=FORMS,
        clock=somebody.clock,
        words=WORDS,
        read_only=True,
    )
    session = Session(workspace, Tasks())
    shell = Shell(session, WORDS, DialogFileChooser(), Theme(qapp))
    qtbot.addWidget(shell)
    shell.show()
    qtbot.waitUntil(lambda: not session.tasks.busy)
    yield shell
    session.close()
    somebody.close()


def _said(shell: Shell) -> str:
    return "\n".join(label.text() for label in shell.findChildren(QLabel) if label.isVisible())


def test_a_store_that_is_read_only_says_so_and_refuses_in_words(looking_on: Shell, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "The store is open read-only." in _said(looking_on))
    assert "Read only" in _said(looking_on)
    looking_on.go(Route(PageName.STORE))
    qtbot.waitUntil(lambda: not looking_on.session.tasks.busy)
    back_up, lock = looking_on.findChild(QPushButton, "backUpButton"), looking_on.findChild(QComboBox, "lockAfterCombo")
    assert back_up is not None
    assert not back_up.isEnabled()
    assert lock is not None
    lock.setCurrentIndex(3)
    qtbot.waitUntil(lambda: "Code: RKV-STO-007" in _said(looking_on))
    qtbot.waitUntil(lambda: lock.currentText() == "10 minutes")


class Asker(QWidget):
    """A dialog that is closed while it waits."""

    def show_error(self, problem: UserError) -> None:
        self.setWindowTitle(problem.code)


def test_what_is_refused_after_its_dialog_was_closed_is_told_by_the_page(looking_on: Shell, qtbot: QtBot) -> None:
    looking_on.go(Route(PageName.STORE))
    qtbot.waitUntil(lambda: not looking_on.session.tasks.busy)
    page, asker = looking_on.page, Asker()
    assert page is not None
    page.view_model.run(lambda ws: lock_after(ws, 5), lambda _: None, asker.show_error)
    delete(asker)
    qtbot.waitUntil(lambda: "Code: RKV-STO-007" in _said(looking_on))
