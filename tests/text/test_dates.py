"""Dates as people write them: which are read, as what, and which are left alone."""

from __future__ import annotations

from datetime import date as day

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinorus.model import Date
from sinorus.text.dates import parse_date, readings, why_no_date
from sinorus.text.relative_dates import relative_date

QUIET = settings(database=None, deadline=None)

THE_DAY = """
2023-03-21 | 2023/3/21 | 2023.03.21 | 2023. 3. 21. | 20230321 | 20230321T100000Z | 20230321100000
21.03.2023 | 21/03/2023 | 21-03-2023 | 03/21/2023 | 21. 3. 2023
21 March 2023 | 21st March 2023 | 21st of March, 2023 | the 21st of March 2023 | March 21st, 2023
Mar 21, 2023 | Mar. 21 2023 | MARCH 21, 2023 | 2023 March 21 | 2023, 21 March | 21-Mar-2023
21/Mar/2023 | 2023-Mar-21 | Tuesday, 21 March 2023 | Tue, 21 Mar 2023 10:00:00 +0300
Tue Mar 21 10:00:00 2023 | Tue Mar 21 2023 10:00:00 GMT+0300 (Moscow Standard Time)
21 марта 2023 г. | 21 марта 2023 года | 21 мар. 2023 | «21» марта 2023 года
Вторник, 21 марта 2023
21 марта 2023 года, 15:40 | 21 марта 2023 г. в 15 ч. 40 мин. | 15:40, 21 марта 2023
2023年3月21日 | 2023 年 3 月 21 日 | 2023年3月21号 | ２０２３年３月２１日 | 二〇二三年三月二十一日
二零二三年三月廿一日 | 公元2023年3月21日 | 2023年3月21日 星期二 | 2023年3月21日（星期二）
2023年3月21日上午10:00 | 2023年3月21日10时30分
2023-03-21 03:04:05 +0000 UTC | 2023-03-21 +0800 | 2023-03-21Z | 2023-03-21+08:00
2023-03-21T03:04:05+08:00[Asia/Shanghai] | 2023-03-21 16:20 PM +07:00 | 2023-03-21, 10:00
2023-03-21T03:04:05.123456789Z | 2023-03-21 at 10 am | 2023-03-21 10:00 EST | 2023‑03‑21
"""
OTHERS = {
    "2023": "2023",
    "2023 г.": "2023",
    "в 2023 году": "2023",
    "2023年": "2023",
    "二〇二三年": "2023",
    "2023-05": "2023-05",
    "2023/5": "2023-05",
    "05/2023": "2023-05",
    "5.2023": "2023-05",
    "May 2023": "2023-05",
    "2023 May": "2023-05",
    "май 2023": "2023-05",
    "Sept. 2023": "2023-09",
    "март 2023 г.": "2023-03",
    "2023年3月": "2023-03",
    "二〇二三年十月": "2023-10",
    "一九四九年十二月三十一日": "1949-12-31",
    "03/03/2022": "2022-03-03",
    "2019-2020": "2019/2020",
    "2019–2020": "2019/2020",
    "2019 - 2020": "2019/2020",
    "2019/2020": "2019/2020",
    "2019—2020 гг.": "2019/2020",
    "2019年—2020年": "2019/2020",
    "2019年至2020年": "2019/2020",
    "с 2019 по 2020": "2019/2020",
    "from 2019 to 2020": "2019/2020",
    "1998/99": "1998/1999",
    "1998–99": "1998/1999",
    "2020-2020": "2020",
    "2019-05/2020-06": "2019-05/2020-06",
    "2019-05-01/2020-06-02": "2019-05-01/2020-06-02",
    "2019-05-01-2020-06-02": "2019-05-01/2020-06-02",
    "1 сентября 1939 — 2 сентября 1945": "1939-09-01/1945-09-02",
    "March–May 2019": "2019-03/2019-05",
    "май-июнь 2020 г.": "2020-05/2020-06",
    "21–23 March 2023": "2023-03-21/2023-03-23",
    "21-23 марта 2023 г.": "2023-03-21/2023-03-23",
    "March 21–23, 2023": "2023-03-21/2023-03-23",
    "02.03.1969 г.": "1969-03-02",
    "2.3.1969 года": "1969-03-02",
    "2.III.1969": "1969-03-02",
    "12.XII.1949 г.": "1949-12-12",
    "28 February – 2 March 2023": "2023-02-28/2023-03-02",
    "2023年3月21日至23日": "2023-03-21/2023-03-23",
    "2023年3月-5月": "2023-03/2023-05",
}
NONE = """
soon | spring of 1969 | c. 1950 | 1950s | 1950? | Q1 2023 | 2023-W12
March 21 | 9 мая | 21 March 23
2023-02-29 | 2023-13 | 2023-13-05 | 31-11-2022 | 0000 | 0000-00-00 | 202303 | 21032023 | 2023 10:00
2012-13 | 2020-2019 | 2019/2018 | 1.2.3 | 10.5 | 32 May 2023 | today | 3 days ago
三月 | 2023 2024 May | 2.XIII.1969 | 31.II.1969
"""
SEVERAL = (
    "03/04/2022 | 3.4.2022 | 3.4.22 | 31.12.99 | 29.02.00 | 23-05-04 | 10/11/12 | 2003/04 | 2003–04"
)


