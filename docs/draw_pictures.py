"""Draws the screens of the program, as it prints them in a terminal, for the pages and for eyes.

Run `python docs/draw_pictures.py [NAME…]` in the repository; it writes `docs/pictures/*.svg`. The
library is the repository's own and one of all kinds of paragraphs, made for this.
"""

from __future__ import annotations

import fcntl
import html
import io
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
KINDS = """\
---
title: Gas by pipe and by ship
author: A. Writer
publisher: The Press
date: 2023-05-04
---
# What is delivered

> “Deliveries of *gas* have grown,” the report says, “and they will **go on** growing.”[^1]

1. The eastern route has been in service since 2019.
2. Поставки газа по восточному маршруту растут: они достигли проектного уровня.
3. 中俄天然气合作稳步推进，双方将继续扩大贸易规模。

| Country | Gas, bcm | What is said of it |
|---|---:|---|
| Россия | 38 | поставки растут, и стороны намерены расширять сотрудничество |
| 中国 | 3,000 | 双方一致认为，能源合作是两国务实合作的重要支柱，贸易、科技、教育都在发展 |

```python
def gas(amount: float) -> float:
    return amount * 1.38
```

[^1]: Quoted after the text of the agency, which has *not* published a table.
"""
"""A document of all kinds of paragraphs."""


class Screen(NamedTuple):
    """A picture: its name, what is typed, and how wide the terminal is."""

    name: str
    command: str
    columns: int = 100
    lines: int = 60


SCREENS = (
    Screen("search", "sinorus search 'Putin NEAR/8 Xi' -n 3"),
    Screen("search-80", "sinorus search 'gas OR газ OR 合作' -n 6", 80),
    Screen("search-200", "sinorus search 'gas OR газ OR 合作' -n 4", 200),
    Screen("search-around", "sinorus search 天然气 -n 2 -C 1", 80),
    Screen("search-kinds", "sinorus search gas --source kinds"),
    Screen("show", "sinorus show kinds"),
    Screen("show-80", "sinorus show ru-energetika-i-torgovlya#4 -C 1 --query газ", 80),
    Screen("kwic", "sinorus search 'gas OR газ OR 合作' --kwic -n 12", 126),
    Screen("compare", "sinorus compare 'Putin OR sanctions OR санкции' --by lang -n 1", 126),
    Screen("compare-texts", "sinorus compare energy#4 energy#8"),
    Screen("sources", "sinorus sources --lang en"),
    Screen("status", "sinorus status"),
    Screen("help", "sinorus search --help"),
    Screen("error-query", "sinorus search '(gas OR'"),
    Screen("error-option", "sinorus search gas --sort newest"),
    Screen("nothing", "sinorus search Ptuin"),
)
GROUNDS = ("search",)
"""Pictures that are drawn on a light ground too, and on those of Solarized."""


def theme(ground: str, text: str, normal: list[str], bright: list[str]) -> TerminalTheme:
    """A terminal's colours, each as `rrggbb`."""

    def colour(code: str) -> tuple[int, int, int]:
        return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)

    return TerminalTheme(
        colour(ground), colour(text), [*map(colour, normal)], [*map(colour, bright)]
    )


SOLARIZED = (
    ["073642", "dc322f", "859900", "b58900", "268bd2", "d33682", "2aa198", "eee8d5"],
    ["002b36", "cb4b16", "586e75", "657b83", "839496", "6c71c4", "93a1a1", "fdf6e3"],
)
THEMES = {
    "light": theme(
        "ffffff",
        "24292f",
        ["24292f", "cf222e", "116329", "9a6700", "0969da", "8250df", "1b7c83", "6e7781"],
        ["57606a", "a40e26", "1a7f37", "bf8700", "218bff", "a475f9", "3192aa", "8c959f"],
    ),
    "solarized-light": theme("fdf6e3", "657b83", *SOLARIZED),
    "solarized-dark": theme("002b36", "839496", *SOLARIZED),
}
"""On what the first picture is drawn beside the dark ground."""

_CELL = 12.2
"""Width of a terminal cell in rich's pictures."""
_TEXT = re.compile(r'textLength="[\d.]+"([^>]*>)([^<]*)')
_LINK = re.compile(r"\x1b\]8;[^;]*;[^\x1b]*\x1b\\")


def _widened(match: re.Match[str]) -> str:
    """A text with the length that it has in cells: rich gives Chinese half of its width."""
    length = cell_len(html.unescape(match[2])) * _CELL
    return f'textLength="{length:g}"{match[1]}{match[2]}'


def printed(screen: Screen, library: Path) -> str:
    """What the program writes on a terminal of that size."""
    here, there = pty.openpty()
    size = struct.pack("HHHH", screen.lines, screen.columns, 0, 0)
    fcntl.ioctl(there, termios.TIOCSWINSZ, size)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PAGER": "cat"}
    environment |= {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(library.parent), "TZ": "UTC"}
    _, *arguments = shlex.split(screen.command)
    process = subprocess.Popen(
        [sys.executable, "-m", "sinorus", *arguments],
        cwd=library,
        env=environment,
        stdin=there,
        stdout=there,
        stderr=there,
    )
    os.close(there)
    shown = b""
    try:
        while part := os.read(here, 65_536):
            shown += part
    except OSError:  # the other side is closed
        pass
    os.close(here)
    process.wait()
    return _LINK.sub("", shown.decode().replace("\r\n", "\n"))


def draw(name: str, screen: Screen, text: str, colours: TerminalTheme) -> None:
    """Writes one picture of a terminal that shows a command and what it printed."""
    console = Console(
        record=True,
        width=screen.columns,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
    )
    console.print(Text(f"$ {screen.command}", style="bold"))
    console.print(Text.from_ansi(text.rstrip("\n")))
    own = f"sinorus-{name.replace('/', '-')}"  # it names styles, in which a slash has a meaning
    picture = console.export_svg(title="sinorus", unique_id=own, theme=colours)
    picture = _TEXT.sub(_widened, picture)
    # rich has the fonts fetched from the network; a reader's own monospace font does.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    (PICTURES / f"{name}.svg").write_text(picture, "utf-8")


def make_library(root: Path) -> None:
    """The repository's documents, and one of all kinds of paragraphs, indexed."""
    root.mkdir()
    (root / "seeds").mkdir()
    for path in (ROOT / "seeds").rglob("*.md"):
        copy = root / "seeds" / path.relative_to(ROOT / "seeds")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (root / "seeds" / "kinds.md").write_text(KINDS, "utf-8")
    printed(Screen("", "sinorus index"), root)


def main(names: list[str]) -> None:
    """Draws the pictures of these names, or all."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        make_library(library)
        for screen in SCREENS:
            if names and screen.name not in names:
                continue
            text = printed(screen, library).replace(str(library), "/home/you/library")
            draw(screen.name, screen, text, SVG_EXPORT_THEME)
            if screen.name in GROUNDS:
                for ground, colours in THEMES.items():
                    draw(f"{screen.name}-{ground}", screen, text, colours)


if __name__ == "__main__":
    main(sys.argv[1:])
