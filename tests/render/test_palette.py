"""One list of colours: whatever a terminal shows names its style from it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sinorus.render
from sinorus.errors import ConfigError
from sinorus.render import Look
from sinorus.render.palette import COLOURS, PALETTE, escape, themed

TERMINAL = sorted((Path(sinorus.render.__file__).parent / "terminal").glob("*.py"))


def named(tree: ast.Module) -> Iterator[str]:
    """The styles that a module names: `style=…`, and those of parts that are put together."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        given = [one.value for one in node.keywords if one.arg == "style"]
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if called in ("append", "stylize", "linked", "styled"):
            given += node.args[1:2] if called != "stylize" else node.args[:1]
        if called == "assemble":
            given += [one.elts[1] for one in node.args if isinstance(one, ast.Tuple)]
        for one in given:
            for part in ast.walk(one):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value


def test_every_style_that_is_named_is_in_the_palette() -> None:
    found = {name for path in TERMINAL for name in named(ast.parse(path.read_text("utf-8")))}
    assert {"id", "dim", "title", "match"} <= found
    compared = {"moved", "same"}  # kinds of rows that stand in the same expressions
    assert found - compared <= set(PALETTE)


def test_only_the_sixteen_colours_and_of_these_no_bright_one() -> None:
    words = {word for style in PALETTE.values() for word in style.split()}
    assert words <= {*COLOURS, "bold", "dim", "italic", "underline", "strike", "none"}


def test_a_style_becomes_an_escape_sequence() -> None:
    assert escape("bold red") == "\x1b[1;31m"
    assert escape("bright_blue underline") == "\x1b[94;4m"
    assert escape("none") == ""
    look = Look(colour=True, colors=themed({"path": "none", "id": ""}, "x"))
    assert look.styled("a", "path") == look.styled("a", "id") == "a"
    assert look.styled("a", "match") == "\x1b[1;31ma\x1b[0m"
    assert Look().styled("a", "match") == "a"


@pytest.mark.parametrize(
    ("colors", "message", "hint"),
    [
        ({"idd": "red"}, "x: [colors] has no 'idd'", "did you mean 'id'?"),
        ({"id": "red bolt"}, "x: [colors] id = 'red bolt': 'bolt' is no colour", "'bold'"),
        ({"id": "#ff0000"}, "'#ff0000' is no colour", "there are black, red"),
    ],
)
def test_what_there_is_not_is_named(colors: dict[str, str], message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        themed(colors, "x")
    assert message in caught.value.message
    assert hint in caught.value.hint
