# SPDX-License-Identifier: MIT
"""Writes the fields of a document as an AcroForm (ISO 32000-1 § 12.7) that stays PDF/UA-1 and PDF/A-3a while empty.

Labels are on each field and on each button of a group, appearances are drawn by us without symbol fonts, and the font
that a reader writes in is embedded.
"""

from collections.abc import Iterable, Mapping, Sequence

from rkv_app.documents.tagged.added import AddedObjects, array_of, text_string
from rkv_app.documents.tagged.widgets import FieldSaid, Kind, OnPage, Widget

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
FONT = "FieldFont"
APPEARANCE = f"/{FONT} 9 Tf 0.106 0.133 0.173 rg"
_INK = "0.106 0.133 0.173"


class FieldWriter:
    """Writes widgets one after another; buttons that look the same share how they look."""

    def __init__(self, objects: AddedObjects, pages: Sequence[int], first_key: int) -> None:
        """Begins with no fields.

        Args:
            objects: where they are written.
            pages: number of each page's object.
            first_key: of the first widget in the parent tree; the others follow.
        """
        self._objects = objects
        self._pages = pages
        self._first_key = first_key
        self._groups: dict[str, _Group] = {}
        self._looks: dict[tuple[Kind, str, str, int, int], int] = {}
        self._fields: list[int] = []
        self._said: list[FieldSaid] = []
        self.widgets: list[int] = []

    def write(self, placed: OnPage) -> None:
        """Writes one widget, with its field unless it belongs to a group."""
        widget, page, (left, bottom, right, top) = placed
        number = self._objects.reserve()
        if widget.kind is Kind.RADIO:
            own = f"/AS/Off/Parent {self._group(widget).with_button(widget, number)} 0 R"
        else:
            said = _said(widget)
            own = f"/T{text_string(widget.name)}{_described(widget, said)}"
            self._said.append(said)
            self._fields.append(number)
        self._objects.put(
            number,
            f"<</Type/Annot/Subtype/Widget/F {PRINT}/Rect[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]"
            f"/TU{text_string(widget.label)}/P {self._pages[page]} 0 R/AP {self._look(placed)} 0 R"
            f"/StructParent {self._first_key + len(self.widgets)}{own}>>",
        )
        self.widgets.append(number)

    def said(self) -> Sequence[FieldSaid]:
        """What the file says about the fields so far."""
        return [*self._said, *(group.said() for group in self._groups.values())]

    def written(self, hidden: Mapping[str, str]) -> int:
        """Writes the array of all fields, and returns its number.

        Args:
            hidden: fields that are on no page and cannot be changed by hand: they travel with whatever is filled in.
        """
        for group in self._groups.values():
            self._objects.put(group.number, group.text())
        for name, value in hidden.items():
            text = f"<</FT/Tx/T{text_string(name)}/V{text_string(value)}/Ff {_READ_ONLY}>>"
            self._fields.append(self._objects.add(text))
        return self._objects.add(array_of(self._fields))

    def _group(self, widget: Widget) -> "_Group":
        if widget.name not in self._groups:
            self._groups[widget.name] = _Group(widget, self._objects.reserve())
            self._fields.append(self._groups[widget.name].number)
        return self._groups[widget.name]

    def _look(self, placed: OnPage) -> int:
        left, bottom, right, top = placed.bounds
        width, height = round(right - left), round(top - bottom)
        widget = placed.widget
        # MuPDF and SumatraPDF write what is typed into the look that is there: shared, it would stand in every field.
        owner = "" if widget.kind in (Kind.RADIO, Kind.CHECK) else widget.name
        key = (widget.kind, widget.state, owner, width, height)
        if key not in self._looks:
            self._looks[key] = self._objects.add(f"<</N {self._normal(placed.widget, width, height)}>>")
        return self._looks[key]

    def _normal(self, widget: Widget, width: int, height: int) -> str:
        match widget.kind:
            case Kind.RADIO:
                on, state = _disc(width / 2, height / 2, min(width, height) * 0.27), widget.state
            case Kind.CHECK:
                on, state = _tick(width, height), CHECKED
            case _:
                return self._drawing(width, height, "/Tx BMC EMC")
        return f"<</Off {self._drawing(width, height, '')}/{state} {self._drawing(width, height, on)}>>"

    def _drawing(self, width: int, height: int, code: str) -> str:
        entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Resources<<>>"
        return f"{self._objects.add_stream(entries, code)} 0 R"


class _Group:
    """Buttons of which only one can be on."""

    def __init__(self, first: Widget, number: int) -> None:
        self.number = number
        self._first = first
        # What each button says when it is on, and its label.
        self._states: list[str] = []
        self._labels: list[str] = []
        self._widgets: list[int] = []

    def with_button(self, widget: Widget, number: int) -> int:
        """Takes in a button; returns the group's number."""
        self._states.append(widget.state)
        self._labels.append(widget.label)
        self._widgets.append(number)
        return self.number

    def said(self) -> FieldSaid:
        """See `FieldWriter.said`."""
        flags = _RADIO | _NO_TOGGLE_TO_OFF | (_REQUIRED if self._first.required else 0)
        return FieldSaid(
            self._first.name, "Btn", flags, label=self._first.group, buttons=self._labels, states=self._states
        )

    def text(self) -> str:
        """The group as an object."""
        said = self.said()
        return (
            f"<</FT/Btn/T{text_string(said.name)}/TU{text_string(said.label)}/Ff {said.flags}/V/Off"
            f"/Kids{array_of(self._widgets)}>>"
        )


def _said(widget: Widget) -> FieldSaid:
    flags = _REQUIRED if widget.required else 0
    match widget.kind:
        case Kind.CHECK:
            return FieldSaid(widget.name, "Btn", flags, label=widget.label, states=(CHECKED,))
        case Kind.LIST:
            return FieldSaid(widget.name, "Ch", flags | _COMBO, label=widget.label, options=widget.options)
        case _:
            flags |= _MULTILINE if widget.kind is Kind.LONG_TEXT else 0
            return FieldSaid(widget.name, "Tx", flags, widget.longest, widget.label)


def _described(widget: Widget, said: FieldSaid) -> str:
    """What kind of field it is, and that it is empty."""
    flags = f"/Ff {said.flags}" if said.flags else ""
    match widget.kind:
        case Kind.CHECK:
            return f"/FT/Btn/V/Off/AS/Off{flags}"
        case Kind.LIST:
            options = "".join(f"[{text_string(code)}{text_string(words)}]" for code, words in said.options)
            return f"/FT/Ch/DA({APPEARANCE})/V()/Opt[{options}]{flags}"
        case _:
            longest = f"/MaxLen {said.longest}" if said.longest else ""
            return f"/FT/Tx/DA({APPEARANCE})/V(){longest}{flags}"


def _tick(width: int, height: int) -> str:
    points: Iterable[tuple[float, float]] = ((0.2, 0.52), (0.42, 0.26), (0.82, 0.78))
    (x0, y0), (x1, y1), (x2, y2) = ((x * width, y * height) for x, y in points)
    return f"{_INK} RG 1.6 w 1 J 1 j {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l {x2:.2f} {y2:.2f} l S"


def _disc(x: float, y: float, radius: float) -> str:
    # A line of no length with round ends is a disc (ISO 32000-1 § 8.4.3.3).
    return f"{_INK} RG {2 * radius:.2f} w 1 J {x:.2f} {y:.2f} m {x:.2f} {y:.2f} l S"
