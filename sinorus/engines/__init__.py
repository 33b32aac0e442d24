"""Engines behind one port; the only place that maps their names to their modules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sinorus.config import Settings
from sinorus.engines.port import Engine
from sinorus.errors import ConfigError


def open_engine(settings: Settings, root: Path, notice: Callable[[str], None]) -> Engine:
    """The engine of the library in `root` that its settings name; `notice` hears of troubles.

    Raises ConfigError for one that cannot be had.
    """
    if settings["engine"] == "whoosh":
        return embedded_engine(root, settings["trusted"])
    return cluster_engine(settings, root, notice)


def embedded_engine(root: Path, trusted: Sequence[str] = ()) -> Engine:
    """The engine over the index in the library's folder, or in a `trusted` one that it leads to."""
    from sinorus.engines.whoosh.engine import WhooshEngine

    return WhooshEngine(root / "index", trusted)


def cluster_engine(settings: Settings, root: Path, notice: Callable[[str], None]) -> Engine:
    """The engine over the cluster that the settings name. Raises ConfigError if they name none."""
    try:
        from sinorus.engines.opensearch.engine import open_engine as engine_of
    except ModuleNotFoundError as fault:
        raise ConfigError(
            f"a cluster needs a package that is not there: {fault.name}",
            "pip install 'sinorus[opensearch]'",
        ) from None
    return engine_of(settings, root, notice)