def listed(text: str) -> list[str]:
    return [one.strip() for line in text.strip().splitlines() for one in line.split(" | ")]


@pytest.mark.parametrize("written", listed(THE_DAY))
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert parse_date(written) == Date("2023-03-21")


@pytest.mark.parametrize(("written", "text"), OTHERS.items(), ids=OTHERS)
def test_a_date_is_as_long_as_it_is_written(written: str, text: str) -> None:
    date = parse_date(written)
    assert date == Date(text)
    kinds = {4: "year", 7: "month", 10: "day"}
    assert date.precision == ("range" if "/" in text else kinds[len(text)])


@pytest.mark.parametrize("written", listed(NONE))
def test_what_is_no_date_is_none(written: str) -> None:
    assert readings(written) == ()
    assert why_no_date(written) == "is not a date"


@pytest.mark.parametrize("written", listed(SEVERAL))
def test_what_may_be_several_dates_is_none_of_them(written: str) -> None:
    assert len(readings(written)) > 1
    assert parse_date(written) is None
    assert why_no_date(written).startswith("may be ")


@pytest.mark.parametrize(
    ("text", "first", "last", "year"),
    [
        ("2019/2020", "2019-01-01", "2020-12-31", "2019/2020"),
        ("2019-02/2019-05", "2019-02-01", "2019-05-31", "2019"),
        ("2019-12-30/2020-02", "2019-12-30", "2020-02-29", "2019/2020"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020"),
    ],
)
def test_a_range_keeps_both_ends(text: str, first: str, last: str, year: str) -> None:
    date = Date(text)
    assert (date.first, date.last, date.year) == (first, last, year)


days = st.dates(day(1000, 1, 1), day(9999, 12, 31))


@given(day=days, sign=st.sampled_from("./-"), short=st.booleans())
@QUIET
def test_numbers_are_a_date_only_where_the_other_order_gives_none(
    day: day, sign: str, short: bool
) -> None:
    year = f"{day.year % 100:02}" if short else f"{day.year:04}"
    found = parse_date(sign.join([f"{day.day}", f"{day.month}", year]))
    if short or (day.day <= 12 and day.day != day.month):
        assert found is None
    else:
        assert found == Date(day.isoformat())


@given(
    text=st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            [
                *(
                    "2023",
                    "03",
                    "4",
                    "21",
                    "99",
                    "1998",
                    "May",
                    "марта",
                    "年",
                    "月",
                    "日",
                    "三",
                    "十",
                ),
                *(
                    "-",
                    "/",
                    ".",
                    ",",
                    " ",
                    "–",
                    "至",
                    "to",
                    "T",
                    "10:00",
                    "Z",
                    "+08:00",
                    "г.",
                    "st",
                ),
            ]
        ),
        max_size=12,
    ).map("".join)
)
@example(text="²⁰²³")
@example(text="²²²²-²-²")
@QUIET
def test_any_text_is_read_without_a_fault_and_written_out_it_is_the_same(text: str) -> None:
    for date in readings(text):
        assert date.first <= date.last
        assert date in readings(date.text)
    found = parse_date(text)
    assert found is None or readings(text) == (found,)
    relative_date(text)


TODAY = day(2024, 3, 31)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        *[(word, "2024-03-31") for word in ("today", "Today", "now", "сегодня", "今天")],
        *[
            (word, "2024-03-30")
            for word in ("yesterday", "вчера", "昨天", "1 day ago", "-1d", "1d")
        ],
        *[
            (word, "2024-03-28")
            for word in ("3 days ago", "three days ago", "3 дня назад", "3天前")
        ],
        *[(word, "2024-03-17") for word in ("2 weeks ago", "-2w", "2 недели назад", "两周前")],
        *[
            (word, "2024-02")
            for word in ("last month", "прошлый месяц", "в прошлом месяце", "上个月")
        ],
        *[(word, "2023") for word in ("last year", "the past year", "прошлый год", "去年")],
        *[("this year", "2024"), ("this month", "2024-03"), ("-2y", "2022-03-31")],
        *[("a month ago", "2024-02-29"), ("-1m", "2024-02-29"), ("год назад", "2023-03-31")],
        *[("last week", "2024-03-18/2024-03-24"), ("last 3 months", "2023-12-31/2024-03-31")],
        *[("-9999y", None), ("ago", None), ("-", None), ("5", None), ("", None), ("soon", None)],
    ],
)
def test_what_is_counted_from_today(written: str, text: str | None) -> None:
    assert relative_date(written, TODAY) == (Date(text) if text else None)
