"""Tables on a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from sinorus.render.terminal.grid import grid, narrowed


def drawn(rows: list[list[str]], width: int) -> list[str]:
    cells = [[Text(cell) for cell in row] for row in rows]
    return [line.plain for lines in grid(cells, width) for line in lines]


TABLE = [
    ["Country", "Gas, bcm", "Note"],
    ["Россия", "12", "much"],
    ["中国", "3,000", "合作，很多"],
    ["Neither", "–5.5%"],
]


def test_columns_stand_under_each_other_and_numbers_to_the_right() -> None:
    assert drawn(TABLE, 40) == [
        "Country │ Gas, bcm │ Note",
        "Россия  │       12 │ much",
        "中国    │    3,000 │ 合作，很多",
        "Neither │    –5.5% │",
    ]


def test_a_long_cell_is_wrapped_in_its_column() -> None:
    rows = [["a", "b"], ["one", "many words that do not fit into the line"]]
    assert drawn(rows, 24) == [
        "a   │ b",
        "one │ many words that do",
        "    │ not fit into the",
        "    │ line",
    ]
    assert drawn(TABLE, 30)[2:4] == ["中国    │    3,000 │ 合作，很", "        │          │ 多"]


def test_more_columns_than_fit_are_prose() -> None:
    row = [f"cell {n}" for n in range(9)]
    lines = drawn([row], 30)
    assert " ".join(lines).split() == " │ ".join(row).split()
    assert max(map(cell_len, lines)) <= 30


def test_only_the_widest_columns_lose() -> None:
    assert narrowed([5, 90, 40], 60) == [5, 28, 27]
    assert narrowed([5, 90, 10], 60) == [5, 45, 10]
    assert narrowed([5, 9], 60) == [5, 9]


CELLS = st.text(st.sampled_from("ab 中，1é"), max_size=12)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5), st.integers(9, 40)
)
def test_nothing_is_lost_and_all_fits(rows: list[list[str]], width: int) -> None:
    lines = drawn(rows, width)
    assert max(map(cell_len, lines)) <= width
    letters = sorted("".join(cell for row in rows for cell in row).replace(" ", ""))
    assert sorted("".join(lines).replace(" ", "").replace("│", "")) == letters
