# SPDX-License-Identifier: MIT
"""The font that a PDF reader writes in when somebody fills in a field: small, embedded, one byte for each letter.

Readers look letters up in the encoding of the font. It is Windows' (ISO 32000-1 annex D) with the Sami letters that it
lacks in codes that Norwegian does without; an encoding of our own would make some readers lose æ, ø and å. Cyrillic has
no room: it is shown if the reader has a font of its own for it, and the value of the field is right in any case.
"""

from functools import cache

from pikepdf import Array, Dictionary, Name, Object, Pdf
from reportlab.pdfbase.ttfonts import TTFontFile

from rkv_app.documents.tagged.font_codes import map_blocks
from rkv_app.documents.tagged.packed import packed_once
from rkv_app.foundation.resources import resources_dir

_FIRST, _LAST = 32, 255
_FONT = Name("/NOTOAA+NotoSans")
# Sami letters that Windows' encoding lacks: code, letter, and its name in the Adobe Glyph List.
_EXTRA = (
    (0x81, "Č", "Ccaron"),
    (0x83, "ŋ", "eng"),
    (0x88, "Ŧ", "Tbar"),
    (0x8D, "č", "ccaron"),
    (0x8F, "Đ", "Dcroat"),
    (0x90, "đ", "dcroat"),
    (0x98, "ŧ", "tbar"),
    (0x9D, "Ŋ", "Eng"),
)
# What the codes without a letter mean: a bullet, a space that does not break, a hyphen.
_ODD = {0x7F: "•", 0xA0: "\N{NO-BREAK SPACE}", 0xAD: "-"}


def embedded_font(pdf: Pdf) -> Object:
    """Returns the font, embedded in `pdf`, as a simple TrueType font (ISO 32000-1 § 9.6.3)."""
    data, face = _font()
    program = packed_once(pdf, data, Length1=len(data))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_FONT,
        Flags=32,
        FontBBox=Array([round(value) for value in face.bbox]),
        ItalicAngle=0,
        Ascent=round(face.ascent),
        Descent=round(face.descent),
        CapHeight=round(face.capHeight),
        StemV=80,
        FontFile2=program,
    )
    differences = Array([part for code, _, name in _EXTRA for part in (code, Name(f"/{name}"))])
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=_FONT,
        FirstChar=_FIRST,
        LastChar=_LAST,
        Widths=Object.parse(_widths()),
        FontDescriptor=pdf.make_indirect(descriptor),
        Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=differences),
        ToUnicode=packed_once(pdf, _to_unicode()),
    )
    return pdf.make_indirect(font)


@cache
def _font() -> tuple[bytes, TTFontFile]:
    path = resources_dir() / "fonts" / "NotoSans-Fields.ttf"
    return path.read_bytes(), TTFontFile(str(path))


@cache
def _letters() -> tuple[str, ...]:
    letters = {code: bytes([code]).decode("cp1252", "replace") for code in range(_FIRST, _LAST + 1)}
    letters |= _ODD | {code: letter for code, letter, _ in _EXTRA}
    return tuple(letters.values())


@cache
def _widths() -> bytes:
    """An array, as text: making it number by number takes longer than the rest of the font."""
    widths = _font()[1].charWidths
    return f"[{' '.join(str(round(widths.get(ord(letter), 0))) for letter in _letters())}]".encode()


@cache
def _to_unicode() -> bytes:
    entries = [b"<%02X> <%04X>" % (code, ord(letter)) for code, letter in enumerate(_letters(), _FIRST)]
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /FieldFont def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n%s\n"
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    ) % map_blocks(entries)
