"""The engine that a library's settings describe."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sinorus.config import Settings
from sinorus.engines.opensearch.address import PREFIX, read_address
from sinorus.engines.opensearch.connection import Options
from sinorus.engines.opensearch.engine import OpenSearchEngine
from sinorus.errors import ConfigError


def engine_of(settings: Settings, root: Path, notice: Callable[[str], None]) -> OpenSearchEngine:
    """The engine over the cluster of `settings`, for the library in `root`.

    Raises ConfigError where no address is given, or where the library names one to which the user
    did not say that his password may be sent.
    """
    name = "engine" if settings["engine"].startswith(PREFIX) else "url"
    text = settings[name]
    if not text:
        raise ConfigError(
            "the engine is a cluster, but no url says which", 'set url = "https://host:9200"'
        )
    if os.environ.get("SINORUS_OPENSEARCH_USER") and not settings.own(name):
        raise ConfigError(
            f"{settings.origin(name)} would have your password sent to {text}",
            "if it may: name the cluster yourself as SINORUS_URL, or put the password in a .netrc",
        )
    address = read_address(text, settings["library_name"] or root.resolve().name)
    options = Options(timeout=settings["timeout"], authority=settings["authority"])
    return OpenSearchEngine(address, options, (settings["shards"], settings["replicas"]), notice)
