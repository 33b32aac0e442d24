"""A draft in HTML: the words between the tags, with what quotes as quotation marks."""

from __future__ import annotations

import re
from html import unescape

from sinorus.citation.drafts.draft import Prose, in_blocks, keys_in
from sinorus.citation.drafts.traced import CLOSE, OPEN, Piece, Traced, stretches

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!doctype[^<>]*>|<\?[^<>]*>", re.S | re.I)
_UNSEEN = re.compile(r"<(script|style|pre|code|head|template)\b", re.I)
_PLAIN_CODE = re.compile(r"<code\b[^<>]*>[^<>\"'“«„‘「『]*</code\s*>", re.I)
"""Code in which nothing is like the marks of a quotation."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
        ),
        *("img", "ins", "kbd", "label", "mark", "meter", "s", "samp", "small", "span", "strong"),
        *("sub", "sup", "time", "tt", "u", "var", "wbr"),
    ]
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_CITES = re.compile(r"\bdata-cites=\"(?P<keys>[^\"]*)\"")


def read(text: str) -> Prose:
    """The paragraphs and the citation keys, which stand in `data-cites` as Pandoc writes them."""
    prose = Traced(text).without(_COMMENT)
    unseen = stretches(prose.text, _UNSEEN, _end_of_unseen)
    prose = prose.outside([one for one in unseen if not _PLAIN_CODE.fullmatch(prose.text, *one)])
    prose = prose.sub(r"\n[ \t]*(?=\n)", "").sub(_TAG, _of_tag)
    prose = prose.sub(_ENTITY, lambda match: [unescape(match[0])])
    return Prose(in_blocks(prose), keys_in(text, _CITES))


def _end_of_unseen(begun: re.Match[str]) -> re.Pattern[str]:
    return re.compile(rf"</{begun[1].lower()}\s*>", re.I)


def _of_tag(match: re.Match[str]) -> list[Piece]:
    closing, name = bool(match[1]), match[2].lower()
    if name == "q":
        return ["”" if closing else "“"]
    if name == "blockquote":
        return [CLOSE if closing else OPEN]
    if name == "br":
        return ["\n"]
    return [] if name in _INLINE else ["\n\n"]
