"""Photographs the program in a real terminal: xterm, on a screen that nobody sees.

Run `python docs/photograph_terminal.py [NAME…]` in the repository; it writes
`docs/pictures/*.png`; with `--all FOLDER [NAME…]` each on every ground, into that folder, for eyes.
It needs Xvfb, xterm, ImageMagick's `import` and a font with Chinese
(`apt-get install xvfb xterm imagemagick fonts-wqy-microhei`). The library is that of
`draw_pictures.py`.
"""

from __future__ import annotations

import os
import shlex
import shutil
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
_HOME = Path(tempfile.gettempdir()) / "you"
_PATIENCE = 25
"""Seconds for a picture; `pick` takes them all."""
_COLOURS = {
    "xterm": (
        *("000000", "cd0000", "00cd00", "cdcd00", "1e90ff", "cd00cd", "00cdcd", "e5e5e5"),
        *("7f7f7f", "ff0000", "00ff00", "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff"),
    ),
    "light": (
        *("24292f", "cf222e", "116329", "9a6700", "0969da", "8250df", "1b7c83", "6e7781"),
        *("57606a", "a40e26", "1a7f37", "bf8700", "218bff", "a475f9", "3192aa", "8c959f"),
    ),
    "solarized": (
        *("073642", "dc322f", "859900", "b58900", "268bd2", "d33682", "2aa198", "eee8d5"),
        *("002b36", "cb4b16", "586e75", "657b83", "839496", "6c71c4", "93a1a1", "fdf6e3"),
    ),
}


class Ground(NamedTuple):
    """What a terminal shows colours on, and which."""

    back: str
    text: str
    colours: str


GROUNDS = {
    "dark": Ground("002b36", "839496", "solarized"),
    "light": Ground("fdf6e3", "657b83", "solarized"),
    "black": Ground("000000", "e5e5e5", "xterm"),
    "white": Ground("ffffff", "24292f", "light"),
}
"""Solarized, whose contrasts are the smallest, and two that are common."""


class Photograph(NamedTuple):
    """A picture: its name, what is run (`pick` never ends), the terminal's size, its ground."""

    name: str
    commands: tuple[str, ...]
    columns: int = 100
    lines: int = 32
    ground: str = "dark"


_SEARCH = "search 'gas OR газ OR 合作' -n 4 --no-pager"
PHOTOGRAPHS = (
    Photograph("terminal-search", (_SEARCH,)),
    Photograph("terminal-search-light", (_SEARCH,), ground="light"),
    Photograph("terminal-search-80", ("search 天然气 -n 3 --no-pager",), 80, 24),
    Photograph("terminal-show", ("show kinds --no-pager",)),
    Photograph(
        "terminal-compare", ("compare 'SCO OR sanctions' --by lang -n 1 --no-pager",), 126, 36
    ),
    Photograph("terminal-kwic", ("search 'gas OR газ OR 合作' --kwic -n 10", "show 3"), 110, 30),
    Photograph("terminal-sources", ("sources energy", "sources --lang zh"), 100, 16),
    Photograph("terminal-status", ("status",), 100, 30),
    Photograph(
        "terminal-errors",
        (
            *("search '(gas OR'", "search gas --sort newest", "search Ptuin", "show nowhere#3"),
            *("search gaz pipelien", "serach gas", "search gas --lang klingon"),
        ),
        90,
        32,
    ),
    Photograph("terminal-help", ("help query",), 90, 40),
    Photograph("terminal-check", ("check draft.md",), ground="light"),
    Photograph("terminal-quote", ("quote energy#7 --style markdown", "bib energy"), 100, 20),
    Photograph("terminal-explain", ("search 'Putin NEAR/20 Xi' --explain -n 1 --no-pager",)),
    Photograph("terminal-group-by", ("search gas -x --group-by lang -n 4 --no-pager",)),
    Photograph("terminal-pick", ("pick '合作 OR газ'",), 130, 36),
)


def photograph(one: Photograph, library: Path, display: str, folder: Path) -> None:
    """Writes one picture into a folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "DISPLAY": display, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_CONFIG_HOME": str(library.parent), "XDG_STATE_HOME": str(library.parent)}
    ground, done = GROUNDS[one.ground], library.parent / "done"
    colours = [
        word
        for number, colour in enumerate(_COLOURS[ground.colours])
        for word in ("-xrm", f"XTerm*color{number}: #{colour}")
    ]
    program = f"{shlex.quote(sys.executable)} -m sinorus"
    script = "".join(
        f"printf '$ sinorus %s\\n' {shlex.quote(command)}; {program} {command}; "
        for command in one.commands
    )
    terminal = subprocess.Popen(
        [
            *("xterm", "-fa", "DejaVu Sans Mono", "-fd", "WenQuanYi Micro Hei Mono", "-fs", "10"),
            *("-geometry", f"{one.columns}x{one.lines}+0+0", "-b", "12", "+sb", "-bw", "0"),
            *("-bg", f"#{ground.back}", "-fg", f"#{ground.text}", *colours),
            *("-e", "sh", "-c", f"{script} touch {shlex.quote(str(done))}; sleep 60"),
        ],
        cwd=library,
        env=environment,
    )
    try:
        ends = time.monotonic() + _PATIENCE
        while not done.exists() and time.monotonic() < ends:
            time.sleep(0.2)
        time.sleep(1)
        found = subprocess.run(
            ["xwininfo", "-root", "-children"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        window = next(line.split()[0] for line in found.stdout.splitlines() if "XTerm" in line)
        # Few colours: a picture is a fourth as large.
        how = ("+dither", "-colors", "48", "-strip", "-define", "png:compression-level=9")
        path = f"PNG8:{folder / one.name}.png"
        subprocess.run(["import", "-window", window, *how, path], env=environment, check=True)
    finally:
        terminal.terminate()
        terminal.wait()
        done.unlink(missing_ok=True)


def main(names: list[str]) -> None:
    """Takes the pictures of these names, or all; after `--all FOLDER`, on every ground, there."""
    folder, grounds = PICTURES, [""]
    if names[:1] == ["--all"]:
        folder, grounds, names = Path(names[1]), list(GROUNDS), names[2:]
        folder.mkdir(exist_ok=True)
    display = ":93"
    screen = subprocess.Popen(
        ["Xvfb", display, "-screen", "0", "1600x1000x24"], stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(2)
        _HOME.mkdir()  # is seen in pictures, so it is the same every time
        make_library(library := _HOME / "library")
        (library / "draft.md").write_text(DRAFT, "utf-8")
        for one in PHOTOGRAPHS:
            if names and one.name not in names:
                continue
            for ground in grounds:
                name = f"{one.name}-{ground}" if ground else one.name
                taken = one._replace(name=name, ground=ground or one.ground)
                photograph(taken, library, display, folder)
    finally:
        shutil.rmtree(_HOME, ignore_errors=True)
        screen.terminate()
        screen.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
