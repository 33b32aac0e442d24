"""Photographs the program in a real terminal: xterm, on a screen that nobody sees.

Run `python docs/photograph_terminal.py [NAME…]` in the repository; it writes
`docs/pictures/*.png`. It needs Xvfb, xterm, ImageMagick's `import` and a font with Chinese
(`apt-get install xvfb xterm imagemagick fonts-wqy-microhei`). The library is that of
`draw_pictures.py`.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from draw_pictures import PICTURES, ROOT, make_library

DRAFT = """\
A history says that “the Latin version was the authoritative one”, and that “no line on the
Amur was drawn at Aigun in 1858”. As the digest has it, «Сила Сибири заработала
2 декабря 2018 года».
"""
"""A draft with one quotation that is true, one that is not there, one with a wrong year."""
LIGHT = ["-bg", "#fdf6e3", "-fg", "#657b83"]
DARK = ["-bg", "#002b36", "-fg", "#839496"]
SOLARIZED = (
    *("073642", "dc322f", "859900", "b58900", "268bd2", "d33682", "2aa198", "eee8d5"),
    *("002b36", "cb4b16", "586e75", "657b83", "839496", "6c71c4", "93a1a1", "fdf6e3"),
)


class Photograph(NamedTuple):
    """A picture: its name, what is run, the terminal's size and its ground."""

    name: str
    command: str
    columns: int = 100
    lines: int = 32
    ground: list[str] = DARK


_SEARCH = "search 'gas OR газ OR 合作' -n 4 --no-pager"
PHOTOGRAPHS = (
    Photograph("terminal-search", _SEARCH),
    Photograph("terminal-search-light", _SEARCH, ground=LIGHT),
    Photograph("terminal-search-80", "search 天然气 -n 3 --no-pager", 80, 24),
    Photograph("terminal-show", "show kinds --no-pager"),
    Photograph("terminal-check", "check draft.md", ground=LIGHT),
    Photograph("terminal-pick", "pick '合作 OR газ'", 130, 36),
)


def photograph(one: Photograph, library: Path, display: str) -> None:
    """Writes one picture."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "DISPLAY": display, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_CONFIG_HOME": str(library.parent), "XDG_STATE_HOME": str(library.parent)}
    colours = [
        word
        for number, colour in enumerate(SOLARIZED)
        for word in ("-xrm", f"XTerm*color{number}: #{colour}")
    ]
    program = f"{shlex.quote(sys.executable)} -m sinorus {one.command}"
    script = f"printf '$ sinorus %s\\n' {shlex.quote(one.command)}; {program}; sleep 60"
    terminal = subprocess.Popen(
        [
            *("xterm", "-fa", "DejaVu Sans Mono", "-fd", "WenQuanYi Micro Hei Mono", "-fs", "10"),
            *("-geometry", f"{one.columns}x{one.lines}+0+0", "-b", "12", "+sb", "-bw", "0"),
            *(*one.ground, *colours, "-e", "sh", "-c", script),
        ],
        cwd=library,
        env=environment,
    )
    try:
        time.sleep(8)
        found = subprocess.run(
            ["xwininfo", "-root", "-children"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        window = next(line.split()[0] for line in found.stdout.splitlines() if "XTerm" in line)
        path = PICTURES / f"{one.name}.png"
        subprocess.run(["import", "-window", window, str(path)], env=environment, check=True)
    finally:
        terminal.terminate()
        terminal.wait()


def main(names: list[str]) -> None:
    """Takes the pictures of these names, or all."""
    display = ":93"
    screen = subprocess.Popen(
        ["Xvfb", display, "-screen", "0", "1600x1000x24"], stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(2)
        with tempfile.TemporaryDirectory() as folder:
            library = Path(folder) / "library"
            make_library(library)
            (library / "draft.md").write_text(DRAFT, "utf-8")
            for one in PHOTOGRAPHS:
                if not names or one.name in names:
                    photograph(one, library, display)
    finally:
        screen.terminate()
        screen.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
