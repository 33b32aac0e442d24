"""Help pages: options under headings, colour on a terminal, the query language on one screen."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from support.batch import run_all
from support.terminal import bare, width

from sinorus.cli.app import COMMANDS
from sinorus.cli.app import sinorus as group
from sinorus.cli.pages import HEADINGS, fitted
from sinorus.cli.query_page import QUERY, query_page
from sinorus.query.parse import parse

if TYPE_CHECKING:
    from support.program import Sinorus


def headings(page: str) -> list[str]:
    return re.findall(r"(?m)^([A-Z]\w+):$", page)


def test_options_stand_under_headings(sinorus: Sinorus) -> None:
    page = sinorus("search", "--help").out
    assert headings(page) == ["Filters", "Amount", "Shape", "Reading", "Format", "Other"]
    assert page.index("Examples:") < page.index("Filters:")
    assert page.count("--not-") == 2  # the rule and its example, not each twin
    assert "x>=" not in page
    assert headings(sinorus("init", "-h").out) == ["Options"]


def test_what_stands_under_other_belongs_nowhere_else() -> None:
    with click.Context(group) as context:
        for name in COMMANDS:
            command = group.get_command(context, name)
            assert command is not None
            options = {one.name for one in command.params if isinstance(one, click.Option)}
            shared = {one for one in options if f"not_{one}" in options}
            assert shared <= {*HEADINGS["Filters"]}, name


def test_the_help_of_a_command_in_both_ways(sinorus: Sinorus) -> None:
    assert sinorus("help", "compare") == sinorus("compare", "--help")
    assert sinorus("help") == sinorus("--help")
    wrong = sinorus("help", "serach")
    assert (wrong.out, wrong.code) == ("", 2)
    assert wrong.err == (
        "error: there is no help on 'serach'\n  did you mean sinorus help search?\n"
    )


@pytest.mark.parametrize("columns", [60, 80])
def test_examples_fit_on_every_page(columns: int) -> None:
    with click.Context(group, info_name="sinorus") as context:
        for name in COMMANDS:
            command = group.get_command(context, name)
            assert command is not None
            with click.Context(command, parent=context, terminal_width=columns) as inner:
                page = fitted(command.get_help(inner), columns)
            start = page.index("Examples:")
            examples = page[start : page.find("\n\n", start)].split("\n")
            assert len(examples) > 1, name
            # What is to be typed stays in one line, however long.
            said = [line for line in examples if "  " in line.strip()]
            assert max(map(width, said), default=0) <= columns, name


def test_what_is_said_of_a_long_example_stands_below_it() -> None:
    page = "Examples:\n  sinorus a    what it does\n  sinorus b --long 'x y'    and what that does"
    assert fitted(page, 32).split("\n") == [
        "Examples:",
        "  sinorus a    what it does",
        "  sinorus b --long 'x y'",
        "      and what that does",
    ]


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_page_fits_and_is_coloured_on_a_terminal(sinorus: Sinorus, columns: int) -> None:
    shown = sinorus.terminal("search", "-h", columns=columns).out
    assert "\x1b[1mFilters:\x1b[0m" in shown
    assert "\x1b[36m--lang CODE\x1b[0m" in shown
    assert "\x1b[36msinorus search alliance treaty\x1b[0m" in shown
    lines = bare(shown).split("\n")
    options = lines[lines.index("Filters:") :]
    # Names of options and their choices stay whole.
    assert all(width(line) <= min(columns, 100) or "|" in line for line in options)
    assert max(map(width, options)) > min(columns, 100) * 0.7


def test_no_colour_where_none_is_wanted(sinorus: Sinorus) -> None:
    assert "\x1b" not in sinorus.terminal("search", "-h", env={"NO_COLOR": "1"}).out
    assert "\x1b" not in sinorus("search", "-h").out
    assert "\x1b[1m" in sinorus("help", "query", env={"FORCE_COLOR": "1"}).out


def test_the_query_language_is_one_screen(sinorus: Sinorus) -> None:
    page = sinorus("help", "query")
    assert page.lines == [line.rstrip() for line in query_page()]
    assert len(page.lines) <= 40
    assert max(map(width, page.lines)) <= 80


def test_every_example_of_the_query_language_finds_something(seeds: Path, sinorus: Sinorus) -> None:
    examples = [written for _, rows in QUERY for written, _ in rows]
    for _, rows in QUERY:
        for _, meaning in rows:  # what is written there "also"
            examples += re.findall(r'(?:also |; )("[^"]+"~\d|\*\w+|-\w+|date:\S+)', meaning)
    assert len(examples) >= 18
    for example in examples:
        parse(example)
    found = run_all(
        [["search", "--no-notices", "-c", "--", example] for example in examples],
        seeds,
        sinorus.environment,
    )
    assert [(example, code) for example, (_, _, code) in zip(examples, found, strict=True)] == [
        (example, 0) for example in examples
    ]


def test_the_example_for_a_shell_is_one(seeds: Path, sinorus: Sinorus) -> None:
    line = next(line for line in query_page() if "In a shell: " in line)
    words = shlex.split(line.partition("In a shell: ")[2])
    assert words[0] == "sinorus"
    assert sinorus(*words[1:]).code == 0
