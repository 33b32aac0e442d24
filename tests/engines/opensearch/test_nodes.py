"""Nodes of a cluster are killed while it is written to and searched: nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from threading import Timer

import pytest
from support.conformance import found, make
from support.local_cluster import LocalCluster, needs_nodes

from sinorus.engines.opensearch.address import read_address
from sinorus.engines.opensearch.connection import Options
from sinorus.engines.opensearch.engine import OpenSearchEngine
from sinorus.errors import SinorusError

pytestmark = needs_nodes
DOCUMENTS = 300
PARAGRAPHS = 20


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    made = LocalCluster(2, 19610)
    yield made
    made.down()


def opened(cluster: LocalCluster, notices: list[str]) -> OpenSearchEngine:
    # The second node comes first, so that it is the one that is asked when it goes.
    address = read_address(",".join(reversed(cluster.urls)), "nodes")
    options = Options(timeout=20, patience=90)
    return OpenSearchEngine(address, options, (4, 1), notices.append)


def fill(engine: OpenSearchEngine, cluster: LocalCluster) -> None:
    """Indexes all documents; the second node goes when a third of them is sent."""
    with engine.writer(rebuild=True) as writer:
        for number in range(DOCUMENTS):
            texts = [f"word {number} {n} " + "filler " * 200 for n in range(PARAGRAPHS)]
            writer.add(make(f"d{number:04}", texts))
            if number == DOCUMENTS // 3:
                cluster.kill(2)


def search_until(engine: OpenSearchEngine, expected: list[str], end: float) -> None:
    """Searches again and again; every answer must be right."""
    while time.monotonic() < end:
        assert found(engine, "word", limit=len(expected)) == expected


def test_a_cluster_loses_its_nodes_one_after_the_other(cluster: LocalCluster) -> None:
    notices: list[str] = []
    with closing(opened(cluster, notices)) as engine:
        # Killed in the middle of indexing: all is there, and the user hears of it once.
        fill(engine, cluster)
        assert engine.info().documents == DOCUMENTS
        assert engine.check() == []
        expected = found(engine, "word")
        assert len(expected) == DOCUMENTS * PARAGRAPHS
        assert len(notices) == 1, notices
    cluster.wait_for("yellow")
    notices.clear()
    with closing(opened(cluster, notices)) as engine:
        # The node is still away: the other one answers.
        assert found(engine, "word", limit=50) == expected[:50]
    # It comes back, and is killed again in the middle of searches: all are answered.
    cluster.start(2)
    cluster.wait_for("green")
    notices.clear()
    with closing(opened(cluster, notices)) as engine:
        timer = Timer(1.0, cluster.kill, [2])
        timer.start()
        search_until(engine, expected[:50], time.monotonic() + 15)
        timer.join()
        assert len(notices) == 1, notices
    # The last one goes in the middle of a search, and nobody is left.
    with closing(opened(cluster, notices)) as engine:
        assert found(engine, "word", limit=5) == expected[:5]
        timer = Timer(0.3, cluster.kill, [1])
        timer.start()
        impatient = OpenSearchEngine(engine.address, Options(timeout=5, patience=3))
        started = time.monotonic()
        with pytest.raises(SinorusError, match="does not answer") as fault:
            search_until(impatient, expected[:5], started + 60)
        assert fault.value.hint == "is it running, and is the url right?"
        impatient.close()
        timer.join()
