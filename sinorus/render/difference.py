"""What was changed in a file, as `diff -u` says it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from sinorus.render.look import Look
from sinorus.render.visible import harmless

_CONTEXT = 1


def unified(old: str, new: str, name: str, to: str, look: Look) -> Iterator[str]:
    """The lines of a unified diff, safe to print; colours as `diff --color` has them."""
    lines = unified_diff(
        *(old.splitlines(), new.splitlines(), harmless(name), harmless(to)), n=_CONTEXT, lineterm=""
    )
    for number, line in enumerate(lines):
        code = {"+": "32", "-": "31", "@": "36"}.get(line[:1], "") if number > 1 else "1"
        shown = harmless(line)
        yield f"\x1b[{code}m{shown}\x1b[0m\n" if look.colour and code else f"{shown}\n"
