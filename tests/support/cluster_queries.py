"""What the tests of queries to a cluster share: words, names, and what they are sent as."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sinorus.query.nodes import Phrase, Synonyms, Term

GOLDEN = Path(__file__).parents[1] / "golden" / "opensearch"
A, B, C = Term("a"), Term("b"), Term("c")
TREATY = Term("treati")
PUTIN = Synonyms((Term("putin"), Phrase((Term("vladimir"), Term("putin")))))


def golden(name: str, wanted: Collection[str]) -> dict[str, Any]:
    """The queries of a golden file, which has those that are `wanted` and no others."""
    found: dict[str, Any] = json.loads((GOLDEN / name).read_text("utf-8"))
    assert set(found) == set(wanted), f"{name} has other queries"
    return found
