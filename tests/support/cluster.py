"""A real cluster for tests: the one that SINORUS_TEST_OPENSEARCH_URL names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from sinorus.engines.port import Engine

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

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
    from sinorus.engines.opensearch.address import read_address

    # The tests of the command line give a library its bare name.
    for library in (name, f"{_RUN}-{name}"):
        address = read_address(CLUSTER, library)
        with client() as asked:
            pattern, params = f"{address.alias}.*", {"ignore_unavailable": "true"}
            asked.indices.delete(index=pattern, params=params)


@contextmanager
def client() -> Iterator[OpenSearch]:
    """A client of the cluster, to see and to change what the program does not."""
    from opensearchpy import OpenSearch

    busy = (429, 502, 503, 504)
    urls = CLUSTER.split(",")
    made = OpenSearch(urls, timeout=60, max_retries=5, retry_on_timeout=True, retry_on_status=busy)
    try:
        yield made
    finally:
        made.close()


def indices(name: str) -> list[str]:
    """All indices of a library, but for that of its lock."""
    from sinorus.engines.opensearch.address import read_address

    address = read_address(CLUSTER, f"{_RUN}-{name}")
    with client() as asked:
        known = asked.indices.get(index=f"{address.alias}.*")
    return sorted(index for index in known if index != address.lock)
