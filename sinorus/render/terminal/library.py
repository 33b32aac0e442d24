"""The state of a library on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from sinorus.model import OtherIndex, Status
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.terminal.ink import Ink
from sinorus.render.terminal.layout import hanging, wrapped
from sinorus.render.visible import harmless, one_line


def status(state: Status, look: Look) -> Iterator[str]:
    """A line for every fact, its name before it; damage at the end."""
    ink = Ink(look)
    facts = _facts(state)
    widest = max(len(name) for name, _ in facts)
    lines: list[Text] = []
    for name, fact in facts:
        label = Text(f"{name:<{widest}}  ", style="label")
        lines += hanging(label, Text(fact), max(ink.measure, widest + 12))
    for damage in state.damage:
        lines += wrapped(Text(f"damage: {one_line(damage)}", style="warning"), ink.measure)
    if state.checked and not state.damage:
        lines.append(Text("checked: no damage"))
    yield ink.written(lines)


def _facts(state: Status) -> list[tuple[str, str]]:
    facts = [
        ("library", harmless(state.library)),
        ("index", f"{harmless(state.index_path)} ({_size(state.bytes)})"),
        ("engine", f"{one_line(state.engine)}, format {one_line(state.format)}"),
        ("analysis", one_line(state.analysis)),
        ("version", one_line(state.version)),
        ("updated", one_line(_when(state))),
        ("files", f"{state.added:,} new, {state.changed:,} changed, {state.removed:,} removed"),
        ("holds", _amount(state.documents, state.paragraphs, state.words)),
    ]
    for lang, counts in state.languages.items():
        facts.append((f"  {phrases.group_name(lang)}", _amount(*counts)))
    facts.append(("dates", phrases.period(state.first, state.last) or phrases.UNKNOWN))
    without = [f"{one_line(name)} {number:,}" for name, number in state.missing.items() if number]
    facts.append(("without", ", ".join(without) or "nothing missing"))
    if state.other is not None:
        facts += _beside(state.other)
    return facts


def _when(state: Status) -> str:
    when = state.updated or "never"
    return f"{when} by {state.by}" if state.by else when


def _beside(other: OtherIndex) -> list[tuple[str, str]]:
    """What the other engine has of the same library."""
    differences = [(other.missing, "missing there"), (other.extra, "only there")]
    differences.append((other.changed, "with another text"))
    told = [f"{number:,} {what}" for number, what in differences if number]
    return [
        ("beside", f"{harmless(other.place)}, {one_line(other.engine)}"),
        ("  updated", one_line(other.updated)),
        ("  holds", _amount(other.documents, other.paragraphs, other.words)),
        ("  files", ", ".join(told) or "the same"),
    ]


def _amount(documents: int, paragraphs: int, words: int) -> str:
    counts = ((documents, "document"), (paragraphs, "paragraph"), (words, "word"))
    return ", ".join(counted(number, noun) for number, noun in counts)


def _size(octets: int) -> str:
    size, unit = float(octets), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
