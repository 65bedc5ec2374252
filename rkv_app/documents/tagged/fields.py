# SPDX-License-Identifier: MIT
"""Writes the fields of a document as an AcroForm (ISO 32000-1 § 12.7) that stays PDF/UA-1 and PDF/A-3a while empty.

Labels are on each field and on each button of a group, appearances are drawn by us without symbol fonts, and the font
that a reader writes in is embedded.
"""

from collections.abc import Iterable, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from rkv_app.documents.tagged.field_font import embedded_font
from rkv_app.documents.tagged.widgets import Kind, Widget

# Field flags (ISO 32000-1 tables 221, 226, 228 and 230).
_READ_ONLY = 1
_REQUIRED = 1 << 1
_MULTILINE = 1 << 12
_NO_TOGGLE_TO_OFF = 1 << 14
_RADIO = 1 << 15
_COMBO = 1 << 17
# Annotation flag Print (ISO 32000-1 table 165), which PDF/A-3 § 6.3.2 wants on each annotation.
PRINT = 4

CHECKED = "Yes"
_APPEARANCE = "/FieldFont 9 Tf 0.106 0.133 0.173 rg"
_INK = "0.106 0.133 0.173"


def write_fields(pdf: Pdf, widgets: Sequence[Widget]) -> Sequence[Object]:
    """Adds the fields to pages and catalogue; returns the annotations in the order of `widgets`."""
    writer = _Writer(pdf)
    made = [writer.write(widget) for widget in widgets]
    pdf.Root.AcroForm = Dictionary(
        Fields=Array(writer.fields),
        DR=Dictionary(Font=Dictionary(FieldFont=embedded_font(pdf))),
        DA=String(_APPEARANCE),
    )
    return made


def add_hidden(pdf: Pdf, values: Mapping[str, str]) -> None:
    """Adds fields that are on no page and cannot be changed by hand: they travel with whatever is filled in."""
    for name, value in values.items():
        field = Dictionary(FT=Name.Tx, T=String(name), V=String(value), Ff=_READ_ONLY)
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))


class _Writer:
    """Writes widgets one after another; those that look the same share how they look."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._groups: dict[str, Object] = {}
        self._looks: dict[tuple[Kind, str, int, int], Object] = {}
        self.fields: list[Object] = []

    def write(self, widget: Widget) -> Object:
        """Returns the annotation, which hangs on its page and in its field."""
        page = self._pages[widget.page]
        bounds = " ".join(f"{value:.2f}" for value in widget.bounds)
        own = "/AS/Off" if widget.kind is Kind.RADIO else f"/T{_hex(widget.name)}{_described(widget)}"
        # Parsed from text: a form has hundreds of them, and setting key after key would take twice the time.
        parsed = Object.parse(
            f"<</Type/Annot/Subtype/Widget/F {PRINT}/Rect[{bounds}]/TU{_hex(widget.label)}{own}>>".encode()
        )
        annotation = self._pdf.make_indirect(parsed)
        annotation.P = page
        annotation.AP = self._look(widget)
        if widget.kind is Kind.RADIO:
            group = self._group(widget)
            annotation.Parent = group
            group.Kids.append(annotation)
        else:
            self.fields.append(annotation)
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(annotation)
        return annotation

    def _group(self, widget: Widget) -> Object:
        if widget.name not in self._groups:
            group = Dictionary(
                FT=Name.Btn,
                T=String(widget.name),
                TU=String(widget.group),
                Ff=_RADIO | _NO_TOGGLE_TO_OFF | (_REQUIRED if widget.required else 0),
                V=Name.Off,
                Kids=Array(),
            )
            self._groups[widget.name] = self._pdf.make_indirect(group)
            self.fields.append(self._groups[widget.name])
        return self._groups[widget.name]

    def _look(self, widget: Widget) -> Object:
        left, bottom, right, top = widget.bounds
        width, height = round(right - left), round(top - bottom)
        key = (widget.kind, widget.state, width, height)
        if key not in self._looks:
            self._looks[key] = self._pdf.make_indirect(Dictionary(N=self._normal(widget, width, height)))
        return self._looks[key]

    def _normal(self, widget: Widget, width: int, height: int) -> Object:
        match widget.kind:
            case Kind.RADIO:
                on, state = _disc(width / 2, height / 2, min(width, height) * 0.27), widget.state
            case Kind.CHECK:
                on, state = _tick(width, height), CHECKED
            case _:
                return self._drawing(width, height, "/Tx BMC EMC")
        return Dictionary({"/Off": self._drawing(width, height, ""), f"/{state}": self._drawing(width, height, on)})

    def _drawing(self, width: int, height: int, code: str) -> Object:
        box = Array([0, 0, width, height])
        return self._pdf.make_stream(
            code.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary()
        )


def _described(widget: Widget) -> str:
    """What kind of field it is, and that it is empty."""
    flags = _REQUIRED if widget.required else 0
    match widget.kind:
        case Kind.CHECK:
            said = "/FT/Btn/V/Off/AS/Off"
        case Kind.LIST:
            flags |= _COMBO
            options = "".join(f"[{_hex(code)}{_hex(words)}]" for code, words in widget.options)
            said = f"/FT/Ch/DA({_APPEARANCE})/V()/Opt[{options}]"
        case _:
            flags |= _MULTILINE if widget.kind is Kind.LONG_TEXT else 0
            longest = f"/MaxLen {widget.longest}" if widget.longest else ""
            said = f"/FT/Tx/DA({_APPEARANCE})/V(){longest}"
    return f"{said}/Ff {flags}" if flags else said


def _hex(text: str) -> str:
    """A text string (ISO 32000-1 § 7.9.2.2) that needs no escapes."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _tick(width: int, height: int) -> str:
    points: Iterable[tuple[float, float]] = ((0.2, 0.52), (0.42, 0.26), (0.82, 0.78))
    (x0, y0), (x1, y1), (x2, y2) = ((x * width, y * height) for x, y in points)
    return f"{_INK} RG 1.6 w 1 J 1 j {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l {x2:.2f} {y2:.2f} l S"


def _disc(x: float, y: float, radius: float) -> str:
    # A line of no length with round ends is a disc (ISO 32000-1 § 8.4.3.3).
    return f"{_INK} RG {2 * radius:.2f} w 1 J {x:.2f} {y:.2f} m {x:.2f} {y:.2f} l S"
