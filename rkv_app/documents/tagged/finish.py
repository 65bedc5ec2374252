# SPDX-License-Identifier: MIT
"""Makes a painted PDF a tagged archive PDF: structure tree, metadata, colour profile, attachments, repaired fonts."""

import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from rkv_app.documents.tagged.added import AddedObjects, array_of
from rkv_app.documents.tagged.canvas import Painting
from rkv_app.documents.tagged.field_font import embedded_font
from rkv_app.documents.tagged.fields import APPEARANCE, FONT, PRINT, FieldWriter
from rkv_app.documents.tagged.font_codes import map_blocks
from rkv_app.documents.tagged.metadata import PRODUCER, pdf_date, srgb_profile, xmp_packet
from rkv_app.documents.tagged.packed import pack, packed, packed_once
from rkv_app.documents.tagged.structure import Element
from rkv_app.documents.tagged.tree import Numbers, write_tree
from rkv_app.documents.tagged.widgets import FieldSaid


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF that the document was made from (`AFRelationship /Source`).

    Attributes:
        media_type: such as `application/json`.
        description: what it is, in the language of the document.
    """

    name: str
    data: bytes
    media_type: str
    description: str


# Told what is on each page and what is said about each field, says what the file carries in fields that nobody sees.
Binding = Callable[[Sequence[bytes], Sequence[FieldSaid]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself. The title is generic: it must not name a person."""

    title: str
    language: str
    at: datetime


def finished(
    painting: Painting,
    root: Element,
    about: About,
    attachments: Sequence[Attachment] = (),
    binding: Binding | None = None,
) -> bytes:
    """Returns the PDF/UA-1 and PDF/A-3a file. The same input gives the same bytes.

    Args:
        painting: what the canvas painted.
        root: the Document element, filled with the marks of that painting.
        about: title, language and time of making.
        attachments: files to embed.
        binding: for a document with fields: what the file shall carry in fields that nobody sees, by name.
    """
    base = _base(painting, about, attachments)
    # The elements and fields refer to pages and links, whose numbers are those that they got as they were written.
    with pikepdf.open(io.BytesIO(base)) as pdf:
        objects = AddedObjects(base, pdf)
        _add_structure(objects, pdf, painting, root, binding)
        return objects.written()


def _base(painting: Painting, about: About, attachments: Sequence[Attachment]) -> bytes:
    """The file without its structure tree and fields."""
    with pikepdf.open(io.BytesIO(painting.pdf)) as pdf:
        links = iter(painting.links)
        next_key = len(painting.pages)
        for key, page in enumerate(page.obj for page in pdf.pages):
            page.StructParents = key
            page.Tabs = Name.S
            page.Contents = packed(pdf, painting.pages[key])
            for annotation in page.get("/Annots", ()):
                annotation.F = PRINT
                annotation.Contents = String(next(links).description)
                annotation.StructParent = next_key
                next_key += 1
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        if painting.fields:
            fonts = Dictionary({f"/{FONT}": embedded_font(pdf)})
            form = Dictionary(DR=Dictionary(Font=fonts), DA=String(APPEARANCE))
            pdf.Root.AcroForm = pdf.make_indirect(form)
        _describe(pdf, about)
        _attach(pdf, attachments, about.at)
        _repair_fonts(pdf)
        out = io.BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _add_structure(objects: AddedObjects, pdf: Pdf, painting: Painting, root: Element, binding: Binding | None) -> None:
    pages = [page.obj for page in pdf.pages]
    numbers = [page.objgen[0] for page in pages]
    links = [annotation.objgen[0] for page in pages for annotation in page.get("/Annots", ())]
    fields = FieldWriter(objects, numbers, len(pages) + len(links))
    for placed in painting.fields:
        fields.write(placed)
    tree = write_tree(objects, painting, Numbers(numbers, links, fields.widgets), root)
    objects.extend(pdf.Root, f"/StructTreeRoot {tree} 0 R")
    if painting.fields:
        hidden = binding(painting.pages, fields.said()) if binding is not None else {}
        objects.extend(pdf.Root.AcroForm, f"/Fields {fields.written(hidden)} 0 R")
        _hang_up(objects, pages, painting, fields.widgets)


