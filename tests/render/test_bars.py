"""Amounts as bars, and years that are taken together."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from support.rendered import STATE, printed

from sinorus.render import Look
from sinorus.render.terminal.bars import bar, bars, by_years


def test_a_bar_is_exact_to_the_eighth_of_a_cell():
    assert bar(8, 8, 2) == "██"
    assert bar(4, 8, 2) == "█"
    assert bar(1, 16, 2) == "▏"
    assert bar(9, 16, 2) == "█▏"


def test_what_is_more_than_nothing_is_seen():
    assert bar(1, 1_000_000, 40) == "▏"
    assert bar(0, 1_000_000, 40) == ""
    assert bar(0, 0, 40) == ""


@given(
    st.lists(st.tuples(st.text("ab中é", max_size=30), st.integers(0, 10**9)), max_size=6),
    st.integers(1, 200),
)
def test_lines_of_bars_fit(amounts, width):
    lines = bars(amounts, width)
    assert len(lines) == len(amounts)
    assert all(line.cell_len <= width for line in lines)


def test_years_without_holes_or_several_together():
    assert by_years({2021: 2, 2023: 1}, 12) == [("2021", 2), ("2022", 0), ("2023", 1)]
    assert by_years({1955: 2, 1959: 3, 1960: 1, 2024: 4}, 12)[:2] == [
        ("1950–59", 5),
        ("1960–69", 1),
    ]
    assert by_years({1789: 1, 2024: 1}, 12)[0] == ("1775–99", 1)
    assert by_years({1: 1, 2024: 1}, 12)[-1] == ("2000–2249", 1)
    assert by_years({}, 12) == []


@given(st.dictionaries(st.integers(1, 9999), st.integers(1, 50), max_size=20))
def test_no_year_is_lost(years):
    lines = by_years(years, 12)
    assert sum(number for _, number in lines) == sum(years.values())
    assert len(lines) <= 12


MANY = replace(
    STATE,
    languages={"en": (900, 1, 1), "ru": (90, 1, 1), **{f"x{n}": (1, 1, 1) for n in range(15)}},
    years={str(year): year - 1949 for year in range(1950, 2026)},
)


@pytest.mark.parametrize("width", [30, 80, 200])
def test_languages_and_years_stand_beside_each_other_on_wide_screens(width):
    page = printed("status", "rich", MANY, Look(width=width))
    assert max(map(cell_len, page.splitlines())) <= max(width, 40)
    (languages,) = [line for line in page.splitlines() if "documents by language" in line]
    assert ("by year, 2020 – 2023-03-21" in languages) is (width == 200)
    assert re.search(r"  6 more +6 ", page)
    bars_seen = re.findall("█+", page)
    assert max(map(len, bars_seen)) > width // 4
