"""The indices of a library: their fields.

An index holds paragraphs, and for each file an *entry*: its document, or why it is skipped. `state`
is one more, with what a reader must know first.
"""

from __future__ import annotations

from typing import Any

from sinorus.text.tokens import FINGERPRINT

FORMAT = 3
"""Of the mapping; an index of a greater one is of a newer sinorus."""
NAME = f"opensearch-{FORMAT}"
PARAGRAPH, ENTRY, STATE = "paragraph", "entry", "state"
MARK = "\x01"
"""Between the stem and the form of a token as it is sent."""
SPACE = "\x02"
"""In a token, in place of a space."""
EXACT = "="
"""Before a form, so that it is no stem."""
LONGEST = 8_000
"""Characters of a token: Lucene takes no more than 32,766 bytes."""
MOST_TERMS = 65_536
"""Values that one `terms` query may have."""
GAP = 100
"""Tokens between two values of a field, so that no phrase goes from one to the next."""

_STORED = {"enabled": False, "type": "object"}
_KEYWORD = {"type": "keyword"}
_TOKENS = {"type": "text", "norms": False, "similarity": "frequency"}
_WORDS = {
    **_TOKENS,
    "analyzer": "tokens",
    "index_options": "positions",
    "position_increment_gap": GAP,
}


def mapping() -> dict[str, Any]:
    """The fields, and in `_meta` which analysis and which mapping made them."""
    fields: dict[str, Any] = {
        "kind": _KEYWORD,
        "version": _KEYWORD,
        "born": {"type": "integer"},
        "document": _KEYWORD,
        "path": _KEYWORD,
        "n": {"type": "integer"},
        "hash": {**_KEYWORD, "doc_values": False},
        "words": {"type": "integer"},
        "text": {**_TOKENS, "analyzer": "stems_and_forms", "search_analyzer": "tokens"},
        "named": _WORDS,
        "heading": _WORDS,
        "tails": _KEYWORD,
        "lang": _KEYWORD,
        "tag": _KEYWORD,
        "days": {"type": "integer_range"},
        "since": {"type": "integer"},
        "title": _KEYWORD,
        "stored": _STORED,
    }
    return {
        "dynamic": "strict",
        "_meta": {"format": FORMAT, "analysis": FINGERPRINT},
        "_source": {"excludes": ["text", "named", "heading"]},
        "properties": fields,
    }
