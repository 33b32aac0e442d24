"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from sinorus.model.wording import counted, inflected


@pytest.mark.parametrize(
    ("number", "noun", "expected"),
    [
        (0, "match", "0 matches"),
        (1, "match", "1 match"),
        (2, "document", "2 documents"),
        (1234, "paragraph", "1,234 paragraphs"),
        (2, "index", "2 indexes"),
    ],
)
def test_a_number_says_its_noun_in_the_number_it_has(number: int, noun: str, expected: str) -> None:
    assert counted(number, noun) == expected


def test_a_noun_alone_takes_the_number_that_stands_elsewhere() -> None:
    assert [inflected("language", number) for number in (1, 2)] == ["language", "languages"]
