"""Our analysis of texts in the shape of Whoosh's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer

from sinorus.text.tokens import tokenize


class Words(Analyzer):
    """The words of a text as Whoosh's tokens, for its highlighter; indexing goes without it."""

    def __init__(self, stems: bool) -> None:
        self.stems = stems

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yields a token for each word."""
        tokens = tokenize(value)
        words = tokens.stems if self.stems else tokens.forms
        for at, (word, start, end) in enumerate(
            zip(words, tokens.starts, tokens.ends, strict=True)
        ):
            place = {"text": word, "pos": at, "startchar": start, "endchar": end}
            yield Token(**{**options, **place}, original=value[start:end])
