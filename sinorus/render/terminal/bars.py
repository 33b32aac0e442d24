"""Amounts as bars of block characters, to the eighth of a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_LEAST_BAR = 4
_GAP = "  "


def bar(amount: float, most: float, width: int) -> str:
    """A bar for an amount of at least nothing, so that `most` fills the width.

    What is more than nothing is seen: an eighth of a cell at least.
    """
    if amount <= 0 or most <= 0 or width <= 0:
        return ""
    eighths = max(round(min(amount / most, 1) * width * 8), 1)
    return _FULL * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def bars(amounts: Sequence[tuple[str, int]], width: int) -> list[Text]:
    """A line for each name and number, with a bar behind them as wide as the rest allows.

    Where nothing is left for bars there are names and numbers alone.
    """
    names = max((cell_len(name) for name, _ in amounts), default=0)
    numbers = max((len(f"{number:,}") for _, number in amounts), default=0)
    room = width - names - numbers - 2 * len(_GAP)
    most = max((number for _, number in amounts), default=0)
    lines = []
    for name, number in amounts:
        line = Text.assemble(
            name, " " * (names - cell_len(name)) + _GAP, (f"{number:>{numbers},}", "byline")
        )
        if number and room >= _LEAST_BAR:
            line.append(_GAP).append(bar(number, most, room), "bar")
        line.truncate(max(width, 1))
        lines.append(line)
    return lines


SPANS = (1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000)
"""Years that may be taken together."""


def by_years(years: Mapping[int, int], most: int) -> list[tuple[str, int]]:
    """Numbers by year, without holes; where that were more than `most` lines, by several years:
    `1950–59`, `1900–49`.
    """
    if not years:
        return []
    first, last = min(years), max(years)
    span = next((one for one in SPANS if last // one - first // one < most), SPANS[-1])
    found = dict.fromkeys(range(first // span, last // span + 1), 0)
    for year, number in years.items():
        found[year // span] += number
    if span == 1:
        return [(str(start), number) for start, number in found.items()]
    return [
        (f"{start * span}–{_short(start * span, start * span + span - 1)}", number)
        for start, number in found.items()
    ]


def _short(first: int, last: int) -> str:
    """The last year of a span, without the century where it is the same."""
    return f"{last % 100:02d}" if first // 100 == last // 100 else str(last)
