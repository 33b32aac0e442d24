"""The connection to a cluster, and what may go wrong with it, in words."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import urlsplit

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.address import Address
from sinorus.engines.opensearch.credentials import basic, credentials
from sinorus.engines.opensearch.errors import explained, not_understood, passing, unreached
from sinorus.errors import ConfigError
from sinorus.model.value import value

T = TypeVar("T")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_READING = 5.0
"""Seconds for which a reader asks again: another node is there at once, or none is."""
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0
_PLAIN = 1.0
"""Seconds of waiting for a busy cluster that nobody needs to hear of: so it slows senders down."""


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
            except (LookupError, TypeError, AttributeError) as fault:
                raise not_understood(self.address) from fault
            except (exceptions.OpenSearchException, ValueError) as fault:
                if not passing(fault) or monotonic() + wait > until:
                    raise explained(fault, self.address) from fault
                if unreached(fault) or wait > _PLAIN:
                    self._tell(fault)
            sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _tell(self, fault: Exception) -> None:
        if not self._told:
            self._told = True
            what = "does not answer" if unreached(fault) else "is busy"
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
    def understanding(self) -> Iterator[None]:
        """Makes a sentence of an answer that has not what it should: some other program gave it."""
        try:
            yield
        except (LookupError, TypeError, AttributeError) as fault:
            raise not_understood(self.address) from fault

    def close(self) -> None:
        """Lets go of the connection."""
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
        except (OSError, ssl.SSLError) as fault:
            raise ConfigError(
                f"{options.authority} cannot be read as certificates: {fault.strerror or fault}",
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
        host["headers"] = {"authorization": basic(known)}
    return host
