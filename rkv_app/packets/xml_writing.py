# SPDX-License-Identifier: MIT
"""Elements of the archive descriptions, Noark 5 and Fiks Arkiv V1."""

from typing import Final

from lxml import etree

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


def child(parent: etree._Element, name: str, kind: str = "", *, space: str | None = None) -> etree._Element:
    """Adds an element in the namespace of its parent, or in `space`; `kind` is the XML Schema type that it says."""
    element = etree.SubElement(parent, etree.QName(space or etree.QName(parent).namespace, name))
    if kind:
        element.set(f"{{{XSI}}}type", kind)
    return element


def fields(parent: etree._Element, **texts: str) -> None:
    """Adds elements with texts, in that order, in the namespace of their parent."""
    for name, text in texts.items():
        child(parent, name).text = text
