"""Where lines are broken: never within what a reader takes for one character."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from sinorus.render.terminal.breaking import breaks, clusters
from sinorus.render.terminal.layout import wrapped

STOPS = tuple("，。、；：？！）》」』】〕〉”’…")
OPENING = tuple("（《「『【〔〈“‘")
FAMILY, FLAG, ACCENT, HANGUL = "👨‍👩‍👧", "🇨🇳", "é", "각"


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(text), width)]


@pytest.mark.parametrize("one", [FAMILY, FLAG, ACCENT, HANGUL, "👍🏽", "❤️", "ё̂", "नि"])
def test_what_is_one_character_to_a_reader_is_not_cut(one: str) -> None:
    text = "中" + one * 9
    assert [
        text[a:b] for a, b in zip(clusters(text), [*clusters(text)[1:], None], strict=True)
    ] == [
        "中",
        *[one] * 9,
    ]
    for width in range(4, 14):
        for line in lines(text, width):
            assert not line.removeprefix("中").replace(one, "")


@pytest.mark.parametrize("width", range(8, 30))
def test_no_line_begins_with_a_stop_or_ends_with_an_opening_mark(width: int) -> None:
    texts = (
        "中俄重申：“睦邻友好”（见第三条），双方认为：能源合作、贸易、科技……都很重要。",
        "《中俄睦邻友好合作条约》（２００１年），Putin和Xi签署了“联合声明”；是的！",
    )
    for text in texts:
        found = lines(text, width)
        assert "".join(found) == text
        assert not [line for line in found if line.startswith(STOPS) or line.endswith(OPENING)]


@given(st.text(st.sampled_from("ab ёЖ -é中"), max_size=90), st.integers(2, 30))
def test_what_is_plain_is_broken_as_all_else_is(text: str, width: int) -> None:
    """A text of one-cell letters takes a shorter way: a wide one behind it must change nothing."""
    plain = text.replace("中", "x").lstrip(" ")
    far = plain.rstrip(" ") + " " * width + "中"
    at = len(plain.rstrip(" "))
    assert [cut for cut in breaks(plain, width) if cut < at] == [
        cut for cut in breaks(far, width) if cut < at
    ]


@given(st.text(max_size=60), st.integers(2, 20))
def test_breaks_ascend_and_every_line_fits(text: str, width: int) -> None:
    text = "".join(sign for sign in text if category(sign)[0] != "C")
    cuts = breaks(text, width)
    assert cuts == sorted(set(cuts))
    for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        assert cell_len(text[begin:end].rstrip(" ")) <= width
