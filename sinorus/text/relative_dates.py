"""Dates that are counted from today, as flags and `date:` take them; no document has such."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Literal

from sinorus.model import Date

_LONGEST = 60  # characters
_Unit = Literal["day", "week", "month", "year"]

_UNITS: dict[str, _Unit] = {
    **dict.fromkeys(["d", "day", "days", "день", "дня", "дней", "дн", "天", "日"], "day"),
    **dict.fromkeys(
        ["w", "wk", "week", "weeks", "неделя", "неделю", "недели", "недель", "неделе"], "week"
    ),
    **dict.fromkeys(["周", "个周", "週", "星期", "个星期", "个礼拜", "礼拜"], "week"),
    **dict.fromkeys(
        ["m", "mo", "month", "months", "месяц", "месяца", "месяцев", "месяце", "мес"], "month"
    ),
    **dict.fromkeys(["月", "个月", "個月"], "month"),
    **dict.fromkeys(["y", "yr", "year", "years", "год", "года", "лет", "году", "年"], "year"),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_DAYS = {
    **dict.fromkeys(["today", "now", "сегодня", "сейчас", "今天", "今日"], 0),
    **dict.fromkeys(["yesterday", "вчера", "昨天", "昨日"], -1),
    **dict.fromkeys(["the day before yesterday", "day before yesterday", "позавчера", "前天"], -2),
    **dict.fromkeys(["tomorrow", "завтра", "明天"], 1),
}
_PERIODS: dict[str, tuple[int, _Unit]] = {"去年": (-1, "year"), "今年": (0, "year")}
_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMBER_OF = {word: n for n, word in enumerate(_NUMBERS)} | {"a": 1, "an": 1, "": 1}
_NUMBER_OF |= {word: n for n, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "兩": 2}
_NUMBER = rf"\d{{1,5}}|an?|{'|'.join(_NUMBERS)}|[一二三四五六七八九十两兩]"
_AGO = re.compile(rf"({_NUMBER}|)\s*({_UNIT})\s*(?:ago|назад|тому назад|以前|之前|前)")
_BACK = re.compile(rf"[-−–]?\s*(\d{{1,5}})\s*({_UNIT})")
_LAST_FEW = re.compile(rf"(?:the )?(?:last|past|последни[ех]|最近|过去)\s*({_NUMBER})\s*({_UNIT})")
_WHOLE = re.compile(
    rf"(?:в |на )?(?:(?P<last>(?:the )?(?:last|past|previous)|прошл(?:ый|ая|ую|ом|ой)|上个?|上個)"
    rf"|(?:this|current)|эт(?:от|а|у|ом|ой)|本|这个?|這個?)\s*(?P<unit>{_UNIT})"
)


def relative_date(text: str, today: date | None = None) -> Date | None:
    """The date that `text` says from `today` on (by the local clock), or None if it says none.

    `today`, `yesterday`, `3 days ago`, `-2y` are days; `last month`, `this year` are as long as
    they say; `last week` and `last 3 months` are ranges. Also in Russian and Chinese.
    """
    if len(text) > _LONGEST:
        return None
    text = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    today = today or date.today()
    try:
        return _relative(text, today)
    except (OverflowError, ValueError):  # before the first year of the calendar
        return None


def _relative(text: str, today: date) -> Date | None:
    if text in _DAYS:
        return Date((today + timedelta(days=_DAYS[text])).isoformat())
    if text in _PERIODS:
        return _period(today, *_PERIODS[text])
    if match := _AGO.fullmatch(text) or _BACK.fullmatch(text):
        return Date(_before(today, _number(match[1]), _UNITS[match[2]]).isoformat())
    if match := _LAST_FEW.fullmatch(text):
        begin = _before(today, _number(match[1]), _UNITS[match[2]])
        return Date(f"{begin.isoformat()}/{today.isoformat()}")
    if match := _WHOLE.fullmatch(text):
        return _period(today, -1 if match["last"] else 0, _UNITS[match["unit"]])
    return None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBER_OF[word]


def _before(today: date, number: int, unit: _Unit) -> date:
    """The day so much earlier; the 31st becomes the last day of a month that has none."""
    if unit in ("day", "week"):
        return today - timedelta(days=number * (7 if unit == "week" else 1))
    months = 12 * today.year + today.month - 1 - number * (12 if unit == "year" else 1)
    month = date(months // 12, months % 12 + 1, 1)
    return month.replace(day=min(today.day, int(Date(month.isoformat()[:7]).last[8:])))


def _period(today: date, step: int, unit: _Unit) -> Date:
    """The whole day, week from Monday on, month or year that `today` is in, or the one before."""
    if unit == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return Date(f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}")
    digits = {"day": 10, "month": 7, "year": 4}[unit]
    return Date(_before(today, -step, unit).isoformat()[:digits])
