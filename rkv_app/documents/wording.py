# SPDX-License-Identifier: MIT
"""How dates, shares and languages are written in a document of a given language."""

from datetime import date, datetime, time

from rkv_app.domain.practice import Practice
from rkv_app.foundation.clock import archive_time
from rkv_app.foundation.i18n import Language, Words

_PERCENT = {Language.BOKMAL: "#,##0.##\u00a0%", Language.NYNORSK: "#,##0.##\u00a0%", Language.ENGLISH: "#,##0.##%"}
_LOCALE = {Language.BOKMAL: "nb", Language.NYNORSK: "nn", Language.ENGLISH: "en_GB"}

# Grep's language codes as BCP 47 tags. `default` is the language a text was adopted in: Norwegian of either form.
_LANGUAGE_TAG = {"nob": "nb", "nno": "nn", "eng": "en", "sme": "se", "default": "no"}


def written_date(day: date, words: Words) -> str:
    """The date in words, such as 3. november 2026."""
    from babel.dates import format_date  # loaded late: the first document may never be made

    return format_date(day, "long", locale=_LOCALE[words.language])


def written_day_of(moment: datetime, words: Words) -> str:
    """The date of a moment in the archives' time zone, in words."""
    return written_date(archive_time(moment).date(), words)


def written_period(start: date, end: date | None, words: Words) -> str:
    """A period from its first to its last day, or one that goes on."""
    first = written_date(start, words)
    if end is None:
        return words("From {start}, still going on", start=first)
    return words("{start} to {end}", start=first, end=written_date(end, words))


def written_version(changed: str, words: Words) -> str:
    """The version of a curriculum, which Grep names by the time it was last changed; as it stands if it is no time."""
    try:
        moment = datetime.fromisoformat(changed)
    except ValueError:
        return changed
    day = written_date(moment.date(), words)
    return day if moment.time() == time.min else f"{day} {moment:%H:%M:%S}"


def written_number(number: float, words: Words) -> str:
    """A number as the language writes it, with up to three decimals."""
    from babel.numbers import format_decimal  # loaded late, as above

    return format_decimal(number, "#,##0.###", locale=_LOCALE[words.language])


def written_percent(percent: float, words: Words) -> str:
    """A share of full time, such as 80 %."""
    from babel.numbers import format_percent  # loaded late, as above

    return format_percent(percent / 100, _PERCENT[words.language], locale=_LOCALE[words.language])


def written_practice(practice: Practice, words: Words) -> str:
    """What several placements make together, and that days side by side were counted once."""
    from babel.numbers import format_decimal  # loaded late, as above

    locale = _LOCALE[words.language]
    said = words(
        "Together: {months} months, which make {full} months of full time"
        " ({percent} % on average, about {hours} hours).",
        months=format_decimal(float(practice.months), "0.#", locale=locale),
        full=format_decimal(float(practice.full_time_months), "0.#", locale=locale),
        percent=format_decimal(float(practice.percent), "0", locale=locale),
        hours=format_decimal(float(practice.hours), "#,##0", locale=locale),
    )
    if not practice.overlaps:
        return said
    once = words("Some placements overlap. Each day is counted once, and at most as full time.")
    return f"{said} {once}"


def language_tag(grep_code: str) -> str:
    """The BCP 47 tag of a Grep language code; codes without one of their own are tags already (`sma`, `smj`)."""
    return _LANGUAGE_TAG.get(grep_code, grep_code)
