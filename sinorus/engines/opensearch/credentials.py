"""User and password of a cluster: from the environment or a `.netrc`, never from a file of ours."""

from __future__ import annotations

import base64
import netrc
from collections.abc import Mapping
from pathlib import Path

from sinorus.errors import ConfigError


def credentials(host: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """User and password for a host, from the environment or the user's `.netrc`; None for neither.

    Of a `.netrc` only what it says of that very host: its `default` is for no library to have.
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
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}", "see man netrc") from None
    return (known[0], known[2] or "") if known else None


def basic(known: tuple[str, str]) -> str:
    """The header that says so, in UTF-8 (RFC 7617)."""
    return "Basic " + base64.b64encode(":".join(known).encode()).decode()
