# SPDX-License-Identifier: MIT
"""Everything can be read and the focus can be seen, in every theme and at twice the size."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette

from rkv_app.ui.theme import Scheme, load_tokens, palette, style_sheet

TEXT = 4.5
CONTROL = 3.0
ON_WHAT_TEXT_STANDS = {
    "text": ("canvas", "surface", "soft", "line"),
    "muted": ("canvas", "surface", "soft"),
    "accent": ("canvas", "surface"),
    "accent_hover": ("soft", "canvas"),
    "success": ("success_soft", "surface"),
    "warning": ("warning_soft", "surface"),
    "danger": ("danger_soft", "surface"),
    "on_accent": ("accent", "accent_hover"),
}
ON_WHAT_CONTROLS_STAND = {"control": ("canvas", "surface"), "focus": ("canvas", "surface", "soft")}


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in QColor(colour).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2 section 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
def test_all_text_can_be_read(scheme: Scheme) -> None:
    colours = load_tokens().colours[scheme]
    for text, grounds in ON_WHAT_TEXT_STANDS.items():
        for ground in grounds:
            assert _contrast(colours[text], colours[ground]) >= TEXT, f"{text} on {ground}"


@pytest.mark.parametrize("scheme", Scheme)
def test_the_borders_of_fields_and_the_focus_ring_can_be_seen(scheme: Scheme) -> None:
    colours = load_tokens().colours[scheme]
    for control, grounds in ON_WHAT_CONTROLS_STAND.items():
        for ground in grounds:
            assert _contrast(colours[control], colours[ground]) >= CONTROL, f"{control} on {ground}"


@pytest.mark.parametrize("scheme", Scheme)
def test_every_name_in_the_rules_is_a_token(scheme: Scheme) -> None:
    assert re.findall(r"@\w+", style_sheet(load_tokens(), scheme)) == []


@pytest.mark.parametrize("scheme", Scheme)
def test_everything_that_takes_the_focus_shows_it(scheme: Scheme) -> None:
    rules = style_sheet(load_tokens(), scheme)
    focus = load_tokens().colours[scheme]["focus"]
    for widget in (
        "QPushButton",
        "QLineEdit",
        "QPlainTextEdit",
        "QComboBox",
        "QSpinBox",
        "QListWidget",
        "QTableView",
    ):
        rule = next(rule for rule in rules.split("}") if f"{widget}:focus" in rule)
        assert f"3px solid {focus}" in rule


def test_text_grows_with_the_zoom_and_hairlines_do_not() -> None:
    once, twice = (style_sheet(load_tokens(), Scheme.LIGHT, zoom) for zoom in (1.0, 2.0))
    assert "font-size: 28px" in once
    assert "font-size: 56px" in twice
    assert once.count("1px solid") == twice.count("1px solid")


def test_the_two_schemes_are_different() -> None:
    light, dark = (palette(load_tokens(), scheme).color(QPalette.ColorRole.Base) for scheme in Scheme)
    assert light.lightness() > dark.lightness()


def test_the_drawings_that_the_rules_name_are_there() -> None:
    tokens = load_tokens()
    for scheme in Scheme:
        for name in re.findall(r"url\(([^)]+)\)", style_sheet(tokens, scheme)):
            assert (tokens.icons / name.rsplit("/", 1)[-1]).is_file()
