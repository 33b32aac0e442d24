"""docs/commands.md is what its script makes, and leaves out no command and no option."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest
from support.docs_pages import DOCS, ROOT

from sinorus.cli.app import COMMANDS, sinorus
from sinorus.config import KEYS
from sinorus.render import formats, schema_names
from sinorus.render.data.csv import SEARCH, SOURCES

PAGE = DOCS / "commands.md"


def test_page_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "generate_commands.py"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    remedy = "run: python docs/generate_commands.py > docs/commands.md"
    assert PAGE.read_text("utf-8") == done.stdout, remedy


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_mentioned(name: str) -> None:
    text = PAGE.read_text("utf-8")
    start = text.index(f"\n## sinorus {name}\n")
    section = text[start : text.find("\n## ", start + 1) + 1 or None]
    with click.Context(sinorus) as context:
        command = sinorus.get_command(context, name)
        assert command is not None
        for parameter in command.get_params(context):
            for spelling in parameter.opts if isinstance(parameter, click.Option) else ():
                assert re.search(rf"(?<![\w-]){spelling}(?![\w-])", section), spelling


def words_of(page: str) -> set[str]:
    return set(re.findall(r"[\w.-]+", (DOCS / page).read_text("utf-8")))


def test_output_page_names_every_format_field_and_schema() -> None:
    words = words_of("output.md")
    shapes = {"kwic", "only-matching"}  # --kwic and -o, which stand in place of a format
    listed = {name for command in ("search", "sources") for name in formats(command)} - shapes
    assert not {*listed, *SEARCH, *SOURCES, "year", "line1"} - words
    assert not {f"{name}.json" for name in schema_names()} - words
    assert ",".join(SEARCH) in (DOCS / "output.md").read_text("utf-8")


def test_configuration_page_names_every_setting() -> None:
    words = words_of("configuration.md")
    assert not {*KEYS, *(f"SINORUS_{key.upper()}" for key in KEYS)} - words
