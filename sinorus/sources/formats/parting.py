"""A block cut into several, in one pass: its text, its places and its styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model import Place, Styled
from sinorus.sources.formats.blocks import Block, is_plain
from sinorus.sources.formats.lines import byte_length

_DEEPEST = 64
"""Styles within each other that a part has; more of them are nothing that anyone sees."""


def parts(block: Block, bounds: Sequence[tuple[int, int]]) -> list[Block]:
    """The blocks of stretches of the text, which are in order and apart, none of them empty.

    The notes stay with the first of them. Where the block stands on no line, they do not either.
    """
    places = _places(block, bounds)
    spans = _spans(block.spans, bounds)
    found: list[Block] = []
    for (start, end), here, styled in zip(bounds, places, spans, strict=True):
        text = block.text[start:end]
        placed = () if not block.line or is_plain(text, here) else tuple(here)
        notes = block.notes if not found else ()
        found.append(
            block._replace(
                text=text,
                line=here[0].line,
                end_line=here[-1].line,
                places=placed,
                spans=styled,
                notes=notes,
                mark=None if found else block.mark,
            )
        )
    return found


def _places(block: Block, bounds: Sequence[tuple[int, int]]) -> Iterator[list[Place]]:
    """The places of each stretch, the first of which is where the stretch begins."""
    text, places = block.text, block.places or _of_lines(block)
    at, known, column = 0, 0, places[0].column
    for start, end in bounds:
        while at + 1 < len(places) and places[at + 1].start <= start:
            at += 1
            known, column = places[at].start, places[at].column
        column += byte_length(text[known:start])
        known = start
        here = [Place(0, places[at].line, column)]
        following = at + 1
        while following < len(places) and places[following].start < end:
            one = places[following]
            here.append(Place(one.start - start, one.line, one.column))
            following += 1
        yield here


def _of_lines(block: Block) -> list[Place]:
    """The places of a text whose lines are lines of the file."""
    found = [Place(0, block.line, 0)]
    if not block.line:
        return found
    at = block.text.find("\n")
    while at >= 0:
        found.append(Place(at + 1, block.line + len(found), 0))
        at = block.text.find("\n", at + 1)
    return found


def _spans(
    spans: Sequence[Styled], bounds: Sequence[tuple[int, int]]
) -> Iterator[tuple[Styled, ...]]:
    """The styles of each stretch."""
    going: list[Styled] = []
    at = 0
    for start, end in bounds:
        going = [one for one in going if one.end > start]
        while at < len(spans) and spans[at].start < end:
            if spans[at].end > start and len(going) < _DEEPEST:
                going.append(spans[at])
            at += 1
        yield tuple(
            [
                Styled(max(0, one.start - start), min(end, one.end) - start, one.kind, one.target)
                for one in going
            ]
        )
