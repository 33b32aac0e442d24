"""Draws the README's pictures from what the program prints in a terminal.

Run `python docs/draw_pictures.py` in the repository; it writes `docs/pictures/*.svg`.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

from sinorus import Library
from sinorus.render import Look, renderer

ROOT = Path(__file__).resolve().parents[1]
LOOK = Look(width=100, height=60, terminal=True, colour=True)


def draw(name: str, command: str, printed: str) -> None:
    """Writes one picture of a terminal that shows `command` and what it printed."""
    console = Console(record=True, width=LOOK.width, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(printed.rstrip("\n")))
    target = ROOT / "docs" / "pictures" / f"{name}.svg"
    target.parent.mkdir(exist_ok=True)
    console.save_svg(str(target), title="sinorus", unique_id=f"sinorus-{name}")


def main() -> None:
    """Draws all pictures."""
    with Library.open(ROOT) as library:
        found = library.search("Putin NEAR/8 Xi", limit=3)
        printed = "".join(renderer("search", "rich")(found, LOOK))
        draw("search", "sinorus search 'Putin NEAR/8 Xi' -n 3", printed)
        groups = library.compare("Putin OR sanctions OR санкции", by="lang", best=1)
        printed = "".join(renderer("compare", "rich")(groups, LOOK))
        draw("compare", "sinorus compare 'Putin OR sanctions OR санкции' --by lang -n 1", printed)


if __name__ == "__main__":
    main()
