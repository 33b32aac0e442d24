"""The server in the protocol's terms: what is asked over it becomes calls of the tools."""

from __future__ import annotations

import logging
import sys
import traceback
from asyncio import get_running_loop
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote, unquote

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from sinorus import __version__
from sinorus.errors import QueryError
from sinorus.library.ids import read_id
from sinorus.mcp import wording
from sinorus.mcp.answers import Fitted, Frame
from sinorus.mcp.arguments import Arguments, Show, read, schema
from sinorus.mcp.cursor import decoded
from sinorus.mcp.quoted import line
from sinorus.mcp.session import Session
from sinorus.mcp.tools import TOOLS, Asked
from sinorus.signals import end_between_steps

SCHEME = "sinorus://"
_GONE = (BrokenPipeError, anyio.BrokenResourceError, anyio.ClosedResourceError)
"""How it is told that there is no client any more; nobody is left to hear of it."""
_BUG = "this is a bug of sinorus: its error output says more"
_END = 999_999
"""A number that no paragraph has: to the end of the document."""
_LONGEST = 1_000
"""Characters of a sentence about an error: what was asked may stand in it."""


class Tools:
    """The handlers of the protocol, over one session."""

    def __init__(self, session: Session, query_language: str) -> None:
        self._session = session
        self._turn = anyio.CapacityLimiter(1)
        hints = types.ToolAnnotations(
            read_only_hint=not session.indexing,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        )
        self._listed = [
            types.Tool(
                name=name,
                description=wording.described(name, query_language),
                input_schema=schema(model),
                annotations=hints,
            )
            for name, (model, _) in TOOLS.items()
        ]

    async def list_tools(self, _: Any, __: Any) -> types.ListToolsResult:
        """The tools there are."""
        return types.ListToolsResult(tools=self._listed)

    async def call(self, _: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        """The answer of a tool, or what is wrong as a result."""
        if asked.name not in TOOLS:
            known = ", ".join(TOOLS)
            raise MCPError(types.INVALID_PARAMS, f"there is no tool {asked.name[:60]!r}: {known}")
        work = partial(self._called, asked.name, dict(asked.arguments or {}))
        return await anyio.to_thread.run_sync(work, limiter=self._turn)

    def _called(self, name: str, given: dict[str, Any]) -> types.CallToolResult:
        try:
            found = answered(self._session, name, read(name, TOOLS[name][0], given))
        except Exception as fault:
            text = explained(self._session, fault)
            return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True)
        value = None if self._session.text_only else found.record
        return types.CallToolResult(
            content=[types.TextContent(text=found.text)], structured_content=value
        )

    async def list_resources(self, _: Any, __: Any) -> types.ListResourcesResult:
        """None: there may be very many, and `sources` lists them."""
        return types.ListResourcesResult(resources=[])

    async def list_templates(self, _: Any, __: Any) -> types.ListResourceTemplatesResult:
        """How documents and paragraphs are addressed."""
        about = "A document, paragraph (ID%23N) or range (ID%23N-M); what has no room is left out."
        template = types.ResourceTemplate(
            name="paragraph",
            uri_template=f"{SCHEME}{{+id}}",
            description=about,
            mime_type="text/plain",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read(
        self, _: Any, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """What an address names, within the usual budget."""
        uri = str(asked.uri)
        if not uri.startswith(SCHEME):
            raise MCPError(types.INVALID_PARAMS, f"an address begins with {SCHEME}")
        work = partial(self._read, unquote(uri.removeprefix(SCHEME)))
        try:
            text = await anyio.to_thread.run_sync(work, limiter=self._turn)
        except Exception as fault:
            told = explained(self._session, fault)
            raise MCPError(types.INVALID_PARAMS, told.removeprefix("error: ")) from None
        contents = types.TextResourceContents(uri=uri, mime_type="text/plain", text=text)
        return types.ReadResourceResult(contents=[contents])

    def _read(self, name: str) -> str:
        found = answered(self._session, "show", read("show", Show, {"ids": [name]}))
        if not found.record["truncated"]:
            return found.text
        *lines, _ = found.text.split("\n")
        results = found.record["results"]
        first, last = results[0], results[-1]
        n, end = last["paragraph"], _END
        if (asked := read_id(name)).first and asked.last:
            end = first["paragraph"] + asked.last - asked.first
        told = "the tool show has the rest"
        if "cut" in last and last is first:  # to begin with it again would lead no further
            told = f"the tool show has the rest of {last['id']}"
        elif "cut" in last:
            n -= 1
        if n < end:
            behind = SCHEME + quote(f"{last['document']}#{n + 1}-{end}", safe="/-")
            told = f"it goes on at {behind}, and {told}"
        return "\n".join([*lines, f"truncated: {line(told)}"])

    async def list_prompts(self, _: Any, __: Any) -> types.ListPromptsResult:
        """The one prompt."""
        question = types.PromptArgument(name="question", description="What is to be answered.")
        prompt = types.Prompt(
            name=wording.CITE, description=wording.CITE_ABOUT, arguments=[question]
        )
        return types.ListPromptsResult(prompts=[prompt])

    async def prompt(self, _: Any, asked: types.GetPromptRequestParams) -> types.GetPromptResult:
        """How to cite."""
        if asked.name != wording.CITE:
            raise MCPError(types.INVALID_PARAMS, f"there is no prompt but {wording.CITE}")
        text = wording.cite_prompt((asked.arguments or {}).get("question", ""))
        message = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(description=wording.CITE_ABOUT, messages=[message])


def answered(session: Session, name: str, given: Arguments) -> Fitted:
    """The answer to a call, within its budget. Raises SinorusError."""
    tool, question = TOOLS[name][1], f"{name} {given.question}"

    def ask(library: Any, state: Any, notes: list[str]) -> Fitted:
        place = decoded(given.cursor, question, session.generation)
        answer = tool(Asked(library, state, notes, place, session.voice), given)
        text_only = session.text_only
        return Frame(given.max_tokens, question, session.generation, place, text_only).fit(answer)

    return session.ask(ask)


def explained(session: Session, fault: Exception) -> str:
    """An error as a person would read it; of a query with a caret under the fault."""
    told = session.voice.fault(fault)
    if told is None:
        traceback.print_exception(fault, file=sys.stderr)
        told = _BUG, ""
    message, hint = (line(part)[:_LONGEST] for part in told)
    lines = [f"error: {message}"]
    if isinstance(fault, QueryError) and fault.query.strip():
        before = line(fault.query[: fault.column])
        lines += [f"  {line(fault.query)}", f"  {' ' * len(before)}^"]
    return "\n".join([*lines, *([f"  {hint}"] if hint else [])])


def make_server(session: Session, query_language: str) -> Server[Any]:
    """The server over a session; whoever has it connects it to a client."""
    tools = Tools(session, query_language)
    return Server(
        "sinorus",
        version=__version__,
        title="sinorus",
        instructions=wording.INSTRUCTIONS,
        on_list_tools=tools.list_tools,
        on_call_tool=tools.call,
        on_list_resources=tools.list_resources,
        on_list_resource_templates=tools.list_templates,
        on_read_resource=tools.read,
        on_list_prompts=tools.list_prompts,
        on_get_prompt=tools.prompt,
    )


def run(session: Session, query_language: str) -> None:
    """Serves the client on standard input and output until it goes."""
    logging.getLogger("mcp").setLevel(logging.ERROR)

    async def serve() -> None:
        end_between_steps(get_running_loop())
        server = make_server(session, query_language)
        async with stdio_server() as (incoming, outgoing):
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
