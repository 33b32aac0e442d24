"""A draft in Org: prose without drawers, keywords, code, marks and links."""

from __future__ import annotations

import re

from sinorus.citation.drafts.draft import Cited, Prose, in_blocks
from sinorus.citation.drafts.traced import CLOSE, OPEN, Piece, Traced, stretches

_CODE = re.compile(r"^[ \t]*#\+begin_(src|example|export|comment)\b", re.M | re.I)
_BEGIN = re.compile(r"^[ \t]*#\+begin_(?:quote|verse)[^\n]*\n?", re.M | re.I)
_END = re.compile(r"^[ \t]*#\+end_(?:quote|verse)[^\n]*", re.M | re.I)
_PROPERTIES = re.compile(r"(?:^[ \t]*:[\w+-]+:[^\n]*(?:\n|\Z))+", re.M)
"""Lines of a drawer, and what stands above them as they do."""
_DRAWER = re.compile(r"^[ \t]*:[\w-]+:[ \t]*\n", re.M)
_END_OF_DRAWER = re.compile(r"^[ \t]*:end:[^\n]*", re.M | re.I)
_COMMENT = re.compile(r"^[ \t]*#(?:\+[\w-]+:[^\n]*|[ \t][^\n]*|$)|@@comment:.*?@@", re.M)
_CITE = re.compile(r"\[cite(?:/[\w/-]*)?:[^\[\]]*\]")
_KEY = re.compile(r"@([\w](?:[\w:.#$%&+?<>~/-]*[\w/])?)")
_LINK = re.compile(r"\[\[[^\[\]]*\]\[([^\[\]]*)\]\]|\[\[[^\[\]]*\]\]")
_NOTE = re.compile(r"\[fn:[^\[\]:]*\]")
_EMPHASIS = re.compile(r"(?<![^\s({'\"«“„\ue000-])([*/_+])\S")
_VERBATIM = re.compile(r"(?<!\w)([=~])\S")
_EMPTY_LINE, _LINE_END = re.compile(r"\n(?=\n)"), re.compile(r"\n")
_BREAK = re.compile(r"\\\\[ \t]*$", re.M)
_ENTITY = re.compile(r"\\dollar(?:\{\}|(?![A-Za-z]))")
_RAISED = re.compile(r"(?<=\S)[\^_]\{([^{}\n]*)\}")
_HEAD = re.compile(r"^\*+[ \t]+[^\n]*$", re.M)


def _end_of_code(begun: re.Match[str]) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*#\+end_{begun[1].lower()}[^\n]*$", re.M | re.I)


def _without_drawers(lines: re.Match[str]) -> list[Piece]:
    """What of such lines is in no drawer."""
    at, pieces = lines.start(), list[Piece]()
    for start, end in stretches(lines[0], _DRAWER, lambda _: _END_OF_DRAWER):
        pieces.append((at, lines.start() + start))
        at = lines.start() + end
    return [*pieces, (at, lines.end())]


def read(text: str) -> Prose:
    """The paragraphs and the citation keys."""
    prose = Traced(text).outside(stretches(text, _CODE, _end_of_code), "\n\n")
    prose = prose.sub(_BEGIN, OPEN).sub(_END, CLOSE)
    prose = prose.sub(_PROPERTIES, _without_drawers).without(_COMMENT)
    keys: list[Cited] = []

    def take(match: re.Match[str]) -> list[str]:
        for one in _KEY.finditer(match[0]):
            start = prose.at[match.start() + one.start()]
            keys.append(Cited(start, start + len(one[0]), one[0], key=one[1]))
        return []

    prose = prose.sub(_CITE, take).sub(_HEAD, "\n\n").kept(_LINK).without(_NOTE)
    prose = prose.outside(_between(prose.text, _VERBATIM, r"(?!\w)", _LINE_END))
    prose = prose.without(_BREAK).kept(_RAISED).sub(_ENTITY, "$")
    styled = _between(prose.text, _EMPHASIS, r"(?![^\s)}.,:;!?'\"»”\ue001-])", _EMPTY_LINE)
    signs = [(at, at + 1) for start, end in styled for at in (start, end - 1)]
    return Prose(in_blocks(prose.outside(signs)), keys)


def _between(
    text: str, opening: re.Pattern[str], after: str, end: re.Pattern[str]
) -> list[tuple[int, int]]:
    """What stands between two signs of one kind; `after` is what may stand behind the second."""
    ends = [match.start() for match in end.finditer(text)]
    return stretches(
        *(text, opening),
        lambda opened: re.compile(rf"(?<=\S){re.escape(opened[1])}{after}"),
        ends,
    )
