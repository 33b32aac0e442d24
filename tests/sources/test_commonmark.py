"""Our reader of Markdown against another, markdown-it-py, which shares no line with it.

Both read the examples of the specifications, and texts made at random: the same blocks on the same
lines with the same text. Where ours means to be different, it is named here and must be so.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.commonmark import SPECIFICATIONS, disagreement, examples

QUIET = settings(database=None, deadline=None)
needs_specifications = pytest.mark.skipif(
    not (SPECIFICATIONS / "gfm.txt").is_file(),
    reason=f"no specifications at {SPECIFICATIONS}; .ci/specifications fetches them",
)

FENCE = "a fence that is never closed is text"
NUMBER = "the number of a lone item stays with its text: it may be a year, a day, a clause"
PROSE = "what is indented like code and is made of words is prose"
WIKI = "[[…]] is a link of a wiki"
DIFFERENT = {
    39: "two line ends, written as entities, divide paragraphs",
    **dict.fromkeys((127, 137, 139), FENCE),
    **dict.fromkeys((265, 267, 268, 271, 296, 297, 299, 302), NUMBER),
    289: PROSE,
    **dict.fromkeys((548, 559, 590), WIKI),
    626: "of the blanks on both sides of a comment one is enough",
}
"""By the number of an example in CommonMark 0.31.2."""
DIFFERENT_OF_GITHUB = {
    202: "a line without a stroke is the text behind a table",
    **dict.fromkeys((279, 280), "nobody reads the box of a task as text"),
}


@needs_specifications
@pytest.mark.parametrize("number", range(1, 653))
def test_the_examples_of_commonmark(number: int) -> None:
    found = disagreement(examples("commonmark.txt")[number])
    assert bool(found) == (number in DIFFERENT), found


@needs_specifications
@pytest.mark.parametrize("extension", ["table", "strikethrough", "disabled"])
def test_the_examples_of_github(extension: str) -> None:
    found = {number: disagreement(body) for number, body in examples("gfm.txt", extension).items()}
    assert found
    for number, words in found.items():
        assert bool(words) == (number in DIFFERENT_OF_GITHUB), (number, words)
