"""A quotation held against one source: its grade and what is said beside it."""

from __future__ import annotations

import pytest

from sinorus.citation.grades import Asked, context_cautions, literal, near, spliced
from sinorus.citation.wording import Wording

SOURCE = (
    "The partnership is not an alliance. In 1950 both sides signed “a treaty of friendship”, "
    "which bound them to help each other, but only if one of them was attacked; it did not last."
)
ZH = "中俄关系不是军事同盟，但比同盟更好。双方将继续合作，共同发展。"
RU = "Партнёрство — не союз. В 1950 году стороны подписали договор о дружбе и взаимной помощи."

GRADES = [
    ("In 1950 both sides signed ‘a treaty of friendship’", "EXACT"),
    ("in 1950, both sides signed a Treaty of friendship", "NORMALISED"),
    ("both sides signed “a treaty of friendship,”", "NORMALISED"),
    ("[B]oth sides signed “a treaty of friendship”", "ELLIPSIS"),
    ("both sides […] bound them to help each other", "ELLIPSIS"),
    ("both sides . . . bound them to help each other", "ELLIPSIS"),
    ("which bound [China and Russia] to help each other", "ELLIPSIS"),
    ("both sides signed [sic] “a treaty of friendship”", "ELLIPSIS"),
    ("each other […] both sides signed", "NEAR"),
    ("In 1951 both sides signed “a treaty of friendship”", "NEAR"),
    ("both parties signed a treaty of friendship", "NEAR"),
    ("The partnership is an alliance. In 1950", "MISQUOTED-NEGATION"),
    ("In 1950 both sides never signed “a treaty of friendship”", "MISQUOTED-NEGATION"),
    ("whoever heard of zebras that quarrel at night", "NOT-FOUND"),
]


def graded(text: str, source: str):
    words = Wording(source)
    return literal(Asked(text), words) or near(Asked(text), words)


@pytest.mark.parametrize(("text", "grade"), GRADES)
def test_grades_in_english(text: str, grade: str) -> None:
    assert graded(text, SOURCE).grade == grade


@pytest.mark.parametrize(
    ("text", "source", "grade"),
    [
        ("中俄关系不是军事同盟，但比同盟更好", ZH, "EXACT"),
        ("中俄關係不是軍事同盟", ZH, "NORMALISED"),
        ("中俄关系……比同盟更好", ZH, "ELLIPSIS"),
        ("双方将继续协作，共同发展", ZH, "NEAR"),
        ("中俄关系是军事同盟", ZH, "MISQUOTED-NEGATION"),
        ("Партнёрство — не союз", RU, "EXACT"),
        ("партнерство - не союз", RU, "NORMALISED"),
        ("стороны подписали <…> о дружбе", RU, "ELLIPSIS"),
        ("В 1950 году стороны подписали договор о взаимной помощи", RU, "NEAR"),
        ("Партнёрство — союз. В 1950 году", RU, "MISQUOTED-NEGATION"),
    ],
)
def test_grades_in_chinese_and_russian(text: str, source: str, grade: str) -> None:
    assert graded(text, source).grade == grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("В 1950 году, — сказал он, — стороны подписали договор о дружбе", "ELLIPSIS"),
        ("Партнёрство — не союз, — пояснил автор. — В 1950 году стороны подписали", "ELLIPSIS"),
        ("В 1950 году стороны, – отмечает историк, – подписали договор о дружбе", "ELLIPSIS"),
        ("В 1950 году, — сказал он, — подписали договор о дружбе и взаимной помощи", "NEAR"),
        ("В 1950 году, — сказал он, — стороны расторгли договор о дружбе", "NEAR"),
        ("В 1950 году, — по их просьбе, — стороны подписали договор о дружбе", "NEAR"),
        ("В 1950 году, — никто не сказал, — стороны подписали договор", "MISQUOTED-NEGATION"),
        ("В 1950 году, — сказал он, — […] подписали договор о дружбе", "ELLIPSIS"),
    ],
)
def test_what_an_author_says_in_the_middle_of_a_russian_quotation(text: str, grade: str) -> None:
    assert graded(text, RU).grade == grade


def test_what_the_source_itself_has_in_brackets_may_not_be_altered() -> None:
    source = "A talk between [less than 1 line not declassified] and the Premier [of China] in May."
    text = "A talk between [less than 1 line declassified not] and the Premier"
    assert graded(text, source).grade == "NEAR"
    assert graded(text, source).cautions == ("order",)
    text = "A talk between [less than 2 lines not declassified] and the Premier"
    assert graded(text, source).grade == "NEAR"
    for text in (
        "A talk between [less than 1 line not declassified] and the Premier",
        "A talk between [two ministers] and the Premier",
        "between […] and the Premier [of China] in May",
        "and the Premier [Zhou Enlai] in May",
    ):
        assert graded(text, source).grade in ("EXACT", "ELLIPSIS"), text


def test_words_of_saying_that_are_the_source_s_own_are_quoted_too() -> None:
    source = "«Мы соседи, — сказал он, — и останемся ими», — писала газета в мае."
    assert graded("Мы соседи, — сказал он, — и останемся ими", source).grade == "EXACT"
    assert graded("Мы соседи, — сказал он, — и будем ими", source).changed == ((28, 33),)


def test_what_differs_is_shown_in_both_texts() -> None:
    found = graded("In 1951 both parties signed", SOURCE)
    assert ["In 1951 both parties signed"[a:b] for a, b in found.changed] == ["1951", "parties"]
    assert [SOURCE[a:b] for a, b in found.found_changed] == ["1950", "sides"]
    assert found.cautions == ("number",)
    assert graded("双方将继续协作，共同发展", ZH).changed == ((5, 6),)
    assert graded("both sides a signed treaty of friendship", SOURCE).cautions == ("order",)


def test_an_ellipsis_may_hide_a_negation() -> None:
    (found,) = [literal(Asked("The partnership is […] an alliance"), Wording(SOURCE))]
    assert found is not None
    assert (found.grade, found.cautions) == ("ELLIPSIS", ("hidden negation",))


@pytest.mark.parametrize(
    ("text", "said", "cautions"),
    [
        ("an alliance. In 1950 both sides", "He calls it ", ("truncated",)),
        ("an alliance. In 1950 both sides", "He says that it is not ", ()),
        ("which bound them to help each other", "A treaty ", ("truncated",)),
        ("both sides signed “a treaty", "In that year ", ()),
    ],
)
def test_a_cut_that_changes_the_sense_is_said(
    text: str, said: str, cautions: tuple[str, ...]
) -> None:
    found = literal(Asked(text), Wording(SOURCE))
    assert found is not None
    assert context_cautions(Wording(SOURCE), found.span, said) == cautions


def test_a_quotation_put_together_from_two_places() -> None:
    both = Asked(
        "both sides signed “a treaty of friendship” и подписали договор о дружбе и взаимной"
    )
    assert spliced(both, [Wording(SOURCE), Wording(RU), Wording(ZH)]) == [0, 1]
    assert spliced(Asked("both sides signed “a treaty of friendship”"), [Wording(SOURCE)]) == []
