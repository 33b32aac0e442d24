"""Dates as people write them: as precise as they are, and only where they mean one thing.

The names of months in three languages, with their cases and abbreviations, are a small table that
can be wrong nowhere; a library such as dateparser guesses what is missing and takes longer to load
than a search takes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from sinorus.model import Date

HOW_TO_WRITE = "write 2023, 2023-05 or 2023-05-04"

_LONGEST = 200  # characters of a date with a time of day and a zone; most need a tenth
_MOST_DASHES = 6  # in a range of two dates that are written with three numbers each, and more
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_ISO_WITHIN = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
_COMPACT_YEARS = range(1300, 2200)
"""Years of which `20230321` is read: their first two digits are no month, so that no other order of
day, month and year gives a date."""

_MONTHS = (
    "jan january янв январь января январе",
    "feb february фев февр февраль февраля феврале",
    "mar march мар март марта марте",
    "apr april апр апрель апреля апреле",
    "may май мая мае",
    "jun june июн июнь июня июне",
    "jul july июл июль июля июле",
    "aug august авг август августа августе",
    "sep sept september сен сент сентябрь сентября сентябре",
    "oct october окт октябрь октября октябре",
    "nov november ноя нояб ноябрь ноября ноябре",
    "dec december дек декабрь декабря декабре",
)
_MONTH_OF = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
_ORDINALS = frozenset({"st", "nd", "rd", "th", "го", "е", "ое"})
_AROUND_MONTHS = frozenset({"of", "the"})
_AROUND_YEARS = frozenset({"г", "год", "года", "году", "гг", "годы", "годов", "year", "в", "in"})
_ORDERS = frozenset({"DMY", "MDY", "YMD", "YDM", "MY", "YM", "Y"})

_DASHES = str.maketrans("‐‑‒−﹣", "-----", "«»\"'“”„‘’")
_LONG_DASHES = str.maketrans("–—―", "---")
_HAN_DIGITS = {character: str(n) for n, character in enumerate("〇一二三四五六七八九")}
_HAN_DIGITS |= {"零": "0", "○": "0"}
_HAN_YEAR = re.compile("[〇零○一二三四五六七八九]{4}(?=年)")
_HAN_NUMBER = re.compile("([一二三]?)([十廿卅]?)([一二三四五六七八九]?)(?=[月日号號])")
_HAN_TENS = {"": 0, "十": 10, "廿": 20, "卅": 30}

_WEEKDAY = re.compile(
    r"\(?\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu|thurs?|fri|sat|sun"
    r"|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс"
    r")\b\.?\)?,?|\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?"
)
_OFFSET = r"[+-](?:0\d|1[0-4])(?::?[0-5]\d){0,2}"
_PLACE = r"\[[\w/+-]{1,40}\]|\([\w +:-]{1,40}\)"
_ZONE_NAME = r"(?:z|ut|utc|gmt|msk|мск|(?!oct|sept)[a-z]{1,3}[sd]?t)\b"
_ZONE = rf"(?:\s*(?:{_OFFSET}|{_ZONE_NAME}|{_PLACE}))"
_ZONE_ALONE = re.compile(rf"(?:\s+{_OFFSET}|\+\d\d:\d\d|-\d\d:\d\d|(?<=\d)z){_ZONE}*$")
_TIME = re.compile(
    r"[\s,]*(?:(?<=\d)t|(?:\bat|\bв)\s)?\s*(?:凌晨|早上|上午|中午|下午|晚上)?\s*"
    r"(?<![\d+:-])(?:[01]?\d|2[0-4])"
    r"(?::[0-5]\d(?::[0-6]\d)?(?:[.,]\d+)?"
    r"|\s?[时時点點](?:\s?[0-5]?\d\s?分)?(?:\s?[0-5]?\d\s?秒)?"
    r"|\s?ч(?:ас(?:а|ов)?)?\b\.?(?:\s?[0-5]?\d\s?мин(?:ут[аы]?)?\b\.?)?|(?=\s?[ap]\.?m\b))"
    rf"(?:\s?[ap]\.?m\b\.?)?{_ZONE}*"
)
_NUMBERS = re.compile(r"(\d{1,4})(?:([-/])|(\.)\s?)(\d{1,4})(?:(?:\2|\3\s?)(\d{1,4}))?\.?")
_ROMAN = {
    roman: n
    for n, roman in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1
    )
}
_DAY_FIRST = re.compile(
    r"(\d{1,2})\.\s?(?:(\d{1,2})\.\s?(\d{4})\s?г(?:ода?)?\.?"
    r"|([ivx]{1,4})\.\s?(\d{4})(?:\s?г(?:ода?)?\.?)?)"
)
"""`02.03.1969 г.`, which is Russian, and `2.III.1969`: day and month in no other order."""
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?\d{4}(?:\d\d)?)?")
_HAN = re.compile(r"(?:公元)?(\d{4})\s?年(?:\s?(\d{1,2})\s?月份?(?:\s?(\d{1,2})\s?[日号號])?)?")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s,./-]")
_BETWEEN = re.compile(
    r"\s+-+\s+|\s*[–—―~]+\s*|\s+(?:to|until|till|through|по|до)\s+|\s*[至到]\s*|\s*/\s*"
    # A plain hyphen is one only where it cannot stand between the parts of one date.
    r"|(?<=\d{4})-(?=\d{4}(?!\d))|(?<=[年月日号號])-|(?<=[^\W\d_])-(?=[^\W\d_])"
    r"|(?<=\d)-(?=\d{1,2}(?:st|nd|rd|th)?,?\s)|(?<=[./]\d{4})-(?=\d\d?[./])"
    r"|(?<=\d{4}[./-]\d\d[./-]\d\d)-(?=\d{4}[./-])"
)
_FROM = re.compile(r"(?:from|с|со|от|从|從|自)\s*(?=\d|[^\W\d_]*\s?\d)")
_SHORT_RANGE = re.compile(r"\d{4}\s?[/–—]\s?\d\d")
_PART = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[日号號]?")


def parse_date(text: str) -> Date | None:
    """The date that `text` is, or None where it is none or could mean several; see `readings`."""
    match = _ISO.fullmatch(text)
    if match:
        return _date(*match.groups())
    found = readings(text)
    return found[0] if len(found) == 1 else None


def readings(text: str) -> tuple[Date, ...]:
    """Every date that `text` may mean, in order: none if it is no date, several if it is unclear.

    A year, a month of one or a day, in numbers with the year first or last, with the names of
    months in English and Russian, in Chinese; a weekday, a time of day and a zone beside a day are
    passed over; of two dates with a dash, a stroke or `to` between them, the range from one to the
    other. `03/04/2022` is two dates, a year of two digits may be of any century.
    """
    if len(text) > _LONGEST:
        return ()
    text = _plain(text)
    found = set(_single(text.translate(_LONG_DASHES)))
    if not found or _SHORT_RANGE.fullmatch(text):
        found |= _ranges(text)
    return tuple(sorted(found))


def why_no_date(text: str) -> str:
    """What stands behind a text that `parse_date` does not read: `is not a date`, or what it is."""
    found = readings(text)
    if not found:
        return "is not a date"
    if len(found) == 2:
        return f"may be {found[0].text} or {found[1].text}"
    return f"may be any of {len(found)} dates"


def how_to_write(text: str) -> str:
    """What to do about a text that `parse_date` does not read."""
    return "write the one that is meant" if len(readings(text)) == 2 else HOW_TO_WRITE


def dates_in(text: str) -> set[str]:
    """The real days in `text` that are written `YYYY-MM-DD`."""
    return {found for found in _ISO_WITHIN.findall(text) if parse_date(found)}


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
        if "年" in text or "月" in text:
            text = _HAN_YEAR.sub(lambda year: "".join(map(_HAN_DIGITS.get, year.group())), text)  # type: ignore[arg-type]
            text = _HAN_NUMBER.sub(_han_number, text)
    else:
        text = text.translate(_DASHES)
    return " ".join(text.lower().split())


def _han_number(match: re.Match[str]) -> str:
    several, ten, one = match.groups()
    if not match.group():
        return ""
    if several and (not ten or ten != "十"):
        return match.group() if ten or one else _HAN_DIGITS[several]
    tens = _HAN_TENS[ten] * int(_HAN_DIGITS[several] if several else 1)
    return str(tens + int(_HAN_DIGITS.get(one, "0")))


def _date(year: str, month: str | None = None, day: str | None = None) -> Date | None:
    """The date of these numbers, if the calendar has it."""
    if int(year) == 0:
        return None
    text = f"{int(year):04}"
    if month is not None:
        if not 1 <= int(month) <= 12:
            return None
        text += f"-{int(month):02}"
        if day is not None:
            if not 1 <= int(day) <= int(Date(text).last[8:]):
                return None
            text += f"-{int(day):02}"
    return Date(text)


def _single(text: str) -> list[Date]:
    """The dates that a text without a range may mean."""
    bare = _WEEKDAY.sub(" ", text, count=1)
    bare, times = _TIME.subn(" ", bare, count=1)
    bare = bare if times else _ZONE_ALONE.sub("", bare)
    found = [date for date in _on_calendar(bare.strip(" ,")) if date is not None]
    if len(bare) != len(text):  # a month has no time of day, no zone and no weekday
        found = [date for date in found if date.precision == "day"]
    return found


def _on_calendar(text: str) -> Iterable[Date | None]:
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year, roman, its_year = match.groups()
        return [_date(year or its_year, month or str(_ROMAN.get(roman, 0)), day)]
    if match := _NUMBERS.fullmatch(text):
        first, _, _, second, third = match.groups()
        return _of_numbers(first, second, third)
    if match := _COMPACT.fullmatch(text):
        return [_date(*match.groups())] if int(match[1]) in _COMPACT_YEARS else []
    if match := _HAN.fullmatch(text):
        return [_date(*match.groups())]
    return _of_words(text)


def _of_numbers(first: str, second: str, third: str | None) -> Iterator[Date | None]:
    sizes = len(first), len(second), len(third or "")
    if sizes[0] == 4 and max(sizes[1:]) <= 2:
        yield _date(first, second, third)
    elif third is None:
        if sizes[0] <= 2 and sizes[1] == 4:
            yield _date(second, first)
    elif max(sizes[:2]) <= 2 and sizes[2] == 4:
        yield _date(third, second, first)
        yield _date(third, first, second)
    elif max(sizes) <= 2:
        for century in (16, 19, 20):  # two of them have the 29th of February of a year 00
            if sizes[2] == 2:
                yield _date(f"{century}{third}", second, first)
                yield _date(f"{century}{third}", first, second)
            if sizes[0] == 2:
                yield _date(f"{century}{first}", second, third)


def _of_words(text: str) -> Iterator[Date | None]:
    """The date of a year, the name of a month and a day in an order that is in use."""
    parts: dict[str, str] = {}
    order = around = ""
    for token in _TOKEN.findall(text):
        if token.isdecimal():
            kind = "Y" if len(token) == 4 else "D" if len(token) <= 2 else "?"
            parts[kind] = token
            order += kind
        elif token in _MONTH_OF:
            parts["M"] = str(_MONTH_OF[token])
            order += "M"
        elif token in _AROUND_MONTHS or (token in _ORDINALS and order[-1:] == "D"):
            around = token
        elif token not in _AROUND_YEARS:
            return
    if order in _ORDERS and not (order == "Y" and around):
        yield _date(parts["Y"], parts.get("M"), parts.get("D"))


def _ranges(text: str) -> set[Date]:
    """The ranges that a text may mean: of two dates, the second not before the first."""
    text = _FROM.sub("", text, count=1) if _FROM.match(text) else text
    found: set[Date] = set()
    marks = list(_BETWEEN.finditer(text))
    for mark in marks if len(marks) <= _MOST_DASHES else ():
        left, right = text[: mark.start()], text[mark.end() :]
        for first, last in _ends(left.translate(_LONG_DASHES), right.translate(_LONG_DASHES)):
            if first == last:
                found.add(first)
            elif first.first <= last.first and first.last <= last.last:
                found.add(Date(f"{first.text}/{last.text}"))
    return found


def _ends(left: str, right: str) -> Iterator[tuple[Date, Date]]:
    """The dates on both sides of a dash, each of which may leave out what the other says."""
    firsts, lasts = _single(left), _single(right)
    if not firsts:
        years = re.findall(r"(?<!\d)\d{4}(?!\d)", right)
        if len(years) == 1:
            firsts = _single(f"{left}, {years[0]}")
            right = right.replace(years[0], "").strip(" ,") if firsts and not lasts else right
        part = _PART.fullmatch(left)
        if part and not firsts:
            found = [_date(*_year_and_month(last), part[1]) for last in lasts if _has_day(last)]
            firsts = [date for date in found if date is not None]
    if firsts and not lasts:
        lasts = [date for first in firsts for date in _completed(first, right)]
    return ((first, last) for first in firsts for last in lasts)


def _completed(first: Date, right: str) -> Iterator[Date]:
    part = _PART.fullmatch(right)
    if part and _has_day(first):
        found = _date(*_year_and_month(first), part[1])
    elif part and first.precision == "year" and len(right) == 2:
        found = _date(first.text[:2] + right)
    else:
        yield from _single(f"{first.text[:4]}年{right}")
        return
    if found is not None:
        yield found


def _has_day(date: Date) -> bool:
    return date.precision == "day"


def _year_and_month(date: Date) -> tuple[str, str]:
    return date.text[:4], date.text[5:7]
