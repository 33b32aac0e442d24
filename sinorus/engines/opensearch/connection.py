"""The connection to a cluster, and what may go wrong with it, in words."""

from __future__ import annotations

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
from sinorus.errors import ConfigError, IndexDamagedError, NoIndexError, SinorusError
from sinorus.model.value import value

T = TypeVar("T")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_BUSY = (429, 502, 503, 504)
"""Answers that mean: later."""
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
                if not _passing(fault) or monotonic() + wait > until:
                    raise explained(fault, self.address) from fault
                self._tell(fault)
            sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _tell(self, fault: Exception) -> None:
        if not self._told:
            self._told = True
            what = "does not answer" if _code(fault) is None else "is busy"
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


def credentials(address: Address, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """User and password, from the environment or the `.netrc` of the user; None for neither.

    Raises ConfigError for a `.netrc` that cannot be read.
    """
    user = environment.get("SINORUS_OPENSEARCH_USER")
    if user:
        return user, environment.get("SINORUS_OPENSEARCH_PASSWORD", "")
    path = Path(environment.get("NETRC") or Path("~/.netrc").expanduser())
    if not path.is_file():
        return None
    try:
        known = netrc.netrc(str(path)).authenticators(address.host)
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}", "see man netrc") from None
    return (known[0], known[2] or "") if known else None


def _code(fault: Exception) -> int | None:
    """The HTTP status of a fault; None where there was no answer."""
    status = getattr(fault, "status_code", None)
    return status if isinstance(status, int) else None


def _passing(fault: Exception) -> bool:
    """Whether it may be otherwise in a moment."""
    if isinstance(fault, exceptions.SSLError) or _full(fault):
        return False
    code = _code(fault)
    return code in _BUSY or (code is None and isinstance(fault, exceptions.ConnectionError))


def _full(fault: Exception) -> bool:
    return "flood-stage" in str(fault) or "read-only-allow-delete" in str(fault)


@contextmanager
def explaining(address: Address) -> Iterator[None]:
    """Makes sentences of what the client raises."""
    try:
        yield
    except (exceptions.OpenSearchException, ValueError) as fault:
        raise explained(fault, address) from fault


def explained(fault: Exception, address: Address) -> SinorusError:
    """What a fault of the client means for a user."""
    url, code = address.url, _code(fault)
    if isinstance(fault, exceptions.SSLError):
        return SinorusError(
            f"the certificate of {url} is not trusted: {_reason(fault)}",
            "set authority to the file with the certificate of its authority",
        )
    if code == 401:
        return SinorusError(
            f"{url} does not know this user and password",
            "set SINORUS_OPENSEARCH_USER and SINORUS_OPENSEARCH_PASSWORD, or a .netrc",
        )
    if _full(fault):
        return SinorusError(
            f"{url} has no room left: its index is closed to writing",
            "free space on its disks; it opens by itself below the watermark",
        )
    if code == 403 and "cluster_block" in str(fault):
        return SinorusError(f"the index {address.alias} is read-only", _reason(fault))
    if code == 403:
        return SinorusError(
            f"this user may not do that on {url}", "see the roles in docs/cluster.md"
        )
    if code == 404 and "index_not_found" in str(fault):
        return NoIndexError(
            f"there is no index of {address.library!r} at {url}", "run sinorus index"
        )
    if code == 400 and ("too_many" in str(fault) or "too many" in str(fault)):
        return SinorusError(
            "a pattern of the query stands for too many words on this cluster",
            "write more of the word",
        )
    if code is None and isinstance(fault, exceptions.ConnectionError):
        return SinorusError(
            f"{url} does not answer: {_reason(fault)}",
            "is it running, and is the url right?",
        )
    if isinstance(fault, (ValueError, KeyError)):
        return IndexDamagedError(f"{url} gave an answer that cannot be read", "is it OpenSearch?")
    return SinorusError(f"{url} refused ({code}): {_reason(fault)}", "")


def _reason(fault: Exception) -> str:
    """The cause in a few words."""
    info = getattr(fault, "info", None)
    if isinstance(info, dict):
        error = info.get("error", info)
        cause: Any = error
        while isinstance(cause, dict) and isinstance(cause.get("caused_by"), dict):
            cause = cause["caused_by"]
        return str(cause.get("reason", cause) if isinstance(cause, dict) else cause)[:300]
    inner: BaseException = info if isinstance(info, BaseException) else fault
    for _ in range(8):
        deeper = getattr(inner, "reason", None) or inner.__cause__
        if not isinstance(deeper, BaseException):
            break
        inner = deeper
    text = str(inner).rpartition(": ")[2] if "HTTPConnection" in str(inner) else str(inner)
    return text[:300]
