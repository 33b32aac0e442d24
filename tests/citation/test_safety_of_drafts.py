"""Drafts that nobody wrote: signs without end are read in time, and never an error."""

from __future__ import annotations

from time import process_time

import pytest

from sinorus.citation.drafts.draft import FORMATS, Draft
from sinorus.citation.drafts.quotations import quotations

SIGNS = [
    *("“", "‘a ", "'a ", '"', "[@a ", "*a", "{", "\\enquote{", "<a", "> \n", "#quote[", "@a"),
    *("“”", "「", "\n\n“a", "\\cite[", "$$", "[[", "~", "sinorus: a#1 ", "a#1@01234567 ", "\n>"),
]


@pytest.mark.parametrize("kind", FORMATS)
def test_signs_without_end(kind: str) -> None:
    for sign in SIGNS:
        found = quotations(Draft(sign * 1_500, kind))
        assert all(one.start < one.end for one in found.quotations)


LEFT_OPEN = {
    "markdown": ["~", "`", "` a", "[@a ", "@a [", "$$", "[a](", "![a", "<!", "> “\n"],
    "latex": [
        "\\[",
        "\\a[",
        "\\cite[",
        "\\cite<",
        "\\begin{verbatim}",
        "\\enquote{",
        "\\verb|a\\verb!",
    ],
    "org": [":a:\n", "#+begin_src\n", "#+begin_quote\n", "[[a][", "[cite:@a", "=a ", "*a "],
    "typst": ["#quote(", "#quote(a(b", "#quote[", "#cite(<a>", "@a[", "```", "#f(", "$a\\$"],
    "html": ["<script>", "<pre>", '<a b="', "<!doctype ", "<q>", "<blockquote>", "<?", "</a "],
    "plain": ["“", "‘a ", "„a ", "!a", "曰：", "    a\n\n", "\n\n“a", "sinorus:a"],
    "paragraphs": ["“a\n", "\ta\n", "«a ", '"a '],
}
"""What is opened and never closed, for each kind of draft."""
SIZE, SECONDS = 40_000, 2.0
"""Characters, and what reading them may take: a fraction of it, but more where each that is open
is looked for to the end."""


@pytest.mark.parametrize("kind", LEFT_OPEN)
def test_what_is_left_open_is_not_looked_for_again_and_again(kind: str) -> None:
    for sign in LEFT_OPEN[kind]:
        text = sign * (SIZE // len(sign))
        started = process_time()
        quotations(Draft(text, kind))
        assert process_time() - started < SECONDS, sign
