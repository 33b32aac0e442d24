"""The text of a field of front matter, whatever it holds."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")


def field_text(value: object) -> str | None:
    """One line of text for any value; None for nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, dict):
        value = "; ".join(f"{key}: {field_text(item) or ''}" for key, item in value.items())
    elif isinstance(value, list):
        value = "; ".join(text for item in value if (text := field_text(item)))
    return " ".join(str(value).split()) or None


def unlinked(text: str) -> str:
    """The text without the marks of links between notes: `[[people/xi|Xi Jinping]]`."""
    return _LINK.sub(r"\1", text) if "[[" in text else text