def _hang_up(objects: AddedObjects, pages: Sequence[Object], painting: Painting, widgets: Sequence[int]) -> None:
    """Puts the widgets on their pages, behind the links that are there."""
    on_page: dict[int, list[int]] = {}
    for widget, placed in zip(widgets, painting.fields, strict=True):
        on_page.setdefault(placed.page, []).append(widget)
    for index, below in on_page.items():
        links = [annotation.objgen[0] for annotation in pages[index].get("/Annots", ())]
        if links:
            del pages[index].Annots
        objects.extend(pages[index], f"/Annots{array_of(links + below)}")


def _describe(pdf: Pdf, about: About) -> None:
    root = pdf.Root
    root.Lang = String(about.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    packet = xmp_packet(title=about.title, language=about.language, at=about.at)
    root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    made = pdf_date(about.at)
    entries = {"Title": about.title, "CreationDate": made, "ModDate": made, "Producer": PRODUCER, "Creator": "rkv_app"}
    for key, value in entries.items():
        pdf.docinfo[f"/{key}"] = String(value)
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=packed_once(pdf, srgb_profile(), N=3),
            )
        ]
    )


def _attach(pdf: Pdf, attachments: Sequence[Attachment], at: datetime) -> None:
    if not attachments:
        return
    names, associated = Array(), Array()
    for attachment in sorted(attachments, key=lambda one: one.name):
        checksum = hashlib.md5(attachment.data, usedforsecurity=False).digest()  # ISO 32000-1 table 46 says MD5
        parameters = Dictionary(ModDate=String(pdf_date(at)), Size=len(attachment.data), CheckSum=String(checksum))
        media_type = Name(f"/{attachment.media_type}")
        embedded = packed(pdf, attachment.data, Type=Name.EmbeddedFile, Subtype=media_type, Params=parameters)
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(attachment.name),
                UF=String(attachment.name),
                AFRelationship=Name.Source,
                Desc=String(attachment.description),
                EF=Dictionary(F=embedded, UF=embedded),
            )
        )
        names.extend([String(attachment.name), specification])
        associated.append(specification)
    pdf.Root.Names = pdf.Root.get("/Names", Dictionary())
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=names)
    pdf.Root.AF = associated


def _repair_fonts(pdf: Pdf) -> None:
    used: dict[tuple[int, int], Object] = {}
    # All pages have the same dictionary, as reportlab writes it.
    for fonts in {page.obj.Resources.Font.objgen: page.obj.Resources.Font for page in pdf.pages}.values():
        names = sorted(fonts.keys())
        embedded = [name for name in names if "/FontDescriptor" in fonts[name]]
        for name in names:
            # reportlab names Helvetica on each page without using it. A name that is left out confuses readers,
            # and a font that is not embedded is refused, so the name is made to mean a font that is there.
            if name not in embedded and embedded:
                fonts[name] = fonts[embedded[0]]
        used.update((fonts[name].objgen, fonts[name]) for name in embedded)
    for font in used.values():
        pack(font.FontDescriptor.FontFile2, font.FontDescriptor.FontFile2.read_bytes())
        if "/ToUnicode" in font:
            pack(font.ToUnicode, _repaired_map(font.ToUnicode.read_bytes()))


def _repaired_map(mapping: bytes) -> bytes:
    """Leaves out codes that mean nothing (U+0000) and writes the others in blocks as short as the format allows."""
    parts = re.split(rb"\d+ beginbfchar|endbfchar", mapping)
    if len(parts) != 3:
        return mapping
    head, body, tail = parts
    entries = [_as_read(line) for line in body.strip().splitlines() if not line.rstrip().endswith(b"<0000>")]
    return head + map_blocks(entries) + tail


def _as_read(entry: bytes) -> bytes:
    """An entry of a ToUnicode map, forms that Arabic letters take (U+FB50 to U+FEFC) as the letters."""
    code, _, said = entry.rpartition(b" ")
    letter = bytes.fromhex(said.strip(b"<>").decode()).decode("utf-16-be")
    if not "\ufb50" <= letter <= "\ufefc":
        return entry
    read = unicodedata.normalize("NFKC", letter).encode("utf-16-be").hex().upper()
    return b"%s <%s>" % (code, read.encode())
