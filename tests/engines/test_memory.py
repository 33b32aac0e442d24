"""The reference engine does what every engine does."""

from pathlib import Path

from support.conformance import EngineConformance

from sinorus.engines.memory import MemoryEngine
from sinorus.engines.port import Engine


class TestMemory(EngineConformance):
    def open(self, folder: Path) -> Engine:
        return MemoryEngine()
