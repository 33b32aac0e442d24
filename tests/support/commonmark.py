"""Markdown as markdown-it-py reads it: what our own reader is held against."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from support.program import ROOT

from sinorus.sources.paragraphs import split_paragraphs

SPECIFICATIONS = Path(os.environ.get("SINORUS_TEST_MARKDOWN", ROOT / "tests/.collections"))
"""Where `.ci/specifications` puts the texts of CommonMark and of GitHub's Markdown."""
_EXAMPLE = re.compile(r"^`{32} example([^\n]*)\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
_LINE_END = re.compile(r"[ \t]*\n+")
_BLANKS = re.compile(" {2,}")
_SEEN = {"text", "code_inline"}
"""What a reader sees of a block beside its pictures."""
_CONTAINERS = {
    "blockquote_open": "quote",
    "list_item_open": "list",
    "footnote_reference_open": "footnote",
}


class Leaf(NamedTuple):
    """A block that has text: its kind, its first and last line, and what a reader sees of it.

    Of HTML the text is empty: markdown-it does not read it. White space at the ends of lines is
    left out, and lines on which nothing is seen; of blanks in a row one is enough.
    """

    kind: str
    first: int
    last: int
    text: str


def examples(name: str, extension: str = "") -> dict[int, str]:
    """The Markdown of each example in a specification by its number.

    Of an extension of GitHub those that are marked with its name.
    """
    found = _EXAMPLE.finditer((SPECIFICATIONS / name).read_text("utf-8"))
    return {
        number: match.group(2).replace("→", "\t")
        for number, match in enumerate(found, 1)
        if match.group(1).strip() == extension
    }


def theirs(body: str) -> list[Leaf]:
    """The blocks of a text that have text of their own, as markdown-it finds them."""
    leaves = [_tidy(leaf) for leaf in _leaves(tokens_of(body))]
    return [leaf for leaf in leaves if leaf.text or leaf.kind == "html"]


def ours(body: str) -> list[Leaf]:
    """The same as we find them."""
    return [
        _tidy(Leaf(block.kind, block.line, block.end_line, block.text))
        for block in split_paragraphs(body, 1, True)
    ]


def disagreement(body: str) -> str:
    """What is different, in words; empty if both readers agree.

    HTML is not compared. Where a block shows as many lines as it has, its bounds must be the same;
    where it shows fewer (comments, titles of links), ours must be within theirs.
    """
    read = theirs(body)
    html = [leaf for leaf in read if leaf.kind == "html"]
    read = [leaf for leaf in read if leaf.kind != "html"]
    found = [
        leaf for leaf in ours(body) if not any(one.first <= leaf.first <= one.last for one in html)
    ]
    shown = [(leaf.kind, leaf.text) for leaf in found], [(leaf.kind, leaf.text) for leaf in read]
    if shown[0] != shown[1]:
        return f"ours {shown[0]}, theirs {shown[1]}"
    for our, their in zip(found, read, strict=True):
        same = (our.first, our.last) == (their.first, their.last)
        within = their.first <= our.first <= our.last <= their.last
        exact = our.text.count("\n") == their.last - their.first
        if not (same if exact else within):
            return f"ours {our}, theirs {their}"
    return ""


def tokens_of(body: str) -> list[Token]:
    """The tokens of markdown-it."""
    return _PARSER.parse(body)


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"maxNesting": 1_000}).enable(["table", "strikethrough"])
    return made.use(footnote_plugin, inline=False, move_to_end=False)


_PARSER = _parser()


def _tidy(leaf: Leaf) -> Leaf:
    text = leaf.text.strip()
    if leaf.kind != "code":
        text = _BLANKS.sub(" ", _LINE_END.sub("\n", text))
    return leaf._replace(text=text)


def _leaves(tokens: list[Token]) -> Iterator[Leaf]:
    inside: list[str] = []
    table: list[list[str]] | None = None
    for at, token in enumerate(tokens):
        first, last = token.map or (0, 0)
        if token.type in _CONTAINERS:
            inside.append(_CONTAINERS[token.type])
        elif token.type.replace("_close", "_open") in _CONTAINERS:
            inside.pop()
        elif token.type == "html_block":
            yield Leaf("html", first + 1, last, "")
        elif token.type in ("fence", "code_block"):
            yield _code(token.content, first + 1 + (token.type == "fence"))
        elif token.type == "table_open":
            table, bounds = [], (first + 1, last)
        elif token.type == "table_close" and table is not None:
            yield Leaf(
                _kind(inside, "table"), *bounds, "\n".join(["\t".join(row) for row in table])
            )
            table = None
        elif token.type == "tr_open" and table is not None:
            table.append([])
        elif token.type == "inline" and table is not None:
            table[-1].append(_seen(token.children or []))
        elif token.type == "inline":
            yield _of_inline(tokens[at - 1], token, inside)


def _kind(inside: list[str], kind: str) -> str:
    return "footnote" if "footnote" in inside else kind


def _of_inline(opening: Token, inline: Token, inside: list[str]) -> Leaf:
    first, last = opening.map or (0, 0)
    children = inline.children or []
    types = {one.type for one in children if one.type != "text" or one.content.strip()}
    kind = inside[-1] if inside else "text"
    if opening.type == "heading_open":
        kind, last = "heading", last - (opening.markup in "=-")
    elif kind == "text" and "image" in types and not types & _SEEN:
        kind = "caption"
    return Leaf(_kind(inside, kind), first + 1, last, _seen(children))


def _code(content: str, first: int) -> Leaf:
    lines = content.split("\n")
    seen = [number for number, line in enumerate(lines) if line.strip()] or [0]
    return Leaf("code", first + seen[0], first + seen[-1], content)


def _seen(tokens: list[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(_seen(token.children or []))
        elif token.type not in ("html_inline", "footnote_ref"):
            parts.append(token.content)
    return "".join(parts)
