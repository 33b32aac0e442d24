"""Which elements of a page a reader sees, and which of them stand on lines of their own."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from sinorus.sources.formats.html_tags import HIDDEN

Element: TypeAlias = etree._Element

CONTROLS = frozenset({"button", "select", "input", "datalist", "dialog", "menu", "progress"})
"""Elements that are worked with and not read."""
_UNSEEN = HIDDEN | {"title", "meta", "link", "base", "area", "map", "param", "source", "track"}
_STYLED_AWAY = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)
_ON_LINES = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE
)
_INLINE = frozenset({"span", "i", "b", "a", "em", "strong", "sup", "small"})
_LONGEST_STYLE = 10_000
_EDITING = re.compile(r"\b(?:mw-editsection|mw-jump-link|sr-only|screen-reader-text)\b")


def is_hidden(one: Element, *, styled: bool = True) -> bool:
    """Whether nobody sees an element, nor what is in it; `styled`: because its style says so."""
    tag = one.tag
    if tag in _UNSEEN:
        return tag != "template" or one.get("shadowrootmode") is None
    attributes = one.attrib
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    style = attributes.get("style")
    if style and styled and _STYLED_AWAY.search(style[:_LONGEST_STYLE]):
        return True
    if attributes.get("aria-hidden") == "true" and tag in _INLINE:
        return True
    return tag in _INLINE and _EDITING.search(attributes.get("class") or "") is not None


def is_shown_as_block(one: Element) -> bool:
    """Whether an element that is no block is shown as one."""
    style = one.get("style")
    return style is not None and _ON_LINES.search(style[:_LONGEST_STYLE]) is not None
