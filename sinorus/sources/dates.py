"""Dates as sources give them: as precise as they are, and only where they mean one thing."""

from __future__ import annotations

import calendar
import re
import unicodedata

from sinorus.model import Date

HOW_TO_WRITE = "write 2023, 2023-05 or 2023-05-04"

_LONGEST = 200  # characters of a date with a time of day and a zone; most need a tenth
_DATE = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2})(?:[T ]\s*\d{1,2}:\d{2}[\d:.,]*\s*\S{0,9})?)?)?"
)
_ISO = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
_DASHES = str.maketrans("‐‑‒–", "----")


def parse_date(text: str) -> Date | None:
    """The date that `text` is, or None where it is none or could mean two days.

    `2023`, `2023-05`, `2023-05-04`, also with `/` or `.` and followed by a time of day. The year
    comes first; `03/04/2022` is March to some and April to others.
    """
    if len(text) > _LONGEST:
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, _, month, day = match.groups()
    if int(year) == 0 or (month and not 1 <= int(month) <= 12):
        return None
    if day and not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        return None
    return Date(
        "-".join([f"{int(year):04}", *(f"{int(part):02}" for part in (month, day) if part)])
    )


def dates_in(text: str) -> set[str]:
    """The real days in `text` that are written `YYYY-MM-DD`."""
    return {found for found in _ISO.findall(text) if parse_date(found)}
