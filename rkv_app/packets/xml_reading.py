# SPDX-License-Identifier: MIT
"""Reading XML from strangers: no document type, no entities, no network, bounded."""

from typing import Final

from lxml import etree

from rkv_app.foundation.i18n import message
from rkv_app.packets.problems import unsafe_xml

MAX_XML: Final = 4 * 2**20


def parse_untrusted_xml(data: bytes) -> etree._Element:
    """Parses `data` as UTF-8 XML, whatever encoding it claims.

    Raises:
        UserError: RKV-PKT-015, it is over 4 MiB, has a document type declaration, or is not well-formed.
    """
    if len(data) > MAX_XML:
        raise unsafe_xml(message("it is over {limit} MiB", limit=MAX_XML // 2**20))
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise unsafe_xml(message("it has a document type declaration"))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise unsafe_xml(message("it is not well-formed")) from None
    if root is None or root.getroottree().docinfo.doctype:
        raise unsafe_xml(message("it has a document type declaration"))
    return root
