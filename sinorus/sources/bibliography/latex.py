"""The text that LaTeX in a field of BibTeX shows."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_LONGEST = 10_000
"""Characters of a field that are read as LaTeX, which takes 50 µs a command; longer ones lose their
commands and braces."""
_DEEPEST = 40
_COMMAND = re.compile(r"\\(?:[A-Za-z]+[ \t]*|.)", re.DOTALL)
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_UNBRACED = str.maketrans({"{": None, "}": None})


def shown(value: str) -> str:
    """What a reader sees of a value of BibTeX: accents and signs as letters, no braces.

    LaTeX that cannot be read loses its commands and keeps its words.
    """
    text = value
    if "\\" in text or "$" in text:
        text = _decoded(text)
    text = text.translate(_UNBRACED).replace("~", " ")
    for written, sign in _LIGATURES:
        text = text.replace(written, sign)
    return " ".join(text.split())


def plain(value: str) -> str:
    """An address or another name for machines: without the escapes of LaTeX."""
    text = re.sub(r"\\url\s*(?=\{)", "", value)
    return re.sub(r"\\([#$%&_{}~^-])", r"\1", text).translate(_UNBRACED).strip()


def _decoded(text: str) -> str:
    if text.count("$") % 2:
        text = re.sub(r"(?<!\\)\$", r"\\$", text)
    if len(text) <= _LONGEST and _depth(text) <= _DEEPEST:
        with suppress(Exception):  # it promises nothing of what is no LaTeX
            percent = text.replace("%", r"\%").replace(r"\\%", r"\%")
            decoded: str = _decoder().latex_to_text(percent)
            return decoded
    return _COMMAND.sub("", text)


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in text:
        if sign == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign == "}":
            depth -= 1
    return max(deepest, text.count("\\begin"), text.count("\\emph{\\"))


@cache
def _decoder() -> LatexNodes2Text:
    import logging

    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # what it says is no output of ours
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)
