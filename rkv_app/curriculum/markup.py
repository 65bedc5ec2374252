# SPDX-License-Identifier: MIT
"""Takes HTML out of texts where Grep has put it, and leaves every other text to the letter."""

import re
from html.parser import HTMLParser

# A closing tag or a line break: an opening tag alone may be a plain text with a "less than" sign, as in "a<b and c>d".
_MARKUP = re.compile(
    r"</(?:p|ul|ol|li|b|strong|i|em|u|span|div|a|h[1-6]|sub|sup|table|tr|td|th|script|style)\s*>|<br\s*/?>",
    re.IGNORECASE,
)
_BLOCKS = frozenset({"p", "br", "ul", "ol", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style"})


def without_markup(text: str) -> str:
    """Returns `text` as plain text; a text without HTML tags comes back exactly as it is."""
    if not _MARKUP.search(text):
        return text
    reader = _PlainText()
    reader.feed(text)
    reader.close()
    return reader.text()


class _PlainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data)

    def text(self) -> str:
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)
