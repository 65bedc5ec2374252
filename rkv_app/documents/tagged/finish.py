# SPDX-License-Identifier: MIT
"""Makes a painted PDF a tagged archive PDF: structure tree, metadata, colour profile, attachments, repaired fonts."""

import hashlib
import io
import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from rkv_app.documents.tagged.canvas import Painting
from rkv_app.documents.tagged.fields import PRINT, add_hidden, write_fields
from rkv_app.documents.tagged.font_codes import map_blocks
from rkv_app.documents.tagged.metadata import PRODUCER, pdf_date, srgb_profile, xmp_packet
from rkv_app.documents.tagged.structure import Element, FieldMark, LinkMark, Mark, Tag

_NAMES = {tag: Name(f"/{tag}") for tag in Tag}


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


# Told the finished pages and fields, says what the file carries in fields that nobody sees.
Binding = Callable[[Pdf], Mapping[str, str]]


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
        binding: for a document with fields: given the finished pages and fields, what the file shall carry in fields
            that nobody sees, by name.
    """
    with pikepdf.open(io.BytesIO(painting.pdf)) as pdf:
        widgets = write_fields(pdf, painting.widgets) if painting.widgets else []
        _StructureWriter(pdf, painting, widgets).write(root)
        if binding is not None:
            add_hidden(pdf, binding(pdf))
        _describe(pdf, about)
        _attach(pdf, attachments, about.at)
        _repair_fonts(pdf)
        _compress(pdf)
        out = io.BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


class _StructureWriter:
    """Writes the structure tree and its reverse, the parent tree (ISO 32000-1 § 14.7)."""

    def __init__(self, pdf: Pdf, painting: Painting, widgets: Sequence[Object]) -> None:
        self._pdf = pdf
        self._painting = painting
        self._pages = [page.obj for page in pdf.pages]
        self._written: dict[Element, Object] = {}
        self._annotations = [self._annotation(index) for index in range(len(painting.links))]
        self._link_parents: dict[int, Object] = {}
        self._widgets = widgets
        self._field_parents: dict[int, Object] = {}

    def write(self, root: Element) -> None:
        """Hangs the tree of `root` into the catalogue."""
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        parents = Array()
        for number, page in enumerate(self._pages):
            page.StructParents = number
            page.Tabs = Name.S
            owners = Array([self._written[element] for element in self._painting.marks[number]])
            _add_pair(parents, number, self._pdf.make_indirect(owners))
        for number, (index, parent) in enumerate(sorted(self._link_parents.items()), len(self._pages)):
            self._annotations[index].StructParent = number
            _add_pair(parents, number, parent)
        with_links = len(self._pages) + len(self._link_parents)
        for number, (index, parent) in enumerate(sorted(self._field_parents.items()), with_links):
            self._widgets[index].StructParent = number
            _add_pair(parents, number, parent)
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=parents))
        tree.ParentTreeNextKey = with_links + len(self._field_parents)
        self._pdf.Root.StructTreeRoot = tree
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: Object) -> Object:
        written = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=_NAMES[element.tag], P=parent))
        self._written[element] = written
        if element.language:
            written.Lang = String(element.language)
        if element.alternative:
            written.Alt = String(element.alternative)
        if element.actual:
            written.ActualText = String(element.actual)
        if element.scope is not None:
            written.A = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
        elif element.tag is Tag.LIST:
            written.A = Dictionary(O=Name.List, ListNumbering=Name.Decimal)
        elif element.bounds is not None:
            box = Array([round(value, 2) for value in element.bounds])
            written.A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
        match element.kids:
            case []:
                pass
            case [Mark(page, number)]:
                written.Pg = self._pages[page]
                written.K = number
            case [one]:
                written.K = self._kid(one, written)
            case kids:
                written.K = Array([self._kid(kid, written) for kid in kids])
        return written

    def _kid(self, kid: Element | Mark | LinkMark | FieldMark, parent: Object) -> Object:
        match kid:
            case Element():
                return self._element(kid, parent)
            case Mark(page, number):
                return Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=number)
            case LinkMark(index):
                self._link_parents[index] = parent
                page_object = self._pages[self._painting.links[index].page]
                return Dictionary(Type=Name.OBJR, Obj=self._annotations[index], Pg=page_object)
            case FieldMark(index):
                self._field_parents[index] = parent
                page_object = self._pages[self._painting.widgets[index].page]
                return Dictionary(Type=Name.OBJR, Obj=self._widgets[index], Pg=page_object)

    def _annotation(self, index: int) -> Object:
        link = self._painting.links[index]
        on_page = [number for number, other in enumerate(self._painting.links) if other.page == link.page]
        annotation = self._pages[link.page].Annots[on_page.index(index)]
        annotation.F = PRINT
        annotation.Contents = String(link.description)
        return annotation


def _add_pair(tree: Array, key: int, value: Object) -> None:
    tree.append(key)
    tree.append(value)


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
                DestOutputProfile=pdf.make_stream(srgb_profile(), N=3),
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
        embedded = pdf.make_stream(attachment.data, Type=Name.EmbeddedFile, Subtype=media_type, Params=parameters)
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
    mapped: dict[tuple[int, int], Object] = {}
    for page in pdf.pages:
        fonts = page.obj.Resources.get("/Font", Dictionary())
        names = sorted(fonts.keys())
        embedded = [name for name in names if "/FontDescriptor" in fonts[name]]
        for name in names:
            # reportlab names Helvetica on each page without using it. A name that is left out confuses readers,
            # and a font that is not embedded is refused, so the name is made to mean a font that is there.
            if name not in embedded and embedded:
                fonts[name] = fonts[embedded[0]]
        mapped.update((fonts[name].objgen, fonts[name].ToUnicode) for name in embedded if "/ToUnicode" in fonts[name])
    for mapping in mapped.values():
        mapping.write(_repaired_map(mapping.read_bytes()))


def _compress(pdf: Pdf) -> None:
    """Compresses every stream but the metadata, which an archive must be able to find without a PDF reader."""
    for one in pdf.objects:
        if not isinstance(one, Stream) or "/Filter" in one or one.get("/Type") == Name.Metadata:
            continue
        compressed = zlib.compress(one.read_raw_bytes())
        # The line feed before `endstream` would make this byte part of a line end, and the stream one byte short.
        if not compressed.endswith(b"\r"):
            one.write(compressed, filter=Name.FlateDecode)


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
