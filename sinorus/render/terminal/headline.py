"""What stands above an answer on a terminal, and below it where there is more."""

from __future__ import annotations

from rich.text import Text

from sinorus.model import SearchResult
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.terminal.layout import MEASURE, hanging, wrapped
from sinorus.render.visible import one_line

_NOTE = Text("note: ")


def above(told: str, look: Look) -> str:
    """How much was found, in bold, and what the look says must be known of it; then a gap."""
    lines = [look.styled(line, "title") for line in _broken(Text(told), look)] if told else []
    for note in look.notes:
        lines += [look.styled(line, "note") for line in _broken(Text(one_line(note)), look, _NOTE)]
    return "".join(f"{line}\n" for line in [*lines, ""]) if lines else ""


def below(result: SearchResult, look: Look) -> str:
    """How to see the hits that follow those of a page; empty for the last page."""
    told = phrases.going_on(result)
    return "".join(f"{look.styled(line, 'dim')}\n" for line in _broken(Text(told), look) if told)


def _broken(text: Text, look: Look, label: Text | None = None) -> list[str]:
    width = max(min(look.width, MEASURE), 1)
    lines = hanging(label, text, width) if label else wrapped(text, width)
    return [line.plain for line in lines]
