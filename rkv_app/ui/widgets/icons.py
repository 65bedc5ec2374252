# SPDX-License-Identifier: MIT
"""Line icons in the colour of the words beside them."""

from PySide6.QtGui import QColor, QIcon, QPixmap

from rkv_app.foundation.resources import resources_dir

_SIDE = 96


def icon(name: str, colour: QColor) -> QIcon:
    """The icon `resources/icons/<name>.svg` in one colour; an empty one where there is none."""
    file = resources_dir() / "icons" / f"{name}.svg"
    if not file.is_file():
        return QIcon()
    drawing = file.read_text(encoding="utf-8").replace("currentColor", colour.name())
    # Drawn large, because a pixmap is made smaller where it is shown but never larger.
    drawing = drawing.replace('width="24" height="24"', f'width="{_SIDE}" height="{_SIDE}"')
    pixmap = QPixmap()
    pixmap.loadFromData(drawing.encode(), "SVG")
    return QIcon(pixmap)
