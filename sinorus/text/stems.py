"""Stems: English Snowball for Latin words, Russian Snowball for Cyrillic ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import Stemmer

    return Stemmer.Stemmer(language, 0).stemWord  # type: ignore[no-any-return]


def stem(form: str) -> str:
    """The Snowball stem of a folded word; the script of its first letter decides which."""
    if form[:1] >= "\u0400":
        return _stemmer("russian")(form)
    return _stemmer("english")(form)
