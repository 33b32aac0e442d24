"""What the tests on a real cluster share."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from support.cluster import forget


@pytest.fixture
def name() -> Iterator[str]:
    """The name of a library that no other test uses; its indices are deleted after the test."""
    made = f"test-{uuid4().hex[:6]}"
    yield made
    forget(made)
