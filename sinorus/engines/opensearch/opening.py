"""The engine that a library's settings describe, if it is of a host that the user named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from sinorus.config import Settings
from sinorus.engines.opensearch.address import PREFIX, Address, node, read_address
from sinorus.engines.opensearch.connection import Options
from sinorus.engines.opensearch.engine import OpenSearchEngine
from sinorus.errors import ConfigError


def engine_of(settings: Settings, root: Path, notice: Callable[[str], None]) -> OpenSearchEngine:
    """The engine over the cluster of `settings`, for the library in `root`. Asks nobody.

    Raises ConfigError where no address is given, or where the library gives one that the user did
    not name: it would have his files and queries, and his password.
    """
    name = "engine" if settings["engine"].startswith(PREFIX) else "url"
    text = settings[name]
    if not text:
        raise ConfigError(
            "the engine is a cluster, but no url says which", 'set url = "https://host:9200"'
        )
    address = read_address(text, settings["library_name"] or root.resolve().name)
    if not settings.own(name):
        _refuse_unnamed(address, settings, settings.origin(name))
    options = Options(timeout=settings["timeout"], authority=settings["authority"])
    return OpenSearchEngine(address, options, (settings["shards"], settings["replicas"]), notice)


def _refuse_unnamed(address: Address, settings: Settings, origin: str) -> None:
    """Stops at an address of a library unless the user named all its hosts, with their ports."""
    named = _named(settings)
    unnamed = [place for place in map(node, address.urls) if place not in named]
    if unnamed:
        hosts = json.dumps([*dict.fromkeys(unnamed)])
        raise ConfigError(
            f"{origin} would have files and queries sent to {unnamed[0]}, "
            "a host that you have not named yourself",
            f"to allow it, put hosts = {hosts} into {settings.user or 'your own config.toml'} "
            "or set SINORUS_HOSTS",
        )


def _named(settings: Settings) -> set[str]:
    """The nodes that the user named himself, for this library or for any."""
    texts = [said.value for said in settings.said("url") if said.value]
    texts += [said.value for said in settings.said("engine") if said.value.startswith(PREFIX)]
    texts += [text for said in settings.said("hosts") for text in said.value]
    return {node(url) for text in texts for url in read_address(text, "").urls}
