"""Draws the three designs of a page of hits that were compared, on dark and on light.

Run `python docs/draw_designs.py` in the repository; it writes `docs/pictures/designs/*.svg`. The
first is the program's own page, the others are drawn of the same hits: see decision 35.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from draw_pictures import PICTURES, THEMES, Screen, draw, make_library, printed
from rich.cells import cell_len
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from sinorus import Hit, Library
from sinorus.render import Look, phrases
from sinorus.render.terminal.excerpt import MOST
from sinorus.render.terminal.layout import MEASURE, truncate_end, truncate_start
from sinorus.render.terminal.painter import Painter
from sinorus.render.terminal.paragraphs import excerpt_lines

QUERY, LIMIT = "gas OR газ OR 合作", 5
WIDTHS = (80, 100, 200)
FOLDER = PICTURES / "designs"
FACTS = 26
"""Cells of the column of facts in the third design."""


def in_a_line(hits: tuple[Hit, ...], width: int) -> Iterator[Text]:
    """Each hit below one line of facts: number, id, title, and who said it."""
    for hit in hits:
        facts = f"{phrases.title(hit.document)} ({phrases.byline(hit.document)})"
        head = Text.assemble((f"{hit.rank}. ", "number"), (hit.paragraph.id, "id"))
        yield Text.assemble(head, "  ", truncate_end(facts, width - head.cell_len - 2))
        for line in excerpt_lines(hit.paragraph, width - 3, hit.matches, most=MOST):
            yield Text.assemble("   ", line.text)


def beside(hits: tuple[Hit, ...], width: int) -> Iterator[Text]:
    """Each hit beside a column of facts."""
    for hit in hits:
        facts = [
            Text.assemble(
                (f"{hit.rank} ", "number"), (truncate_start(hit.paragraph.id, FACTS - 4), "id")
            ),
            Text(truncate_end(phrases.title(hit.document), FACTS - 2), "title"),
            Text(truncate_end(phrases.byline(hit.document), FACTS - 2), "byline"),
        ]
        found = excerpt_lines(hit.paragraph, width - FACTS, hit.matches, most=MOST)
        lines = [line.text for line in found]
        for at in range(max(len(facts), len(lines))):
            left = facts[at] if at < len(facts) else Text()
            right = lines[at] if at < len(lines) else Text()
            yield Text.assemble(left, " " * (FACTS - cell_len(left.plain)), right)
        yield Text()


def main() -> None:
    """Draws each design at each width, on dark and on light."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        make_library(root)
        with Library.open(root) as library:
            found = library.search(QUERY, limit=LIMIT)
        for width in WIDTHS:
            screen = Screen("", f"sinorus search '{QUERY}' -n {LIMIT}", width)
            painter = Painter(Look(width=width, terminal=True, colour=True))
            top = Text(phrases.found(found), "title")
            pages = {
                "a": printed(screen, root),
                "b": painter.paint([top, Text(), *in_a_line(found.hits, min(width, MEASURE))]),
                "c": painter.paint([top, Text(), *beside(found.hits, min(width, MEASURE))]),
            }
            for name, page in pages.items():
                for ground, colours in (("dark", SVG_EXPORT_THEME), ("light", THEMES["light"])):
                    draw(f"designs/{name}-{width}-{ground}", screen, page, colours)


if __name__ == "__main__":
    main()
