"""Whether the line ends in a run of lines were put there by an editor or end paragraphs.

An editor that wraps fills each line: the first word of the next would not have fitted. Where it
would have, the author ended the line.
"""

from __future__ import annotations

import re

from sinorus.sources.formats.lines import Line, Run, columns, is_wide

_WIDEST = 160
_NARROWEST = 30
_MOST = 0.6
_IDEOGRAPH_SLACK = 4  # one ideograph, and one more that may not begin or end a line
_MARK = re.compile(r"(?:\(?\w{1,3}[.)]|\[\w{1,4}\]|[-*•·–—])\s")
_SENTENCE_END = re.compile(r"[.!?…。！？:：][\"'”’»」』）)\]]*$")


def split_wide(run: Run) -> list[Run]:
    """The paragraphs of a Markdown run: all of it, or one a line where the lines are very long.

    Markdown joins lines, but a text most of which is in lines beyond 160 columns was not wrapped.
    """
    if run.whole or len(run.lines) == 1 or not _mostly_wide(run.lines):
        return [run]
    return [Run([line], run.heading) for line in run.lines]


def is_wrapped(lines: list[Line], indents: list[int]) -> bool:
    """Whether the lines were filled up to a common width, most of them."""
    if len(lines) == 1:
        return True
    if _mostly_wide(lines):
        return False
    widest = widest_of(lines, indents)
    if widest < _NARROWEST:
        return False
    base = min(indents)
    filled = against = 0
    for at in range(len(lines) - 1):
        before, after = indents[at], indents[at + 1]
        if is_marked(lines[at + 1]):
            continue  # begins an entry, however long the line before it
        if fills(lines, indents, at, widest):
            filled += 1
        elif not (after > before and after > base):
            against += 1  # and not the short last line before an indented first one
    return filled >= max(1, _MOST * (filled + against))


def widest_of(lines: list[Line], indents: list[int]) -> int:
    """The width that the lines were wrapped at, in columns; wider ones are single long words."""
    return max((width for width in _widths(lines, indents) if width <= _WIDEST), default=0)


def fills(lines: list[Line], indents: list[int], at: int, widest: int) -> bool:
    """Whether the first word of the line after `at` would not have fitted into line `at`."""
    here, after = lines[at].text, lines[at + 1].text
    if is_wide(after[0]) or is_wide(here[-1]):
        needed = _IDEOGRAPH_SLACK
    else:
        needed = 1 + columns(after[: widest + 1].split(None, 1)[0])
    return indents[at] + columns(here[: _WIDEST + 1]) + needed > widest


def is_marked(line: Line) -> bool:
    """Whether a line begins like an entry of a list: `1. `, `(a) `, `[12] `, `— `."""
    return _MARK.match(line.text) is not None


def ends_early(line: Line, indent: int, widest: int) -> bool:
    """Whether a line of a wrapped run is clearly short and ends a sentence: a paragraph's last."""
    short = indent + columns(line.text) <= 0.75 * widest
    return short and _SENTENCE_END.search(line.text) is not None


def _widths(lines: list[Line], indents: list[int]) -> list[int]:
    return [
        indent + columns(line.text[: _WIDEST + 1])
        for line, indent in zip(lines, indents, strict=True)
    ]


def _mostly_wide(lines: list[Line]) -> bool:
    widths = [len(line.text) if len(line.text) > _WIDEST else columns(line.text) for line in lines]
    return 2 * sum(width for width in widths if width > _WIDEST) > sum(widths)
