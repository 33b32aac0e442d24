"""The engine over a cluster does what every engine does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cluster import CLUSTER, engine_of, forget, needs_cluster
from support.conformance import EngineConformance

from sinorus.engines.port import Engine

pytestmark = needs_cluster


class TestOpenSearch(EngineConformance):
    @pytest.fixture(autouse=True)
    def library(self, tmp_path: Path) -> Iterator[None]:
        yield
        if CLUSTER:
            forget(tmp_path.name)

    def open(self, folder: Path) -> Engine:
        return engine_of(folder.name)
