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
    [(ENGLISH, ["Q", "PUTIN", "Q", "PUTIN"]), (CHINESE, ["普京", "习近平", "普京"])],
)
def test_transcripts_in_other_languages(body: str, speakers: list[str]) -> None:
    assert [who for _, who, _ in told(body)] == speakers


@pytest.mark.parametrize(
    "body",
    [
        "Note: one.\n\nNote: two.\n\nNote: three.\n",
        "В.Путин: Одна реплика в тексте.\n\nБольше ничего.\n",
        "Moscow: a city.\n\nBeijing: a city.\n\nAstana: a city.\n",
    ],
)
def test_what_is_no_transcript_keeps_its_words(body: str) -> None:
    assert all(
        (kind == "text" and who is None and ":" in text) or "Больше" in text
        for kind, who, text in told(body)
    )


def test_what_is_said_stands_where_the_file_has_it() -> None:
    blocks, _ = with_speakers(split_paragraphs(RUSSIAN, 1, markdown=True))
    lines = RUSSIAN.split("\n")
    for block in blocks:
        place = block.places[0] if block.places else None
        column = place.column if place else 0
        assert lines[block.line - 1].encode()[column:].decode().startswith(block.text[:5])
