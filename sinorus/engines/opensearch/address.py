"""Where a library lies in a cluster: the URL, which a user must have named, and its indices."""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from ipaddress import IPv6Address
from pathlib import Path
from urllib.parse import urlsplit

from sinorus.config import Settings
from sinorus.errors import ConfigError
from sinorus.model.value import value

PREFIX = "opensearch+"
_HINT = "write it as https://host:9200"
_PLAIN = re.compile(
    r"(\[[0-9A-Za-z.%]*:[0-9A-Za-z:.%]*\]|[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]+)*\.?)(:[1-9][0-9]*)?:?"
)
"""A host and its port. Other scripts are written as `xn--…`: what looks alike would pass for it."""
_ODD = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f]")
"""What some readers of addresses drop and others take for the end of a host."""


@value(frozen=True)
class Address:
    """A library of a cluster: `urls` of one or more of its nodes, without credentials.

    `library` is what users call it. `alias` is what readers ask and stands for one of its indices
    `alias.N`; `lock` is of writers.
    """

    urls: tuple[str, ...]
    library: str

    @property
    def url(self) -> str:
        """The cluster in a sentence: the address of its first node."""
        return self.urls[0]

    @property
    def alias(self) -> str:
        """The name that stands for the index in use."""
        return f"sinorus-{_slug(self.library)}"

    @property
    def lock(self) -> str:
        """The small index in which a writer says that it is at work."""
        return f"{self.alias}.lock"

    def index(self, number: int) -> str:
        """The name of the index that was made as the `number`th."""
        return f"{self.alias}.{number:06}"

    def number(self, index: str) -> int | None:
        """Which number an index has; None for an index of others."""
        match = re.fullmatch(re.escape(self.alias) + r"\.(\d{6,})", index)
        return int(match[1]) if match else None


def read_address(text: str, library: str) -> Address:
    """The address in a setting: one URL, or those of several nodes with commas between them.

    Raises ConfigError for text that is not one.
    """
    urls = [part.strip() for part in text.removeprefix(PREFIX).split(",")]
    return Address(tuple(map(_checked, urls)), library)


def library_address(settings: Settings, root: Path) -> Address:
    """The address that the settings of the library in `root` give it.

    Raises ConfigError where they give none, or where the library gives one that the user did not
    name: it would get his files and queries, and his password.
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
    return address


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


def _checked(text: str) -> str:
    if "@" in text:  # before all else, so that no sentence repeats it
        raise ConfigError(
            f"the address …@{text.rpartition('@')[2]} has a user or a password in it",
            "put them into SINORUS_OPENSEARCH_USER and SINORUS_OPENSEARCH_PASSWORD, or a .netrc",
        )
    try:
        parts = urlsplit(text)
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as error:
        raise ConfigError(f"{text!r} is not the address of a cluster: {error}", _HINT) from None
    odd = _ODD.search(text) or not _PLAIN.fullmatch(parts.netloc)
    if odd or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        hint = _HINT if text.isascii() else "write a host of another script as xn--…"
        raise ConfigError(f"{text!r} is not the address of a cluster", hint)
    default = 443 if parts.scheme == "https" else 9200
    return f"{parts.scheme}://{host}:{port or default}{parts.path.rstrip('/')}"


def _host(name: str) -> str:
    """A host in the one form in which it is compared and asked. Raises ValueError for no host."""
    return f"[{IPv6Address(name)}]" if ":" in name else name.removesuffix(".")


def node(url: str) -> str:
    """Scheme, host and port of a URL of an `Address`: what a user allows or does not."""
    return urlsplit(url)._replace(path="").geturl()


def _slug(name: str) -> str:
    """A name for an index: small letters, digits, `-` and `_`; other names keep apart by a hash."""
    slug = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_")[:60]
    if slug == name and not re.search(r"(^|-)[0-9a-f]{8}$", slug):  # as those below end
        return slug
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{slug}-{digest}" if slug else digest
