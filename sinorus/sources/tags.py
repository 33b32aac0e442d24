"""Tags and keywords as notes and articles have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sinorus.sources.field_text import field_text, unlinked

_BETWEEN = re.compile("[,;，；、]")
_WORD = re.compile(r"#?\[\[[^\[\]]*\]\]|\S+")
_HASHES = re.compile(r"#+(?=\S)")
_DEPTH = 4  # of a tag within tags


def tags_of(value: object, *, by_blanks: bool = True) -> Iterator[str]:
    """The tags in a field: a list, or a text with commas or semicolons between them.

    Without either, blanks part them, as Obsidian has it; not where the field has phrases
    (`by_blanks` false) and none begins with `#`. `russia/energy` is also a tag `russia`.
    """
    if isinstance(value, list):
        for item in value:
            named = item.get("name") if isinstance(item, dict) and len(item) == 1 else None
            text = field_text(named or item) or ""
            # What is an item of its own is one tag, unless each of its words says it is one.
            words = text.split()
            hashed = len(words) > 1 and all(word.startswith("#") for word in words)
            yield from _several(words if hashed else [text])
        return
    text = field_text(value) or ""
    if _BETWEEN.search(text):
        yield from _several(_BETWEEN.split(text))
    elif by_blanks or text.startswith("#"):
        yield from _several(_WORD.findall(text))
    else:
        yield from _several([text])


def _several(words: list[str]) -> Iterator[str]:
    for word in map(str.strip, words):
        hashes = _HASHES.match(word)
        tag = " ".join(unlinked(word[hashes.end() :] if hashes else word).split())
        parts = tag.split("/")
        if 1 < len(parts) <= _DEPTH + 1 and all(parts) and " " not in tag:
            yield from ("/".join(parts[:end]) for end in range(1, len(parts)))
        if tag:
            yield tag
