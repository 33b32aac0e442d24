"""A library whose segment has something in every section, and two pages in some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.small_libraries import PRESS

if TYPE_CHECKING:
    from support.program import Sinorus


@pytest.fixture
def full(library: Callable[[Mapping[str, str | bytes]], Path], sinorus: Sinorus) -> Path:
    """PRESS, a text of some thousand words, and a file at fault: indexed, in one segment."""
    words = "\n\n".join(
        " ".join(f"word{n * 50 + k} and {'zebras' if k % 2 else 'zebra'}" for k in range(50))
        for n in range(60)
    )
    faulty = "---\ntitle: Faulty\ndate: next spring\n---\nA zebra of no date.\n"
    root = library({**PRESS, "long.txt": f"{words}\n", "faulty.md": faulty})
    assert sinorus("index", "--quiet").code == 0
    return root
