# SPDX-License-Identifier: MIT
"""One way of making a large application, run as a process of its own: `documents_work.py MODE [AIMS]`.

Prints JSON: seconds of the first render and of the warm ones (and those the processor worked), pages, and the highest
memory in MB. The content is the
same for all: the table of aims with what the workplaces say, in Noto Sans, on A4.
"""

import io
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from html import escape
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rkv_app.domain.coverage import AimCoverage, Source, coverage
from support import document_samples as samples
from support.memory import most_memory

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
WARM = 3
_HEADER = ("Kode", "Kompetansemål", "Dokumentasjon", "Hva arbeidsplassene sier")
_WIDTHS = (66.0, 160.0, 100.0, 170.0)


def covered(aims: int) -> Sequence[AimCoverage]:
    """As many aims as asked for, each with what two workplaces say of it, over sets of forty."""
    made = []
    for number in range(aims):
        one = samples.aims()[number % 30]
        made.append(
            replace(one, code=f"KM{20000 + number}", set_code=f"KV{number // 40}", set_title=f"Modul {number // 40}")
        )
    sources = []
    for place, placement in enumerate(samples.placements()):
        said = {one.aim.code: one for one in samples.ratings(place)}
        for number, aim in enumerate(made):
            rating = said.get(samples.aims()[number % 30].code)
            if rating is not None:
                sources.append(
                    Source(
                        f"e-{place + 1}", placement.workplace.name, placement.supervisor.name, replace(rating, aim=aim)
                    )
                )
    return coverage(tuple(made), sources)


def rows(content: Sequence[AimCoverage]) -> Sequence[tuple[str, str, str, Sequence[tuple[bool, str]], str]]:
    """The same as plain texts: code, aim, documentation, and lines of what is said, each bold or not."""
    made = []
    for one in content:
        said: list[tuple[bool, str]] = []
        for source in one.sources:
            said.append((True, source.rating.rating.value))
            if source.rating.example:
                said.append((False, source.rating.example))
            if source.rating.known_by:
                said.append((False, "Vet det fra: " + ", ".join(sorted(way.value for way in source.rating.known_by))))
            said.append((False, f"{source.supervisor}, {source.workplace}, {source.rating.observed_on}"))
        made.append(
            (
                one.aim.code,
                one.aim.text,
                one.covered.name,
                said or [(False, "Ingen har svart.")],
                "nn" if one.aim.language == "nno" else "nb",
            )
        )
    return made


def ours(aims: int) -> Callable[[int], bytes]:
    """The application as it is sent, finished and valid."""
    from rkv_app.documents.application import render_application
    from rkv_app.foundation.i18n import Language, Words

    content = covered(aims)
    application = replace(samples.application(), aims=tuple(one.aim for one in content))
    words = Words(Language.BOKMAL)

    def render(turn: int) -> bytes:
        return render_application(
            application,
            content,
            measures=samples.MEASURES,
            legal_bases=samples.LEGAL_BASES,
            words=words,
            record=samples.RECORD,
            at=samples.AT + timedelta(minutes=turn),
        )

    return render


def typst(aims: int) -> Callable[[int], bytes]:
    """The same table by typst, with both standards."""
    import typst as library

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    def cell(said: Sequence[tuple[bool, str]]) -> str:
        return "[" + "\n\n".join(f"#{'strong' if bold else 'text'}({quoted(t)})" for bold, t in said) + "]"

    tables = []
    for title, group in groupby(covered(aims), key=lambda one: one.aim.set_title):
        lines = "\n".join(
            f"[*{code}*], text(lang: {quoted(language)}, {quoted(aim)}), [#circle(radius: 3pt) *{state}*], "
            f"{cell(said)},"
            for code, aim, state, said, language in rows(list(group))
        )
        tables.append(f"== {title}\n#table(columns: ({{columns}}), table.header({{header}}),\n{lines})\n")
    columns = ", ".join(f"{width}pt" for width in _WIDTHS)
    header = ", ".join(f"[*{name}*]" for name in _HEADER)
    body = "".join(tables).replace("{columns}", columns).replace("{header}", header)

    def render(turn: int) -> bytes:
        source = (
            f'#set document(title: "Søknad {turn}", date: datetime(year: 2026, month: 11, day: 23))\n'
            '#set page(paper: "a4", margin: 48pt)\n'
            '#set text(font: "Noto Sans", size: 9pt, lang: "nb")\n'
            "#set par(leading: 0.7em)\n#set table(inset: (x: 6pt, y: 8pt), stroke: none)\n"
            f"= Søknad {turn}\n{body}"
        )
        return library.compile(
            source.encode(), font_paths=[str(FONTS)], format="pdf", pdf_standards=["ua-1", "a-3a"],
            ignore_system_fonts=True,
        )  # fmt: skip

    return render


