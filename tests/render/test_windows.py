"""Neighbours of hits: every hit is shown once, no paragraph twice, and the order is kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from support.rendered import FOUND, printed

from sinorus.model import Document, Hit, Paragraph
from sinorus.render.windows import merged, windows

SIZE = 12


def paragraph(name: str, n: int) -> Paragraph:
    return Paragraph(name, n, f"text {n}", n, n)


def hit(name: str, n: int, before: int = 0, after: int = 0) -> Hit:
    around = [paragraph(name, at) for at in range(1, SIZE + 1)]
    return Hit(
        *(Document(name, f"{name}.md"), paragraph(name, n), 1.0),
        before=tuple(around[max(n - 1 - before, 0) : n - 1]),
        after=tuple(around[n : n + after]),
    )


def numbers(one: Hit) -> list[int]:
    return [part.n for part in (*one.before, one.paragraph, *one.after)]


def test_windows_that_overlap_are_one():
    found = windows([hit("a", 5, 1, 1), hit("b", 2, 1, 1), hit("a", 3, 1, 1)])
    assert [[numbers(one) for one in window] for window in found] == [
        [[2, 3, 4], [5, 6]],
        [[1, 2, 3]],
    ]


def test_windows_that_touch_are_one_and_others_are_not():
    found = windows([hit("a", 2, 1, 1), hit("a", 5, 1, 1), hit("a", 9, 1, 1)])
    assert [[one.paragraph.n for one in window] for window in found] == [[2, 5], [9]]


def test_without_neighbours_hits_stay_as_they_are():
    hits = [hit("a", 5), hit("a", 4), hit("b", 1)]
    assert merged(hits) == hits


def test_plain_lines_are_those_of_the_text():
    hits = (hit("a", 4, 1, 1), hit("a", 3, 1, 1), hit("b", 1, 0, 1))
    found = printed("search", "plain", replace(FOUND, hits=hits))
    marks = [line.removeprefix(line[0] + ".md")[0] + line[5] for line in found.splitlines()]
    assert marks == ["-2", ":3", ":4", "-5", ":1", "-2"]


def test_a_terminal_shows_each_paragraph_once_and_both_hits():
    hits = (hit("a", 4, 1, 1), hit("a", 3, 1, 1), hit("b", 1, 0, 1))
    found = printed("search", "rich", replace(FOUND, hits=hits))
    assert [found.count(f"text {n}\n") for n in range(1, 6)] == [1, 2, 1, 1, 1]
    assert [found.count(one) for one in ("▸ #4", "▸ #3", "▸ #1")] == [1, 1, 1]


def test_a_quotation_is_of_the_whole_window():
    hits = (hit("a", 4, 1, 1), hit("a", 6, 1, 1), hit("b", 1, 0, 1))
    found = printed("search", "markdown", replace(FOUND, hits=hits))
    assert [line for line in found.splitlines() if "—" in line] == ["— a#3-7", "— b#1-2"]


hits_of_a_page = st.tuples(st.integers(0, 3), st.integers(0, 3)).flatmap(
    lambda sizes: st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(1, SIZE)), max_size=12, unique=True
    ).map(lambda places: [hit(name, n, *sizes) for name, n in places])
)


@given(hits_of_a_page)
def test_every_hit_once_no_paragraph_twice_and_all_neighbours(hits):
    found = merged(hits)
    places = [(one.document.id, one.paragraph.n) for one in hits]
    assert sorted((one.document.id, one.paragraph.n) for one in found) == sorted(places)
    shown = [(one.document.id, n) for one in found for n in numbers(one)]
    if any(one.before or one.after for one in hits):
        assert len(shown) == len(set(shown))
    assert set(shown) == {(one.document.id, n) for one in hits for n in numbers(one)}


@given(hits_of_a_page)
def test_a_window_is_in_the_order_of_the_text_and_stands_where_its_first_hit_does(hits):
    found = windows(hits)
    places = {(one.document.id, one.paragraph.n): at for at, one in enumerate(hits)}
    firsts = [min(places[one.document.id, one.paragraph.n] for one in window) for window in found]
    assert firsts == sorted(firsts)
    for window in found:
        shown = [n for one in window for n in numbers(one)]
        assert shown == list(range(shown[0], shown[-1] + 1))


@given(hits_of_a_page)
def test_no_two_windows_of_a_document_touch(hits):
    if not any(one.before or one.after for one in hits):
        return
    found = windows(hits)
    for name in "ab":
        shown = [
            (numbers(window[0])[0], numbers(window[-1])[-1])
            for window in found
            if window[0].document.id == name
        ]
        shown.sort()
        assert all(end + 1 < start for (_, end), (start, _) in pairwise(shown))
