# SPDX-License-Identifier: MIT
"""The first window: open a store, or go on to make one.

The user waits for it, so it is made of nothing but plain Qt widgets; it does not even name the `Qt` namespace, whose
enumerations alone take as long to set up as the whole window. All other parts are brought in after the first paint.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.files import STORE_SUFFIX, file_kinds

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QScrollArea

    from rkv_app.foundation.errors import UserError
    from rkv_app.ui.create_form import CreateForm
    from rkv_app.ui.files import FileChooser
    from rkv_app.ui.messages import Banner

_WIDTH = 660
# Pixels of body text at zoom 1, to which the widths belong.
_BODY_TEXT = 15
_LONGEST_PATH = 4000
# A language is called what its own readers call it, so these are not translated.
_LANGUAGES = ((Language.BOKMAL, "Bokmål"), (Language.NYNORSK, "Nynorsk"), (Language.ENGLISH, "English"))


class FirstWindow(QWidget):
    """Asks for a store and its passphrase, or for what a new store needs.

    Signals:
        painted: the window is on the screen for the first time.
        unlockAsked(Path, str): open this store with this passphrase.
        otherWayAsked: open this store by the other way in that stands in the form.
        createAsked(Path, str, Party): make a store for this party.
        languageChosen(Language): show everything in another language.
        formShown(bool): the form for a new store is shown, or the one that opens a store.

    Attributes:
        path_edit: which store.
        passphrase_edit: its passphrase.
    """

    painted = Signal()
    unlockAsked = Signal(object, str)
    otherWayAsked = Signal()
    createAsked = Signal(object, str, object)
    languageChosen = Signal(object)
    formShown = Signal(bool)

    def __init__(self, words: Words, files: FileChooser, store: Path | None = None) -> None:
        super().__init__()
        self.words = words
        self._files = files
        self._was_painted = False
        self._area: QScrollArea | None = None
        self._create: CreateForm | None = None
        self._banner: Banner | None = None
        self._locked: QLabel | None = None
        self._kept = True
        self._is_working = self._is_held = False
        self.setObjectName("firstWindow")
        self.setWindowTitle(words("Documentation of prior learning"))
        zoom = self.font().pixelSize() / _BODY_TEXT if self.font().pixelSize() > 0 else 1.0
        self._widest = round(_WIDTH * zoom)
        self.resize(QSize(round(780 * zoom), round(860 * zoom)).boundedTo(self.screen().availableSize()))
        self._column = self._lay_out()
        self._column.addLayout(self._language_line())
        title = QLabel(words("Documentation of prior learning"))
        title.setProperty("kind", "title")
        title.setWordWrap(True)
        self._column.addSpacing(12)
        self._column.addWidget(title)
        promise = QLabel(words("What you write is kept encrypted on this machine. Nothing is sent by itself."))
        promise.setProperty("kind", "muted")
        promise.setWordWrap(True)
        self._column.addWidget(promise)
        self._column.addSpacing(8)
        self._column.addLayout(self._tabs())
        self._messages = QVBoxLayout()
        self._column.addLayout(self._messages)
        self._unlock = self._unlock_form(store)
        self._column.addWidget(self._unlock)
        self._column.addStretch(1)
        self._focus_unlock()

    def show_form(self, create: bool) -> None:
        """Shows the form for a new store, or the one that opens a store."""
        if create and self._create is None:
            from rkv_app.ui.create_form import CreateForm

            self._create = CreateForm(self.words, self._files)
            self._create.asked.connect(self.createAsked)
            self._column.insertWidget(self._column.indexOf(self._unlock), self._create)
        self._to_create.setChecked(create)
        self._to_unlock.setChecked(not create)
        self.hide_message()
        self._unlock.setVisible(not create)
        if self._create is not None:
            self._create.setVisible(create)
        if create and self._create is not None:
            self._create.focus()
        else:
            self._focus_unlock()
        self.formShown.emit(create)

    def furnish(self, above: QWidget, below: QWidget, under_message: QWidget) -> None:
        """Puts in what was not needed for the first paint: around the button of the unlock form, and below messages."""
        inside = self._unlock_inside
        inside.insertWidget(inside.indexOf(self._button_line), above)
        inside.addWidget(below)
        self._messages.addWidget(under_message)

    def store_path(self) -> Path | None:
        """Which store is to be opened; None where nothing is chosen."""
        path = self.path_edit.text().strip()
        # Not Path.expanduser, which raises where there is no such user.
        return Path(os.path.expanduser(path)) if path else None

    def can_open(self) -> bool:
        """Whether a store can be asked for now: none is being opened, and nobody has to wait."""
        return not (self._is_working or self._is_held)

    def hold(self, held: bool) -> None:
        """Lets no store be asked for until it is called again with False."""
        self._is_held = held
        self._button.setEnabled(self.can_open())

    def ask_for_passphrase(self, asked: bool) -> None:
        """Asks for the passphrase, or leaves that to another way in."""
        self._passphrase_part.setVisible(asked)
        if asked:
            self._focus_unlock()

    def hide_message(self) -> None:
        """Takes the message away."""
        if self._banner is not None:
            self._banner.hide()

    def show_error(self, problem: UserError) -> None:
        """Says what was refused; what was typed stays."""
        self.set_working(False)
        if self._banner is None:
            from rkv_app.ui.messages import Banner

            self._banner = Banner(self.words)
            self._messages.insertWidget(1 if self._locked is not None else 0, self._banner)
        self._banner.error(problem)
        if self._area is not None:
            self._area.verticalScrollBar().setValue(0)
        if self._to_unlock.isChecked():
            self._focus_unlock()

    def show_locked(self, *, kept: bool = True) -> None:
        """Says that the store was locked, and whether all that was written is in it."""
        words = self.words
        self._kept = kept
        if self._locked is None:
            self._locked = QLabel()
            self._locked.setObjectName("lockedText")
            self._locked.setProperty("kind", "label")
            self._locked.setWordWrap(True)
            self._messages.insertWidget(0, self._locked)
        if kept:
            said = words("Locked. What you had written is kept.")
        else:
            said = words("Locked. What you wrote last is not saved yet. Leave this window open and open the store.")
        self._locked.setText(said)
        # Where the caret is, a screen reader says it.
        self.passphrase_edit.setAccessibleDescription(said)

    def set_working(self, working: bool) -> None:
        """Shows that a store is being opened or made."""
        self._button.setText(self.words("Opening …") if working else self.words("Open"))
        self._is_working = working
        self._button.setEnabled(self.can_open())
        if self._create is not None:
            self._create.set_working(working)

    def take_over(self, other: FirstWindow) -> None:
        """Takes what was typed and chosen in the window before, and its place on the screen."""
        self.setGeometry(other.geometry())
        self._was_painted = True
        self._let_scroll()
        self.path_edit.setText(other.path_edit.text())
        self.passphrase_edit.setText(other.passphrase_edit.text())
        if other._locked is not None:
            self.show_locked(kept=other._kept)
        if other._create is not None:
            self.show_form(True)
            if self._create is not None:
                self._create.take_over(other._create)
        self.show_form(other._to_create.isChecked())

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        self.painted.emit()
        QTimer.singleShot(0, self, self._let_scroll)

    def _let_scroll(self) -> None:
        # Looks the same as without, and is not needed before text grows or a form opens: not before the first paint.
        from PySide6.QtWidgets import QScrollArea

        focused = self.focusWidget()
        area = QScrollArea()
        area.setObjectName("pageScroll")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self._outer.replaceWidget(self._holder, area)
        area.setWidget(self._holder)
        self._area = area
        # Before, it had to be as high as what stands in it.
        self._outer.activate()
        self.resize(self.size().boundedTo(self.screen().availableSize()))
        if focused is not None:
            focused.setFocus()

    def _lay_out(self) -> QVBoxLayout:
        content = QWidget()
        content.setMaximumWidth(self._widest)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 28, 24, 28)
        column.setSpacing(12)
        self._holder = QWidget()
        self._holder.setObjectName("pageContent")
        beside = QHBoxLayout(self._holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addStretch(1)
        beside.addWidget(content, 100)
        beside.addStretch(1)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._holder)
        return column

    def _language_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        for language, name in _LANGUAGES:
            made = self._segment(name, f"{language.value}LanguageButton")
            made.setChecked(language is self.words.language)
            made.clicked.connect(lambda _checked=False, one=language, made=made: self._on_language(one, made))
            line.addWidget(made)
        line.addStretch(1)
        return line

    def _tabs(self) -> QHBoxLayout:
        words = self.words
        self._to_unlock = self._segment(words("Open my store"), "showUnlockButton")
        self._to_create = self._segment(words("Make a new store"), "showCreateButton")
        self._to_unlock.setChecked(True)
        self._to_unlock.clicked.connect(lambda: self.show_form(False))
        self._to_create.clicked.connect(lambda: self.show_form(True))
        line = QHBoxLayout()
        line.addWidget(self._to_unlock)
        line.addWidget(self._to_create)
        line.addStretch(1)
        return line

    def _unlock_form(self, store: Path | None) -> QWidget:
        words = self.words
        frame = QFrame()
        frame.setObjectName("unlockForm")
        frame.setProperty("kind", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(20, 16, 20, 18)
        inside.setSpacing(6)
        self.path_edit = self._edit(words("Store file"), "storePathEdit", inside)
        self.path_edit.setMaxLength(_LONGEST_PATH)
        self.path_edit.setText(str(store or ""))
        choose = self._link(words("Choose the file …"), "chooseStoreButton", inside)
        choose.clicked.connect(self._on_choose)
        inside.addSpacing(8)
        self._passphrase_part = QWidget()
        secret = QVBoxLayout(self._passphrase_part)
        secret.setContentsMargins(0, 0, 0, 0)
        secret.setSpacing(6)
        inside.addWidget(self._passphrase_part)
        self.passphrase_edit = self._edit(words("Passphrase"), "passphraseEdit", secret)
        self.passphrase_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_edit.returnPressed.connect(self._on_unlock)
        self._peek = self._link(words("Show the passphrase"), "showPassphraseButton", secret)
        self._peek.clicked.connect(self._on_peek)
        inside.addSpacing(8)
        self._button = QPushButton(words("Open"))
        self._button.setObjectName("unlockButton")
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self._on_unlock)
        self._button_line = QHBoxLayout()
        self._button_line.addWidget(self._button)
        self._button_line.addStretch(1)
        inside.addLayout(self._button_line)
        self._unlock_inside = inside
        return frame

    def _edit(self, label: str, name: str, inside: QVBoxLayout) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(label)
        above = QLabel(label)
        above.setProperty("kind", "label")
        above.setBuddy(made)
        inside.addWidget(above)
        inside.addWidget(made)
        return made

    def _segment(self, label: str, name: str) -> QPushButton:
        made = QPushButton(label)
        made.setObjectName(name)
        made.setProperty("kind", "segment")
        made.setCheckable(True)
        # Not exclusive: Tab would pass by all but the chosen one.
        return made

    def _link(self, label: str, name: str, inside: QVBoxLayout) -> QPushButton:
        made = QPushButton(label)
        made.setObjectName(name)
        made.setProperty("kind", "link")
        line = QHBoxLayout()
        line.addWidget(made)
        line.addStretch(1)
        inside.addLayout(line)
        return made

    def _on_language(self, language: Language, pressed: QPushButton) -> None:
        pressed.setChecked(language is self.words.language)
        self.languageChosen.emit(language)

    def _focus_unlock(self) -> None:
        if not self._passphrase_part.isHidden():
            (self.passphrase_edit if self.path_edit.text() else self.path_edit).setFocus()
            self.passphrase_edit.selectAll()

    def _on_choose(self) -> None:
        words = self.words
        kinds = file_kinds(words, words("Stores"), f"*{STORE_SUFFIX}")
        path = self._files.open_file(words("Choose the store file"), kinds)
        if path is not None:
            self.path_edit.setText(str(path))
            self.passphrase_edit.setFocus()

    def _on_peek(self) -> None:
        shown = self.passphrase_edit.echoMode() is QLineEdit.EchoMode.Normal
        self.passphrase_edit.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)
        self._peek.setText(self.words("Show the passphrase") if shown else self.words("Hide the passphrase"))

    def _on_unlock(self) -> None:
        path = self.store_path()
        if path is not None and self._passphrase_part.isHidden():
            self.otherWayAsked.emit()
        elif path is None or not self.passphrase_edit.text():
            self._focus_unlock()
        elif self.can_open():
            self.unlockAsked.emit(path, self.passphrase_edit.text())
