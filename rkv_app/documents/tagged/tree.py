# SPDX-License-Identifier: MIT
"""The structure tree and its reverse, the parent tree (ISO 32000-1 § 14.7), written as text."""

from collections.abc import Sequence
from typing import NamedTuple

from rkv_app.documents.tagged.added import AddedObjects, array_of, text_string
from rkv_app.documents.tagged.canvas import Painting
from rkv_app.documents.tagged.structure import Element, FieldMark, Kid, LinkMark, Mark, Tag


class Numbers(NamedTuple):
    """Numbers of the objects that elements refer to, in the order they were made."""

    pages: Sequence[int]
    links: Sequence[int]
    widgets: Sequence[int]


def write_tree(objects: AddedObjects, painting: Painting, numbers: Numbers, root: Element) -> int:
    """Writes the tree of `root` and returns the number of its own root.

    In the parent tree pages have the first keys, then links, then fields, each in the order they were made.

    Args:
        objects: where it is written.
        painting: what was painted.
        numbers: of what is in the file.
        root: the Document element, filled with the marks of that painting.
    """
    writer = _TreeWriter(objects, painting, numbers)
    tree = objects.reserve()
    top = writer.element(root, tree)
    parents = [objects.add(array_of([writer.written[element] for element in marks])) for marks in painting.marks]
    parents += [writer.link_parents[index] for index in range(len(numbers.links))]
    parents += [writer.field_parents[index] for index in range(len(numbers.widgets))]
    pairs = " ".join([f"{key} {number} 0 R" for key, number in enumerate(parents)])
    reverse = objects.add(f"<</Nums[{pairs}]>>")
    known = f"/Type/StructTreeRoot/K {top} 0 R/ParentTree {reverse} 0 R/ParentTreeNextKey {len(parents)}"
    objects.put(tree, f"<<{known}>>")
    return tree


class _TreeWriter:
    """Writes elements, and remembers which number each got and what it is the parent of."""

    def __init__(self, objects: AddedObjects, painting: Painting, numbers: Numbers) -> None:
        self._objects = objects
        self._painting = painting
        self._numbers = numbers
        self.written: dict[Element, int] = {}
        self.link_parents: dict[int, int] = {}
        self.field_parents: dict[int, int] = {}

    def element(self, element: Element, parent: int) -> int:
        """Writes an element with all below it; returns its number."""
        if element.tag is Tag.FORM:
            return self._form(element.kids[0], parent)
        number = self._objects.reserve()
        self.written[element] = number
        # The page of the first mark is the element's; marks on it are told by their number alone.
        page = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None) if element.kids else None
        content = "" if page is None else f"/Pg {self._numbers.pages[page]} 0 R"
        match element.kids:
            case []:
                pass
            case [one]:
                content += f"/K {self._kid(one, number, page)}"
            case kids:
                content += f"/K[{' '.join([self._kid(kid, number, page) for kid in kids])}]"
        known = f"/Type/StructElem/S/{element.tag}/P {parent} 0 R"
        self._objects.put(number, f"<<{known}{_attributes(element)}{content}>>")
        return number

    def _form(self, field: Kid, parent: int) -> int:
        """Writes the Form element of a field, which has nothing else in it; returns its number."""
        if not isinstance(field, FieldMark):
            raise TypeError("a Form that is not one field")
        (index,) = field
        number = self.field_parents[index] = self._objects.reserve()
        reference = self._reference(self._numbers.widgets[index], self._painting.fields[index].page)
        self._objects.put(number, f"<</Type/StructElem/S/Form/P {parent} 0 R/K {reference}>>")
        return number

    def _kid(self, kid: Kid, parent: int, page: int | None) -> str:
        match kid:
            case Element():
                return f"{self.element(kid, parent)} 0 R"
            case Mark(on_page, mark):
                if on_page == page:
                    return f"{mark}"
                return f"<</Type/MCR/Pg {self._numbers.pages[on_page]} 0 R/MCID {mark}>>"
            case LinkMark(index):
                self.link_parents[index] = parent
                return self._reference(self._numbers.links[index], self._painting.links[index].page)
            case FieldMark():
                return f"{self._form(kid, parent)} 0 R"

    def _reference(self, annotation: int, page: int) -> str:
        return f"<</Type/OBJR/Obj {annotation} 0 R/Pg {self._numbers.pages[page]} 0 R>>"


def _attributes(element: Element) -> str:
    said = f"/Lang{text_string(element.language)}" if element.language else ""
    if element.alternative:
        said += f"/Alt{text_string(element.alternative)}"
    if element.actual:
        said += f"/ActualText{text_string(element.actual)}"
    if element.scope is not None:
        return f"{said}/A<</O/Table/Scope/{element.scope}>>"
    if element.tag is Tag.LIST:
        return f"{said}/A<</O/List/ListNumbering/Decimal>>"
    if element.bounds is not None:
        box = " ".join(f"{value:.2f}" for value in element.bounds)
        return f"{said}/A<</O/Layout/BBox[{box}]/Placement/Block>>"
    return said
