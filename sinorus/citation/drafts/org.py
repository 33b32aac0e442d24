"""A draft in Org: prose without drawers, keywords, code, marks and links."""

from __future__ import annotations

import re

from sinorus.citation.drafts.draft import Cited, Prose, in_blocks
from sinorus.citation.drafts.traced import CLOSE, OPEN, Traced

_CODE = re.compile(
    r"^[ \t]*#\+begin_(src|example|export|comment)\b.*?^[ \t]*#\+end_\1[^\n]*$", re.S | re.M | re.I
)
_BEGIN = re.compile(r"^[ \t]*#\+begin_(?:quote|verse)[^\n]*\n?", re.M | re.I)
_END = re.compile(r"^[ \t]*#\+end_(?:quote|verse)[^\n]*", re.M | re.I)
_DRAWER = re.compile(
    r"^[ \t]*:[\w-]+:[ \t]*\n(?:[ \t]*:[\w+-]+:[^\n]*\n)*[ \t]*:end:[^\n]*", re.M | re.I
)
_COMMENT = re.compile(r"^[ \t]*#(?:\+[\w-]+:[^\n]*|[ \t][^\n]*|$)|@@comment:.*?@@", re.M)
_CITE = re.compile(r"\[cite(?:/[\w/-]*)?:[^\[\]]*\]")
_KEY = re.compile(r"@([\w](?:[\w:.#$%&+?<>~/-]*[\w/])?)")
_LINK = re.compile(r"\[\[[^\[\]]*\]\[([^\[\]]*)\]\]|\[\[[^\[\]]*\]\]")
_NOTE = re.compile(r"\[fn:[^\[\]:]*\]")
_EMPHASIS = re.compile(
    r"(?<![^\s({'\"«“„\ue000-])([*/_+])(?=\S)((?:[^\n]|\n(?!\n))+?)(?<=\S)\1(?![^\s)}.,:;!?'\"»”\ue001-])"
)
_VERBATIM = re.compile(r"(?<!\w)([=~])(?=\S)[^\n]+?(?<=\S)\1(?!\w)")
_BREAK = re.compile(r"\\\\[ \t]*$", re.M)
_ENTITY = re.compile(r"\\dollar(?:\{\}|(?![A-Za-z]))")
_RAISED = re.compile(r"(?<=\S)[\^_]\{([^{}\n]*)\}")
_HEAD = re.compile(r"^\*+[ \t]+[^\n]*$", re.M)


def read(text: str) -> Prose:
    """The paragraphs and the citation keys."""
    prose = Traced(text).sub(_CODE, "\n\n").sub(_BEGIN, OPEN).sub(_END, CLOSE)
    prose = prose.without(_DRAWER).without(_COMMENT)
    keys: list[Cited] = []

    def take(match: re.Match[str]) -> list[str]:
        for one in _KEY.finditer(match[0]):
            start = prose.at[match.start() + one.start()]
            keys.append(Cited(start, start + len(one[0]), one[0], key=one[1]))
        return []

    prose = prose.sub(_CITE, take).sub(_HEAD, "\n\n").kept(_LINK).without(_NOTE).without(_VERBATIM)
    prose = (
        prose.without(_BREAK)
        .kept(_RAISED)
        .sub(_ENTITY, "$")
        .sub(_EMPHASIS, lambda match: [match.span(2)])
    )
    return Prose(in_blocks(prose), keys)
