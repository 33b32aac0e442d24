"""docs/commands.md is what its script makes, and leaves out no command and no option."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from support.docs_pages import DOCS, ROOT

from sinorus.cli.app import COMMANDS, sinorus
from sinorus.config import KEYS
from sinorus.render import formats, schema_names
from sinorus.render.data.csv import SEARCH, SOURCES

PAGE = DOCS / "commands.md"
MANUAL = DOCS / "man" / "sinorus.1"
TABLE = ROOT / "sinorus" / "cli" / "completing" / "commands.txt"


@pytest.mark.parametrize(
    ("script", "page"),
    [
        ("generate_commands.py", PAGE),
        ("generate_man.py", MANUAL),
        ("generate_completion.py", TABLE),
    ],
)
def test_page_is_up_to_date(script: str, page: Path) -> None:
    done = subprocess.run(
        [sys.executable, DOCS / script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    remedy = f"run: python docs/{script} > {page.relative_to(ROOT)}"
    assert page.read_text("utf-8") == done.stdout, remedy


def test_the_manual_page_is_one_for_man() -> None:
    if not shutil.which("groff"):
        pytest.skip("there is no groff")
    run = ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", "-P", "-cbou", MANUAL]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    shown = re.sub(r"\s+", " ", done.stdout)
    for words in (
        *("sinorus search [OPTIONS] [QUERY]...", "--not-lang zh", "EXIT STATUS"),
        *("'\"no limits\" OR безлимитн*'", "上合组织", "Khrushchov~1", "--max-per-doc N"),
    ):
        assert words in shown, words


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
