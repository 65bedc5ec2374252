# SPDX-License-Identifier: MIT
"""How everything looks: tokens in `resources/theme`, one style sheet and one palette made from them for each scheme.

Imported before the first window is painted: it needs nothing but Qt and two small files, and leaves `json` and `re` to
those who come later.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QJsonDocument, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from rkv_app.foundation.resources import resources_dir

FAMILY = "Noto Sans"
SMALLEST_ZOOM = 1.0
LARGEST_ZOOM = 2.0
# Hairlines and the focus ring stay as thin as they are; everything else grows with the text.
_THICKEST_LINE = 3
_FIRST = ("first.qss",)
_ALL = ("first.qss", "pages.qss")
# Half of the range of QColor.lightness.
_MIDDLE = 128


class Scheme(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


class Tokens(NamedTuple):
    """Colours by scheme and name, sizes of type in pixels at zoom 1, and where the rules and the drawings lie."""

    colours: Mapping[Scheme, Mapping[str, str]]
    type: Mapping[str, int]
    folder: Path
    icons: Path


def load_tokens() -> Tokens:
    """Reads the tokens that come with the app."""
    folder = resources_dir() / "theme"
    data = QJsonDocument.fromJson((folder / "tokens.json").read_bytes()).toVariant()
    return Tokens({scheme: data[scheme.value] for scheme in Scheme}, data["type"], folder, resources_dir() / "icons")


def style_sheet(tokens: Tokens, scheme: Scheme, zoom: float = 1.0, rules: Sequence[str] = _ALL) -> str:
    """Returns the style sheet of a scheme with text and spaces at `zoom` times their size.

    Args:
        tokens: colours and the folder of the rules.
        scheme: light or dark.
        zoom: how much larger than drawn.
        rules: the files to take; the first window needs only the first of them.
    """
    template = "\n".join((tokens.folder / name).read_text(encoding="utf-8") for name in rules)
    for name, value in sorted({**tokens.colours[scheme], "scheme": scheme.value}.items(), key=_longest_first):
        template = template.replace(f"@{name}", value)
    return _zoomed(template.replace("@icons", tokens.icons.as_posix()), zoom)


def _longest_first(token: tuple[str, str]) -> int:
    # So that `success` does not eat the beginning of `success_soft`.
    return -len(token[0])


def _zoomed(rules: str, zoom: float) -> str:
    if zoom == 1.0:
        return rules
    import re

    def length(found: re.Match[str]) -> str:
        pixels = int(found[1])
        return f"{pixels if pixels <= _THICKEST_LINE else round(pixels * zoom)}px"

    return re.sub(r"\b(\d+)px", length, rules)


def palette(tokens: Tokens, scheme: Scheme) -> QPalette:
    """Returns the palette of a scheme, for what Qt and our own painting draw outside the style sheet."""
    colours = {name: QColor(value) for name, value in tokens.colours[scheme].items()}
    role = QPalette.ColorRole
    made = QPalette()
    for where, name in {
        role.Window: "canvas",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "soft",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "surface",
        role.ButtonText: "text",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.Mid: "control",
        role.Midlight: "line",
        role.Accent: "focus",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
    }.items():
        made.setColor(where, colours[name])
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, colours["muted"])
    return made


class Theme(QObject):
    """The look of the running app. Follows the system's colour scheme unless one is chosen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._tokens = load_tokens()
        # Read from the palette: naming `Qt.ColorScheme` would cost the first paint more than the whole style sheet.
        background = app.palette().window().color()
        self._of_the_system = Scheme.DARK if background.lightness() < _MIDDLE else Scheme.LIGHT
        self._chosen: Scheme | None = None
        self._rules: Sequence[str] = _FIRST
        self.zoom = 1.0
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.apply()

    @property
    def scheme(self) -> Scheme:
        """The scheme that is shown."""
        return self._chosen or self._of_the_system

    def choose(self, scheme: Scheme | None) -> None:
        """Shows this scheme, or the system's again where it is None."""
        self._chosen = scheme
        self.apply()

    def set_zoom(self, zoom: float) -> None:
        """Makes text and spaces `zoom` times as large, within bounds."""
        self.zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        self.apply()

    def complete(self) -> None:
        """Takes all rules and the app's own font into use; called after the first paint."""
        from PySide6.QtGui import QFontDatabase

        self._rules = _ALL
        for file in sorted((resources_dir() / "fonts").glob("NotoSans-*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        if FAMILY in QFontDatabase.families():
            font = self._app.font()
            font.setFamily(FAMILY)
            self._app.setFont(font)
        self.apply()

    def apply(self) -> None:
        """Dresses the app."""
        font = self._app.font()
        font.setPixelSize(round(self._tokens.type["body"] * self.zoom))
        self._app.setFont(font)
        if self._rules is _ALL:
            # The style sheet colours all of the first window, and naming the roles would only make the user wait.
            self._app.setPalette(palette(self._tokens, self.scheme))
        self._app.setStyleSheet(style_sheet(self._tokens, self.scheme, self.zoom, self._rules))

    def _on_system_changed(self) -> None:
        from PySide6.QtCore import Qt

        dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self._of_the_system = Scheme.DARK if dark else Scheme.LIGHT
        self.apply()
