"""Draws the README's pictures from what the program prints in a terminal.

Run `python docs/draw_pictures.py` in the repository; it writes `docs/pictures/*.svg`.
"""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sinorus import Library
from sinorus.render import Look, renderer

ROOT = Path(__file__).resolve().parents[1]
NARROW = Look(width=100, height=60, terminal=True, colour=True)
WIDE = Look(width=126, height=60, terminal=True, colour=True)


_CELL = 12.2
"""Width of a terminal cell in rich's pictures."""
_TEXT = re.compile(r'textLength="[\d.]+"([^>]*>)([^<]*)')


def _widened(match: re.Match[str]) -> str:
    """A text with the length that it has in cells: rich gives Chinese half of its width."""
    length = cell_len(html.unescape(match[2])) * _CELL
    return f'textLength="{length:g}"{match[1]}{match[2]}'


def draw(name: str, command: str, printed: str, look: Look) -> None:
    """Writes one picture of a terminal that shows `command` and what it printed."""
    console = Console(record=True, width=look.width, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(printed.rstrip("\n")))
    target = ROOT / "docs" / "pictures" / f"{name}.svg"
    target.parent.mkdir(exist_ok=True)
    picture = console.export_svg(title="sinorus", unique_id=f"sinorus-{name}")
    picture = _TEXT.sub(_widened, picture)
    # rich has the fonts fetched from the network; a reader's own monospace font does.
    target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL), "utf-8")


def main() -> None:
    """Draws all pictures."""
    with Library.open(ROOT) as library:
        found = library.search("Putin NEAR/8 Xi", limit=3)
        printed = "".join(renderer("search", "rich")(found, NARROW))
        draw("search", "sinorus search 'Putin NEAR/8 Xi' -n 3", printed, NARROW)
        groups = library.compare("Putin OR sanctions OR санкции", by="lang", best=1)
        printed = "".join(renderer("compare", "rich")(groups, WIDE))
        draw(
            "compare",
            "sinorus compare 'Putin OR sanctions OR санкции' --by lang -n 1",
            printed,
            WIDE,
        )


if __name__ == "__main__":
    main()
