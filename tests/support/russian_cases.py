"""Russian names in all their cases, written by hand in `tests/golden/text`."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden" / "text"


def rows(name: str, separator: str | None = None) -> dict[str, tuple[str, ...]]:
    """The lines of a golden file, each by its first case, the nominative."""
    lines = (GOLDEN / name).read_text("utf-8").splitlines()
    cases = [tuple(part.strip() for part in line.split(separator)) for line in lines]
    return {one[0]: one for one in cases}


CASES = rows("russian_names.txt")
"""Nominative, genitive, dative, accusative, instrumental, prepositional of names in names.toml."""
FULL_NAMES = rows("russian_full_names.txt", "|")
"""Some cases of names of several words."""
