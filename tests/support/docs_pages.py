"""The pages of the documentation, and how the examples in them are run.

The convention of a fenced ``console`` block:

- A page is read from top to bottom in one fresh copy of `seeds/` with its index made, as the
  current folder. Files that a command makes are there for the commands after it.
- A line that begins with `$ ` is a command. One that ends in a backslash goes on in the next line.
  Each command has a bash of its own: `cd` and variables do not outlive it.
- The lines after it are all that it prints: first its standard output, then its standard error.
  Trailing blanks do not count. A line `...` stands for any number of lines, also none.
- The surroundings are those of a pipe: no colour, no terminal (TERM=dumb), 80 columns, UTF-8.
- A block that needs a program which is not installed here (`TOOLS`) is passed over.
- ```` ```console no-check ```` is not run. The line above it says why: `<!-- no-check: … -->`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
TOOLS = ("jq", "git", "fzf", "vim", "emacs", "awk", "xargs", "pandoc")
ANY = "..."


@dataclass(frozen=True)
class Block:
    """A fenced block: what stands after the fence, its lines, and the line it begins on."""

    page: Path
    line: int
    info: str
    lines: tuple[str, ...]
    above: str = ""

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True)
class Example:
    """A command of a console block and the lines that it is to print."""

    line: int
    command: str
    expected: tuple[str, ...]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page."""
    above, fence, start, info = "", "", 0, ""
    held: list[str] = []
    for number, line in enumerate(page.read_text("utf-8").split("\n"), 1):
        mark = re.match(r"(`{3,}|~{3,})(.*)$", line)
        if fence and line.strip() == fence:
            yield Block(page, start, info, tuple(held), above)
            fence, held = "", []
        elif fence:
            held.append(line)
        elif mark:
            fence, info, start = mark[1], mark[2].strip(), number
        elif line.strip():
            above = line.strip()


def consoles(page: Path) -> list[Block]:
    """The console blocks of a page, those that are not run too."""
    return [block for block in blocks(page) if block.info.split()[:1] == ["console"]]


def examples(block: Block) -> list[Example]:
    """The commands of a console block, each with what follows it."""
    found: list[Example] = []
    goes_on = False
    for number, line in enumerate(block.lines, block.line + 1):
        last = found[-1] if found else None
        if goes_on and last:
            found[-1] = Example(last.line, f"{last.command}\n{line}", ())
            goes_on = line.endswith("\\")
        elif line.startswith("$ "):
            found.append(Example(number, line[2:], ()))
            goes_on = line.endswith("\\")
        elif last:
            found[-1] = Example(last.line, last.command, (*last.expected, line))
        else:
            raise ValueError(f"{block.page.name}:{number}: output without a command")
    return found


def agrees(expected: tuple[str, ...], actual: list[str]) -> bool:
    """Whether lines are the expected ones, where `...` stands for any."""
    if not expected:
        return not actual
    if expected[0] == ANY:
        return any(agrees(expected[1:], actual[at:]) for at in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and agrees(expected[1:], actual[1:])


def lines_of(text: str) -> list[str]:
    """The lines of an output without blanks at their ends."""
    return [line.rstrip() for line in text.removesuffix("\n").split("\n")] if text else []


class Sandbox:
    """A folder with a copy of the library, and a surrounding in which commands run."""

    def __init__(self, folder: Path, indexed: Path) -> None:
        self.library = folder / "library"
        self._shims = folder / "bin"
        self._home = folder / "home"
        for made in (self._shims, self._home):
            made.mkdir(parents=True)
        self.add_program("sinorus", f'#!/bin/sh\nexec "{sys.executable}" -m sinorus "$@"\n')
        shutil.copytree(indexed, self.library)  # keeps the times, so nothing is out of date

    def add_program(self, name: str, script: str) -> None:
        """Makes a script a program that commands find by its name."""
        program = self._shims / name
        program.write_text(script, "utf-8")
        program.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self._shims}:{os.environ.get('PATH', '/usr/bin:/bin')}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(self._home),
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
            "COLUMNS": "80",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "A Writer",
            "GIT_AUTHOR_EMAIL": "writer@example.org",
            "GIT_COMMITTER_NAME": "A Writer",
            "GIT_COMMITTER_EMAIL": "writer@example.org",
        }

    def run(self, command: str) -> list[str]:
        """What a command prints: the lines of standard output, then those of standard error."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.library,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return lines_of(done.stdout) + lines_of(done.stderr)


def runnable(block: Block) -> bool:
    """Whether this machine has the programs that a block's commands name."""
    named = set(re.findall(r"[a-z]+", " ".join(example.command for example in examples(block))))
    return all(tool not in named or shutil.which(tool) for tool in TOOLS)
