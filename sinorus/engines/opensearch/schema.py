"""The indices of a library: their fields, and how they analyse, score and keep them.

An index holds paragraphs, and of each file what is known of it: its document, or why it is skipped.
One more document of the cluster is its `state`, which a reader must know first.
"""

from __future__ import annotations

from typing import Any

from sinorus.text.tokens import FINGERPRINT

FORMAT = 8
"""Of the mapping; an index of a greater one is of a newer sinorus."""
NAME = f"opensearch-{FORMAT}"
PARAGRAPH, FILE, STATE = "paragraph", "file", "state"
"""The kinds of documents of the cluster."""
SEPARATOR = "\x01"
"""Between the stem and the form of a token as it is sent, and the words that it is a part of."""
SPACE = "\x02"
"""In a token, in place of a space."""
EXACT = "="
"""Before a form, so that it is not taken for a stem."""
CASED = "^"
"""Before a form as it is written, capitals and all; what has no case is without it."""
JOIN = "-"
"""Before a token of a word that is written as several: see `documents.join_part`."""
LONGEST = 8_000
"""Characters of a token: Lucene indexes no more than 32,766 bytes."""
MOST_TERMS = 65_536
"""Values that one `terms` query may have."""
MOST_HITS = 10_000
"""Hits of one answer: `index.max_result_window`."""
GAP = 100
"""Tokens between two values of a field, so that no phrase goes from one to the next."""

_STORED = {"enabled": False, "type": "object"}
_KEYWORD = {"type": "keyword"}
_TOKENS = {"type": "text", "norms": False, "similarity": "frequency"}
_WORDS = {
    **_TOKENS,
    "analyzer": "stems_and_forms",
    "search_analyzer": "tokens",
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
        "order": _KEYWORD,
        "path": _KEYWORD,
        "n": {"type": "integer"},
        "hash": _KEYWORD,
        "words": {"type": "integer"},
        "prose": {"type": "short"},
        "text": {**_TOKENS, "analyzer": "stems_and_forms", "search_analyzer": "tokens"},
        "named": _WORDS,
        "heading": _WORDS,
        "speaker": _WORDS,
        "block": _KEYWORD,
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
        "_source": {"excludes": ["text", "named", "heading", "speaker"]},
        "properties": fields,
    }


def filling_settings(shards: int, replicas: int) -> dict[str, Any]:
    """Settings of an index that is being filled: nobody searches it, so nothing is refreshed.

    It has replicas from the start: a node that is lost meanwhile must take nothing with it.
    """
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "codec": "best_compression",
        },
        # The score of a word is its frequency in the paragraph; see `scoring` for the rest.
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
                    "patterns": [f"([^{SEPARATOR}]+)"],
                }
            },
            "analyzer": {
                "tokens": {"type": "custom", "tokenizer": "spaces"},
                "stems_and_forms": {"type": "custom", "tokenizer": "spaces", "filter": ["apart"]},
            },
        },
    }


def reading_settings() -> dict[str, Any]:
    """Settings of an index that is whole: writers refresh it, so that it is rarely done besides."""
    return {"index": {"refresh_interval": "30s"}}
