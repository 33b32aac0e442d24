"""What the tags of HTML mean to a reader, in a page and in Markdown alike."""

from __future__ import annotations

from collections.abc import Mapping

from sinorus.model import Kind, Style

STYLES: Mapping[str, Style] = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("del", "s", "strike"), "struck"),
    "sup": "superscript",
    "sub": "subscript",
    "a": "link",
}
BLOCKS: Mapping[str, Kind | None] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("address", "article", "aside", "body", "center", "details", "dialog"), None),
    **dict.fromkeys(("div", "dl", "fieldset", "figure", "footer", "form", "header"), None),
    **dict.fromkeys(("hr", "html", "main", "nav", "ol", "p", "section", "summary", "ul"), None),
    "pre": "code",
    "table": "table",
}
CONTAINERS: Mapping[str, Kind] = {"blockquote": "quote", "li": "list", "dt": "list", "dd": "list"}
HIDDEN = frozenset(
    {
        *("script", "style", "template", "noscript", "head", "textarea", "svg", "object"),
        *("iframe", "noframes", "noembed", "canvas", "audio", "video", "annotation", "rt", "rp"),
    }
)
READINGS = ("rt", "rp")
"""How ideographs are read, above them or in brackets; their ends need not be marked."""
