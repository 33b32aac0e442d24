"""Dates as precise as their source, and what many of them say together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sinorus.model.value import value

Precision = Literal["year", "month", "day", "range"]


@value(frozen=True, order=True)
class Date:
    """A date as precise as its source: `2023`, `2023-05` or `2023-05-04`.

    Or a range of two of these, `2019/2020`, both of which belong to it (ISO 8601 writes it so).
    """

    text: str

    @property
    def precision(self) -> Precision:
        """How much of the date is known, or that it is a range."""
        if "/" in self.text:
            return "range"
        return "year" if len(self.text) == 4 else "month" if len(self.text) == 7 else "day"

    @property
    def first(self) -> str:
        """The first day it may mean, as `YYYY-MM-DD`."""
        begins = self.text.partition("/")[0]
        return begins + "-01-01"[len(begins) - 4 :]

    @property
    def last(self) -> str:
        """The last day it may mean, as `YYYY-MM-DD`."""
        ends = self.text.rpartition("/")[2]
        if len(ends) != 7:
            return ends + "-12-31"[len(ends) - 4 :]
        year, month = int(ends[:4]), int(ends[5:])
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        days = 31 - (month in (4, 6, 9, 11)) if month != 2 else 28 + leap
        return f"{ends}-{days}"

    @property
    def year(self) -> str:
        """The four digits of the year; `2019/2020` for a range over more than one."""
        return year_between(self.text, self.text.rpartition("/")[2])

    @property
    def decade(self) -> str:
        """The decade as `1950s`; `1950s/1960s` for a range over more than one."""
        return decade_between(self.text, self.text.rpartition("/")[2])


def year_between(first: str, last: str) -> str:
    """The year of two dates; `2019/2020` if they are not of one."""
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}/{last[:4]}"


def decade_between(first: str, last: str) -> str:
    """The decade of two dates; `1950s/1960s` if they are not of one."""
    begins, ends = f"{first[:3]}0s", f"{last[:3]}0s"
    return begins if begins == ends else f"{begins}/{ends}"


def date_between(first: str, last: str) -> Date:
    """The date that means these days, both included, as short as it can be written."""
    for text in (first[:4], first[:7], first):
        date = Date(text)
        if (date.first, date.last) == (first, last):
            return date
    begins = next(t for t in (first[:4], first[:7], first) if Date(t).first == first)
    ends = next(t for t in (last[:4], last[:7], last) if Date(t).last == last)
    return Date(f"{begins}/{ends}")


def first_and_last(dates: Iterable[Date | None]) -> tuple[Date | None, Date | None]:
    """The first and the last of some dates, of which those that name a day go before the others.

    Of others the first begins and the last ends with the first and the last day they may mean.
    """
    known = [date for date in dates if date is not None]
    days = [date for date in known if date.first == date.last]
    known = days or known
    if not known:
        return None, None
    first = min((date.first, date.last) for date in known)
    last = max((date.last, date.first) for date in known)
    return date_between(*first), date_between(last[1], last[0])


def day_number(day: str) -> int:
    """`YYYY-MM-DD` as the number YYYYMMDD, which compares as the text does. Raises ValueError."""
    return int(day.replace("-", ""))
