"""The errors of the client and of the cluster, and what they mean for a user."""

from __future__ import annotations

from typing import Any

from opensearchpy import exceptions

from sinorus.engines.opensearch.address import Address
from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError, UnsupportedQuery

_TOO_MUCH = ("too_many", "too many", "maxClauseCount", "too_complex", "TooComplex")
"""What Lucene says of queries that it does not run."""
_GONE = ("node_disconnected", "node_not_connected", "node_closed")
"""What a node says, with status 500, of another that went down while it was asked."""
BUSY = (429, 502, 503, 504)
"""Answers that mean: later."""


def status_of(error: Exception) -> int | None:
    """The HTTP status of an error; None where there was no answer."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def transient(error: Exception) -> bool:
    """Whether the same request may succeed a moment later."""
    if isinstance(error, exceptions.SSLError) or _full(error):
        return False
    return status_of(error) in BUSY or unreached(error)


def unreached(error: Exception) -> bool:
    """Whether a node was not reached: by us, or by the node that we asked."""
    if status_of(error) is None:
        return isinstance(error, exceptions.ConnectionError)
    return any(kind in _text(error) for kind in _GONE)


def _full(error: Exception) -> bool:
    return "flood-stage" in _text(error) or "read-only-allow-delete" in _text(error)


def _text(error: Exception) -> str:
    """All that the client and the cluster say."""
    return f"{error} {getattr(error, 'info', '')}"


def explained(error: Exception, address: Address) -> SinorusError:
    """What an error of the client means for a user."""
    url, code = address.url, status_of(error)
    if isinstance(error, exceptions.SSLError):
        return SinorusError(
            f"the certificate of {url} is not trusted: {_reason(error)}",
            "set authority to the file with the certificate of its authority",
        )
    if code == 401:
        return SinorusError(
            f"{url} does not know this user and password",
            "set SINORUS_OPENSEARCH_USER and SINORUS_OPENSEARCH_PASSWORD, or a .netrc",
        )
    if _full(error):
        return SinorusError(
            f"{url} has no room left: its index is closed to writing",
            "free space on its disks; it opens by itself below the watermark",
        )
    if code == 403 and "cluster_block" in _text(error):
        return SinorusError(f"the index {address.alias} is read-only", _reason(error))
    if code == 403:
        return SinorusError(
            f"this user may not do that on {url}", "see the roles in docs/cluster.md"
        )
    if code == 404 and "index_not_found" in str(error):
        return NoIndexError(f"there is no index of {address.library!r} at {url}")
    if code in (400, 500) and any(words in _text(error) for words in _TOO_MUCH):
        return UnsupportedQuery(
            "the query or one of its patterns stands for too many words on this cluster",
            "write more of the word",
        )
    if code is None and isinstance(error, exceptions.ConnectionError):
        return SinorusError(
            f"{url} does not answer: {_reason(error)}", "is it running, and is the url right?"
        )
    if isinstance(error, (ValueError, exceptions.SerializationError)):
        return not_understood(address)
    return SinorusError(f"{url} refused ({code}): {_reason(error)}", "")


def not_understood(address: Address) -> SinorusError:
    """The error for an answer that no cluster gives."""
    return IndexDamagedError(
        f"{address.url} gave an answer that cannot be read", "is it OpenSearch, and the url right?"
    )


def http_error(status: int, error: dict[str, Any]) -> Exception:
    """The error of one of several things that were asked at once, as the client would raise it."""
    kind: Any = exceptions.HTTP_EXCEPTIONS.get(status, exceptions.TransportError)
    found: Exception = kind(status, error.get("type", ""), {"error": error})
    return found


def reason_of(error: Any) -> str:
    """The innermost cause of an error of the cluster, in a few words."""
    while isinstance(error, dict):
        roots = error.get("root_cause") or [
            shard["reason"] for shard in error.get("failed_shards", ())
        ]
        inner = error.get("caused_by") or (roots[0] if roots and roots[0] != error else None)
        if inner is None:
            return str(error.get("reason", error))[:300]
        error = inner
    return str(error)[:300]


def _reason(error: Exception) -> str:
    """What an error of the client is about, in a few words."""
    info = getattr(error, "info", None)
    if isinstance(info, dict):
        return reason_of(info.get("error", info))
    inner: BaseException = info if isinstance(info, BaseException) else error
    for _ in range(8):
        deeper = getattr(inner, "reason", None) or inner.__cause__
        if not isinstance(deeper, BaseException):
            break
        inner = deeper
    text = str(inner).rpartition(": ")[2] if "HTTPConnection" in str(inner) else str(inner)
    return text[:300]
