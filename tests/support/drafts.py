"""What readers of drafts see: each language is read by a program that others use for it."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

PANDOC = shutil.which("pandoc")
if PANDOC is None and (bundled := find_spec("pypandoc")) and bundled.origin:
    PANDOC = shutil.which(str(Path(bundled.origin).with_name("files") / "pandoc"))
needs_pandoc = pytest.mark.skipif(PANDOC is None, reason="pandoc is not installed")
_FROM = {
    "pandoc": "markdown",
    "markdown": "gfm-autolink_bare_uris",  # pandoc takes signs that are escaped there as they stand
    "latex": "latex",
    "org": "org",
    "html": "html",
}
_MARKS = {"DoubleQuote": "“”", "SingleQuote": "‘’"}


def pandoc(text: str, *arguments: str) -> str:
    """What pandoc makes of a text."""
    run = [PANDOC or "pandoc", *arguments]
    return subprocess.run(
        run, input=text, capture_output=True, encoding="utf-8", check=True, timeout=60
    ).stdout


def paragraphs_by_pandoc(draft: str, style: str) -> list[str]:
    """The paragraphs that a reader sees, by pandoc."""
    read = json.loads(pandoc(draft, "-f", _FROM[style], "-t", "json"))
    found: list[str] = []
    for block in read["blocks"]:
        _blocks(block, found)
    return found


def _blocks(block: dict[str, Any], found: list[str]) -> None:
    match block["t"]:
        case "Para" | "Plain":
            found.append(inlines(block["c"]))
        case "BlockQuote":
            for inner in block["c"]:
                _blocks(inner, found)
        case "Div":
            for inner in block["c"][1]:
                _blocks(inner, found)
        case "RawBlock":
            pass
        case kind:
            found.append(f"<{kind}>")


def inlines(parts: list[dict[str, Any]]) -> str:
    """The text of inline elements of pandoc; citations are none of it."""
    text = ""
    for part in parts:
        kind, content = part["t"], part.get("c")
        match kind:
            case "Str":
                text += content
            case "Space" | "SoftBreak" | "LineBreak":
                text += " "
            case "Emph" | "Strong" | "Superscript" | "Subscript" | "Strikeout":
                text += inlines(content)
            case "Quoted":
                marks = _MARKS[content[0]["t"]]
                text += marks[0] + inlines(content[1]) + marks[1]
            case "Span" | "Link":
                text += inlines(content[1])
            case "Code":
                text += content[1]
            case "RawInline" | "Cite":
                pass
            case _:
                text += f"<{kind}>"
    return text


def paragraphs_by_markdown_it(draft: str) -> list[str]:
    """The same of Markdown, by markdown-it."""
    page = MarkdownIt("commonmark").render(draft)
    return paragraphs_of_html(page)


def paragraphs_of_html(page: str) -> list[str]:
    """The text of each `p` of a page, or `<tag>` of what should not be there."""
    found = []
    for element in html.fromstring(f"<div>{page}</div>").iter():
        if element.tag == "p":
            found.append(element.text_content())
        elif isinstance(element.tag, str) and element.tag not in (
            *("div", "blockquote", "em", "strong", "sup", "sub", "code"),
        ):
            found.append(f"<{element.tag}>")
    return found
