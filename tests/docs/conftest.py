"""One indexed copy of the library for all pages; each page works on a copy of that."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.docs_pages import Sandbox


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the seeds with its index made."""
    return Sandbox(tmp_path_factory.mktemp("indexed")).library


@pytest.fixture
def sandbox(indexed: Path, tmp_path: Path) -> Sandbox:
    """A library of one's own, and a place to run commands in."""
    return Sandbox(tmp_path / "page", indexed)
