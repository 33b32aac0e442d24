"""Who speaks in a transcript, and what is none."""

from __future__ import annotations

import pytest

from sinorus.sources.paragraphs import split_paragraphs
from sinorus.sources.speakers import with_speakers

RUSSIAN = """\
# Встреча

В.Путин: Добрый день! Рад вас видеть.

Садитесь, пожалуйста.

И.Кобзев: Владимир Владимирович, спасибо.

**В.Путин:** Что с *энергетикой*?

## После встречи

Встреча закончилась.
"""
ENGLISH = "Q: Will you go?\n\nPUTIN: Yes, I will.\n\nQ: When?\n\nPUTIN: In May.\n"
CHINESE = "普京：你好。\n\n习近平：你好，老朋友。\n\n普京：请坐。\n"


def told(body: str) -> list[tuple[str, str | None, str]]:
    blocks, speaking = with_speakers(split_paragraphs(body, 1, markdown=True))
    return [(one.kind, who, one.text) for one, who in zip(blocks, speaking, strict=True)]


def test_a_name_is_no_word_of_what_is_said_and_goes_on_to_the_next() -> None:
    assert told(RUSSIAN) == [
        ("heading", None, "Встреча"),
        ("speaker", "В.Путин", "Добрый день! Рад вас видеть."),
        ("text", "В.Путин", "Садитесь, пожалуйста."),
        ("speaker", "И.Кобзев", "Владимир Владимирович, спасибо."),
        ("speaker", "В.Путин", "Что с энергетикой?"),
        ("heading", None, "После встречи"),
        ("text", None, "Встреча закончилась."),
    ]


@pytest.mark.parametrize(
    ("body", "speakers"),
    [
        ("# Речь\n\nВ.Путин: Добрый день.\n\nНачнём.\n", [None, "В.Путин", "В.Путин"]),
        ("**V. Putin:** Good day.\n\nS. Lavrov: Yes.\n", ["V. Putin", "S. Lavrov"]),
        ("Д.С. Песков: Да.\n\nВопрос: Когда?\n", ["Д.С. Песков", "Вопрос"]),
    ],
)
def test_a_name_with_an_initial_is_enough(body: str, speakers: list[str | None]) -> None:
    assert [who for _, who, _ in told(body)] == speakers


@pytest.mark.parametrize(
    ("body", "speakers"),
    [(ENGLISH, ["Q", "PUTIN", "Q", "PUTIN"]), (CHINESE, ["普京", "习近平", "普京"])],
)
def test_transcripts_in_other_languages(body: str, speakers: list[str]) -> None:
    assert [who for _, who, _ in told(body)] == speakers


@pytest.mark.parametrize(
    "body",
    [
        "Note: one.\n\nNote: two.\n\nNote: three.\n",
        "В этот день сказано так.\n\nВ.Путин: Одна реплика в тексте.\n\nБольше ничего.\n",
        "А.Пушкин: жизнь и труды.\n\nБольше ничего.\n",
        "Moscow: a city.\n\nBeijing: a city.\n\nAstana: a city.\n",
    ],
)
def test_what_is_no_transcript_keeps_its_words(body: str) -> None:
    assert [one[:2] for one in told(body)] == [("text", None)] * (1 + body.count("\n\n"))
    assert [text for *_, text in told(body)] == body.strip().split("\n\n")


def test_what_is_said_stands_where_the_file_has_it() -> None:
    blocks, _ = with_speakers(split_paragraphs(RUSSIAN, 1, markdown=True))
    lines = RUSSIAN.split("\n")
    for block in blocks:
        place = block.places[0] if block.places else None
        column = place.column if place else 0
        assert lines[block.line - 1].encode()[column:].decode().startswith(block.text[:5])
