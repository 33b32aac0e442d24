"""Settings of an index: how texts are analysed and scored, how it is spread and copied."""

from __future__ import annotations

from typing import Any

from sinorus.engines.opensearch.schema import MARK


def index_settings(shards: int, replicas: int) -> dict[str, Any]:
    """Settings of an index that is being filled: nobody searches it, so nothing is refreshed.

    Copies are made from the start: a node that is lost meanwhile must take nothing with it.
    """
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
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


def reading_settings() -> dict[str, Any]:
    """Settings of an index that is whole: writers refresh it, so that it is rarely done besides."""
    return {"index": {"refresh_interval": "30s"}}
