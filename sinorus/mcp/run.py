"""Serves one client, from a command line to the end of its input."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sinorus.errors import SinorusError

if TYPE_CHECKING:
    from sinorus.mcp.session import Session

_GARBAGE = 10_000
"""Objects after which it is looked for those that are lost: a server lives long, and what was there
before it began is not looked at.
"""


def serve(prepare: Callable[[], Session], query_language: str) -> None:
    """Serves on standard input and output until the client goes.

    Raises SinorusError where there is no SDK, and what `prepare` raises.
    """
    if find_spec("mcp_types") is None:  # what the SDK has from its second version on
        raise SinorusError(
            "a server for assistants needs the MCP SDK", "pip install 'sinorus[mcp]'"
        )
    session = prepare()
    gc.disable()  # the SDK makes hundreds of classes, of which none is ever dropped
    from sinorus.mcp.server import run

    gc.freeze()
    gc.set_threshold(_GARBAGE, 5, 2)
    gc.enable()
    try:
        run(session, query_language)
    finally:
        session.close()
