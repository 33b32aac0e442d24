"""Each page works on a copy of the library of seeds."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.docs_pages import Sandbox


@pytest.fixture
def sandbox(seeds_indexed: Path, tmp_path: Path) -> Sandbox:
    """A library of one's own, and a place to run commands in."""
    return Sandbox(tmp_path / "page", seeds_indexed)
