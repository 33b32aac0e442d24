"""Markdown as markdown-it-py reads it: what our own reader is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

_EXAMPLE = re.compile(r"^`{32} example([^\n]*)\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
_CONTAINERS = {
    "blockquote_open": "quote",
    "list_item_open": "list",
    "footnote_open": "footnote",
}


class Leaf(NamedTuple):
    """A block that has text: its kind, its first and last line, and what a reader sees of it.

    Of HTML the text is empty: markdown-it does not read it.
    """

    kind: str
    first: int
    last: int
    text: str


def examples(spec: Path, extension: str = "") -> list[tuple[int, str]]:
    """The number and the Markdown of each example in the text of a specification.

    Of an extension of GitHub those that are marked with its name.
    """
    found = _EXAMPLE.finditer(spec.read_text("utf-8"))
    return [
        (number, match.group(2).replace("→", "\t"))
        for number, match in enumerate(found, 1)
        if match.group(1).strip() == extension
    ]


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"maxNesting": 1_000}).enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False, move_to_end=False)
    # Where a line's blanks end and its text begins is asked of us, not of a renderer.
    return made


_PARSER = _parser()


def leaves(body: str) -> list[Leaf]:
    """The blocks of a text that have text of their own, in its order."""
    tokens = _PARSER.parse(body)
    return [leaf for leaf in _leaves(tokens) if leaf.text.strip() or leaf.kind == "html"]


def _leaves(tokens: list[Token]) -> Iterator[Leaf]:
    inside: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        first, last = token.map or (0, 0)
        if token.type in _CONTAINERS:
            inside.append(_CONTAINERS[token.type])
        elif token.type.endswith("_close") and token.type.replace("_close", "_open") in _CONTAINERS:
            inside.pop()
        elif token.type == "html_block":
            yield Leaf("html", first + 1, last, "")
        elif token.type in ("fence", "code_block"):
            shift = 2 if token.type == "fence" else 1
            yield _code(token.content, first + shift)
        elif token.type == "table_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
            yield Leaf("table", first + 1, last, _table(tokens[at:end]))
            at = end
        elif token.type in ("paragraph_open", "heading_open"):
            kind = inside[-1] if inside else "text"
            setext = token.type == "heading_open" and token.markup in ("=", "-")
            kind = "heading" if token.type == "heading_open" else kind
            children = tokens[at + 1].children or []
            types = {one.type for one in children}
            if kind == "text" and "image" in types and types <= {"image", "html_inline"}:
                kind = "caption"
            yield Leaf(kind, first + 1, last - setext, _inline(tokens[at + 1].children or []))
        at += 1


def _code(content: str, first: int) -> Leaf:
    lines = content.split("\n")
    seen = [number for number, line in enumerate(lines) if line.strip()]
    if not seen:
        return Leaf("code", first, first, "")
    return Leaf("code", first + seen[0], first + seen[-1], content)


def _table(tokens: list[Token]) -> str:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token.children or []))
    return "\n".join(["\t".join(row) for row in rows])


def _inline(tokens: list[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(_inline(token.children or []))
        elif token.type not in ("html_inline", "footnote_ref"):
            parts.append(token.content)
    return "".join(parts)
