"""The lines of a concordance stand by the words beside the match, in three scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.corpus.concordance import concordance
from sinorus.model import Document, Hit, Paragraph


def hit(text: str, *words: str, n: int = 1) -> Hit:
    spans = [
        (at, at + len(word))
        for word in words
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return Hit(Document("d", "d.md"), Paragraph("d", n, text, 1, 1), 1.0, n, tuple(sorted(spans)))


def sides(hits: list[Hit]) -> list[tuple[str, str]]:
    return [
        (line.paragraph.text[: line.matches[0][0]], line.paragraph.text[line.matches[0][1] :])
        for line in hits
    ]


def test_by_what_follows_numbers_by_size_and_letters_by_their_alphabet() -> None:
    hits = [
        hit(f"a {word}", "a")
        for word in ("Жук", "Ёлка", "Ель", "“no” 10", "no 9", "Beto", "王", "张")
    ]
    found = [right.strip() for _, right in sides(concordance(hits, "right"))]
    assert found == ["Beto", "no 9", "“no” 10", "Ель", "Ёлка", "Жук", "王", "张"]


def test_by_what_stands_before_from_the_match_outwards() -> None:
    hits = [
        hit(f"{before} gas", "gas")
        for before in ("of cheap", "with Russian", "a cheap", "the “Arab”")
    ]
    found = [left.strip() for left, _ in sides(concordance(hits, "left"))]
    assert found == ["the “Arab”", "a cheap", "of cheap", "with Russian"]
    hits = [hit(f"{before}能源", "能源") for before in ("新中", "大王", "的中")]
    assert [left for left, _ in sides(concordance(hits, "left"))] == ["大王", "的中", "新中"]


def test_each_match_is_a_line_and_those_that_touch_are_one() -> None:
    found = concordance([hit("中国、中国x 国", "中", "国")], "right")
    assert {line.matches for line in found} == {((7, 8),), ((3, 5),), ((0, 2),)}
    bare = replace(hit("zebra"), matches=())
    assert concordance([bare, hit("a b", "a")], "right")[-1] is bare


@pytest.mark.parametrize("by", ["left", "right"])
@given(texts=st.lists(st.text(alphabet="a Ёе中10“”\n", max_size=30), max_size=8))
def test_no_match_is_lost_and_none_made_up(by, texts: list[str]) -> None:
    hits = [hit(text, "a", n=n) for n, text in enumerate(texts, 1)]
    found = concordance(hits, by)
    expected = [
        (one.paragraph.n, at)
        for one in hits
        for at in range(len(one.paragraph.text))
        if one.paragraph.text[at] == "a"
    ]
    letters = sorted(
        (line.paragraph.n, at) for line in found for span in line.matches for at in range(*span)
    )
    assert letters == expected
    assert concordance(found, by) == found
