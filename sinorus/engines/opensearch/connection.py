"""The connection to a cluster, and what may go wrong with it, in words."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar
from urllib.parse import urlsplit

from opensearchpy import OpenSearch, exceptions

from sinorus.engines.opensearch.address import Address
from sinorus.engines.opensearch.credentials import credentials
from sinorus.engines.opensearch.faults import explained, passing, status_of
from sinorus.errors import ConfigError
from sinorus.model.value import value

T = TypeVar("T")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 5.0


@value(frozen=True)
class Options:
    """How to speak with a cluster: seconds for one answer and for all attempts, and whom to trust.

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
        self.client = _client(address, options)

    def ask(self, question: Callable[[OpenSearch], T], *, patience: float | None = None) -> T:
        """The answer to one question; asked again, at growing intervals, while the cluster is busy.

        Raises SinorusError with what is wrong and what to look at, NoIndexError for an index that
        is not there.
        """
        until = monotonic() + (self.options.patience if patience is None else patience)
        wait = _FIRST_WAIT
        while True:
            try:
                return question(self.client)
            except (exceptions.OpenSearchException, ValueError) as fault:
                if not passing(fault) or monotonic() + wait > until:
                    raise explained(fault, self.address) from fault
                self._tell(fault)
            sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _tell(self, fault: Exception) -> None:
        if not self._told:
            self._told = True
            what = "does not answer" if status_of(fault) is None else "is busy"
            self._notice(f"a node of the cluster {what}; asking again")

    def close(self) -> None:
        """Lets go of the connection."""
        self.client.close()


def _client(address: Address, options: Options) -> OpenSearch:
    secure = any(url.startswith("https:") for url in address.urls)
    far = any(urlsplit(url).hostname not in _LOOPBACK for url in address.urls)
    open_ = [url for url in address.urls if url.startswith("http:")]
    context = None
    if secure:
        try:
            context = ssl.create_default_context(cafile=options.authority or None)
        except (OSError, ssl.SSLError) as fault:
            raise ConfigError(
                f"{options.authority} cannot be read as certificates: {fault.strerror or fault}",
                "authority is the path of a PEM file",
            ) from None
    who = credentials(address, os.environ)
    if who and far and open_:
        raise ConfigError(
            f"a password is not sent to {open_[0]} in the open", "write https:// in the address"
        )
    return OpenSearch(
        list(address.urls),
        http_auth=who,
        timeout=options.timeout,
        max_retries=0,
        ssl_context=context,
        http_compress=far,
    )
