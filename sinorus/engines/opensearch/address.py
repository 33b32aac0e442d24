"""Where a library lies in a cluster: the URL, and the names of its indices."""

from __future__ import annotations

import re
from hashlib import blake2b
from ipaddress import IPv6Address
from urllib.parse import urlsplit

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

    Raises ConfigError for what is none.
    """
    urls = [part.strip() for part in text.removeprefix(PREFIX).split(",")]
    return Address(tuple(map(_checked, urls)), library)


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
    except ValueError as fault:
        raise ConfigError(f"{text!r} is not the address of a cluster: {fault}", _HINT) from None
    odd = _ODD.search(text) or not _PLAIN.fullmatch(parts.netloc)
    if odd or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        hint = _HINT if text.isascii() else "write a host of another script as xn--…"
        raise ConfigError(f"{text!r} is not the address of a cluster", hint)
    default = 443 if parts.scheme == "https" else 9200
    return f"{parts.scheme}://{host}:{port or default}{parts.path.rstrip('/')}"


def _host(name: str) -> str:
    """A host in the one way in which it is compared and asked. Raises ValueError for none."""
    return f"[{IPv6Address(name)}]" if ":" in name else name.removesuffix(".")


def node(url: str) -> str:
    """Scheme, host and port of a URL of an `Address`: what a user allows or does not."""
    return urlsplit(url)._replace(path="").geturl()


def _slug(name: str) -> str:
    """A name for an index: small letters, digits, `-` and `_`; other names keep apart by a hash."""
    slug = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_")[:60]
    if slug == name and not re.search(r"(^|-)[0-9a-f]{8}$", slug):  # as those below end
        return slug
    mark = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{slug}-{mark}" if slug else mark
