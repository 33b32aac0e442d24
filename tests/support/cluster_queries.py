"""What the tests of queries to a cluster share: words, names, and what they are sent as."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sinorus.query.nodes import Phrase, Synonyms, Term

GOLDEN = Path(__file__).parents[1] / "golden" / "opensearch"
# Solid, so that a query has them once and not also as they are written as two.
A, B, C = Term("a", solid=True), Term("b", solid=True), Term("c", solid=True)
TREATY = Term("treati", solid=True)
PUTIN = Synonyms(
    (Term("putin", solid=True), Phrase((Term("vladimir", solid=True), Term("putin", solid=True))))
)


def golden(name: str, wanted: Collection[str]) -> dict[str, Any]:
    """The queries of a golden file, which has those that are `wanted` and no others."""
    found: dict[str, Any] = json.loads((GOLDEN / name).read_text("utf-8"))
    assert set(found) == set(wanted), f"{name} has other queries"
    return found
