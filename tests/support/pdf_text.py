# SPDX-License-Identifier: MIT
"""What a PDF says, read back."""

import io
import re

import pikepdf


def text_of(pdf: bytes) -> str:
    """Every shown string of a PDF, read back through its fonts' maps to Unicode."""
    said = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            maps = {name: _unicode(font) for name, font in page.obj.Resources.Font.items()}
            current: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    current = maps[str(operands[0])]
                elif str(operator) == "Tj":
                    said.append("".join(current.get(code, "?") for code in bytes(operands[0])))
                elif str(operator) == "ET":
                    said.append("\n")
    return "".join(said)


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    entries = re.findall(rb"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,})>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in entries}
