"""The lines of a concordance in the order of what stands beside the match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sinorus.model import Hit, Span
from sinorus.model.request import Beside
from sinorus.text import scripts
from sinorus.text.order import natural_key

_NEAR = 200
"""Characters beside a match that are looked at."""


def concordance(hits: Iterable[Hit], by: Beside) -> list[Hit]:
    """A hit for each match, by the words right of it, or by those left of it from it outwards.

    A hit without matches is one line and stands by its text. What is alike keeps its order.
    """
    lines = [line for hit in hits for line in _lines(hit)]
    return sorted(lines, key=lambda line: natural_key(_beside(line, by)))


def _lines(hit: Hit) -> Iterator[Hit]:
    if not hit.matches:
        yield hit
    for span in _joined(hit.matches):
        yield replace(hit, matches=(span,))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in their order; those that touch are one match to a reader."""
    found: list[Span] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _beside(line: Hit, by: Beside) -> str:
    text = line.paragraph.text
    start, end = line.matches[0] if line.matches else (0, 0)
    if by == "right":
        return " ".join(_words(text[end : end + _NEAR]))
    return " ".join(reversed(_words(text[max(start - _NEAR, 0) : start])))


def _words(text: str) -> list[str]:
    """The words of a text; of Chinese, its characters."""
    pattern = scripts.compiled(rf"[{scripts.IDEOGRAPH}]|[^\W{scripts.IDEOGRAPH}]+")
    found: list[str] = pattern.findall(text)
    return found
