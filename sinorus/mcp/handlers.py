"""What is answered over the protocol: calls of the tools, addresses, the prompt."""

from __future__ import annotations

import sys
import traceback
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote, unquote

import mcp_types as types
from mcp.shared.exceptions import MCPError

from sinorus.errors import QueryError
from sinorus.library.ids import read_id
from sinorus.mcp import wording
from sinorus.mcp.answers import Fitted, Frame
from sinorus.mcp.arguments import Arguments, Show, read, schema
from sinorus.mcp.cursor import decoded
from sinorus.mcp.quoted import line
from sinorus.mcp.session import Session
from sinorus.mcp.tools import TOOLS, Asked

Found = TypeVar("Found")
SCHEME = "sinorus://"
_BUG = "this is a bug of sinorus: its error output says more"
_END = 999_999
"""A number that no paragraph has: to the end of the document."""
_LONGEST = 1_000
"""Characters of a sentence about an error: what was asked may stand in it."""


class Tools:
    """The handlers of the protocol, over one session."""

    def __init__(self, session: Session, query_language: str) -> None:
        self._session = session
        # One thread for all calls: each that has ever made an answer keeps megabytes for the next.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sinorus-asking")
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

    async def list_tools(self, _: Any) -> types.ListToolsResult:
        """The tools there are."""
        return types.ListToolsResult(tools=self._listed)

    async def call(self, asked: types.CallToolRequestParams) -> types.CallToolResult:
        """The answer of a tool, or what is wrong as a result."""
        if asked.name not in TOOLS:
            known = ", ".join(TOOLS)
            raise MCPError(types.INVALID_PARAMS, f"there is no tool {asked.name[:60]!r}: {known}")
        work = partial(self._called, asked.name, dict(asked.arguments or {}))
        return await self._done(work)

    async def _done(self, work: Callable[[], Found]) -> Found:
        """What some work gives when its turn has come; nobody waits for it who has taken it back,
        nor does the end of the server.
        """
        return await get_running_loop().run_in_executor(self._thread, work)

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

    async def list_resources(self, _: Any) -> types.ListResourcesResult:
        """None: there may be very many, and `sources` lists them."""
        return types.ListResourcesResult(resources=[])

    async def list_templates(self, _: Any) -> types.ListResourceTemplatesResult:
        """How documents and paragraphs are addressed."""
        about = "A document, paragraph (ID%23N) or range (ID%23N-M); what has no room is left out."
        template = types.ResourceTemplate(
            name="paragraph",
            uri_template=f"{SCHEME}{{+id}}",
            description=about,
            mime_type="text/plain",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read(self, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """What an address names, within the usual budget."""
        uri = str(asked.uri)
        if not uri.startswith(SCHEME):
            raise MCPError(types.INVALID_PARAMS, f"an address begins with {SCHEME}")
        work = partial(self._read, unquote(uri.removeprefix(SCHEME)))
        try:
            text = await self._done(work)
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

    async def list_prompts(self, _: Any) -> types.ListPromptsResult:
        """The one prompt."""
        question = types.PromptArgument(name="question", description="What is to be answered.")
        prompt = types.Prompt(
            name=wording.CITE, description=wording.CITE_ABOUT, arguments=[question]
        )
        return types.ListPromptsResult(prompts=[prompt])

    async def prompt(self, asked: types.GetPromptRequestParams) -> types.GetPromptResult:
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
