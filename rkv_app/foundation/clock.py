# SPDX-License-Identifier: MIT
"""The only place that asks what time it is; everything else is given a Clock."""

from datetime import UTC, date, datetime, time
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Returns the present moment, aware, in UTC, to the second."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """See Clock."""
        return datetime.now(UTC).replace(microsecond=0)


def local_date(moment: datetime) -> date:
    """The calendar date in the user's own time zone at `moment`."""
    return moment.astimezone().date()


def archive_time(moment: datetime) -> datetime:
    """`moment` in the time zone of the public archives (Europe/Oslo), for Noark metadata."""
    # The first window has no use for time zones, and must not wait for their import.
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo("Europe/Oslo"))


def on_day(day: date) -> datetime:
    """A moment on a day of which nothing more is known: its noon in Europe/Oslo, the same day in most of the world."""
    from zoneinfo import ZoneInfo

    return datetime.combine(day, time(12), ZoneInfo("Europe/Oslo")).astimezone(UTC)