def weasyprint(aims: int) -> Callable[[int], bytes]:
    """The same table by WeasyPrint; it can keep PDF/UA-1 alone."""
    from weasyprint import HTML

    body = "".join(
        f"<tr><td>{code}</td><td>{escape(aim)}</td><td>{state}</td><td>"
        + "<br>".join(f"<b>{escape(t)}</b>" if bold else escape(t) for bold, t in said)
        + "</td></tr>"
        for code, aim, state, said, language in rows(covered(aims))
    )
    columns = "".join(f'<col style="width:{width}pt">' for width in _WIDTHS)
    header = "".join(f"<th>{name}</th>" for name in _HEADER)

    def render(turn: int) -> bytes:
        page = (
            f'<html lang="nb"><head><title>Søknad {turn}</title><style>@font-face{{font-family:Noto;src:url("'
            f'{(FONTS / "NotoSans-Regular.ttf").as_uri()}")}}@page{{size:A4;margin:48pt}}body{{font:9pt Noto}}'
            "table{border-collapse:collapse;table-layout:fixed}td{vertical-align:top;padding:5pt 14pt 6pt 0;"
            "line-height:12pt}</style></head><body>"
            f"<h1>Søknad {turn}</h1><table>{columns}<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>"
        )
        made: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
        return made

    return render


def bare(aims: int) -> Callable[[int], bytes]:
    """The same texts painted straight on a canvas: wrapped, but without tags, bookmarks or standards."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name in ("NotoSans-Regular", "NotoSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    content = rows(covered(aims))
    widths: dict[tuple[str, str], float] = {}

    def wide(word: str, font: str) -> float:
        known = widths.get((word, font))
        if known is None:
            known = widths[word, font] = pdfmetrics.stringWidth(word, font, 9)
        return known

    def wrapped(text: str, font: str, width: float) -> Sequence[str]:
        lines, held, used, space = [], "", 0.0, wide(" ", font)
        for word in text.split(" "):
            if held and used + space + wide(word, font) > width:
                lines.append(held)
                held, used = word, wide(word, font)
            else:
                held, used = (f"{held} {word}", used + space + wide(word, font)) if held else (word, wide(word, font))
        return [*lines, held]

    def render(turn: int) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595.28, 841.89), pageCompression=1, invariant=1)
        canvas.setTitle(f"Søknad {turn}")
        top = 790.0
        for code, aim, state, said, _ in content:
            cells = []
            for width, parts in zip(_WIDTHS, ([(False, code)], [(False, aim)], [(False, state)], said), strict=True):
                lines = []
                for bold, text in parts:
                    font = "NotoSans-Bold" if bold else "NotoSans-Regular"
                    lines += [(font, line) for line in wrapped(text, font, width - 14)]
                cells.append(lines)
            height = max(len(lines) for lines in cells) * 12 + 11
            if top - height < 48:
                canvas.showPage()
                top = 790.0
            x = 48.0
            for width, lines in zip(_WIDTHS, cells, strict=True):
                painted = canvas.beginText(x, top - 12)
                for font, line in lines:
                    painted.setFont(font, 9, 12)
                    painted.textLine(line)
                canvas.drawText(painted)
                x += width
            top -= height
        canvas.save()
        return out.getvalue()

    return render


MODES = {one.__name__: one for one in (ours, typst, weasyprint, bare)}


def main() -> None:
    """Renders once cold and some times warm, and prints what it took."""
    mode, aims = sys.argv[1], int(sys.argv[2])
    warm = int(sys.argv[3]) if len(sys.argv) > 3 else WARM
    render = MODES[mode](aims)
    times, busy = [], []
    made = b""
    for turn in range(1 + warm):
        begun, worked = time.perf_counter(), time.process_time()
        made = render(turn)
        times.append(time.perf_counter() - begun)
        busy.append(time.process_time() - worked)
    # Before the pages are counted: to read so large a file back takes more than it is to be held against.
    answer = {"first": times[0], "warm": times[1:], "busy": busy[1:], "mb": most_memory()}
    answer["pages"] = pages(made) if warm else 0
    print(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


def pages(pdf: bytes) -> int:
    """How many pages a file has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


if __name__ == "__main__":
    main()
