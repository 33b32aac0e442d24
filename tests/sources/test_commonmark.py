"""Our reader of Markdown against another, markdown-it-py, which shares no line with it.

Both read the examples of the specifications, and texts made at random: the same blocks on the same
lines with the same text. Where ours means to be different, it is named here and must be so.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from support.commonmark import SPECIFICATIONS, disagreement, examples, tokens_of
from support.markdown_documents import GENTLE_SOUPS, documents

from sinorus.sources.formats.prose import is_prose

QUIET = settings(database=None, deadline=None)
needs_specifications = pytest.mark.skipif(
    not (SPECIFICATIONS / "gfm.txt").is_file(),
    reason=f"no specifications at {SPECIFICATIONS}; .ci/specifications fetches them",
)

FENCE = "a fence that is never closed is text"
DASHES = "prose of two lines above dashes is prose, and the dashes divide"
NUMBER = "the number of a lone item stays with its text: it may be a year, a day, a clause"
PROSE = "what is indented like code and is made of words is prose"
WIKI = "[[…]] is a link of a wiki"
DIFFERENT = {
    39: "two line ends, written as entities, divide paragraphs",
    **dict.fromkeys((127, 137, 139), FENCE),
    **dict.fromkeys((265, 267, 268, 271, 296, 297, 299, 302), NUMBER),
    95: DASHES,
    289: PROSE,
    **dict.fromkeys((548, 559, 590), WIKI),
}
"""By the number of an example in CommonMark 0.31.2."""
DIFFERENT_OF_GITHUB = {
    202: "a line without a stroke is the text behind a table",
    **dict.fromkeys((279, 280), "nobody reads the box of a task as text"),
}
RARE = {
    "[[": WIKI,
    "*[": "*[…]: is what an abbreviation means",
    "][!": "markdown-it takes what is no label for one",
    "]\\[": "pulldown-cmark takes it for `][`, where the bracket that ends it is not escaped",
}
"""Where the readers differ on texts that nobody writes, and one of them may be wrong."""


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


@given(body=documents())
@QUIET
def test_documents_whose_marks_are_whole(body: str) -> None:
    assert not disagreement(body)


@given(body=GENTLE_SOUPS)
@QUIET
def test_texts_whose_marks_are_broken(body: str) -> None:
    assume(not means_to_differ(body))
    assert not disagreement(body)


def means_to_differ(body: str) -> bool:
    """Whether there is something in it that we read in another way on purpose."""
    lines = body.split("\n")
    for token in tokens_of(body):
        first, last = token.map or (0, 0)
        if token.type == "heading_open" and token.markup == "-" and last - first > 2:
            return True  # DASHES
        if token.type == "fence":
            closing = re.compile(rf"[ \t>]*{token.markup[0]}{{{len(token.markup)},}}[ \t]*")
            if last - first < 2 or not closing.fullmatch(lines[last - 1]):
                return True  # FENCE
        if token.type == "code_block" and is_prose(token.content):
            return True  # PROSE
    return any(sign in body for sign in RARE)
