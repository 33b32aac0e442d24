"""A real cluster for tests: the one that SINORUS_TEST_OPENSEARCH_URL names."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest

from sinorus.engines.port import Engine

CLUSTER = os.environ.get("SINORUS_TEST_OPENSEARCH_URL", "")
needs_cluster = pytest.mark.skipif(
    not CLUSTER, reason="SINORUS_TEST_OPENSEARCH_URL names no cluster to test with"
)
_RUN = uuid4().hex[:8]


def engine_of(name: str, url: str = "") -> Engine:
    """The engine of a library that is this test run's own."""
    from sinorus.engines.opensearch.address import read_address
    from sinorus.engines.opensearch.connection import Options
    from sinorus.engines.opensearch.engine import OpenSearchEngine

    address = read_address(url or CLUSTER, f"{_RUN}-{name}")
    return OpenSearchEngine(address, Options(), (2, 1))


def forget(name: str) -> None:
    """Takes away all indices of a library."""
    from opensearchpy import OpenSearch

    from sinorus.engines.opensearch.address import read_address

    address = read_address(CLUSTER, f"{_RUN}-{name}")
    client = OpenSearch(list(address.urls))
    client.indices.delete(index=f"{address.alias}.*", params={"ignore_unavailable": "true"})
    client.close()
