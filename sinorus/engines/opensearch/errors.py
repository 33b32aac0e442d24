"""What may go wrong between us and a cluster, in words."""

from __future__ import annotations

from typing import Any

from opensearchpy import exceptions

from sinorus.engines.opensearch.address import Address
from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError

_TOO_MUCH = ("too_many", "too many", "maxClauseCount", "too_complex", "TooComplex")
"""What Lucene says of queries that it does not run."""
_GONE = ("node_disconnected", "node_not_connected", "node_closed")
"""What a node says, with status 500, of another that went while it was asked."""
BUSY = (429, 502, 503, 504)
"""Answers that mean: later."""


def status_of(fault: Exception) -> int | None:
    """The HTTP status of a fault; None where there was no answer."""
    status = getattr(fault, "status_code", None)
    return status if isinstance(status, int) else None


def passing(fault: Exception) -> bool:
    """Whether it may be otherwise in a moment."""
    if isinstance(fault, exceptions.SSLError) or _full(fault):
        return False
    return status_of(fault) in BUSY or unreached(fault)


def unreached(fault: Exception) -> bool:
    """Whether a node was not reached: by us, or by the node that we asked."""
    if status_of(fault) is None:
        return isinstance(fault, exceptions.ConnectionError)
    return any(kind in _told(fault) for kind in _GONE)


def _full(fault: Exception) -> bool:
    return "flood-stage" in _told(fault) or "read-only-allow-delete" in _told(fault)


def _told(fault: Exception) -> str:
    """All that the cluster said."""
    return f"{fault} {getattr(fault, 'info', '')}"


def explained(fault: Exception, address: Address) -> SinorusError:
    """What a fault of the client means for a user."""
    url, code = address.url, status_of(fault)
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
    if code == 403 and "cluster_block" in _told(fault):
        return SinorusError(f"the index {address.alias} is read-only", _reason(fault))
    if code == 403:
        return SinorusError(
            f"this user may not do that on {url}", "see the roles in docs/cluster.md"
        )
    if code == 404 and "index_not_found" in str(fault):
        return NoIndexError(
            f"there is no index of {address.library!r} at {url}", "run sinorus index"
        )
    if code in (400, 500) and any(words in _told(fault) for words in _TOO_MUCH):
        return SinorusError(
            "the query or one of its patterns stands for too many words on this cluster",
            "write more of the word",
        )
    if code is None and isinstance(fault, exceptions.ConnectionError):
        return SinorusError(
            f"{url} does not answer: {_reason(fault)}", "is it running, and is the url right?"
        )
    if isinstance(fault, (ValueError, exceptions.SerializationError)):
        return not_understood(address)
    return SinorusError(f"{url} refused ({code}): {_reason(fault)}", "")


def not_understood(address: Address) -> SinorusError:
    """What is said of an answer that no cluster gives."""
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


def _reason(fault: Exception) -> str:
    """What a fault of the client is about, in a few words."""
    info = getattr(fault, "info", None)
    if isinstance(info, dict):
        return reason_of(info.get("error", info))
    inner: BaseException = info if isinstance(info, BaseException) else fault
    for _ in range(8):
        deeper = getattr(inner, "reason", None) or inner.__cause__
        if not isinstance(deeper, BaseException):
            break
        inner = deeper
    text = str(inner).rpartition(": ")[2] if "HTTPConnection" in str(inner) else str(inner)
    return text[:300]
