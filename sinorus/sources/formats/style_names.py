"""What the names of paragraph styles mean that word processors bring along, in every language.

Word and RTF write the English name into the file whatever the language of the program.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.model import Kind

_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list(?: (?:bullet|number|continue))?(?: ?[1-5])?")
_CONTENTS = re.compile(r"toc [1-9]|contents [1-9]|table of figures|toa heading|toc heading")
_QUOTES = (
    *("quote", "intense quote", "block text", "quotations", "block quotation", "block quote"),
    *("blockquote", "quotation", "epigraph", "verse", "extract"),
)
_CODE = (
    *("source code", "html preformatted", "preformatted text", "code", "macro", "macro text"),
    *("preformatted", "code block", "listing", "sourcecode"),
)
_CAPTIONS = ("caption", "image caption", "table caption", "figure caption")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_QUOTES, "quote"),
    **dict.fromkeys(_CODE, "code"),
    **dict.fromkeys(_CAPTIONS, "caption"),
}


class Meaning(NamedTuple):
    """What the style of a paragraph says of it; `contents` are entries in a table of contents."""

    kind: Kind = "text"
    level: int = 0
    contents: bool = False
    name: str = ""


def by_name(name: str) -> Meaning | None:
    """What a style of this name means, in lower case; None if the name says nothing."""
    if heading := _HEADING.fullmatch(name):
        return Meaning("heading", int(heading[1]))
    if name == "title":
        return Meaning("heading", 1)
    if _CONTENTS.fullmatch(name):
        return Meaning(contents=True)
    if kind := _KINDS.get(name):
        return Meaning(kind)
    return Meaning("list") if _LIST.fullmatch(name) else None
