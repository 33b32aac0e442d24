"""From the text of a page to a tree, in time proportional to the text whatever stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from sinorus.sources.formats.html_tags import BLOCKS, CONTAINERS

DEEPEST = 400
"""Tags within tags; more are no layout, and what walks a tree by recursion would not survive it."""
_DATA = re.compile(r"data:[\w.+-]{0,50}/[^\"'\s>)]{200,}")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,50})([^<>]*)>")
_NESTING = (frozenset(BLOCKS) | frozenset(CONTAINERS)) - {"p", "li", "dt", "dd", "hr", "pre"}


def tree_of(text: str) -> lxml.html.HtmlElement | None:
    """The tree of a page, never deeper than DEEPEST; None where there is nothing in it.

    Pictures that stand in the file itself are left out of it, as are comments and instructions to
    programs.
    """
    text = _NOT_TEXT.sub("\ufffd", text)
    if "data:" in text:
        text = _DATA.sub("", text)
    tree = _parsed(text)
    if tree is None or is_deeper(tree, DEEPEST):
        tree = _parsed(_flat(text))
    return tree


def _parsed(text: str) -> lxml.html.HtmlElement | None:
    """The tree; None if there is none, or not of all of the text."""
    parser = lxml.html.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    parser.feed(text.encode("utf-8", "replace"))
    try:
        tree = parser.close()
    except etree.ParserError:
        return None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        return None
    return tree


def is_deeper(tree: lxml.html.HtmlElement, most: int) -> bool:
    """Whether there are more tags within tags than this."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            return True
    return False


def _flat(text: str) -> str:
    """The page without what is nested too deep, each tag of which divides paragraphs.

    Styles and links, which may never be closed in such a page, are gone altogether.
    """
    found, at, depth = [], 0, 0
    for start, end, closing, name in _tags(text):
        found.append(text[at:start])
        at = end
        if name in _NESTING:
            depth += -1 if closing and depth else 0 if closing else 1
            kept = depth + closing <= DEEPEST // 2
            found.append(text[start:end] if kept else "<hr>")
        elif name in BLOCKS or name in CONTAINERS or name in ("br", "tr", "td", "th"):
            found.append("<hr>" if depth > DEEPEST // 2 else text[start:end])
    found.append(text[at:])
    return "".join(found)


def _tags(text: str) -> Iterator[tuple[int, int, bool, str]]:
    """Start, end, whether it closes, and name of each tag; scripts and styles are one with it."""
    at = 0
    while match := _TAG.search(text, at):
        name, at = match.group(2).lower(), match.end()
        if name in ("script", "style") and not match.group(1):
            end = re.compile(f"</{name}", re.IGNORECASE).search(text, at)
            at = end.start() if end else len(text)
        yield match.start(), at, bool(match.group(1)), name
