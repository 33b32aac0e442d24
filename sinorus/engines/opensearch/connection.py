"""The connection to a cluster: its client, the credentials for each node, and asking again."""

from __future__ import annotations

import base64
import netrc
import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import urlsplit

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.address import Address
from sinorus.engines.opensearch.errors import explained, not_understood, transient, unreached
from sinorus.errors import ConfigError
from sinorus.model.value import value

T = TypeVar("T")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_READING = 5.0
"""Seconds for which a reader asks again: either another node answers at once, or none does."""
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0
_SILENT = 1.0
"""Seconds of waiting for a busy cluster without a notice: that is how it slows senders down."""


@value(frozen=True)
class Options:
    """How to speak with a cluster, and whom to trust.

    `timeout` are seconds for one answer, `patience` those for which a writer asks again.
    `authority` is a file of certificates to trust in place of the system's.
    """

    timeout: float = 30.0
    patience: float = 60.0
    authority: str = ""


class Connection:
    """The client of one cluster. `ask` is how it is used: it waits and tries again where it may."""

    def __init__(self, address: Address, options: Options, notice: Callable[[str], None]) -> None:
        self.address, self.options, self._notice = address, options, notice
        self._told = False
        self.patience = _READING
        self.client = _client(address, options)

    def ask(self, question: Callable[[OpenSearch], T]) -> T:
        """The answer to one question; asked again, at growing intervals, while the cluster is busy.

        Raises SinorusError with what is wrong and what to look at, NoIndexError for an index that
        is not there.
        """
        until = monotonic() + self.patience
        wait = _FIRST_WAIT
        while True:
            try:
                return question(self.client)
            except (LookupError, TypeError, AttributeError) as error:
                raise not_understood(self.address) from error
            except (exceptions.OpenSearchException, ValueError) as error:
                if not transient(error) or monotonic() + wait > until:
                    raise explained(error, self.address) from error
                if unreached(error) or wait > _SILENT:
                    self._tell(error)
            sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _tell(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            what = "does not answer" if unreached(error) else "is busy"
            self._notice(f"a node of the cluster {what}; asking again")

    @contextmanager
    def patiently(self) -> Iterator[None]:
        """Asks again for longer while the context lasts: a writer has more to lose."""
        self.patience = self.options.patience
        try:
            yield
        finally:
            self.patience = _READING

    @contextmanager
    def validated(self) -> Iterator[None]:
        """Raises SinorusError for an answer that lacks what it should have: of another program."""
        try:
            yield
        except (LookupError, TypeError, AttributeError) as error:
            raise not_understood(self.address) from error

    def close(self) -> None:
        """Closes the connection."""
        self.client.close()


def unchanged_since(answer: dict[str, Any]) -> dict[str, Any]:
    """Parameters with which a change is made only if its document is as this answer found it."""
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def _client(address: Address, options: Options) -> OpenSearch:
    secure = any(url.startswith("https:") for url in address.urls)
    context = None
    if secure:
        try:
            context = ssl.create_default_context(cafile=options.authority or None)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(
                f"{options.authority} cannot be read as certificates: {error.strerror or error}",
                "authority is the path of a PEM file",
            ) from None
    hosts = [_host(url) for url in address.urls]
    return OpenSearch(
        hosts,
        timeout=options.timeout,
        max_retries=0,
        pool_maxsize=8,  # senders work side by side
        ssl_context=context,
        http_compress=any(host["host"] not in _LOOPBACK for host in hosts),
    )


def _host(url: str) -> dict[str, Any]:
    """A node for the client, with the password that is for it and for no other."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    host: dict[str, Any] = {
        "host": name,
        "port": parts.port,
        "use_ssl": parts.scheme == "https",
        "url_prefix": parts.path,
    }
    known = credentials(name, os.environ)
    if known is not None:
        if parts.scheme == "http" and name not in _LOOPBACK:
            raise ConfigError(
                f"a password is not sent to {url} in the open", "write https:// in the address"
            )
        host["headers"] = {"authorization": _basic(known)}
    return host


def credentials(host: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """User and password for a host, from the environment or the user's `.netrc`; None for neither.

    Of a `.netrc` only the lines for that very host count: a library must not get its `default`.
    Raises ConfigError for one that cannot be read.
    """
    user = environment.get("SINORUS_OPENSEARCH_USER")
    if user:
        return user, environment.get("SINORUS_OPENSEARCH_PASSWORD", "")
    path = Path(environment.get("NETRC") or Path("~/.netrc").expanduser())
    if not path.is_file():
        return None
    try:
        known = netrc.netrc(str(path)).hosts.get(host)
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "see man netrc") from None
    return (known[0], known[2] or "") if known else None


def _basic(known: tuple[str, str]) -> str:
    """The value of the header that sends user and password, in UTF-8 (RFC 7617)."""
    return "Basic " + base64.b64encode(":".join(known).encode()).decode()
