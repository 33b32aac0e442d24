"""Engines behind one port; the only place that maps their names to their modules."""

from __future__ import annotations

from pathlib import Path

from sinorus.engines.port import Engine
from sinorus.errors import ConfigError

ENGINES = ("whoosh",)


def open_engine(name: str, folder: Path) -> Engine:
    """The engine `name` over the index in `folder`.

    Raises ConfigError for an unknown name.
    """
    if name == "whoosh":
        from sinorus.engines.whoosh.engine import WhooshEngine

        return WhooshEngine(folder)
    raise ConfigError(f"there is no engine {name!r}", f"known: {', '.join(ENGINES)}")
