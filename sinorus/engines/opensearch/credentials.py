"""User and password of a cluster: from the environment or a `.netrc`, never from a file of ours."""

from __future__ import annotations

import netrc
from collections.abc import Mapping
from pathlib import Path

from sinorus.engines.opensearch.address import Address
from sinorus.errors import ConfigError


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
