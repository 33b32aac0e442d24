"""The page on assistants: its session is held with the server, its settings start it."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.assistant import Assistant, over_pipes
from support.docs_pages import DOCS, Block, agrees, blocks, lines_of
from support.program import Sinorus

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PAGE = DOCS / "assistants.md"


def calls(block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The calls of a session, each with the lines that answer it."""
    call, answer = "", list[str]()
    for line in (*block.lines, "→"):
        if line.startswith("→"):
            if call:
                yield call, tuple(answer)
            call, answer = line.removeprefix("→").strip(), []
        else:
            answer.append(line.rstrip())


def settings() -> Iterator[dict[str, Any]]:
    """How each assistant is told to start the server."""
    for block in blocks(PAGE):
        if block.info in ("json", "toml"):
            read = json.loads if block.info == "json" else tomllib.loads
            (servers,) = read(block.text).values()
            yield servers["sources"]


def told(assistant: Assistant, call: str) -> list[str]:
    tool, _, given = call.partition(" ")
    return lines_of(assistant.call(tool, **json.loads(given)).text)


def test_the_session_of_the_page_is_what_the_server_says(seeds: Path, sinorus: Sinorus) -> None:
    sessions = [block for block in blocks(PAGE) if block.info == "session"]
    wrong = []
    with over_pipes(sinorus) as asked:
        for block in sessions:
            for call, expected in calls(block):
                actual = told(asked, call)
                if not agrees(expected, actual):
                    wrong.append("\n".join([call, "page:", *expected, "server:", *actual]))
    assert len(sessions) == 3
    assert not wrong, "\n\n".join(wrong)


def test_the_settings_of_the_page_start_a_server(seeds: Path, sinorus: Sinorus) -> None:
    found = [[one["command"], *one["args"]] for one in settings()]
    found += [
        shlex.split(line)
        for line in re.findall(r"`(?:claude|codex) mcp add sources -- ([^`]+)`", PAGE.read_text())
    ]
    assert len(found) == 6
    sinorus.cwd = sinorus.home
    for program, *line in {tuple(line) for line in found}:
        assert program == "sinorus"
        arguments = [str(seeds) if part == "/home/me/sources" else part for part in line]
        with over_pipes(sinorus, *arguments) as asked:
            assert "background/energy#4" in asked.call("show", ids=["energy#4"]).text
    assert "--allow-index" in sinorus("mcp", "--help").out


@pytest.mark.parametrize("number", ["800", "20,000", "2,000"])
def test_the_sizes_of_the_page_are_those_of_the_tools(number: str) -> None:
    from sinorus.mcp.arguments import LEAST, MOST, USUAL

    assert int(number.replace(",", "")) in (LEAST, MOST, USUAL)
    assert number in PAGE.read_text("utf-8")
