"""The server in the protocol's terms, greeted before anything of the library is loaded."""

from __future__ import annotations

import logging
from asyncio import get_running_loop
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from sinorus import __version__
from sinorus.mcp import wording
from sinorus.mcp.heard import standard_input
from sinorus.signals import end_between_steps

if TYPE_CHECKING:
    from sinorus.mcp.handlers import Tools
    from sinorus.mcp.session import Session

_GONE = (BrokenPipeError, anyio.BrokenResourceError, anyio.ClosedResourceError)
"""How it is told that there is no client any more; nobody is left to hear of it."""


def make_server(session: Session, query_language: str) -> Server[Any]:
    """The server over a session; whoever has it connects it to a client.

    What answers is loaded by the first request: a tenth of the time until a client is greeted.
    """

    @cache
    def tools() -> Tools:
        from sinorus.mcp.handlers import Tools

        return Tools(session, query_language)

    return Server(
        "sinorus",
        version=__version__,
        title="sinorus",
        instructions=wording.INSTRUCTIONS,
        on_list_tools=lambda _, asked: tools().list_tools(asked),
        on_call_tool=lambda _, asked: tools().call(asked),
        on_list_resources=lambda _, asked: tools().list_resources(asked),
        on_list_resource_templates=lambda _, asked: tools().list_templates(asked),
        on_read_resource=lambda _, asked: tools().read(asked),
        on_list_prompts=lambda _, asked: tools().list_prompts(asked),
        on_get_prompt=lambda _, asked: tools().prompt(asked),
    )


def run(session: Session, query_language: str) -> None:
    """Serves the client on standard input and output until it goes."""
    logging.getLogger("mcp").setLevel(logging.ERROR)

    async def serve() -> None:
        end_between_steps(get_running_loop())
        server = make_server(session, query_language)
        async with stdio_server(standard_input()) as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    try:
        anyio.run(serve)
    except BaseException as fault:
        every = [*_single(fault)]
        if interrupt := [one for one in every if isinstance(one, KeyboardInterrupt)]:
            raise interrupt[0] from None
        if not all(isinstance(one, _GONE) for one in every):
            raise


def _single(fault: BaseException) -> Iterator[BaseException]:
    """The faults that a group of faults is made of."""
    several: tuple[BaseException, ...] = getattr(fault, "exceptions", ())
    for one in several:
        yield from _single(one)
    if not several:
        yield fault
