# SPDX-License-Identifier: MIT
"""PDFs that a stranger may send, made from their own parts so that nothing in them is mended on the way."""

import io
import zlib
from collections.abc import Sequence

import pikepdf
from reportlab.pdfgen.canvas import Canvas

SECRET_FILE = "/etc/hostname"


def plain_pdf(*pages: str) -> bytes:
    """A page for each text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400))
    for text in pages:
        canvas.drawString(20, 350, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    """Opens with a password alone."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf("Hemmelig"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def endless_pdf() -> bytes:
    """A page whose drawing would take years: every form draws the next one ten times over."""
    depth, draw = 14, b" ".join([b"/F Do"] * 10)
    forms = [
        _stream(
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {5 + level} 0 R >> >>", draw
        )
        for level in range(depth)
    ]
    last = _stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 9 9 re f")
    return _page_with(draw, "/XObject << /F 4 0 R >>", [*forms, last])


def swelling_pdf() -> bytes:
    """A page with a picture of 14,000 by 14,000 points in a small file: over 500 MiB when unpacked."""
    side, engine = 14_000, zlib.compressobj(9)
    line = bytes(2**20)
    packed = b"".join([*(engine.compress(line) for _ in range(side * side * 3 // 2**20)), engine.flush()])
    picture = (
        f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace /DeviceRGB "
        "/Filter /FlateDecode"
    )
    return _page_with(b"300 0 0 400 0 0 cm /F Do", "/XObject << /F 4 0 R >>", [_stream(picture, packed)])


def acting_pdf() -> bytes:
    """Runs a script, starts a program, goes to a page on the network and reads a file, as soon as it is opened."""
    with pikepdf.open(io.BytesIO(plain_pdf("Uskyldig"))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript,
            JS=pikepdf.String("app.launchURL('http://127.0.0.1:9/'); while (true) {}"),
            Next=[
                pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/sh")),
                pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=pikepdf.String(SECRET_FILE), D=[0, pikepdf.Name.Fit]),
                pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://127.0.0.1:9/")),
            ],
        )
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def giant_page_pdf() -> bytes:
    """A page as large as the format allows, and larger."""
    return _page_with(b"0 0 9 9 re f", "", [], box="0 0 14400000 14400000")


def _page_with(content: bytes, resources: str, objects: Sequence[bytes], *, box: str = "0 0 300 400") -> bytes:
    last = 4 + len(objects)
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Resources << {resources} >> /Contents {last} 0 R >>"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page.encode(),
        *objects,
        _stream("", content),
    ]
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, table)
    return bytes(out)


def _stream(keys: str, content: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (keys.encode(), len(content), content)
