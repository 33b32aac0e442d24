"""A draft in Markdown, Pandoc's included: prose without code, marks, links and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from sinorus.citation.drafts.draft import Block, Cited, Prose, in_blocks
from sinorus.citation.drafts.traced import Traced, stretches
from sinorus.model.documents import Span

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n.*?\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FENCED = re.compile(
    r"^( {0,3}(?:>[ ]?)*)(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n.*?(?:^[ >]*\2[`~]*[ \t]*$|\Z)", re.S | re.M
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_TICKS = re.compile(r"`+")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_PLAIN_CODE = re.compile(r"[\w\s.,:;()+/=-]*")
"""Code that is a name or a path; what may be read as a quotation or a citation is left out."""
_MATH = re.compile(
    r"(?<![\\$])\$\$.+?\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]*?(?<=[^\s\\])\$(?!\d)", re.S
)
_KEY = r"@(?:\{[^}\s]+\}|[\w](?:[\w:.#$%&+?<>~/-]*[\w/])?)"
_GROUP = re.compile(rf"\[[^\[\]]*?(?<![\w.]){_KEY}[^\[\]]*\]")
_BARE = re.compile(rf"(?<![\w.@/\\]){_KEY}(?:\s\[[^\[\]\n]*\])?")
_ATTRIBUTES = re.compile(r"(?<=[\])`*_])\{[^{}\n]*\}|^:{3,}[^\n]*$|^ {0,3}#.*\{[^{}\n]*\}$", re.M)
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()\s]*(?:\s\"[^\"\n]*\")?\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])")
_SPAN = re.compile(r"\[([^\[\]\n]+)\](?=\{)")
_NOTE_HEAD = re.compile(r"^\[\^[^\]\s]+\]:[ \t]*", re.M)
_NOTE = re.compile(r"\[\^[^\]\s]+\]|\^\[")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>|<(?:https?|mailto):[^<>\s]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,3}|~~|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))")
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$", re.M)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_RAISED = re.compile(r"(?<=[\w)])(?P<sign>[\^~])(?P<raised>[^\s\\^~]{1,40})(?P=sign)(?!~)")
_MARKER = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.M)
_QUOTED = re.compile(r"[ \t]{0,3}>")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)|^#{1,6}[ \t]+", re.M)


def read(text: str) -> Prose:
    """The paragraphs, block quotations among them, and the citation keys."""
    prose = Traced(text).without(_FRONT).sub(_FENCED, "\n\n").without(_COMMENT)
    ends = [match.start() for match in _EMPTY_LINE.finditer(prose.text)]
    code = stretches(prose.text, _TICKS, _as_many, ends)
    prose = prose.outside([*_but_for_names(prose.text, code)]).without(_MATH)
    keys: list[Cited] = []

    def take(match: re.Match[str]) -> list[str]:
        at = match.start()
        for one in re.finditer(rf"(?<![\w.]){_KEY}", match[0]):
            key = one[0][1:].strip("{}")
            start = prose.at[at + one.start()]
            keys.append(Cited(start, start + len(one[0]), one[0], key=key))
        return []

    prose = prose.sub(_GROUP, take)
    prose = prose.sub(_BARE, take)
    blocks = []
    for block in in_blocks(prose):
        blocks += _parts(block.prose)
    return Prose(blocks, keys)


def _as_many(ticks: re.Match[str]) -> re.Pattern[str]:
    """The end of code that begins with so many ticks."""
    return re.compile(rf"(?<!`)`{{{len(ticks[0])}}}(?!`)")


def _but_for_names(text: str, code: Sequence[Span]) -> Iterator[Span]:
    """What of code is left out: of a name or a path only the ticks around it."""
    for start, end in code:
        inner = text[start:end].strip("`")
        ticks = text.index(inner, start) - start
        if inner and _PLAIN_CODE.fullmatch(inner):
            yield from ((start, start + ticks), (end - ticks, end))
        else:
            yield start, end


def _parts(prose: Traced) -> list[Block]:
    """A block cut where a quotation begins: one goes on over lines that have no sign of it."""
    text = prose.text
    starts = [match.start() for match in re.finditer(r"^[ \t]{0,3}>", text, re.M)]
    if not starts:
        return _inline(prose, 0)
    found = _inline(prose[: starts[0]], 0) if starts[0] else []
    within = prose[starts[0] :].without(_MARKER)
    for block in in_blocks(within):
        found += _inline(block.prose, prose.at[starts[0]] + 1)
    return found


def _inline(prose: Traced, quoted: int) -> list[Block]:
    prose = prose.without(_ITEM).without(_NOTE_HEAD).without(_IMAGE)
    prose = prose.kept(_SPAN).kept(_LINK).without(_ATTRIBUTES).without(_NOTE).without(_TAG)
    prose = prose.sub(_RAISED, lambda match: [match.span("raised")])
    prose = prose.without(_EMPHASIS).kept(_BREAK).kept(_ESCAPE)
    prose = prose.sub(_ENTITY, lambda match: [unescape(match[0])])
    return [block._replace(quoted=quoted) for block in in_blocks(prose)]
