"""Two texts side by side: rows, changed words, what has moved."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.comparisons import TEXT, TEXTS, both, compared, forms, kinds, number

from sinorus.model import Side, Span

GAS = "The gas pipeline to China was finished in December after years of talks on the price."
OIL = "Oil deliveries through Skovorodino have grown every year since the branch was opened."
ARMS = "Arms sales fell when Chinese factories learned to build what they had bought before."
TALKS = "Both presidents met twice in Moscow, and their ministers signed forty other papers."


def test_rows_of_each_kind() -> None:
    left = [GAS, OIL, ARMS, "Only here, and nowhere else at all."]
    right = [OIL, "Something new stands first now.", ARMS.replace("fell", "rose"), GAS]
    found = compared(left, right)
    assert set(kinds(found)) == {
        ("moved", 1, 4),
        ("same", 2, 1),
        ("right", None, 2),
        ("changed", 3, 3),
        ("left", 4, None),
    }
    assert kinds(found)[0] == ("moved", 1, 4)  # where its left paragraph stands


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        (
            "The alliance of Russia and China is firm.",
            "The partnership of Russia and China is not firm.",
            (
                "The [alliance] of Russia and China is firm.",
                "The [partnership] of Russia and China is [not] firm.",
            ),
        ),
        (
            "Россия и Китай подписали договор.",
            "Россия и Индия подписали новый договор!",
            (
                "Россия и [Китай] подписали договор.",
                "Россия и [Индия] подписали [новый] договор!",
            ),
        ),
        (
            "中俄关系处于历史最好时期。",
            "中美关系处于历史最坏的时期。",
            ("中[俄]关系处于历史最[好]时期。", "中[美]关系处于历史最[坏的]时期。"),
        ),
    ],
)
def test_changed_words(left: str, right: str, marked: tuple[str, str]) -> None:
    (row,) = compared([left], [right]).rows
    assert row.kind == "changed"
    assert both(row) == marked


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("‘Long-term’ contracts — CHINA’S own", "long term contracts: China own"),
        ("Ёлка «зелёная»", "елка зеленая"),
        ("“中国”－俄罗斯", "中国 俄罗斯"),
    ],
)
def test_case_quotes_and_hyphens_are_no_difference(left: str, right: str) -> None:
    (row,) = compared([left], [right]).rows
    assert (row.kind, row.similarity) == ("same", 1.0)
    assert row.left == Side(row.left.paragraph)  # type: ignore[union-attr]


def test_neighbouring_changes_are_one_span_with_what_is_between() -> None:
    (row,) = compared(["He saw red, green lamps there"], ["He saw blue – white lamps there"]).rows
    assert both(row) == ("He saw [red, green] lamps there", "He saw [blue – white] lamps there")


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("big gains of their army", "small losses of our army", "[big gains of their] army"),
        ("red and green lamps", "blue and white lamps", "[red and green] lamps"),
        ("long China border here", "short China frontier here", "[long] China [border] here"),
        ("sent 1949 troops here", "lost 1949 planes here", "[sent] 1949 [troops] here"),
        ("a and b here", "c and d here", "[a] and [b] here"),  # the changes are shorter still
        ("好的坏", "新的旧", "[好的坏]"),
        ("好中国坏", "新中国旧", "[好]中国[坏]"),
    ],
)
def test_small_common_words_between_changes(left: str, right: str, marked: str) -> None:
    assert both(compared([left], [right]).rows[0])[0] == marked


def test_one_paragraph_against_one_is_always_one_row() -> None:
    (row,) = compared(["Gas."], ["Completely other words stand here"]).rows
    assert (row.kind, row.similarity) == ("changed", 0.0)
    assert both(row) == ("[Gas].", "[Completely other words stand here]")


def test_similarity_is_the_share_of_common_words() -> None:
    found = compared(["one two three four"], ["one two five six seven eight"])
    assert found.rows[0].similarity == found.similarity == 2 * 2 / 10
    # 4 words in a same row, 4 + 2 that only one side has.
    found = compared(["one two three four", "x y z w"], ["one two three four", "p q"])
    assert found.similarity == 2 * 4 / 14


def test_texts_without_words() -> None:
    assert compared([], []).similarity == 1.0
    assert kinds(compared([], ["* * *", GAS])) == [("right", None, 1), ("right", None, 2)]
    assert kinds(compared(["* * *", GAS], ["---", GAS])) == [("same", 1, 1), ("same", 2, 2)]


def test_a_changed_paragraph_may_have_moved() -> None:
    found = compared([GAS, OIL, ARMS, TALKS], [OIL, ARMS, TALKS, GAS.replace("years", "months")])
    assert kinds(found)[0] == ("moved", 1, 4)
    assert both(found.rows[0])[0] == GAS.replace("years", "[years]")
    assert [row.kind for row in found.rows[1:]] == ["same"] * 3


def test_what_is_repeated_pairs_up_in_order() -> None:
    left = [x for text in (GAS, OIL, ARMS, TALKS) * 5 for x in (text, "No answer was given.")]
    right = [x for x in left if x != OIL]
    found = compared(left, right)
    assert Counter(row.kind for row in found.rows) == {"same": 35, "left": 5}


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_paragraph_stands_in_one_row(left: list[str], right: list[str]) -> None:
    found = compared(left, right)
    lefts = [number(row.left) for row in found.rows if row.left]
    assert lefts == list(range(1, len(left) + 1))
    rights = [number(row.right) for row in found.rows if row.right]
    assert sorted(map(int, filter(None, rights))) == list(range(1, len(right) + 1))
    unmoved = [number(row.right) for row in found.rows if row.right and row.kind != "moved"]
    assert unmoved == sorted(map(int, filter(None, unmoved)))
    for row in found.rows:
        assert 0 <= row.similarity <= 1
        assert (row.kind == "left") == (row.right is None)
        assert (row.kind == "right") == (row.left is None)
        if row.kind == "same":
            assert row.left is not None
            assert row.right is not None
            assert forms(row.left.paragraph.text) == forms(row.right.paragraph.text)
    assert 0 <= found.similarity <= 1


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_swapping_the_sides_swaps_the_rows(left: list[str], right: list[str]) -> None:
    mirrored = {"left": "right", "right": "left"}
    there, back = compared(left, right), compared(right, left)
    assert Counter(
        (mirrored.get(row.kind, row.kind), spans(row.right), spans(row.left), row.similarity)
        for row in there.rows
    ) == Counter((row.kind, spans(row.left), spans(row.right), row.similarity) for row in back.rows)
    assert there.similarity == back.similarity


def spans(side: Side | None) -> tuple[int, tuple[Span, ...]] | None:
    return (side.paragraph.n, side.changed) if side else None


@settings(deadline=None)
@given(TEXTS)
def test_a_text_is_the_same_as_itself(texts: list[str]) -> None:
    found = compared(texts, texts)
    assert found.similarity == 1.0
    assert kinds(found) == [("same", n, n) for n in range(1, len(texts) + 1)]


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_changed_spans_are_sorted_words_of_the_text(left: list[str], right: list[str]) -> None:
    for row in compared(left, right).rows:
        for side in (row.left, row.right):
            last = 0
            for start, end in side.changed if side else ():
                assert last <= start < end <= len(side.paragraph.text)  # type: ignore[union-attr]
                last = end


@settings(deadline=None)
@given(TEXT, TEXT)
def test_what_is_not_marked_is_common(left: str, right: str) -> None:
    (row,) = compared([left], [right]).rows
    assert forms(unmarked(row.left)) == forms(unmarked(row.right))


def unmarked(side: Side | None) -> str:
    assert side is not None
    out, at = "", 0
    for start, end in side.changed:
        out += side.paragraph.text[at:start] + " | "
        at = end
    return out + side.paragraph.text[at:]


@settings(deadline=None)
@given(st.permutations([GAS, OIL, ARMS, TALKS]))
def test_any_order_of_the_same_paragraphs_has_only_same_and_moved(right: list[str]) -> None:
    found = compared([GAS, OIL, ARMS, TALKS], right)
    assert {row.kind for row in found.rows} <= {"same", "moved"}
    assert found.similarity == 1.0
