"""The indices of a library: their fields and settings.

An index holds paragraphs, and for each file an *entry*: its document, or why it is skipped. `state`
is one more, with what a reader must know first.
"""

from __future__ import annotations

from typing import Any

from sinorus.text.tokens import FINGERPRINT

FORMAT = 1
"""Of the mapping; an index of a greater one is of a newer sinorus."""
NAME = f"opensearch-{FORMAT}"
PARAGRAPH, ENTRY, STATE = "paragraph", "entry", "state"
MARK = "\x01"
"""Between the stem and the form of a token as it is sent."""
EXACT = "="
"""Before a form, so that it is no stem."""
LONGEST = 8_000
"""Characters of a token: Lucene takes no more than 32,766 bytes."""
GAP = 100
"""Tokens between two values of a field, so that no phrase goes from one to the next."""

_STORED = {"enabled": False, "type": "object"}
_KEYWORD = {"type": "keyword"}
_TOKENS = {"type": "text", "norms": False, "similarity": "frequency"}
_WORDS = {
    **_TOKENS,
    "analyzer": "tokens",
    "index_options": "freqs",
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
        "words": {"type": "integer"},
        "text": {**_TOKENS, "analyzer": "stems_and_forms", "search_analyzer": "tokens"},
        "named": {**_WORDS, "index_options": "positions"},
        "heading": {**_WORDS, "index_options": "positions"},
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


def index_settings(shards: int) -> dict[str, Any]:
    """Settings of an index that is being filled: no copies and no refreshing meanwhile."""
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "codec": "best_compression",
        },
        # The score of a word is how often it stands there; what it weighs is ours to say.
        "similarity": {
            "frequency": {
                "type": "scripted",
                "script": {"source": "return query.boost * doc.freq;"},
            }
        },
        "analysis": {
            "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 1_000_000}},
            "filter": {
                "apart": {
                    "type": "pattern_capture",
                    "preserve_original": False,
                    "patterns": [f"^([^{MARK}]+){MARK}", f"{MARK}(.+)$"],
                }
            },
            "analyzer": {
                "tokens": {"type": "custom", "tokenizer": "spaces"},
                "stems_and_forms": {"type": "custom", "tokenizer": "spaces", "filter": ["apart"]},
            },
        },
    }


def reading_settings(replicas: int) -> dict[str, Any]:
    """Settings of an index that is whole: its copies are made, and searches find what is new."""
    return {"index": {"number_of_replicas": replicas, "refresh_interval": "30s"}}
