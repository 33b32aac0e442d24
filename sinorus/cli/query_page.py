"""The query language on one screen, as `sinorus help query` prints it and the manual has it."""

from __future__ import annotations

from collections.abc import Iterator

QUERY: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Words",
        (
            ("alliance treaty", "both in one paragraph, in any of their forms"),
            ("alliance OR treaty", "at least one of them; also |"),
            ("treaty NOT border", "no such word; also -border"),
            ("(oil OR gas) contract", "what the brackets hold together"),
        ),
    ),
    (
        "Words near each other",
        (
            ('"no limits"', "a phrase: one word right after the other"),
            ("oil NEAR/5 prices", 'within 5 words, in any order; also "oil prices"~5'),
            ("Putin ADJ/5 Xi", "the same, in this order"),
        ),
    ),
    (
        "Parts of words",
        (
            ("sanction*", "words that begin so; *ship those that end so"),
            ("c?mmunist", "one letter, whichever"),
            ("Khrushchov~1", "one letter may differ; ~2 two"),
            ("=treaties", "this form only, with the capitals you write"),
        ),
    ),
    (
        "Fields",
        (
            ("title:energy", "also author: publisher: lang: tag: id: path:"),
            ('title:"alliance and split"', "several words of a field"),
            ("date:2021..2023-06", "a range; also date:>=2022 and date:2022"),
            ("kind:footnote", "a kind of paragraph: heading, quote, table …"),
        ),
    ),
)
"""Headings, and below each what is written and what it finds."""

NOTES = (
    "Operators are in capitals; a hyphen, an apostrophe or a full stop within a word",
    "is text. Names are found however they are written, words in English, Russian and",
    "Chinese with -x. In a shell: sinorus search '\"no limits\" OR treaty'",
)


def query_page() -> Iterator[str]:
    """The page, line by line, at most 78 columns wide."""
    yield "Usage: sinorus search [OPTIONS] [QUERY]..."
    for heading, rows in QUERY:
        yield ""
        yield f"{heading}:"
        for written, meaning in rows:
            yield f"  {written:<26}  {meaning}"
    yield ""
    yield from NOTES
